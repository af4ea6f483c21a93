import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { imageOf, sameTemplate, templateOf } from './finger.ts'

/** What an emulated module keeps in its flash, as a file that people and generators can write. */
export const moduleFile = z.object({
  serial: z.string().min(1),
  dialect: z.enum(['zfm', 'grow', 'syno']),
  capacity: z.int().min(1).max(65535),
  password: z.int().min(0).max(0xffffffff).default(0),
  /** What the module behind the bridge says of itself: its own serial number and firmware. */
  moduleSerial: z.string().min(1).max(32).optional(),
  firmware: z.string().min(1).max(32).optional(),
  /** Slot number → identity of the finger; a template written by a host that belongs to no known finger: base64. */
  slots: z.record(z.string().regex(/^\d+$/), z.string().min(1)),
})
export type ModuleFile = z.infer<typeof moduleFile>

const foreign = 'template:'

/** The templates of a module by slot, saved after every change. */
export type Library = {
  readonly file: Readonly<ModuleFile>
  get(slot: number): Uint8Array | undefined
  set(slot: number, template: Uint8Array): void
  delete(slot: number): void
  clear(): void
  setPassword(password: number): void
  /** Another module behind the same bridge, or another firmware in it. */
  setIdentity(identity: { moduleSerial?: string; firmware?: string }): void
  /** Taken slots, ascending. */
  slots(): number[]
  /** Whose finger a slot holds; null when it is empty or its template belongs to nobody known. */
  identityOf(slot: number): string | null
  /** Makes a finger known, so that the file can name it when its template is stored; gives its template. */
  learn(identity: string): Uint8Array
}

export function loadLibrary(path: string): Library {
  return makeLibrary(moduleFile.parse(JSON.parse(readFileSync(path, 'utf8'))), path)
}

/** Without a path the library lives in memory only. */
export function makeLibrary(initial: ModuleFile, path: string | null = null): Library {
  let file = initial
  const known = new Map<string, string>()
  const templates = new Map<number, Uint8Array>()
  const learn = (identity: string) => {
    const template = templateOfIdentity(identity)
    known.set(keyOf(template), identity)
    return template
  }
  for (const [slot, identity] of Object.entries(file.slots)) {
    const stored = identity.startsWith(foreign) ? fromBase64(identity) : learn(identity)
    templates.set(Number(slot), stored)
  }

  const save = () => {
    const taken = [...templates].sort(([a], [b]) => a - b)
    const nameOf = (template: Uint8Array) => known.get(keyOf(template)) ?? foreign + toBase64(template)
    file = { ...file, slots: Object.fromEntries(taken.map(([slot, template]) => [slot, nameOf(template)])) }
    if (path) replaceFile(path, `${JSON.stringify(file, null, 2)}\n`)
  }
  return {
    get file() {
      return file
    },
    get: (slot) => templates.get(slot),
    set(slot, template) {
      templates.set(slot, template)
      save()
    },
    delete(slot) {
      if (templates.delete(slot)) save()
    },
    clear() {
      templates.clear()
      save()
    },
    setPassword(password) {
      file = { ...file, password }
      save()
    },
    setIdentity(identity) {
      file = { ...file, ...identity }
      save()
    },
    slots: () => [...templates.keys()].sort((a, b) => a - b),
    identityOf(slot) {
      const template = templates.get(slot)
      return (template && known.get(keyOf(template))) ?? null
    },
    learn,
  }
}

/** The module's own serial number: eight characters, of its own for each emulated module that was given none. */
export function moduleSerialOf({ serial, moduleSerial }: ModuleFile): string {
  return moduleSerial ?? createHash('sha256').update(serial).digest('hex').slice(0, 8).toUpperCase()
}

export const firmwareOf = ({ firmware }: ModuleFile): string => firmware ?? 'EMU 1.0'

/** The slot whose template is this one, within a range of slots. */
export function findTemplate(library: Library, template: Uint8Array, start: number, count: number): number | null {
  const isHere = (slot: number) => {
    const stored = library.get(slot)
    return slot >= start && slot < start + count && stored !== undefined && sameTemplate(stored, template)
  }
  return library.slots().find(isHere) ?? null
}

function templateOfIdentity(identity: string): Uint8Array {
  return templateOf(imageOf({ identity, quality: 'good' }))
}

const keyOf = (template: Uint8Array) => toBase64(template.subarray(0, 32))
const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text.slice(foreign.length), 'base64'))

/** Never half a file: written beside it, then moved over it. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text)
  renameSync(`${path}.new`, path)
}

import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { PunchRecord } from '#devices/contract.ts'
import { type JournalHead, type JournalReading, readJournal } from './journal.ts'
import type { SpoolFiles } from './journal-file.ts'

/** The file that is written to. When it is large or old it gets a number and a new one is begun. */
export const activeName = 'spool.journal'
const closedName = /^spool-(\d{8})\.journal$/
export const nameOf = (number: number): string => `spool-${String(number).padStart(8, '0')}.journal`
export const numberOf = (name: string): number => Number(closedName.exec(name)?.[1] ?? 0)

/** What is kept in memory of one file of the spool: never its punches. */
export type Segment = {
  name: string
  epoch: string
  /** The numbers it holds, both included; last < first when it holds none. */
  first: number
  last: number
  bytes: number
  /** When it was begun by the server's clock. */
  beganMs: number | null
}

/** What lies in a spool's folder, the file that is written to last. */
export type Scan = {
  segments: Segment[]
  /** Whether the newest file says itself whose numbers it holds. */
  headed: boolean
  active: { goodBytes: number; tornBytes: number }
  epoch: string
  next: number
  /** By epoch: up to where the server has everything. */
  through: Map<string, number>
  damagedLines: number
  /** There was nothing here. */
  fresh: boolean
}

type Part = { name: string; bytes: number; head: JournalHead | null; numbers: Numbers | null }
type Numbers = { first: number; last: number }

export const nothing: JournalReading = { entries: [], goodBytes: 0, tornBytes: 0, damagedLines: 0 }

type Reads = Pick<SpoolFiles, 'readdir' | 'readFile' | 'stat' | 'open'>

/**
 * Looks through the folder from the newest file backwards. Of most files only the first line is read; a file is read
 * whole when it is the newest, or when its own or its follower's first line is damaged.
 */
export async function scan(files: Reads, folder: string): Promise<Scan> {
  const names = (await files.readdir(folder)).filter((name) => closedName.test(name)).sort()
  const parts: Part[] = []
  const through = new Map<string, number>()
  let damagedLines = 0
  let active = nothing
  for (const name of [...names, activeName].reverse()) {
    const short = await shortPart(files, join(folder, name), parts[0])
    if (short) {
      parts.unshift({ name, ...short })
      continue
    }
    const reading = await wholeFile(files, join(folder, name))
    if (name === activeName) active = reading
    else if (reading.tornBytes > 0) damagedLines++
    damagedLines += reading.damagedLines
    // Every first line says how far the server was; older files cannot know more than the newest that has one.
    if (!parts.some(({ head }) => head)) learn(reading, through)
    const bytes = reading.goodBytes + reading.tornBytes
    parts.unshift({ name, bytes, head: firstLine(reading), numbers: numbersOf(reading) })
  }
  const fresh = parts.length === 1 && active.goodBytes + active.tornBytes === 0
  const headed = parts.at(-1)?.head !== null
  return { ...shelve(parts), active, headed, through, damagedLines, fresh }
}

/** A closed file by its first line and its follower's; null when that is not enough to know its numbers. */
async function shortPart(files: Reads, path: string, follower: Part | undefined): Promise<Omit<Part, 'name'> | null> {
  if (!follower?.head) return null
  const head = await readHead(files, path)
  if (head?.epoch !== follower.head.epoch) return null
  const { size } = await files.stat(path)
  return { head, bytes: size, numbers: { first: head.next, last: follower.head.next - 1 } }
}

async function wholeFile(files: Reads, path: string): Promise<JournalReading> {
  const bytes = await files.readFile(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })
  return readJournal(bytes)
}

/** What a file says of how far the server is. */
function learn(reading: JournalReading, through: Map<string, number>): void {
  const reached = (epoch: string, upTo: number) => through.set(epoch, Math.max(upTo, through.get(epoch) ?? 0))
  const head = headOf(reading)
  for (const one of head ? [head, ...(head.earlier ?? [])] : []) reached(one.epoch, one.through)
  for (const entry of reading.entries) {
    const epoch = entry.kind === 'stored' ? (entry.epoch ?? head?.epoch) : undefined
    if (entry.kind === 'stored' && epoch) reached(epoch, entry.through)
  }
}

/** Gives every file its epoch and its numbers. */
function shelve(parts: readonly Part[]): Pick<Scan, 'segments' | 'epoch' | 'next'> {
  const segments: Segment[] = []
  for (const [at, part] of parts.entries()) {
    const before = segments.at(-1)
    const after = parts.slice(at + 1).find(({ head }) => head)?.head ?? null
    const epoch = part.head?.epoch ?? neighbour(part, before, after) ?? randomUUID()
    const next = part.head?.next ?? (before?.epoch === epoch ? before.last + 1 : 1)
    const { first, last } = part.numbers ?? { first: next, last: next - 1 }
    const beganMs = part.head?.beganAt ? Date.parse(part.head.beganAt) : null
    segments.push({ name: part.name, bytes: part.bytes, epoch, beganMs, first, last: Math.max(last, next - 1) })
  }
  const newest = segments.at(-1)
  return { segments, epoch: newest?.epoch ?? randomUUID(), next: (newest?.last ?? 0) + 1 }
}

/** The epoch of a file without a readable first line: it goes on where its neighbour ends. */
function neighbour({ numbers }: Part, before: Segment | undefined, after: JournalHead | null): string | null {
  if (before && (!numbers || numbers.first > before.last)) return before.epoch
  return after && (!numbers || numbers.last < after.next) ? after.epoch : null
}

/** A first line that was damaged stands anew behind punches that are older than its number. */
function firstLine(reading: JournalReading): JournalHead | null {
  const head = headOf(reading)
  return head && { ...head, next: Math.min(head.next, numbersOf(reading)?.first ?? head.next) }
}

function headOf({ entries }: JournalReading): JournalHead | null {
  return entries.find((entry) => entry.kind === 'spool') ?? null
}

export function punchesOf({ entries }: JournalReading): PunchRecord[] {
  return entries.flatMap((entry) => (entry.kind === 'punch' ? [entry.punch] : []))
}

function numbersOf(reading: JournalReading): Numbers | null {
  const punches = punchesOf(reading)
  const [first, last] = [punches[0], punches.at(-1)]
  return first && last ? { first: first.seq, last: last.seq } : null
}

const headBytes = 4096

async function readHead(files: Reads, path: string): Promise<JournalHead | null> {
  const file = await files.open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    const line = buffer.subarray(0, bytesRead).subarray(0, buffer.indexOf(0x0a) + 1)
    return headOf(readJournal(line))
  } finally {
    await file.close()
  }
}

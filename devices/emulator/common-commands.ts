import { randomBytes } from 'node:crypto'
import { confirmation } from '#devices/protocol/codes.ts'
import { code } from '#devices/protocol/command.ts'
import { type Answer, bytesOf, type CommandTable, field, handler, latency, no, ok, okWith, words } from './answer.ts'
import { imageSize, sameTemplate, templateOf, templateSize } from './finger.ts'
import { findTemplate, firmwareOf } from './library.ts'
import { type ModuleState, statusWord, takeImage } from './state.ts'

/** The confidence of a true match; vendors' scales differ, so nobody may compare it between modules. */
export const goodScore = 150

const notepadPages = 16
const notepadPageSize = 32
const slotsPerIndexPage = 256

/** ZFM-20 manual: any buffer number the module does not have stands for the second buffer. */
const bufferId = (state: ModuleState, asked: number) => (asked >= 1 && asked <= state.dialect.buffers ? asked : 2)
const inRange = (state: ModuleState, slot: number) => slot < state.library.file.capacity

const imaging: CommandTable = {
  [code.genImg]: handler(latency.image, 0, (state) => (takeImage(state) ? ok : no(confirmation.noFinger))),
  [code.img2Tz]: handler(latency.features, 1, (state, parameters) => {
    if (!state.image) return no(confirmation.noImage)
    if (state.finger) state.noticed = 'finger'
    if (state.image.quality !== 'good') return no(state.dialect.poor[state.image.quality])
    state.buffers.set(bufferId(state, parameters.getUint8(0)), templateOf(state.image))
    return ok
  }),
  [code.upImage]: handler(latency.quick, 0, (state) =>
    state.image ? { ...ok, data: state.image.pixels } : no(confirmation.imageUploadFailed),
  ),
  [code.downImage]: handler(latency.quick, 0, (state) => ({
    ...ok,
    receive: (bytes) => {
      if (bytes.length === imageSize) state.image = { pixels: bytes, quality: 'good' }
    },
  })),
  [code.genBinImage]: handler(latency.image, 1, (state) => (state.image ? ok : no(confirmation.noImage))),
}

const templates: CommandTable = {
  [code.match]: handler(latency.match, 0, (state) => {
    const [first, second] = [state.buffers.get(1), state.buffers.get(2)]
    state.passed = first !== undefined && second !== undefined && sameTemplate(first, second)
    return state.passed ? okWith(words(goodScore)) : { ...no(confirmation.noMatch), returns: words(0) }
  }),
  [code.search]: handler(latency.search, 5, searchLibrary),
  [code.highSpeedSearch]: handler(latency.search, 5, searchLibrary),
  [code.regModel]: handler(latency.quick, 0, (state) => {
    const all = [...state.buffers.values()]
    const [first] = all
    if (!first || all.length < 2 || !all.every((other) => sameTemplate(first, other))) {
      return no(confirmation.mergeFailed)
    }
    state.buffers.set(1, first).set(2, first)
    return ok
  }),
  [code.store]: handler(latency.flash, 3, (state, parameters) => {
    const slot = parameters.getUint16(1)
    const template = state.buffers.get(bufferId(state, parameters.getUint8(0)))
    if (!inRange(state, slot)) return no(confirmation.outOfRange)
    if (!template) return no(confirmation.flashError)
    state.library.set(slot, template)
    return ok
  }),
  [code.loadChar]: handler(latency.flash, 3, (state, parameters) => {
    const slot = parameters.getUint16(1)
    const template = state.library.get(slot)
    if (!inRange(state, slot)) return no(confirmation.outOfRange)
    if (!template) return no(confirmation.badTemplate)
    state.buffers.set(bufferId(state, parameters.getUint8(0)), template)
    return ok
  }),
  [code.upChar]: handler(latency.quick, 1, (state, parameters) => {
    const template = state.buffers.get(bufferId(state, parameters.getUint8(0)))
    return template ? { ...ok, data: template } : no(confirmation.uploadFailed)
  }),
  [code.downChar]: handler(latency.quick, 1, (state, parameters) => {
    const buffer = bufferId(state, parameters.getUint8(0))
    return {
      ...ok,
      receive: (bytes) => {
        if (bytes.length === templateSize) state.buffers.set(buffer, bytes)
      },
    }
  }),
  [code.deletChar]: handler(latency.flash, 4, (state, parameters) => {
    const [first, count] = [parameters.getUint16(0), parameters.getUint16(2)]
    if (!inRange(state, first) || first + count > state.library.file.capacity) return no(confirmation.deleteFailed)
    for (let slot = first; slot < first + count; slot++) state.library.delete(slot)
    return ok
  }),
  [code.empty]: handler(latency.flash, 0, (state) => {
    state.library.clear()
    return ok
  }),
  [code.templeteNum]: handler(latency.quick, 0, (state) => okWith(words(state.library.slots().length))),
  [code.readIndexTable]: handler(latency.quick, 1, (state, parameters) => {
    const first = slotsPerIndexPage * parameters.getUint8(0)
    if (first > 3 * slotsPerIndexPage) return no(confirmation.outOfRange)
    const table = new Uint8Array(slotsPerIndexPage / 8)
    for (const slot of state.library.slots()) {
      const at = slot - first
      if (at >= 0 && at < slotsPerIndexPage) table[at >> 3] = (table[at >> 3] ?? 0) | (1 << (at & 7))
    }
    return okWith(table)
  }),
}

const system: CommandTable = {
  [code.setSysPara]: handler(latency.flash, 2, (state, parameters) =>
    setRegister(state, parameters.getUint8(0), parameters.getUint8(1)),
  ),
  [code.readSysPara]: handler(16, 0, (state) => okWith(systemParameters(state))),
  [code.setPwd]: handler(latency.flash, 4, (state, parameters) => {
    state.library.setPassword(parameters.getUint32(0))
    return ok
  }),
  [code.vfyPwd]: handler(latency.quick, 4, (state, parameters) => {
    if (parameters.getUint32(0) !== state.library.file.password) return no(confirmation.wrongPassword)
    state.unlocked = true
    return ok
  }),
  // The ack already comes from the new address: it is made after this ran.
  [code.setAdder]: handler(latency.flash, 4, (state, parameters) => {
    state.address = parameters.getUint32(0)
    return ok
  }),
  [code.getRandomCode]: handler(latency.quick, 0, () => okWith(new Uint8Array(randomBytes(4)))),
  [code.readInfPage]: handler(latency.quick, 0, (state) => ({ ...ok, data: informationPage(state) })),
  [code.portControl]: handler(latency.quick, 1, () => ok),
  [code.writeNotepad]: handler(latency.flash, 1 + notepadPageSize, (state, parameters) => {
    const page = parameters.getUint8(0)
    if (page >= notepadPages) return no(confirmation.badNotepadPage)
    state.notepad.set(page, bytesOf(parameters, 1, notepadPageSize))
    return ok
  }),
  [code.readNotepad]: handler(latency.quick, 1, (state, parameters) => {
    const page = parameters.getUint8(0)
    if (page >= notepadPages) return no(confirmation.badNotepadPage)
    return okWith(state.notepad.get(page) ?? new Uint8Array(notepadPageSize))
  }),
  [code.burnCode]: handler(latency.quick, 0, () => no(confirmation.upgradeFailed)),
  [code.cancel]: handler(latency.quick, 0, () => ok),
  [code.sleep]: handler(latency.quick, 0, (state) => {
    state.asleep = true
    return ok
  }),
  [code.checkSensor]: handler(latency.quick, 0, () => ok),
}

function systemParameters(state: ModuleState): Uint8Array {
  const bytes = new Uint8Array(16)
  const systemId = { zfm: 0, grow: 9, syno: 0x2ec8 }[state.dialect.name]
  bytes.set(words(statusWord(state), systemId, state.library.file.capacity, state.security))
  new DataView(bytes.buffer).setUint32(8, state.address)
  bytes.set(words(state.packetSizeCode, state.baudFactor), 12)
  return bytes
}

/** The parameters, then product, version, maker and sensor, eight characters each, from byte 32. */
function informationPage(state: ModuleState): Uint8Array {
  const page = new Uint8Array(512)
  page.set(systemParameters(state))
  const texts = ['EMULATED', firmwareOf(state.library.file), 'EMULATED', 'EMULATED']
  texts.forEach((text, at) => {
    page.set(field(text, 8), 32 + 8 * at)
  })
  return page
}

/** What all three dialects answer alike. */
export const commonCommands: CommandTable = { ...imaging, ...templates, ...system }

function searchLibrary(state: ModuleState, parameters: DataView): Answer {
  const features = state.buffers.get(bufferId(state, parameters.getUint8(0)))
  const residue = state.residue
  state.residue = false
  if (residue) return { ...no(confirmation.residue), returns: words(0, 0) }
  const range = [parameters.getUint16(1), parameters.getUint16(3)] as const
  const slot = features ? findTemplate(state.library, features, ...range) : null
  state.passed = slot !== null
  return slot === null ? { ...no(confirmation.notFound), returns: words(0, 0) } : okWith(words(slot, goodScore))
}

/** Registers a host may set: which values each takes and where it is kept. */
const registers: Readonly<Record<number, { low: number; high: number; key: RegisterKey; synoOnly?: boolean }>> = {
  3: { low: 1, high: 2, key: 'enrolLogic', synoOnly: true },
  4: { low: 1, high: 12, key: 'baudFactor' },
  5: { low: 1, high: 5, key: 'security' },
  6: { low: 0, high: 3, key: 'packetSizeCode' },
}
type RegisterKey = 'enrolLogic' | 'baudFactor' | 'security' | 'packetSizeCode'

function setRegister(state: ModuleState, number: number, value: number): Answer {
  const register = registers[number]
  if (!register || (register.synoOnly && state.dialect.name !== 'syno')) return no(confirmation.badRegister)
  if (value < register.low || value > register.high) return no(confirmation.badRegisterValue)
  state[register.key] = value
  return ok
}

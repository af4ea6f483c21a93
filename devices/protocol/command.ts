/**
 * Every command as a value: its bytes, how long it may take, and how its answer is read. Names and codes follow the
 * manuals (ZFM-20 v2.0, R503 v1.2.2, M5 Unit Fingerprint2 v1.0).
 */
export type Command<Returns> = {
  name: string
  payload: Uint8Array
  timeoutMs: number
  /** How many bytes follow the confirmation code when it is 00. */
  returns: number
  read(returns: Uint8Array): Returns
  /** A data phase after a good ack: packets that come from the module, or bytes that go to it. */
  data?: 'receive' | Uint8Array
}

/** Times a module may need, from measured latencies with room to spare. */
const limit = {
  plain: 1000,
  image: 1500,
  features: 2000,
  search: 3000,
  flash: 2000,
  probe: 500,
  transfer: 5000,
} as const

export const code = {
  genImg: 0x01,
  img2Tz: 0x02,
  match: 0x03,
  search: 0x04,
  regModel: 0x05,
  store: 0x06,
  loadChar: 0x07,
  upChar: 0x08,
  downChar: 0x09,
  upImage: 0x0a,
  downImage: 0x0b,
  deletChar: 0x0c,
  empty: 0x0d,
  setSysPara: 0x0e,
  readSysPara: 0x0f,
  setPwd: 0x12,
  vfyPwd: 0x13,
  getRandomCode: 0x14,
  setAdder: 0x15,
  readInfPage: 0x16,
  portControl: 0x17,
  writeNotepad: 0x18,
  readNotepad: 0x19,
  burnCode: 0x1a,
  highSpeedSearch: 0x1b,
  genBinImage: 0x1c,
  templeteNum: 0x1d,
  readIndexTable: 0x1f,
  cancel: 0x30,
  sleep: 0x33,
  checkSensor: 0x36,
} as const

export type SystemParameters = {
  status: number
  systemId: number
  capacity: number
  security: number
  address: number
  /** Data packets carry 32 << packetSizeCode bytes. */
  packetSizeCode: number
  /** Speed in units of 9600 baud. */
  baudFactor: number
}
export type Found = { slot: number; score: number }

const nothing = () => undefined

/** A command without returns. */
export function plainCommand(name: string, payload: readonly number[], timeoutMs: number = limit.plain): Command<void> {
  return { name, payload: Uint8Array.from(payload), timeoutMs, returns: 0, read: nothing }
}

/** A command whose good answer carries this many bytes. */
export function answering<Returns>(
  command: Command<void>,
  returns: number,
  read: (view: DataView, bytes: Uint8Array) => Returns,
): Command<Returns> {
  return {
    ...command,
    returns,
    read: (bytes) => read(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes),
  }
}

const u16 = (value: number): [number, number] => [(value >> 8) & 0xff, value & 0xff]
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)]
const readFound = (view: DataView): Found => ({ slot: view.getUint16(0), score: view.getUint16(2) })

export const genImg = () => plainCommand('GenImg', [code.genImg], limit.image)
export const img2Tz = (buffer: number) => plainCommand('Img2Tz', [code.img2Tz, buffer], limit.features)
export const match = () => answering(plainCommand('Match', [code.match], limit.search), 2, (view) => view.getUint16(0))
export const search = (buffer: number, start: number, count: number) =>
  answering(plainCommand('Search', [code.search, buffer, ...u16(start), ...u16(count)], limit.search), 4, readFound)
export const highSpeedSearch = (buffer: number, start: number, count: number) =>
  answering(
    plainCommand('HighSpeedSearch', [code.highSpeedSearch, buffer, ...u16(start), ...u16(count)], limit.search),
    4,
    readFound,
  )
export const regModel = () => plainCommand('RegModel', [code.regModel], limit.features)
export const store = (buffer: number, slot: number) =>
  plainCommand('Store', [code.store, buffer, ...u16(slot)], limit.flash)
export const loadChar = (buffer: number, slot: number) =>
  plainCommand('LoadChar', [code.loadChar, buffer, ...u16(slot)], limit.flash)
export const upChar = (buffer: number): Command<void> => ({
  ...plainCommand('UpChar', [code.upChar, buffer], limit.transfer),
  data: 'receive',
})
export const downChar = (buffer: number, template: Uint8Array): Command<void> => ({
  ...plainCommand('DownChar', [code.downChar, buffer], limit.transfer),
  data: template,
})
export const upImage = (): Command<void> => ({
  ...plainCommand('UpImage', [code.upImage], 4 * limit.transfer),
  data: 'receive',
})
export const downImage = (image: Uint8Array): Command<void> => ({
  ...plainCommand('DownImage', [code.downImage], 4 * limit.transfer),
  data: image,
})
export const deletChar = (slot: number, count = 1) =>
  plainCommand('DeletChar', [code.deletChar, ...u16(slot), ...u16(count)], limit.flash)
export const empty = () => plainCommand('Empty', [code.empty], limit.flash)
export const setSysPara = (register: number, value: number) =>
  plainCommand('SetSysPara', [code.setSysPara, register, value], limit.flash)
export const readSysPara = () => answering(plainCommand('ReadSysPara', [code.readSysPara]), 16, readSystemParameters)
export const setPwd = (password: number) => plainCommand('SetPwd', [code.setPwd, ...u32(password)], limit.flash)
export const vfyPwd = (password: number) => plainCommand('VfyPwd', [code.vfyPwd, ...u32(password)])
export const getRandomCode = () =>
  answering(plainCommand('GetRandomCode', [code.getRandomCode]), 4, (view) => view.getUint32(0))
export const setAdder = (address: number) => plainCommand('SetAdder', [code.setAdder, ...u32(address)], limit.flash)
export const writeNotepad = (page: number, bytes: Uint8Array) =>
  plainCommand('WriteNotepad', [code.writeNotepad, page, ...bytes], limit.flash)
export const readNotepad = (page: number) =>
  answering(plainCommand('ReadNotepad', [code.readNotepad, page]), 32, (_, bytes) => bytes)
export const templeteNum = () =>
  answering(plainCommand('TempleteNum', [code.templeteNum]), 2, (view) => view.getUint16(0))
/** Slots 256·page to 256·page + 255. */
export const readIndexTable = (page: number) =>
  answering(plainCommand('ReadIndexTable', [code.readIndexTable, page]), 32, (_, bytes) => slotsOfPage(page, bytes))
export const cancel = () => plainCommand('Cancel', [code.cancel])
export const sleep = () => plainCommand('Sleep', [code.sleep])
export const checkSensor = () => plainCommand('CheckSensor', [code.checkSensor])
/** A dialect's own greeting; an unknown code may stay without answer, hence the short limit. */
export const handShake = (handShakeCode: number) => plainCommand('HandShake', [handShakeCode], limit.probe)

function readSystemParameters(view: DataView): SystemParameters {
  return {
    status: view.getUint16(0),
    systemId: view.getUint16(2),
    capacity: view.getUint16(4),
    security: view.getUint16(6),
    address: view.getUint32(8),
    packetSizeCode: view.getUint16(12),
    baudFactor: view.getUint16(14),
  }
}

/** Bit b of byte k, lowest bit first, stands for slot 8k + b of the page. */
function slotsOfPage(page: number, bytes: Uint8Array): number[] {
  return Array.from({ length: 256 }, (_, at) => at)
    .filter((at) => ((bytes[at >> 3] ?? 0) >> (at & 7)) & 1)
    .map((at) => 256 * page + at)
}

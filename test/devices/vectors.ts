import * as command from '#devices/protocol/command.ts'
import { dialects } from '#devices/protocol/dialects.ts'

/** Bytes from hexadecimal text; `…` stands for header and default address. */
export function hex(text: string): Uint8Array {
  const bytes = text.replace('…', 'EF 01 FF FF FF FF').trim().split(/\s+/)
  return Uint8Array.from(bytes.map((byte) => Number.parseInt(byte, 16)))
}

const led = (name: 'grow' | 'syno', parameters: number[]) =>
  command.plainCommand('Light', [dialects[name].led?.code ?? 0, ...parameters])
const autoEnrol = dialects.syno.autoEnrol?.request(1, 2, 0x004b) ?? []

/** Commands that were captured from real modules, and others computed by a function that agrees with these. */
export const requests: readonly [string, { payload: Uint8Array }, string][] = [
  ['ReadSysPara', command.readSysPara(), '… 01 00 03 0F 00 13'],
  ['GenImg', command.genImg(), '… 01 00 03 01 00 05'],
  ['Img2Tz 1', command.img2Tz(1), '… 01 00 04 02 01 00 08'],
  ['Img2Tz 2', command.img2Tz(2), '… 01 00 04 02 02 00 09'],
  ['Match', command.match(), '… 01 00 03 03 00 07'],
  ['RegModel', command.regModel(), '… 01 00 03 05 00 09'],
  ['Store 1, 0', command.store(1, 0), '… 01 00 06 06 01 00 00 00 0E'],
  ['Search 1, 1, 16', command.search(1, 1, 16), '… 01 00 08 04 01 00 01 00 10 00 1F'],
  ['HighSpeedSearch', command.highSpeedSearch(1, 0, 0x3e9), '… 01 00 08 1B 01 00 00 03 E9 01 11'],
  ['DeletChar 1', command.deletChar(1), '… 01 00 07 0C 00 01 00 01 00 16'],
  ['Empty', command.empty(), '… 01 00 03 0D 00 11'],
  ['TempleteNum', command.templeteNum(), '… 01 00 03 1D 00 21'],
  ['AutoEnroll SYNO', command.plainCommand('AutoEnroll', autoEnrol), '… 01 00 08 31 00 01 02 00 4B 00 88'],
  ['enrol logic 1', command.setSysPara(3, 1), '… 01 00 05 0E 03 01 00 18'],
  ['enrol logic 2', command.setSysPara(3, 2), '… 01 00 05 0E 03 02 00 19'],
  ['VfyPwd 0', command.vfyPwd(0), '… 01 00 07 13 00 00 00 00 00 1B'],
  ['SetPwd', command.setPwd(0x12345678), '… 01 00 07 12 12 34 56 78 01 2E'],
  ['SetAdder', command.setAdder(0x12345678), '… 01 00 07 15 12 34 56 78 01 31'],
  ['Store 1, 5', command.store(1, 5), '… 01 00 06 06 01 00 05 00 13'],
  ['LoadChar 1, 5', command.loadChar(1, 5), '… 01 00 06 07 01 00 05 00 14'],
  ['UpChar 1', command.upChar(1), '… 01 00 04 08 01 00 0E'],
  ['DownChar 2', command.downChar(2, new Uint8Array(0)), '… 01 00 04 09 02 00 10'],
  ['UpImage', command.upImage(), '… 01 00 03 0A 00 0E'],
  ['DownImage', command.downImage(new Uint8Array(0)), '… 01 00 03 0B 00 0F'],
  ['Search 0, 200', command.search(1, 0, 200), '… 01 00 08 04 01 00 00 00 C8 00 D6'],
  ['index page 0', command.readIndexTable(0), '… 01 00 04 1F 00 00 24'],
  ['packets of 128', command.setSysPara(6, 2), '… 01 00 05 0E 06 02 00 1C'],
  ['Cancel', command.cancel(), '… 01 00 03 30 00 34'],
  ['Sleep', command.sleep(), '… 01 00 03 33 00 37'],
  ['HandShake SYNO', command.handShake(dialects.syno.handShake ?? 0), '… 01 00 03 35 00 39'],
  ['HandShake GROW', command.handShake(dialects.grow.handShake ?? 0), '… 01 00 03 40 00 44'],
  ['AuraLed blue', led('grow', [0x01, 0x80, 0x02, 0x00]), '… 01 00 07 35 01 80 02 00 00 C0'],
  ['BLN green', led('syno', [0x03, 0x02, 0x02, 0x00]), '… 01 00 07 3C 03 02 02 00 00 4B'],
  [
    'AutoIdentify',
    command.plainCommand('AutoIdentify', [dialects.syno.autoIdentify?.code ?? 0, 0x03, 0xff, 0xff, 0x00, 0x00]),
    '… 01 00 08 32 03 FF FF 00 00 02 3C',
  ],
]

/** Acks and the payload in them. */
export const acks: readonly [string, string, string][] = [
  ['ok', '… 07 00 03 00 00 0A', '00'],
  ['wrong password', '… 07 00 03 13 00 1D', '13'],
  ['password needed', '… 07 00 03 21 00 2B', '21'],
  ['wake-up notice', '… 07 00 03 FF 01 09', 'FF'],
  ['match 0113', '… 07 00 05 00 01 13 00 20', '00 01 13'],
  ['match 100', '… 07 00 05 00 00 64 00 70', '00 00 64'],
  ['found 1, 50', '… 07 00 07 00 00 01 00 50 00 5F', '00 00 01 00 50'],
  ['found 1, 3C', '… 07 00 07 00 00 01 00 3C 00 4B', '00 00 01 00 3C'],
  ['found 5, 150', '… 07 00 07 00 00 05 00 96 00 A9', '00 00 05 00 96'],
  ['not found', '… 07 00 07 09 00 00 00 00 00 17', '09 00 00 00 00'],
  ['count 1', '… 07 00 05 00 00 01 00 0D', '00 00 01'],
  ['AutoEnroll accepted', '… 07 00 05 00 00 00 00 0C', '00 00 00'],
  ['AutoEnroll image 1', '… 07 00 05 00 01 01 00 0E', '00 01 01'],
  ['AutoEnroll features 1', '… 07 00 05 00 02 01 00 0F', '00 02 01'],
  ['AutoEnroll lifted 1', '… 07 00 05 00 03 01 00 10', '00 03 01'],
  ['AutoEnroll image 2', '… 07 00 05 00 01 02 00 0F', '00 01 02'],
  ['AutoEnroll features 2', '… 07 00 05 00 02 02 00 10', '00 02 02'],
  ['AutoEnroll merged', '… 07 00 05 00 04 F0 01 00', '00 04 F0'],
  ['AutoEnroll checked', '… 07 00 05 00 05 F1 01 02', '00 05 F1'],
  ['AutoEnroll stored', '… 07 00 05 00 06 F2 01 04', '00 06 F2'],
  ['AutoEnroll timeout', '… 07 00 05 26 01 01 00 34', '26 01 01'],
]

export const capturedParameters = '… 07 00 13 00 00 0C 2E C8 00 64 00 03 FF FF FF FF 00 02 00 06 05 87'
export const computedParameters = '… 07 00 13 00 00 00 00 09 00 C8 00 03 FF FF FF FF 00 02 00 06 04 F2'
/** Printed in a document on the web; its checksum should be 00 DB. */
export const wrongChecksum = '… 07 00 07 00 00 05 00 C8 00 D9'

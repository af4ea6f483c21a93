import { confirmation } from '#devices/protocol/codes.ts'
import { code } from '#devices/protocol/command.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'
import { type CommandTable, field, handler, latency, no, ok, okWith, words } from './answer.ts'
import { commonCommands } from './common-commands.ts'
import { templateSize } from './finger.ts'
import { firmwareOf, moduleSerialOf } from './library.ts'
import { takeImage } from './state.ts'

const getImage = handler(latency.image, 0, (state) => (takeImage(state) ? ok : no(confirmation.noFinger)))

/** GROW R503. GetImageEx also looks at the quality. */
const grow: CommandTable = {
  40: handler(latency.image, 0, (state) => {
    if (!takeImage(state)) return no(confirmation.noFinger)
    return state.image?.quality === 'good' ? ok : no(confirmation.tooFewFeatures)
  }),
  53: handler(latency.quick, 4, () => ok),
  57: handler(latency.quick, 0, () => okWith(field('EMULATED ALGORITHM', 32))),
  58: handler(latency.quick, 0, ({ library }) => okWith(field(firmwareOf(library.file), 32))),
  // ReadProdInfo: model 16, batch 4, serial 8, hardware 2, sensor 8, width 2, height 2, template size 2, templates 2
  60: handler(latency.quick, 0, ({ library }) => {
    const text = [field('EMULATED R503', 16), field('EMU0', 4), field(moduleSerialOf(library.file), 8)]
    const rest = [Uint8Array.of(1, 0), field('EMULATED', 8), words(256, 288, templateSize, library.file.capacity)]
    return okWith(new Uint8Array(Buffer.concat([...text, ...rest])))
  }),
  61: handler(latency.quick, 0, () => ({ ...ok, afterwards: 'power cycle' })),
  64: handler(latency.quick, 0, () => ok),
}

const syno: CommandTable = {
  41: getImage,
  52: handler(latency.quick, 1, ({ library }) => okWith(field(moduleSerialOf(library.file), 32))),
  53: handler(latency.quick, 0, () => ok),
  60: handler(latency.quick, 4, () => ok),
  // GetImageInfo: covered area in percent, and 1 when the quality is good
  61: handler(latency.quick, 0, (state) =>
    state.image ? okWith(Uint8Array.of(90, state.image.quality === 'good' ? 1 : 0)) : no(confirmation.noImage),
  ),
  // SearchNow: Search in the first buffer
  62: handler(latency.search, 4, (state, parameters) => {
    const request = new DataView(new ArrayBuffer(5))
    request.setUint8(0, 1)
    request.setUint32(1, parameters.getUint32(0))
    const search = commonCommands[code.search]
    return search ? search.run(state, request) : no(confirmation.packetError)
  }),
}

/** Old GROW R30x modules, which are otherwise plain ZFM. */
const zfm: CommandTable = {
  80: handler(latency.quick, 0, () => ok),
  81: handler(latency.quick, 0, () => ok),
  82: getImage,
  83: handler(latency.quick, 0, () => no(0x55)),
}

export const dialectCommands: Readonly<Record<DialectName, CommandTable>> = {
  zfm: { ...commonCommands, ...zfm },
  grow: { ...commonCommands, ...grow },
  syno: { ...commonCommands, ...syno },
}

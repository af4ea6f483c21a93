import { expect, test } from 'vitest'
import { devices as english } from '#app/i18n/en/devices.ts'
import { devices as chinese } from '#app/i18n/zh-CN/devices.ts'
import { SpoolError } from '#devices/agent/spool-error.ts'
import { troubleOf } from '#devices/agent/trouble.ts'
import { confirmationName, poorImageCodes, ReaderError, type ReaderErrorKind } from '#devices/protocol/codes.ts'
import { TransportError, type TransportErrorKind } from '#devices/transport/transport.ts'

const reader: ReaderErrorKind[] = ['timeout', 'garbled', 'unplugged', 'refused']
const transport: TransportErrorKind[] = ['unplugged', 'not_found', 'no_permission', 'library_missing', 'closed']
const troubles = [
  ...reader.map((kind) => new ReaderError(kind, 'x')),
  new ReaderError('refused', 'x', { code: 0x13 }),
  ...transport.map((kind) => new TransportError(kind, 'x')),
  new SpoolError('x'),
  new SpoolError('x', { code: 'spool_full' }),
  new Error('x'),
].map((error) => troubleOf(error).detail)
const poor = [...poorImageCodes].map((code) => confirmationName(code, 'zfm'))

test.each([
  ['Chinese', chinese],
  ['English', english],
] as const)('every detail an agent may report has %s words', (_, { readers }) => {
  for (const detail of [...troubles, ...poor]) expect(readers.detail).toHaveProperty(detail)
  // Why half-days wait, as an outage of a reader says it.
  for (const detail of ['agent_silent', 'clock_drift', 'sequence_gap', 'silent_when_busy']) {
    expect(readers.detail).toHaveProperty(detail)
  }
  for (const detail of ['no_reader', 'library_missing', 'no_permission', 'unexpected']) {
    expect(readers.agent_detail).toHaveProperty(detail)
  }
})

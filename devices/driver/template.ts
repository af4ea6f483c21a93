import { confirmation, ReaderError } from '#devices/protocol/codes.ts'
import { downChar, loadChar, store, upChar } from '#devices/protocol/command.ts'
import { findInLibrary } from './finger.ts'
import type { Reader } from './reader.ts'
import { assertInRange, isTaken } from './slots.ts'

const buffer = 1
/** Data packets have no number: one that got lost is noticed only because two readings differ. */
const readings = 4

/** The template of a slot, as the maker's own bytes. It stays in memory: nothing here writes or logs it. */
export async function readTemplate(reader: Reader, slot: number): Promise<Uint8Array> {
  assertInRange(reader, slot)
  await reader.demand(loadChar(buffer, slot))
  return readBuffer(reader)
}

/**
 * Puts a template into an empty slot of this module. Refused when the slot is taken, or when the module already has this
 * finger under another number; a person must not be two. What arrived is read back before it is stored, and the
 * module's own index table is the proof that it was.
 */
export async function writeTemplate(reader: Reader, slot: number, template: Uint8Array): Promise<void> {
  assertInRange(reader, slot)
  if (template.length === 0) throw refusal('bad_template', confirmation.badTemplate, 'An empty template')
  if (await isTaken(reader, slot)) {
    throw refusal('slot_not_empty', confirmation.slotNotEmpty, `Slot ${slot} is taken`)
  }
  const { code } = await reader.ask(downChar(buffer, template))
  if (code !== confirmation.ok) throw reader.refused('DownChar', code)
  const arrived = await readBuffer(reader)
  if (!same(arrived, template)) {
    throw refusal('cannot_receive_data', confirmation.cannotReceive, 'The template did not arrive as it was sent')
  }
  const known = await findInLibrary(reader, buffer)
  if (known !== null) {
    throw refusal('already_enrolled', confirmation.alreadyEnrolled, `The finger is already in slot ${known.slot}`)
  }
  await reader.demand(store(buffer, slot))
  if (!(await isTaken(reader, slot))) {
    throw refusal('not_stored', confirmation.flashError, `Slot ${slot} is empty after a template was stored in it`)
  }
}

async function readBuffer(reader: Reader): Promise<Uint8Array> {
  let before: Uint8Array | null = null
  for (let reading = 0; reading < readings; reading++) {
    const { code, value } = await reader.ask(upChar(buffer))
    if (value === null) throw reader.refused('UpChar', code)
    if (value.data.length > 0 && before && same(before, value.data)) return value.data
    before = value.data
  }
  throw new ReaderError('garbled', 'UpChar: no two readings of the template agree', {
    reason: 'template_upload_failed',
  })
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

function refusal(reason: string, code: number, message: string): ReaderError {
  return new ReaderError('refused', message, { code, reason })
}

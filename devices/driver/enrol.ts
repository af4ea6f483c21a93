import { confirmation, confirmationName, poorImageCodes, ReaderError } from '#devices/protocol/codes.ts'
import { genImg, img2Tz, regModel, search, store } from '#devices/protocol/command.ts'
import { pause } from './pause.ts'
import type { Reader } from './reader.ts'
import { assertInRange, isTaken } from './slots.ts'

/** What the person at the reader is asked to do, and what became of it. */
export type EnrolStep =
  | { step: 'press'; press: number; of: number }
  | { step: 'retry'; press: number; of: number; reason: string }
  | { step: 'lift'; press: number; of: number }
  | { step: 'stored'; slot: number }

export type EnrolRefusal =
  | { kind: 'slot_taken'; slot: number }
  | { kind: 'already_enrolled'; slot: number }
  | { kind: 'not_the_same_finger' }
  | { kind: 'nobody_came'; press: number }
  | { kind: 'finger_not_lifted'; press: number }
  | { kind: 'stopped' }
  | { kind: 'not_proven'; slot: number }

export type EnrolResult = { ok: true; slot: number } | { ok: false; refusal: EnrolRefusal }

export type EnrolOptions = {
  slot: number
  /** Presses asked for. The module merges what its buffers hold: at least 2, at most as many as it has. */
  presses: number
  onStep(step: EnrolStep): void
  now(): number
  signal?: AbortSignal
  pollMs?: number
  /** How long to wait for a finger, and for it to go. */
  fingerMs?: number
}

/**
 * Press, lift, press again, merge; refused when the finger is already in the module under any slot; stored; and proved
 * by the module's index table.
 */
export async function enrol(reader: Reader, options: EnrolOptions): Promise<EnrolResult> {
  const { slot } = options
  assertInRange(reader, slot)
  if (await isTaken(reader, slot)) return refused({ kind: 'slot_taken', slot })
  const presses = Math.max(2, Math.min(options.presses, reader.dialect.buffers))

  await reader.light('waiting')
  try {
    for (let press = 1; press <= presses; press++) {
      const refusal = await takePress(reader, options, press, presses)
      if (refusal) return refused(refusal)
    }
    const refusal = await mergeAndStore(reader, slot)
    if (refusal) return refused(refusal)
  } catch (error) {
    if (!(error instanceof ReaderError && error.kind === 'unplugged')) await reader.light('off')
    throw error
  }
  options.onStep({ step: 'stored', slot })
  await reader.light('success')
  return { ok: true, slot }

  async function refused(refusal: EnrolRefusal): Promise<EnrolResult> {
    await reader.light('failure')
    return { ok: false, refusal }
  }
}

/** One press with a good image, tried again as often as the finger comes; null when it is in its buffer. */
async function takePress(
  reader: Reader,
  options: EnrolOptions,
  press: number,
  of: number,
): Promise<EnrolRefusal | null> {
  options.onStep({ step: 'press', press, of })
  for (;;) {
    const nobody = await waitUntil(reader, options, 'there', { kind: 'nobody_came', press })
    if (nobody) return nobody
    const { code } = await reader.ask(img2Tz(press))
    const good = code === confirmation.ok
    if (!good && !poorImageCodes.has(code)) throw unexpected(reader, 'Img2Tz', code)
    const reason = confirmationName(code, reader.dialect.name)
    options.onStep(good ? { step: 'lift', press, of } : { step: 'retry', press, of, reason })
    const stays = await waitUntil(reader, options, 'gone', { kind: 'finger_not_lifted', press })
    if (stays || good) return stays
  }
}

/** Looks until the sensor is as wanted; null when it is, the given refusal when it takes too long. */
async function waitUntil(
  reader: Reader,
  options: EnrolOptions,
  wanted: 'there' | 'gone',
  late: EnrolRefusal,
): Promise<EnrolRefusal | null> {
  const deadline = options.now() + (options.fingerMs ?? 20_000)
  while (options.now() < deadline) {
    if (options.signal?.aborted) return { kind: 'stopped' }
    if ((await look(reader)) === wanted) return null
    await pause(options.pollMs ?? 40, options.signal)
  }
  return late
}

async function look(reader: Reader): Promise<'there' | 'gone' | 'unclear'> {
  const { code } = await reader.ask(genImg())
  if (code === confirmation.ok) return 'there'
  if (code === confirmation.noFinger) return 'gone'
  if (poorImageCodes.has(code)) return 'unclear'
  throw unexpected(reader, 'GenImg', code)
}

async function mergeAndStore(reader: Reader, slot: number): Promise<EnrolRefusal | null> {
  const merged = (await reader.ask(regModel())).code
  if (merged === confirmation.mergeFailed || merged === confirmation.poorTemplate) {
    return { kind: 'not_the_same_finger' }
  }
  if (merged !== confirmation.ok) throw unexpected(reader, 'RegModel', merged)

  const known = await reader.ask(search(1, 0, reader.parameters.capacity))
  if (known.value) return { kind: 'already_enrolled', slot: known.value.returns.slot }
  if (known.code !== confirmation.notFound && known.code !== confirmation.libraryEmpty) {
    throw unexpected(reader, 'Search', known.code)
  }
  await reader.demand(store(1, slot))
  return (await isTaken(reader, slot)) ? null : { kind: 'not_proven', slot }
}

function unexpected(reader: Reader, name: string, code: number): ReaderError {
  return new ReaderError('refused', `${name}: ${confirmationName(code, reader.dialect.name)}`, { code })
}

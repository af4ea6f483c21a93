import { confirmation, poorImageReason, ReaderError } from '#devices/protocol/codes.ts'
import { img2Tz, match, regModel, store } from '#devices/protocol/command.ts'
import { asksForAnotherPress, findInLibrary, type Patience, waitForFinger } from './finger.ts'
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
  | { kind: 'library_full' }
  | { kind: 'sensor_error' }

export type EnrolResult = { ok: true; slot: number } | { ok: false; refusal: EnrolRefusal }

export type EnrolOptions = Patience & {
  slot: number
  /** Presses asked for. The module merges what its buffers hold: at least 2, at most as many as it has. */
  presses: number
  onStep(step: EnrolStep): void
}

/** A finger that is not the first one is asked for once more; the second time the enrolment ends. */
const strangersAllowed = 1

/**
 * Press, lift, press again, merge; refused at the first press when the finger is already in the module under any slot;
 * a press of another finger is noticed at once; stored; and proved by the module's index table.
 */
export async function enrol(reader: Reader, options: EnrolOptions): Promise<EnrolResult> {
  const { slot } = options
  assertInRange(reader, slot)
  if (await isTaken(reader, slot)) return refused({ kind: 'slot_taken', slot })
  const presses = Math.max(2, Math.min(options.presses, reader.dialect.buffers))

  await reader.light('waiting')
  const strangers = { seen: 0 }
  try {
    for (let press = 1; press <= presses; press++) {
      const refusal = await takePress(reader, options, { press, of: presses, strangers })
      if (refusal) return refused(refusal)
    }
    const refusal = await mergeAndStore(reader, slot)
    if (refusal) return refused(refusal)
  } catch (error) {
    const refusal = refusalOfError(error, slot)
    if (refusal) return refused(refusal)
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

/** What the module itself refuses at any step, and what it means for this enrolment; null for every other trouble. */
function refusalOfError(error: unknown, slot: number): EnrolRefusal | null {
  if (!(error instanceof ReaderError)) return null
  switch (error.reason) {
    case 'library_full':
      return { kind: 'library_full' }
    case 'slot_not_empty':
      return { kind: 'slot_taken', slot }
    case 'sensor_error':
    case 'hardware_error':
      return { kind: 'sensor_error' }
    default:
      return null
  }
}

type Press = { press: number; of: number; strangers: { seen: number } }

/** One press with a good image, tried again as often as the finger comes; null when it is in its buffer. */
async function takePress(
  reader: Reader,
  options: EnrolOptions,
  { press, of, strangers }: Press,
): Promise<EnrolRefusal | null> {
  options.onStep({ step: 'press', press, of })
  for (;;) {
    const came = await waitForFinger(reader, options, 'there')
    if (came !== 'so') return late(came, { kind: 'nobody_came', press })
    const seen = await takeFeatures(reader, press, of)
    const refusal = refusalOf(seen, strangers)
    if (refusal) return refusal
    options.onStep(stepOf(seen, press, of))
    const went = await waitForFinger(reader, options, 'gone')
    if (went !== 'so') return late(went, { kind: 'finger_not_lifted', press })
    if (seen.kind === 'good') return null
  }
}

function late(came: 'late' | 'stopped', refusal: EnrolRefusal): EnrolRefusal {
  return came === 'stopped' ? { kind: 'stopped' } : refusal
}

/** What ends the enrolment at once: a finger that is in the library, or the wrong finger once too often. */
function refusalOf(seen: Seen, strangers: Press['strangers']): EnrolRefusal | null {
  if (seen.kind === 'known') return { kind: 'already_enrolled', slot: seen.slot }
  if (seen.kind === 'stranger') strangers.seen++
  return strangers.seen > strangersAllowed ? { kind: 'not_the_same_finger' } : null
}

function stepOf(seen: Seen, press: number, of: number): EnrolStep {
  if (seen.kind === 'good') return { step: 'lift', press, of }
  return { step: 'retry', press, of, reason: seen.kind === 'poor' ? seen.reason : 'not_the_same_finger' }
}

type Seen = { kind: 'good' } | { kind: 'poor'; reason: string } | { kind: 'stranger' } | { kind: 'known'; slot: number }

/**
 * The features of what lies there. The first press is looked for in the whole library; each later one goes to buffer 2
 * to be compared with the first, and to a buffer of its own, filled from the last, so that all are there to be merged.
 */
async function takeFeatures(reader: Reader, press: number, of: number): Promise<Seen> {
  const { code } = await reader.ask(img2Tz(press === 1 ? 1 : 2))
  if (asksForAnotherPress(reader, code)) return { kind: 'poor', reason: poorImageReason(code, reader.dialect.name) }
  if (code !== confirmation.ok) throw reader.refused('Img2Tz', code)
  if (press === 1) {
    const found = await findInLibrary(reader, 1)
    return found === null ? { kind: 'good' } : { kind: 'known', slot: found.slot }
  }
  const compared = await reader.ask(match())
  if (compared.code === confirmation.noMatch) return { kind: 'stranger' }
  if (compared.code !== confirmation.ok) throw reader.refused('Match', compared.code)
  if (press < of) await reader.demand(img2Tz(of + 2 - press))
  return { kind: 'good' }
}

async function mergeAndStore(reader: Reader, slot: number): Promise<EnrolRefusal | null> {
  const merged = (await reader.ask(regModel())).code
  if (merged === confirmation.mergeFailed || merged === confirmation.poorTemplate) {
    return { kind: 'not_the_same_finger' }
  }
  if (merged !== confirmation.ok) throw reader.refused('RegModel', merged)

  const known = await findInLibrary(reader, 1)
  if (known !== null) return { kind: 'already_enrolled', slot: known.slot }
  const stored = (await reader.ask(store(1, slot))).code
  if (stored === confirmation.alreadyEnrolled) {
    const twin = await findInLibrary(reader, 1)
    if (twin !== null) return { kind: 'already_enrolled', slot: twin.slot }
  }
  if (stored !== confirmation.ok) throw reader.refused('Store', stored)
  return (await isTaken(reader, slot)) ? null : { kind: 'not_proven', slot }
}

import { codeMeaning, confirmation, poorImageReason, ReaderError } from '#devices/protocol/codes.ts'
import { type Found, genImg, img2Tz, search } from '#devices/protocol/command.ts'
import { pause } from './pause.ts'
import type { Reader } from './reader.ts'

export type Sighting =
  | ({ kind: 'matched' } & Found)
  | { kind: 'not_recognised' }
  | { kind: 'poor_image'; code: number; reason: string }
  | { kind: 'finger_held'; forMs: number }

/** What lies on the sensor and was already judged; whoever opens a reader again hands it on. */
export type Glass = { lying: { since: number; reported: boolean } | null }

export type IdentifyOptions = {
  /**
   * Called with each match before anything is signalled. Success may be shown only when it resolves: the punch is then
   * safe on disk. When it rejects, failure is shown.
   */
  accept(match: Found): Promise<void>
  /** Everything seen; a match only after it was accepted. */
  emit(sighting: Sighting): void
  /** A monotonic clock in milliseconds. */
  now(): number
  /** Pause between looks at an empty sensor. */
  pollMs?: number
  glass?: Glass
  /** A finger that still lies there after this long is reported, once. */
  heldMs?: number
}

export type Identifier = {
  /** One look at the sensor. The caller loops, and may do other things with the reader between two looks. */
  step(signal?: AbortSignal): Promise<void>
  /** The next finger counts only after an empty sensor was seen: after an enrolment, the finger may still lie there. */
  requireLift(): void
}

const matchBuffer = 1

/**
 * One finger, one punch: after every finger, recognised or not, the sensor must be seen empty (confirmation 02) before
 * the next image counts. So a held finger, a repeated ack or a slow person never makes two punches. A finger that could
 * not be judged, because an answer got lost or the punch could not be kept, is looked at again while it lies there.
 */
export function identifier(reader: Reader, options: IdentifyOptions): Identifier {
  const pollMs = options.pollMs ?? 40
  const heldMs = options.heldMs ?? 3000
  const glass = options.glass ?? { lying: null }

  /** A sensor that fails is told as such also while a judged finger lies there: this throws for it. */
  async function judge(image: number): Promise<void> {
    const sighting = image === confirmation.ok ? await look(reader) : unclear(reader, image)
    if (sighting === null) return
    const good = sighting.kind === 'matched'
    try {
      if (good) await options.accept({ slot: sighting.slot, score: sighting.score })
    } catch (error) {
      await reader.light('failure')
      throw error
    }
    glass.lying = { since: options.now(), reported: false }
    options.emit(sighting)
    await reader.light(good ? 'success' : 'failure')
  }

  function stillThere(finger: NonNullable<Glass['lying']>): void {
    const forMs = options.now() - finger.since
    if (finger.reported || forMs < heldMs) return
    finger.reported = true
    options.emit({ kind: 'finger_held', forMs })
  }

  return {
    async step(signal) {
      const image = (await reader.ask(genImg())).code
      const { next } = codeMeaning(image, reader.dialect.name)
      if (next === 'wait_finger') {
        glass.lying = null
        await pause(pollMs, signal)
      } else if (glass.lying && (next === 'ok' || next === 'press_again')) {
        stillThere(glass.lying)
        await pause(pollMs, signal)
      } else {
        await judge(image)
      }
    },
    requireLift() {
      glass.lying ??= { since: options.now(), reported: true }
    },
  }
}

const searchAll = ({ parameters }: Reader) => search(matchBuffer, 0, parameters.capacity)

/** Null: there is nothing to judge, the finger has gone between two questions. */
async function look(reader: Reader): Promise<Sighting | null> {
  const features = (await reader.ask(img2Tz(matchBuffer))).code
  if (features !== confirmation.ok) return unclear(reader, features)
  const found = await reader.ask(searchAll(reader))
  if (found.value) return confirmed(reader, found.value.returns)
  if (notInLibrary.has(found.code)) return { kind: 'not_recognised' }
  return unclear(reader, found.code)
}

/**
 * The same question again, and only the same answer makes a punch. An ack does not say what it answers, and its
 * checksum is a plain sum: two flipped bits that cancel each other pass it, and then name another person.
 */
async function confirmed(reader: Reader, found: Found): Promise<Sighting> {
  const again = (await reader.ask(searchAll(reader))).value?.returns
  const { capacity } = reader.parameters
  if (again?.slot === found.slot && found.slot < capacity) return { kind: 'matched', ...found }
  const answers = `slot ${found.slot}, then ${again ? `slot ${again.slot}` : 'none'}, of ${capacity}`
  throw new ReaderError('garbled', `Identification: the answers do not agree: ${answers}`)
}

const notInLibrary: ReadonlySet<number> = new Set([
  confirmation.noMatch,
  confirmation.notFound,
  confirmation.libraryEmpty,
])

/** What follows from a code that is not 00: the person presses again, the driver asks again, or the reader is in trouble. */
function unclear(reader: Reader, code: number): Sighting | null {
  const { name, next } = codeMeaning(code, reader.dialect.name)
  switch (next) {
    case 'press_again':
      return { kind: 'poor_image', code, reason: poorImageReason(code, reader.dialect.name) }
    case 'wait_finger':
      return null
    case 'send_again':
    case 'ignore':
      throw new ReaderError('garbled', `Identification: ${name}`, { code, reason: name })
    default:
      throw reader.refused('Identification', code)
  }
}

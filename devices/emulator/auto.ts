import { confirmation } from '#devices/protocol/codes.ts'
import { latency, words } from './answer.ts'
import { goodScore } from './common-commands.ts'
import { sameTemplate, templateOf } from './finger.ts'
import { findTemplate, type Library } from './library.ts'
import { type ModuleState, takeImage } from './state.ts'

/**
 * SYNO's commands that answer many times: AutoEnroll (31) and AutoIdentify (32). Each yields the payload of one ack.
 * GROW has the same codes with layouts of its own.
 */
export type AutoContext = {
  state: ModuleState
  /** Takes its time; throws when the power goes. */
  work(latencyMs: number): Promise<void>
  /** Cancel has come: nothing more is done or stored. */
  cancelled(): boolean
  /** Resolves when the sensor is so, or on Cancel; to false when it did not become so in time. */
  waitFor(finger: 'there' | 'gone'): Promise<boolean>
}
export type AutoCommand = (context: AutoContext, parameters: DataView) => AsyncGenerator<Uint8Array>

export type AutoTable = Readonly<Record<number, { needs: number; run: AutoCommand }>>

export const synoAutoCommands: AutoTable = {
  49: { needs: 5, run: autoEnrol },
  50: { needs: 5, run: autoIdentify },
}

const flag = { noSteps: 0x04, overwrite: 0x08, forbidDuplicates: 0x10, noLift: 0x20 } as const
const step = { image: 1, features: 2, lifted: 3, merged: [4, 0xf0], checked: [5, 0xf1], stored: [6, 0xf2] } as const
const maxPresses = 6
const anySlot = 0xffff

async function* autoEnrol(context: AutoContext, parameters: DataView): AsyncGenerator<Uint8Array> {
  const [slot, presses, flags] = [parameters.getUint16(0), parameters.getUint8(2), parameters.getUint16(3)] as const
  const early = earlyRefusal(context.state, slot, presses, flags)
  if (early !== null) return yield Uint8Array.of(early, 0, 0)
  for await (const ack of enrolSteps(context, slot, presses, flags)) {
    const progress = ack[0] === confirmation.ok && ack[1] !== step.stored[0]
    if (!progress || (flags & flag.noSteps) === 0) yield ack
  }
}

async function* enrolSteps(
  context: AutoContext,
  slot: number,
  presses: number,
  flags: number,
): AsyncGenerator<Uint8Array> {
  yield Uint8Array.of(confirmation.ok, 0, 0)
  const features: Uint8Array[] = []
  for (let press = 1; press <= presses; press++) {
    const taken = yield* takePress(context, (code, at) => Uint8Array.of(code, step[at], press))
    if (!taken) return
    features.push(taken)
    if (press === presses || (flags & flag.noLift) !== 0) continue
    if (!(await context.waitFor('gone'))) return yield Uint8Array.of(confirmation.timeout, step.lifted, press)
    yield Uint8Array.of(confirmation.ok, step.lifted, press)
  }
  yield* mergeAndStore(context, slot, features, (flags & flag.forbidDuplicates) !== 0)
}

async function* mergeAndStore(
  context: AutoContext,
  slot: number,
  features: readonly Uint8Array[],
  forbidDuplicates: boolean,
): AsyncGenerator<Uint8Array> {
  const { library } = context.state
  const [model] = features
  await context.work(latency.quick)
  if (!model || !features.every((other) => sameTemplate(model, other))) {
    return yield Uint8Array.of(confirmation.mergeFailed, ...step.merged)
  }
  yield Uint8Array.of(confirmation.ok, ...step.merged)
  if (forbidDuplicates && findTemplate(library, model, 0, library.file.capacity) !== null) {
    return yield Uint8Array.of(confirmation.alreadyEnrolled, ...step.checked)
  }
  yield Uint8Array.of(confirmation.ok, ...step.checked)
  await context.work(latency.flash)
  if (context.cancelled()) return
  yield Uint8Array.of(stored(library, slot, model) ? confirmation.ok : confirmation.flashError, ...step.stored)
}

/** A library that cannot be saved is a flash that cannot be written. */
export function stored(library: Library, slot: number, model: Uint8Array): boolean {
  try {
    library.set(slot, model)
    return true
  } catch {
    return false
  }
}

function earlyRefusal(state: ModuleState, slot: number, presses: number, flags: number): number | null {
  const { library } = state
  if (slot >= library.file.capacity) return confirmation.outOfRange
  if (presses < 1 || presses > maxPresses) return confirmation.badCount
  if (library.slots().length >= library.file.capacity) return confirmation.libraryFull
  if (library.get(slot) && (flags & flag.overwrite) === 0) return confirmation.slotNotEmpty
  return null
}

/** One good press: a poor one is answered and waited for again; undefined when nobody comes. */
export async function* takePress(
  context: AutoContext,
  ack: (code: number, at: 'image' | 'features') => Uint8Array,
): AsyncGenerator<Uint8Array, Uint8Array | undefined> {
  while (!context.cancelled()) {
    if (!(await context.waitFor('there'))) {
      yield ack(confirmation.timeout, 'image')
      return undefined
    }
    const features = await readFinger(context)
    if (!features) continue
    yield ack(confirmation.ok, 'image')
    await context.work(latency.features)
    const poor = typeof features === 'number'
    yield ack(poor ? features : confirmation.ok, 'features')
    if (!poor) return features
    await context.waitFor('gone')
  }
  return undefined
}

async function* autoIdentify(context: AutoContext, parameters: DataView): AsyncGenerator<Uint8Array> {
  const { library } = context.state
  const slot = parameters.getUint16(1)
  const ack = (code: number, stage: number, id = 0, score = 0) => Uint8Array.of(code, stage, ...words(id, score))
  if (library.slots().length === 0) return yield ack(confirmation.libraryEmpty, 0)
  if (slot !== anySlot && !library.get(slot)) return yield ack(confirmation.slotEmpty, 0)
  yield ack(confirmation.ok, 0)

  if (!(await context.waitFor('there'))) return yield ack(confirmation.timeout, step.image)
  const features = await readFinger(context)
  yield ack(confirmation.ok, step.image)
  await context.work(latency.features)
  if (!features || typeof features === 'number') return yield ack(features ?? confirmation.noImage, 5)
  await context.work(latency.search)
  const [start, count] = slot === anySlot ? [0, library.file.capacity] : [slot, 1]
  const found = findTemplate(library, features, start, count)
  context.state.passed = found !== null
  yield found === null ? ack(confirmation.notFound, 5) : ack(confirmation.ok, 5, found, goodScore)
}

/** The features of the finger that lies there, or the code of a poor image; null when it has gone meanwhile. */
export async function readFinger(context: AutoContext): Promise<Uint8Array | number | null> {
  await context.work(latency.image)
  takeImage(context.state)
  const { image, dialect } = context.state
  if (!image) return null
  return image.quality === 'good' ? templateOf(image) : dialect.poor[image.quality]
}

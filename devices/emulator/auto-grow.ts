import { confirmation } from '#devices/protocol/codes.ts'
import { latency, words } from './answer.ts'
import { type AutoContext, type AutoTable, readFinger, stored, takePress } from './auto.ts'
import { goodScore } from './common-commands.ts'
import { sameTemplate } from './finger.ts'
import { findTemplate, type Library } from './library.ts'

/**
 * GROW's AutoEnroll and AutoIdentify as the R503 manual names their parameters and steps. How the acks lie byte by byte is
 * in no public copy of it: step first, then the number, as in SYNO, is our reading. The driver never sends either.
 *
 *     31  slot (1; from C8 the module chooses), overwrite, allow duplicates, return steps, finger must leave
 *     32  security, first slot (1), slots (1), return steps, tries
 */
export const growAutoCommands: AutoTable = {
  49: { needs: 5, run: autoEnrol },
  50: { needs: 5, run: autoIdentify },
}

const presses = 6
const firstChosen = 0xc8
/** Steps 01 to 0C are image and features of each press in turn. */
const step = { checked: 0x0d, merged: 0x0e, stored: 0x0f } as const
const searched = { image: 1, features: 2, result: 3 } as const

async function* autoEnrol(context: AutoContext, parameters: DataView): AsyncGenerator<Uint8Array> {
  const { library } = context.state
  const [asked, overwrite, allowTwice, steps, mustLeave] = bytesOf(parameters)
  const slot = asked >= firstChosen ? firstEmpty(library) : asked
  const early = earlyRefusal(library, slot, overwrite === 1)
  if (early !== null || slot === null) return yield Uint8Array.of(early ?? confirmation.libraryFull, 0, asked)
  for await (const ack of enrolSteps(context, slot, mustLeave === 1, allowTwice === 1)) {
    const progress = ack[0] === confirmation.ok && ack[1] !== step.stored
    if (!progress || steps === 1) yield ack
  }
}

async function* enrolSteps(
  context: AutoContext,
  slot: number,
  mustLeave: boolean,
  allowTwice: boolean,
): AsyncGenerator<Uint8Array> {
  const ack = (code: number, at: number) => Uint8Array.of(code, at, slot)
  const features: Uint8Array[] = []
  for (let press = 1; press <= presses; press++) {
    const taken = yield* takePress(context, (code, at) => ack(code, 2 * press - (at === 'image' ? 1 : 0)))
    if (!taken) return
    features.push(taken)
    const left = press === presses || !mustLeave || (await context.waitFor('gone'))
    if (!left) return yield ack(confirmation.timeout, 2 * press)
  }
  yield* mergeAndStore(context, features, allowTwice, ack)
}

async function* mergeAndStore(
  { state, work, cancelled }: AutoContext,
  [model, ...others]: readonly Uint8Array[],
  allowTwice: boolean,
  ack: (code: number, at: number) => Uint8Array,
): AsyncGenerator<Uint8Array> {
  if (!model) return
  const twin = allowTwice ? null : findTemplate(state.library, model, 0, state.library.file.capacity)
  if (twin !== null) return yield ack(confirmation.alreadyEnrolled, step.checked)
  yield ack(confirmation.ok, step.checked)
  const same = others.every((other) => sameTemplate(model, other))
  yield ack(same ? confirmation.ok : confirmation.mergeFailed, step.merged)
  if (!same) return
  await work(latency.flash)
  if (cancelled()) return
  const [, , slot = 0] = ack(confirmation.ok, step.stored)
  yield ack(stored(state.library, slot, model) ? confirmation.ok : confirmation.flashError, step.stored)
}

function firstEmpty(library: Library): number | null {
  const all = Array.from({ length: library.file.capacity }, (_, slot) => slot)
  return all.find((slot) => !library.get(slot)) ?? null
}

/** A taken slot that may not be overwritten: "set fails" is what the manual's list leaves for it. */
function earlyRefusal(library: Library, slot: number | null, overwrite: boolean): number | null {
  if (slot === null) return confirmation.libraryFull
  if (slot >= library.file.capacity) return confirmation.outOfRange
  return library.get(slot) && !overwrite ? confirmation.packetError : null
}

const identifyAck = (code: number, at: number, slot = 0, score = 0) => Uint8Array.of(code, at, ...words(slot, score))

async function* autoIdentify(context: AutoContext, parameters: DataView): AsyncGenerator<Uint8Array> {
  const { library } = context.state
  const [, first, count, steps, tries] = bytesOf(parameters)
  if (library.slots().length === 0) return yield identifyAck(confirmation.libraryEmpty, 0)
  if (first + count > library.file.capacity) return yield identifyAck(confirmation.outOfRange, 0)
  for (let left = Math.max(1, tries); !context.cancelled(); left--) {
    const code = yield* lookOnce(context, first, count, steps === 1)
    if (code === confirmation.ok) return
    if (code === confirmation.timeout || left === 1) {
      return yield identifyAck(code, code === confirmation.timeout ? searched.image : searched.result)
    }
    await context.waitFor('gone')
  }
}

/** One finger; its result is said here when it was found, else it is the code that ends the search or tries again. */
async function* lookOnce(
  context: AutoContext,
  first: number,
  count: number,
  steps: boolean,
): AsyncGenerator<Uint8Array, number> {
  if (!(await context.waitFor('there'))) return confirmation.timeout
  const features = await readFinger(context)
  if (steps) yield identifyAck(confirmation.ok, searched.image)
  await context.work(latency.features)
  if (!features || typeof features === 'number') return features ?? confirmation.noImage
  if (steps) yield identifyAck(confirmation.ok, searched.features)
  await context.work(latency.search)
  const slot = findTemplate(context.state.library, features, first, count)
  context.state.passed = slot !== null
  if (slot === null) return confirmation.notFound
  yield identifyAck(confirmation.ok, searched.result, slot, goodScore)
  return confirmation.ok
}

function bytesOf(parameters: DataView): [number, number, number, number, number] {
  const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((at) => parameters.getUint8(at))
  return [a ?? 0, b ?? 0, c ?? 0, d ?? 0, e ?? 0]
}

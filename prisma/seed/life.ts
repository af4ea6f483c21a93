import type { CivilDay } from '#app/domain/attendance/day.ts'
import { type Random, randomFor } from './random.ts'
import type { Habit } from './staff.ts'
import { at } from './story.ts'

/** A span of the day, [from, to) in seconds. */
export type Span = { readonly from: number; readonly to: number }
/** One finger on one of the two readers; `reader` is its place in the list of readers. */
export type Press = { readonly second: number; readonly reader: number }

export type Worker = {
  readonly staffNumber: string
  readonly habit: Habit
  /** The reader near the person's window. */
  readonly nearReader: number
}

type Due = { readonly slot: string; readonly boundary: number; readonly forget: number }

const day = { amIn: at('09:00'), amOut: at('12:00'), pmIn: at('13:30'), pmOut: at('17:00') }

function amIn(random: Random, worker: Worker, seed: string): number {
  const usual = randomFor(seed, 'usual', worker.staffNumber).around(at('08:33'), 1300)
  if (worker.habit === 'edge') return random.around(at('08:54:30'), 330)
  if (worker.habit === 'late')
    return random.chance(0.3) ? random.int(at('09:01'), at('09:38')) : random.around(at('08:51'), 480)
  return Math.max(at('07:36'), random.chance(0.012) ? random.int(at('09:01'), at('09:14')) : random.around(usual, 600))
}

function pmOut(random: Random, worker: Worker): number {
  if (worker.habit === 'leaver' && random.chance(0.18)) return random.int(at('16:20'), at('16:56'))
  if (random.chance(0.006)) return random.int(at('16:35'), at('16:58'))
  return day.pmOut + 6 + Math.floor(random.next() * random.next() * 1500)
}

function pressesAt(random: Random, second: number, near: number): Press[] {
  const reader = random.chance(0.88) ? near : 1 - near
  const first = { second, reader }
  return random.chance(0.03) ? [first, { second: second + random.int(2, 7), reader }] : [first]
}

function covered(spans: readonly Span[], second: number): boolean {
  return spans.some((span) => second >= span.from && second < span.to)
}

/** What the readers' silence does to a press: most people give up, some walk to the other reader when that one works. */
function throughOutages(random: Random, press: Press, outages: readonly (Span & { reader: number })[]): Press[] {
  const silent = (one: Press) =>
    outages.some((outage) => one.reader === outage.reader && one.second >= outage.from && one.second < outage.to)
  if (!silent(press)) return [press]
  if (!random.chance(0.3)) return []
  const other = { second: press.second + random.int(50, 130), reader: 1 - press.reader }
  return silent(other) ? [] : [other]
}

/**
 * The presses of one person on one working day. They depend on the seed, the person and the day alone,
 * so that a day that is added later is the same as if it had been there from the start.
 */
export function pressesOf(
  seed: string,
  worker: Worker,
  civil: CivilDay,
  absences: readonly Span[],
  outages: readonly (Span & { reader: number })[],
): Press[] {
  const random = randomFor(seed, 'day', worker.staffNumber, civil)
  const careless = worker.habit === 'late' ? 0.02 : 0.006
  const dues: readonly (Due & { second: number })[] = [
    { slot: 'am_in', boundary: day.amIn, forget: careless / 2, second: amIn(random, worker, seed) },
    { slot: 'am_out', boundary: day.amOut, forget: careless, second: day.amOut + 4 + Math.floor(random.next() * 560) },
    {
      slot: 'pm_in',
      boundary: day.pmIn,
      forget: careless,
      second: Math.max(at('12:40'), random.around(at('13:19'), 420)),
    },
    { slot: 'pm_out', boundary: day.pmOut - 1, forget: careless, second: pmOut(random, worker) },
  ]
  const presses = dues
    .filter((due) => !covered(absences, due.boundary) && !covered(absences, due.boundary - 1))
    .filter((due) => !random.chance(due.forget))
    .flatMap((due) => pressesAt(random, due.second, worker.nearReader))
    .flatMap((press) => throughOutages(random, press, outages))
  const stray = random.chance(0.002)
    ? [{ second: random.int(at('06:50'), at('07:25')), reader: worker.nearReader }]
    : []
  return [...stray, ...presses].sort((a, b) => a.second - b.second)
}

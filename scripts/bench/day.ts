import type { DayFacts, PunchFact } from '#app/domain/attendance/day.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import { fourPunchProfile } from '#app/domain/attendance/presets.ts'
import { addDays } from '#app/domain/time/day.ts'

/** Figure and bare limit are person-days a second; the ratio says how many times slower the day function is. */
export type DayBench = {
  readonly name: string
  readonly figure: number
  readonly limit: number
  readonly ratio: number
  readonly unit: string
  readonly note: string
}

const people = 20_000
const rounds = 7

/** The same numbers in every run, so that figures can be compared. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

/** Twenty thousand person-days as a hall has them: most on time, some late, some with a slip, leave, an outage, a double press. */
function batch(): DayFacts[] {
  const next = numbers(20_261_120)
  return Array.from({ length: people }, (_, i) => personDay(i, next))
}

function personDay(i: number, next: () => number): DayFacts {
  const kind = next()
  const punches = [
    at(9 * 3600, next, -1500, 120, i, 'a'),
    at(12 * 3600, next, -20, 900, i, 'b'),
    at(13.5 * 3600, next, -1500, 60, i, 'c'),
    at(17 * 3600, next, -60, 1800, i, 'd'),
  ].filter(() => next() > 0.01)
  if (kind < 0.1 && punches[0]) punches.splice(1, 0, { ...punches[0], second: punches[0].second + 5, key: `${i}r` })
  return {
    day: addDays('2026-01-05', i % 5),
    inService: true,
    calendar: { am: 'work', pm: 'work' },
    provisional: false,
    groups: [],
    punches,
    coverage: kind > 0.94 ? [{ kind: 'annual', from: 32_400, to: 43_200, key: `c${i}` }] : [],
    outages: kind > 0.99 ? [{ source: 'east', from: 32_000, to: 33_000, key: `o${i}` }] : [],
    asOf: null,
  }
}

function at(due: number, next: () => number, from: number, to: number, i: number, key: string): PunchFact {
  return { second: due + Math.floor(from + next() * (to - from)), source: 'east', key: `${i}${key}` }
}

const windows = [
  { open: 450, close: 659, due: 540, first: true },
  { open: 660, close: 740, due: 720, first: false },
  { open: 741, close: 929, due: 810, first: true },
  { open: 930, close: 1200, due: 1020, first: false },
]

/** The least that any such function must do: the first or last punch of each window, and the minutes past its boundary. */
function bareMinutes({ punches }: DayFacts): number {
  let total = 0
  for (const { open, close, due, first } of windows) {
    let chosen = due
    for (let i = 0; i < punches.length; i++) {
      const minute = Math.floor((punches[first ? punches.length - 1 - i : i] as PunchFact).second / 60)
      if (minute >= open && minute <= close) chosen = minute
    }
    total += Math.max(0, first ? chosen - due : due - chosen)
  }
  return total
}

/** Best of several rounds, in person-days a second. */
function rate(work: () => number): number {
  let best = Number.POSITIVE_INFINITY
  let kept = 0
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    kept += work()
    best = Math.min(best, performance.now() - start)
  }
  if (kept < 0) throw new Error('the work was not done')
  return Math.round((people / best) * 1000)
}

/** The day function, with slots, marks and reasons, beside the bare integer calculation of the same minutes in the same run. */
export async function benchDay(): Promise<DayBench> {
  const facts = batch()
  const figure = rate(() => {
    let minutes = 0
    for (const one of facts) minutes += judgeDay(one, fourPunchProfile).halves.am.minutesLate
    return minutes
  })
  const limit = rate(() => {
    let minutes = 0
    for (const one of facts) minutes += bareMinutes(one)
    return minutes
  })
  return {
    name: 'day',
    figure,
    limit,
    ratio: Math.round((limit / figure) * 100) / 100,
    unit: 'person-days/s',
    note: `${people} person-days with reasons, one core, best of ${rounds}; limit: the same minutes as bare integers`,
  }
}

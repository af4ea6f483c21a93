import type { DayFacts, PunchFact } from '#app/domain/attendance/day.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import { fourPunchProfile } from '#app/domain/attendance/presets.ts'
import { addDays } from '#app/domain/time/day.ts'
import { type BenchLine, inTurn, median, rounded } from './figures.ts'

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

/** Person-days a second of one round. */
function round(work: () => number): () => Promise<number> {
  return async () => {
    const began = performance.now()
    if (work() < 0) throw new Error('the work was not done')
    return (people / (performance.now() - began)) * 1000
  }
}

/** The day function, with slots, marks and reasons, in turn with the bare integer calculation of the same minutes. */
export async function benchDay(): Promise<BenchLine[]> {
  const facts = batch()
  const ours = round(() => facts.reduce((sum, one) => sum + judgeDay(one, fourPunchProfile).halves.am.minutesLate, 0))
  const taken = await inTurn(
    rounds,
    ours,
    round(() => facts.reduce((sum, one) => sum + bareMinutes(one), 0)),
  )
  const [figure, limit] = [median(taken.ours), median(taken.bare)]
  return [
    {
      name: 'day',
      unit: 'person-days/s',
      figure: rounded(figure),
      limit: rounded(limit),
      ratio: rounded(limit / figure),
      worst: rounded(Math.min(...taken.ours)),
      note: `${people} person-days with reasons, one core, median of ${rounds} rounds; limit: the same minutes as bare integers`,
    },
  ]
}

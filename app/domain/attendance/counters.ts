import { addDays, dayNumber, monthOf, weekday, yearOf } from '#app/domain/time/day.ts'
import type { CountedRule, CounterRule } from './counter-rules.ts'
import type { CivilDay, DayResult, Half, HalfResult } from './day.ts'
import { type MarkFamily, marks } from './marks.ts'
import { timesOf } from './month.ts'
import type { AttendanceRules } from './rules.ts'
import { lowest } from './threshold.ts'

/** One half-day that a counter counted, with the entry of `counts` that asked for it. */
export type CountedEvent = {
  readonly day: CivilDay
  readonly half: Half
  readonly rule: string
  readonly counted: number
}

/** One counter over one period, or as much of it as the results hold. */
export type CounterResult = {
  readonly id: string
  readonly from: CivilDay
  readonly to: CivilDay
  readonly value: number
  readonly events: readonly CountedEvent[]
  /** Steps of the ladder that are reached; a ladder proposes, people decide. */
  readonly reached: readonly { readonly rule: string; readonly measure: string }[]
  /** Tenths of a point. */
  readonly points: number
  /** Absence for the score only, never statutory absence 旷工. */
  readonly scoreAbsentHalves: number
  /** What is lacking of `at_least_required`. */
  readonly short: number
  /** Parts of the document that these facts cannot show. */
  readonly notCounted: readonly string[]
}

/** Counts days' results as the document's counters say, each counter for each of its periods. Source: rules.md §3. */
export function countersOf(rules: AttendanceRules, results: readonly DayResult[]): CounterResult[] {
  return (rules.counters ?? []).flatMap((rule, i) =>
    periods(rule.period, results).map((days) => count(rule, `counters[${i}]`, days)),
  )
}

function periods(period: CounterRule['period'], results: readonly DayResult[]): (readonly DayResult[])[] {
  const last = results[results.length - 1]
  if (!last) return []
  if (typeof period !== 'string') {
    const first = addDays(last.day, 1 - period.rolling_days)
    return [results.filter((result) => result.day >= first)]
  }
  const byKey = new Map<string, DayResult[]>()
  for (const result of results) {
    const key = keyOf[period](result.day)
    byKey.set(key, [...(byKey.get(key) ?? []), result])
  }
  return [...byKey.values()]
}

const keyOf: Record<Extract<CounterRule['period'], string>, (day: CivilDay) => string> = {
  day: (day) => day,
  week: (day) => String(dayNumber(day) - weekday(day)),
  month: (day) => day.slice(0, 7),
  quarter: (day) => `${yearOf(day)}-${Math.ceil(monthOf(day) / 3)}`,
  year: (day) => day.slice(0, 4),
}

function count(rule: CounterRule, path: string, days: readonly DayResult[]): CounterResult {
  const events = days.flatMap((day) => eventsOf(rule, path, day))
  const value = totalOf(rule.unit, events)
  const each = eachOf(rule.each, value)
  const reached = (rule.ladder ?? []).flatMap((step, i) =>
    value >= lowest(step) ? [{ rule: `${path}.ladder[${i}]`, measure: step.measure.kind }] : [],
  )
  const from = days[0]?.day ?? ''
  const to = days[days.length - 1]?.day ?? ''
  return {
    id: rule.id,
    from,
    to,
    value,
    events,
    reached,
    ...each,
    short: lacking(rule, value, days),
    notCounted: unseen(rule, path),
  }
}

function eventsOf(rule: CounterRule, path: string, day: DayResult): CountedEvent[] {
  if ((rule.scope ?? 'person') !== 'person') return []
  return rule.counts.flatMap((thing, i) =>
    (['am', 'pm'] as const).flatMap((half) => {
      const counted = amount(thing, rule.unit, day, half)
      return counted > 0 ? [{ day: day.day, half, rule: `${path}.counts[${i}]`, counted }] : []
    }),
  )
}

/** How much one half-day adds to a counter. */
function amount(thing: CountedRule, unit: CounterRule['unit'], day: DayResult, half: Half): number {
  const result = day.halves[half]
  if (!matches(thing, day, result)) return 0
  if (unit === 'minutes') return minutesOf(thing, result)
  return unit === 'halves' && 'class' in thing ? (result.scoreAbsentHalves ?? 1) : 1
}

function matches(thing: CountedRule, day: DayResult, half: HalfResult): boolean {
  if ('mark' in thing) return hasMark(half, thing.mark)
  if ('class' in thing) return half.grade === thing.class
  if ('coverage' in thing)
    return half.reasons.some(({ code, facts }) => covers.has(code) && facts.kind === thing.coverage)
  if ('punch_day' in thing) return isPunched(day, half.half, thing.punch_day)
  return false
}

const covers: ReadonlySet<string> = new Set(['covered', 'covered_in_part'])

function hasMark(half: HalfResult, mark: string): boolean {
  if (mark === 'late') return timesOf(half).late
  if (mark === 'early') return timesOf(half).early
  return half.mark === mark
}

/** The slot's punch, counted in the first half that it serves. */
function isPunched(day: DayResult, half: Half, slotId: string): boolean {
  const slot = day.slots.find(({ id }) => id === slotId)
  return slot?.serves[0] === half && (slot.punch !== null || slot.manual !== undefined)
}

function minutesOf(thing: CountedRule, half: HalfResult): number {
  if ('mark' in thing) return thing.mark === 'late' ? half.minutesLate : half.minutesEarly
  return half.minutesLate + half.minutesEarly
}

function totalOf(unit: CounterRule['unit'], events: readonly CountedEvent[]): number {
  if (unit.endsWith('days')) return new Set(events.map((event) => event.day)).size
  return events.reduce((sum, event) => sum + event.counted, 0)
}

/** `from_nth` leaves the first ones free, `every` needs that many for one; points stop at `cap`. */
function eachOf(each: CounterRule['each'], value: number): Pick<CounterResult, 'points' | 'scoreAbsentHalves'> {
  if (!each) return { points: 0, scoreAbsentHalves: 0 }
  const beyond = Math.max(0, value - ((each.from_nth ?? 1) - 1))
  const times = Math.floor(beyond / (each.every ?? 1))
  const points = times * (each.points ?? 0)
  const capped = each.cap === undefined ? points : points < 0 ? Math.max(points, each.cap) : Math.min(points, each.cap)
  const { score_absent_halves: halves = 0, score_absent_days: days = 0 } = each.counts_as ?? {}
  return { points: times === 0 ? 0 : capped, scoreAbsentHalves: times * (halves + 2 * days) }
}

const idle: ReadonlySet<MarkFamily> = new Set(['rest', 'hol'])

function lacking(rule: CounterRule, value: number, days: readonly DayResult[]): number {
  if (rule.at_least_required === undefined) return 0
  const due = ({ mark }: HalfResult): boolean => mark === null || !idle.has(marks[mark].family)
  const workdays = days.filter(({ halves }) => due(halves.am) || due(halves.pm)).length
  const required = rule.capped_at === 'workdays' ? Math.min(rule.at_least_required, workdays) : rule.at_least_required
  return Math.max(0, required - value)
}

/** Events outside the punches and counters over several people are not among one person's days. */
function unseen(rule: CounterRule, path: string): string[] {
  const events = rule.counts.flatMap((thing, i) => ('event' in thing ? [`${path}.counts[${i}]`] : []))
  return (rule.scope ?? 'person') === 'person' ? events : [`${path}.scope`, ...events]
}

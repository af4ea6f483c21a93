import { compileRules } from '#app/domain/attendance/compile.ts'
import type { CoverageFact, DayFacts, ManualFact, OutageFact, PunchFact } from '#app/domain/attendance/day.ts'
import { dayEnds } from '#app/domain/attendance/plan.ts'
import type { AttendanceRules } from '#app/domain/attendance/rules.ts'
import { type CalendarDay, halvesFor } from '#app/domain/calendar/year.ts'
import { type DaySpan, groupsOn, inService } from '#app/domain/people/posting.ts'
import { secondsInDay } from '#app/domain/time/clock-time.ts'
import { addDays, dayNumber } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import type { ExplainPerson } from './input.ts'

type Moment = { readonly day: string; readonly second: number }

/** A moment of the input in the zone's civil time. */
function momentOf(text: string, zone: string): Moment {
  if (/(Z|[+-]\d\d:\d\d)$/.test(text)) return civilOf(Date.parse(text), zone)
  const [hour = 0, minute = 0, second = 0] = text.slice(11).split(':').map(Number)
  return { day: text.slice(0, 10), second: hour * 3600 + minute * 60 + Math.floor(second) }
}

/** A moment of the input in seconds of the zone's civil time since 1970, so that days are found by subtraction. */
function secondsOf(text: string, zone: string): number {
  const { day, second } = momentOf(text, zone)
  return dayNumber(day) * secondsInDay + second
}

/** Whether the second moment comes after the first. */
export function inOrder(from: string, to: string, zone: string): boolean {
  return secondsOf(from, zone) < secondsOf(to, zone)
}

/** A person of the input with every moment read once, in civil seconds since 1970. */
export type ReadyPerson = {
  readonly postings: readonly DaySpan[] | null
  readonly groups: readonly (DaySpan & { readonly group: string })[]
  readonly roster: ReadonlyMap<string, string | null>
  readonly punches: readonly PunchFact[]
  readonly coverage: readonly CoverageFact[]
  readonly outages: readonly OutageFact[]
  readonly manual: readonly (ManualFact & { readonly date: string })[]
}

export function readyPerson(person: ExplainPerson, zone: string): ReadyPerson {
  const at = (text: string): number => secondsOf(text, zone)
  return {
    postings: person.postings?.map(span) ?? null,
    groups: (person.groups ?? []).map((entry) => ({ group: entry.group, ...span(entry) })),
    roster: new Map((person.roster ?? []).map((entry) => [entry.date, entry.plan])),
    punches: (person.punches ?? []).map((punch) => ({
      second: at(punch.at),
      source: punch.source,
      key: `${punch.source}#${punch.seq}`,
    })),
    coverage: (person.coverage ?? []).map((c, i) => ({
      kind: c.kind,
      from: at(c.from),
      to: at(c.to),
      key: c.id ?? `coverage[${i}]`,
    })),
    outages: (person.outages ?? []).map((o, i) => ({
      source: o.source,
      from: at(o.from),
      to: at(o.to),
      key: o.id ?? `outages[${i}]`,
    })),
    manual: (person.corrections ?? []).map((entry, i) => ({
      date: entry.date,
      slot: entry.slot,
      by: entry.by ?? ('correction' as const),
      second: entry.at ? at(entry.at) : null,
      witnessed: entry.witnessed ?? false,
      key: entry.id ?? `corrections[${i}]`,
    })),
  }
}

const span = (entry: { from: string; to?: string | null | undefined }): DaySpan => ({
  startsOn: entry.from,
  endsOn: entry.to ?? null,
})

type DayQuestion = {
  readonly day: string
  readonly zone: string
  readonly rules: AttendanceRules
  /** The rules of the day before, whose plan may work on into this day. */
  readonly rulesBefore: AttendanceRules | null
  readonly calendar: CalendarDay
  readonly asOf: string | undefined
}

/** Everything that one person's day depends on, taken from the input. */
export function factsOf(person: ReadyPerson, question: DayQuestion): DayFacts {
  const { day, rules, calendar } = question
  const midnight = dayNumber(day) * secondsInDay
  const rosterPlan = person.roster.get(day)
  const before = compileRules(question.rulesBefore ?? rules)
  const start = dayEnds(before, person.roster.get(addDays(day, -1))) - secondsInDay
  const end = dayEnds(compileRules(rules), rosterPlan)
  const groups = groupsOn(person.groups, day)
  const asOf = question.asOf === undefined ? end : secondsOf(question.asOf, question.zone) - midnight
  const known = Math.min(end, asOf + 1)
  return {
    day,
    inService: person.postings === null || inService(person.postings, day),
    calendar: halvesFor(calendar, groups),
    provisional: calendar.provisional,
    groups,
    punches: person.punches
      .filter(({ second }) => second >= midnight + start && second < midnight + known)
      .map((punch) => ({ ...punch, second: punch.second - midnight })),
    coverage: within(person.coverage, midnight, start, end),
    outages: within(person.outages, midnight, start, known),
    manual: person.manual
      .filter(({ date }) => date === day)
      .map(({ date: _, ...entry }) => ({ ...entry, second: entry.second === null ? null : entry.second - midnight })),
    ...(rosterPlan === undefined ? {} : { rosterPlan }),
    asOf: asOf >= end ? null : asOf,
  }
}

/** The spans that touch the day, in seconds of the day. */
function within<T extends { readonly from: number; readonly to: number }>(
  spans: readonly T[],
  midnight: number,
  start: number,
  end: number,
): T[] {
  return spans
    .map((one) => ({ ...one, from: one.from - midnight, to: one.to - midnight }))
    .filter((one) => one.from < end && one.to > start)
}

import { compileRules } from '#app/domain/attendance/compile.ts'
import type { CoverageFact, DayFacts, ManualFact, OutageFact, PunchFact } from '#app/domain/attendance/day.ts'
import { dayEnds } from '#app/domain/attendance/plan.ts'
import type { AttendanceRules } from '#app/domain/attendance/rules.ts'
import { type CalendarDay, halvesFor } from '#app/domain/calendar/year.ts'
import { groupsOn, inService } from '#app/domain/people/posting.ts'
import { secondsInDay } from '#app/domain/time/clock-time.ts'
import { addDays, daysBetween } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import type { ExplainPerson } from './input.ts'

type Moment = { readonly day: string; readonly second: number }

/** A moment of the input in the zone's civil time. */
export function momentOf(text: string, zone: string): Moment {
  if (/(Z|[+-]\d\d:\d\d)$/.test(text)) return civilOf(Date.parse(text), zone)
  const [hour = 0, minute = 0, second = 0] = text.slice(11).split(':').map(Number)
  return { day: text.slice(0, 10), second: hour * 3600 + minute * 60 + Math.floor(second) }
}

/** Seconds of a moment counted from 00:00 of a day, over as many days as lie between. */
export function secondOn(day: string, moment: Moment): number {
  return daysBetween(day, moment.day) * 86_400 + moment.second
}

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
export function factsOf(person: ExplainPerson, question: DayQuestion): DayFacts {
  const { day, zone, rules, calendar } = question
  const rosterOn = (date: string) => person.roster?.find((entry) => entry.date === date)
  const rostered = rosterOn(day)
  const before = question.rulesBefore ?? rules
  const start = dayEnds(compileRules(before), rosterOn(addDays(day, -1))?.plan) - secondsInDay
  const end = dayEnds(compileRules(rules), rostered?.plan)
  const at = (text: string): number => secondOn(day, momentOf(text, zone))
  const groups = groupsOn(
    (person.groups ?? []).map((g) => ({ ...g, ...span(g) })),
    day,
  )
  return {
    day,
    inService: person.postings === undefined || inService(person.postings.map(span), day),
    calendar: halvesFor(calendar, groups),
    provisional: calendar.provisional,
    groups,
    punches: punchesOf(person, at).filter(({ second }) => second >= start && second < end),
    coverage: coverageOf(person, at).filter((c) => c.from < end && c.to > start),
    outages: outagesOf(person, at).filter((o) => o.from < end && o.to > start),
    manual: manualOf(person, day, at),
    ...(rostered ? { rosterPlan: rostered.plan } : {}),
    asOf: question.asOf === undefined ? null : at(question.asOf) >= end ? null : at(question.asOf),
  }
}

const span = (entry: {
  from: string
  to?: string | null | undefined
}): { startsOn: string; endsOn: string | null } => ({
  startsOn: entry.from,
  endsOn: entry.to ?? null,
})

type At = (text: string) => number

function punchesOf(person: ExplainPerson, at: At): PunchFact[] {
  return (person.punches ?? []).map((punch) => ({
    second: at(punch.at),
    source: punch.source,
    key: `${punch.source}#${punch.seq}`,
  }))
}

function coverageOf(person: ExplainPerson, at: At): CoverageFact[] {
  return (person.coverage ?? []).map((c, i) => ({
    kind: c.kind,
    from: at(c.from),
    to: at(c.to),
    key: c.id ?? `coverage[${i}]`,
  }))
}

function outagesOf(person: ExplainPerson, at: At): OutageFact[] {
  return (person.outages ?? []).map((o, i) => ({
    source: o.source,
    from: at(o.from),
    to: at(o.to),
    key: o.id ?? `outages[${i}]`,
  }))
}

function manualOf(person: ExplainPerson, day: string, at: At): ManualFact[] {
  return (person.corrections ?? [])
    .map((entry, i) => ({
      date: entry.date,
      slot: entry.slot,
      by: entry.by ?? ('correction' as const),
      second: entry.at ? at(entry.at) : null,
      witnessed: entry.witnessed ?? false,
      key: entry.id ?? `corrections[${i}]`,
    }))
    .filter((entry) => entry.date === day)
    .map(({ date: _, ...entry }) => entry)
}

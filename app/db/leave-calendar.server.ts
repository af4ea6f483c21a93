import { type CompiledPlan, compileRules, type Times } from '#app/domain/attendance/compile.ts'
import type { CivilDay, Half, HalfKind } from '#app/domain/attendance/day.ts'
import { choosePlan } from '#app/domain/attendance/plan.ts'
import type { AttendanceRules } from '#app/domain/attendance/rules.ts'
import { type Calendar, type CalendarDay, dayOf, halvesFor } from '#app/domain/calendar/year.ts'
import type { Stretch } from '#app/domain/leave/pieces.ts'
import type { LeavePeriod } from '#app/domain/leave/view.ts'
import { ok, type Result } from '#app/domain/result.ts'
import { daysFrom } from '#app/domain/time/day.ts'
import { instantOf } from '#app/domain/time/zone.ts'
import { calendarOf, yearsOf } from './calendar.server.ts'
import { toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import { ruleLinesOf, rulesOnDays } from './rule-sets.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Centre = { readonly id: string; readonly zone: string }
type Groups = (day: CivilDay) => readonly string[]

/** Days as one person works them: which halves are due, and when they begin and end, in minutes. */
export type PersonDays = {
  readonly days: readonly CivilDay[]
  readonly provisional: boolean
  readonly halves: (day: CivilDay) => Readonly<Record<Half, HalfKind>>
  readonly times: (day: CivilDay) => Readonly<Record<Half, Times>>
}

/** The days from one to another as this person works them; refused when the calendar of a year is not known. */
export async function personDays(
  db: Db,
  centreId: string,
  personId: string,
  from: CivilDay,
  to: CivilDay,
): Promise<Result<PersonDays, 'calendar_unknown_year'>> {
  const days = daysFrom(from, to)
  // One after the other: in a transaction a connection answers one question at a time.
  const calendar = await calendarOf(db, centreId, yearsOf(days))
  const groups = await groupsBetween(db, centreId, personId, from, to)
  const lines = await ruleLinesOf(db, centreId)
  const known = calendarDays(calendar, days)
  if (!known.ok) return known
  const rules = await rulesOnDays(db, centreId, lines, days)
  const halves = (day: CivilDay) => halvesFor(known.value.get(day) as CalendarDay, groups(day))
  return ok({
    days,
    provisional: [...known.value.values()].some((day) => day.provisional),
    halves,
    times: (day) => timesOf(rules.get(day) ?? null, day, halves(day), groups(day)),
  })
}

function calendarDays(
  calendar: Calendar,
  days: readonly CivilDay[],
): Result<Map<CivilDay, CalendarDay>, 'calendar_unknown_year'> {
  const known = new Map<CivilDay, CalendarDay>()
  for (const day of days) {
    const found = dayOf(calendar, day)
    if (!found.ok) return found
    known.set(day, found.value)
  }
  return ok(known)
}

async function groupsBetween(
  db: Db,
  centreId: string,
  personId: string,
  from: CivilDay,
  to: CivilDay,
): Promise<Groups> {
  const rows = await db.personGroup.findMany({
    where: {
      ...{ centreId, personId, startsOn: { lte: toDate(to) } },
      OR: [{ endsOn: null }, { endsOn: { gte: toDate(from) } }],
    },
    select: { group: true, startsOn: true, endsOn: true },
  })
  return (day) => {
    const on = toDate(day)
    return rows.filter((row) => row.startsOn <= on && (row.endsOn === null || row.endsOn >= on)).map((row) => row.group)
  }
}

/** Where no rule set or plan says when a half begins and ends, noon parts the day. */
const noon = 720
const midnight = 1440

function timesOf(
  rules: AttendanceRules | null,
  day: CivilDay,
  halves: Readonly<Record<Half, HalfKind>>,
  groups: readonly string[],
): Record<Half, Times> {
  const plan = rules ? planOf(rules, day, halves, groups) : null
  const am = plan?.halves.am ?? { start: 0, end: plan?.halves.pm?.start ?? noon }
  const pm = plan?.halves.pm ?? { start: plan?.halves.am?.end ?? noon, end: midnight }
  return { am, pm }
}

/** A day that is not worked has no plan of its own; its halves part where those of the other days do. */
function planOf(
  rules: AttendanceRules,
  day: CivilDay,
  halves: Readonly<Record<Half, HalfKind>>,
  groups: readonly string[],
): CompiledPlan | null {
  const compiled = compileRules(rules)
  const workday = halves.am === 'work' || halves.pm === 'work'
  return (
    choosePlan(compiled, { day, workday, groups }) ??
    choosePlan(compiled, { day, workday: true, groups }) ??
    compiled.plans[0] ??
    null
  )
}

/**
 * A period in instants: a morning from midnight to the end of the morning's work, an afternoon from the beginning of the
 * afternoon's work to midnight, or to the end of a plan that works on past it.
 */
export function instantsOf(centre: Centre, days: PersonDays, period: LeavePeriod): Stretch {
  const { firstDay, firstHalf, lastDay, lastHalf } = period
  const from = firstHalf === 'am' ? 0 : days.times(firstDay).pm.start
  const to = lastHalf === 'am' ? days.times(lastDay).am.end : Math.max(midnight, days.times(lastDay).pm.end)
  return { from: instantOf(firstDay, from * 60, centre.zone), to: instantOf(lastDay, to * 60, centre.zone) }
}

/** When the work of one half of a day begins and ends, in instants. */
export function halfInstants(centre: Centre, days: PersonDays, day: CivilDay, half: Half): Stretch {
  const { start, end } = days.times(day)[half]
  return { from: instantOf(day, start * 60, centre.zone), to: instantOf(day, end * 60, centre.zone) }
}

import type { CivilDay } from '#app/domain/attendance/day.ts'
import { isWorkday } from '#app/domain/calendar/year.ts'
import { chargedHalves, checkPeriod, countLeave } from '#app/domain/leave/count.ts'
import type { LeaveRefusal } from '#app/domain/leave/refusals.ts'
import { type ChosenRoute, passOver, routeFor } from '#app/domain/leave/route.ts'
import type { LeaveRules } from '#app/domain/leave/rules.ts'
import type {
  BothNames,
  CountBasis,
  LeaveCount,
  LeaveKind,
  LeavePeriod,
  Overlap,
  Party,
  RouteStep,
} from '#app/domain/leave/view.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { addDays, daysFrom } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { calendarOf, yearsOf } from './calendar.server.ts'
import type { PrismaClient } from './generated/client.ts'
import { type PersonDays, personDays } from './leave-calendar.server.ts'
import { chainedHalves } from './leave-chain.server.ts'
import { type ApplicantFacts, applicantFacts, decidersFor, paperKeeper } from './leave-deciders.server.ts'
import { overlapsOf } from './leave-overlaps.server.ts'
import { leaveRulesOn } from './leave-rules.server.ts'
import { onDay } from './people.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Centre = { readonly id: string; readonly zone: string }

export type LeaveQuestion = {
  readonly personId: string
  readonly kind: LeaveKind
  readonly period: LeavePeriod
  /** The request itself when it exists already, so that it does not meet itself. */
  readonly leaveId: string | null
}

/** Everything that the rules say of a request on the day it is sent. */
export type LeavePlan = {
  readonly today: CivilDay
  readonly facts: ApplicantFacts
  readonly days: PersonDays
  readonly count: LeaveCount
  readonly counts: CountBasis
  readonly version: string
  readonly rules: LeaveRules
  readonly route: ChosenRoute
  readonly steps: readonly RouteStep[]
  readonly passed: readonly Party[]
  readonly names: ReadonlyMap<Party, readonly BothNames[]>
  readonly overlaps: readonly Overlap[]
  /** Working days between today and the first day, when the route wants more. */
  readonly shortBy: { readonly workdays: number; readonly wanted: number; readonly refused: boolean } | null
}

/** Asks the calendar, the rules and the hall what a request would be; refuses what cannot be one. */
export async function planLeave(
  db: Db,
  centre: Centre,
  asked: LeaveQuestion,
  nowMs: number,
): Promise<Result<LeavePlan, LeaveRefusal>> {
  const today = civilOf(nowMs, centre.zone).day
  const counted = await countAsked(db, centre, asked, today)
  if (!counted.ok) return counted
  const { facts, rules, version, days, count, counts } = counted.value
  const chained = rules.chain_total
    ? await chainedHalves(db, centre.id, { ...asked, exceptId: asked.leaveId }, counts)
    : 0
  const route = routeFor(rules, {
    kind: asked.kind,
    halves: chargedHalves(counts, count) + chained,
    applicant: facts.applicant,
    singlePerson: facts.aloneAt.length > 0,
  })
  if (!route.ok) return route
  const staffed = await staffedRoute(db, centre.id, facts, route.value, today)
  if (!staffed.ok) return staffed
  const overlaps = await overlapsOf(db, centre, { ...asked, exceptId: asked.leaveId }, days)
  const shortBy = await noticeOf(db, centre.id, route.value, today, asked.period.firstDay)
  return ok({
    today,
    facts,
    days,
    count,
    counts,
    version,
    rules,
    route: route.value,
    ...staffed.value,
    overlaps,
    shortBy,
  })
}

type Counted = Pick<LeavePlan, 'facts' | 'days' | 'count' | 'counts' | 'version' | 'rules'>

async function countAsked(
  db: Db,
  centre: Centre,
  asked: LeaveQuestion,
  today: CivilDay,
): Promise<Result<Counted, LeaveRefusal>> {
  const period = checkPeriod(asked.period)
  if (!period.ok) return period
  const inForce = await leaveRulesOn(db, centre.id, today)
  if (!inForce) return refuse('no_leave_rules', { day: today })
  const facts = await applicantFacts(db, centre.id, asked.personId, today)
  if (!facts) return refuse('no_person')
  const { firstDay, lastDay } = asked.period
  const outside = await notServing(db, centre.id, asked.personId, [firstDay, lastDay])
  if (outside) return refuse('not_in_service', { day: outside })
  const days = await personDays(db, centre.id, asked.personId, firstDay, lastDay)
  if (!days.ok) return days
  const count = countLeave(asked.period, days.value.halves)
  const kind = inForce.rules.kinds[asked.kind]
  const wrong = kindProblem(asked, kind, count)
  if (wrong) return wrong
  return ok({ facts, days: days.value, count, counts: kind.count, version: inForce.version, rules: inForce.rules })
}

function kindProblem(asked: LeaveQuestion, kind: LeaveRules['kinds'][LeaveKind], count: LeaveCount) {
  const { firstDay, firstHalf, lastDay, lastHalf } = asked.period
  if (count.workingHalves === 0) return refuse('rest_days_only', { first: firstDay, last: lastDay })
  if (kind.unit === 'day' && (firstHalf === 'pm' || lastHalf === 'am')) {
    return refuse('whole_days_only', { kind: asked.kind })
  }
  const charged = chargedHalves(kind.count, count)
  const most = kind.at_most_half_days
  return most !== undefined && charged > most
    ? refuse('longer_than_allowed', { kind: asked.kind, halves: charged, max: most })
    : null
}

async function notServing(
  db: Db,
  centreId: string,
  personId: string,
  days: readonly CivilDay[],
): Promise<CivilDay | null> {
  for (const day of new Set(days)) {
    if ((await db.posting.count({ where: { centreId, personId, ...onDay(day) } })) === 0) return day
  }
  return null
}

type Staffed = Pick<LeavePlan, 'steps' | 'passed' | 'names'>

async function staffedRoute(
  db: Db,
  centreId: string,
  facts: ApplicantFacts,
  route: ChosenRoute,
  today: CivilDay,
): Promise<Result<Staffed, 'no_decider'>> {
  const parties = [...new Set(route.steps.flatMap((step) => step.parties))]
  const names = await decidersFor(db, centreId, facts, parties, today)
  const paper = await paperKeeper(db, centreId, facts.person.id, today)
  const passed = passOver(route, (party) => (names.get(party) ?? []).length > 0, paper)
  return passed.ok ? ok({ ...passed.value, names }) : passed
}

/** Notice that the route asks for, when the request gives less. */
async function noticeOf(
  db: Db,
  centreId: string,
  { before }: ChosenRoute,
  today: CivilDay,
  firstDay: CivilDay,
): Promise<LeavePlan['shortBy']> {
  if (!before || !(before.refuse || before.warn)) return null
  const wanted = before.lead.workdays
  const days = daysFrom(today, addDays(firstDay, -1)).slice(0, wanted * 10 + 20)
  const calendar = await calendarOf(db, centreId, yearsOf(days))
  const workdays = days.filter((day) => {
    const known = isWorkday(calendar, day)
    return known.ok && known.value
  }).length
  return workdays >= wanted ? null : { workdays, wanted, refused: before.refuse }
}

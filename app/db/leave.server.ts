import type { Scope } from '#app/domain/access/roles.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { countLeave } from '#app/domain/leave/count.ts'
import { maskedPhone } from '#app/domain/leave/plain-text.ts'
import { mayDecide, waitsForPaper } from '#app/domain/leave/route.ts'
import type { CountBasis, LeaveKind, LeaveLine, LeaveView, LeaveVisitor, OnLeave } from '#app/domain/leave/view.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { toDate } from './dates.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { halfInstants, type PersonDays, personDays } from './leave-calendar.server.ts'
import { applicantFacts, decidedBy, decidersFor, paperPartiesHeld } from './leave-deciders.server.ts'
import {
  decisionView,
  flowOf,
  isId,
  type LeaveRow,
  leaveInclude,
  lineOf,
  periodOf,
  unitOn,
} from './leave-rows.server.ts'
import { leaveRulesOn } from './leave-rules.server.ts'
import { stepViews } from './leave-steps.server.ts'
import { personInScope } from './people.server.ts'
import { open } from './personal-data.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Centre = { readonly id: string; readonly zone: string }

async function lines(db: Db, centreId: string, day: CivilDay, rows: readonly LeaveRow[]): Promise<LeaveLine[]> {
  const inForce = await leaveRulesOn(db, centreId, day)
  const basis = (kind: string): CountBasis => inForce?.rules.kinds[kind as LeaveKind].count ?? 'working'
  return rows.map((row) => lineOf(row, basis(row.kind)))
}

/** One person's own requests, the newest first. */
export async function leavesOfPerson(db: Db, centreId: string, personId: string, day: CivilDay): Promise<LeaveLine[]> {
  const rows = await db.leaveRequest.findMany({
    where: { centreId, personId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 100,
    include: leaveInclude,
  })
  return lines(db, centreId, day, rows)
}

/** Requests whose due step this visitor may decide now, the longest waiting first. As HR also those that wait for a word on paper. */
export async function waitingLeaves(db: Db, visitor: LeaveVisitor, day: CivilDay): Promise<LeaveLine[]> {
  return lines(db, visitor.centreId, day, await waitingRows(db, visitor, day))
}

/** How many wait for the visitor, for the rail: for HR those that wait for a word on paper too, each once. */
export async function waitingLeaveCount(db: Db, visitor: LeaveVisitor, day: CivilDay): Promise<number> {
  const mine = await waitingRows(db, visitor, day)
  const paper = await waitingOnPaper(db, visitor, day)
  return new Set([...mine, ...paper].map(({ id }) => id)).size
}

async function waitingRows(db: Db, visitor: LeaveVisitor, day: CivilDay): Promise<LeaveRow[]> {
  const rows = await db.leaveRequest.findMany({
    where: { centreId: visitor.centreId, state: 'submitted', person: decidedBy(visitor, day) },
    orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
    include: leaveInclude,
  })
  return rows.filter((row) => {
    const { route, step, given } = flowOf(row)
    return mayDecide(route, step, given, { role: visitor.role, isApplicant: false }).ok
  })
}

/** As HR: requests that wait for a word that only paper can bring, because nobody with an account can give it. */
export async function waitingOnPaper(db: Db, visitor: LeaveVisitor, day: CivilDay): Promise<LeaveLine[]> {
  if (visitor.role !== 'hr') return []
  const rows = await db.leaveRequest.findMany({
    where: { centreId: visitor.centreId, state: 'submitted', person: decidedBy(visitor, day) },
    orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
    include: leaveInclude,
  })
  const held = await paperPartiesHeld(db, visitor.centreId, day)
  const waiting = rows.filter((row) => {
    const { route, step, given } = flowOf(row)
    const person = { id: row.personId, unitId: unitOn(row, day) }
    return waitsForPaper(route[step], given, (party) => held(party, person))
  })
  return lines(db, visitor.centreId, day, waiting)
}

/** What this visitor has decided, the latest first. */
export async function decidedLeaves(db: Db, visitor: LeaveVisitor, day: CivilDay): Promise<LeaveLine[]> {
  const mine = { some: { actorId: visitor.accountId, act: { in: ['approved', 'returned', 'refused'] } } }
  const rows = await db.leaveRequest.findMany({
    where: { centreId: visitor.centreId, decisions: mine },
    orderBy: [{ submittedAt: 'desc' }, { id: 'desc' }],
    take: 50,
    include: leaveInclude,
  })
  return lines(db, visitor.centreId, day, rows)
}

/** Which requests a visitor may see: the own ones, those of the people looked after once they are sent, and those decided on. */
export function visibleTo(visitor: LeaveVisitor, day: CivilDay): Prisma.LeaveRequestWhereInput {
  const sent = { state: { not: 'draft' }, person: personInScope(visitor.scope, day) }
  const own = visitor.personId === null ? [] : [{ personId: visitor.personId }]
  const others = visitor.scope.reach === 'self' ? [] : [sent]
  const decided = { decisions: { some: { actorId: visitor.accountId } } }
  return { centreId: visitor.centreId, OR: [...own, ...others, decided, { enteredBy: visitor.accountId }] }
}

/** Who of the people in scope is away or has asked for it between two days, both included, for the calendar. */
export async function onLeave(db: Db, scope: Scope, from: CivilDay, to: CivilDay): Promise<OnLeave[]> {
  const rows = await db.leaveRequest.findMany({
    where: {
      ...{ centreId: scope.centreId, state: { in: ['submitted', 'approved'] } },
      ...{ firstDay: { lte: toDate(to) }, lastDay: { gte: toDate(from) } },
      person: personInScope(scope, from),
    },
    orderBy: [{ firstDay: 'asc' }, { firstHalf: 'asc' }, { id: 'asc' }],
    include: { person: { select: { id: true, staffNumber: true, name: true, nameEn: true } } },
  })
  return rows.map((row) => ({
    id: row.id,
    person: row.person,
    kind: row.kind as LeaveKind,
    period: periodOf(row),
    state: row.state as OnLeave['state'],
  }))
}

/** One whole request; null for an unknown one, a foreign one and one that is not for this visitor's eyes. */
export async function leaveById(db: Db, visitor: LeaveVisitor, id: string, nowMs: number): Promise<LeaveView | null> {
  if (!isId(id)) return null
  const { day } = civilOf(nowMs, visitor.centre.zone)
  const row = await db.leaveRequest.findFirst({
    where: { AND: [{ id }, visibleTo(visitor, day)] },
    include: leaveInclude,
  })
  return row ? viewOf(db, { id: visitor.centreId, zone: visitor.centre.zone }, row, nowMs) : null
}

async function viewOf(db: Db, centre: Centre, row: LeaveRow, nowMs: number): Promise<LeaveView> {
  const { day } = civilOf(nowMs, centre.zone)
  const period = periodOf(row)
  const inForce = await leaveRulesOn(db, centre.id, day)
  const days = await personDays(db, centre.id, row.personId, period.firstDay, period.lastDay)
  const names = await namesFor(db, centre.id, row, day)
  const enteredBy = await enteredByName(db, centre.id, row.enteredBy)
  const counts = inForce?.rules.kinds[row.kind as LeaveView['kind']].count ?? 'working'
  const decisions = row.decisions.map(decisionView)
  return {
    ...lineOf(row, counts),
    destination: row.destination,
    leavesTown: row.leavesTown,
    phoneMasked: row.phoneCipher ? maskedPhone(open(row.phoneCipher)) : null,
    handover: row.handover,
    enteredBy,
    paper: row.paper,
    ruleVersion: row.ruleVersion,
    round: row.round,
    createdAtMs: row.createdAt.getTime(),
    steps: stepViews(flowOf(row), decisions, names),
    decisions,
    count: days.ok ? countLeave(period, days.value.halves) : null,
    provisional: days.ok && days.value.provisional,
    begun: days.ok && hasBegun(centre, days.value, row, nowMs),
  }
}

/** Whether the work of its first half-day has begun. */
export function hasBegun(
  centre: Centre,
  days: PersonDays,
  row: Pick<LeaveRow, 'firstDay' | 'firstHalf' | 'lastDay' | 'lastHalf'>,
  nowMs: number,
): boolean {
  const { firstDay, firstHalf } = periodOf(row)
  return nowMs >= halfInstants(centre, days, firstDay, firstHalf).from
}

async function namesFor(db: Db, centreId: string, row: LeaveRow, day: string) {
  const { route } = flowOf(row)
  const parties = [...new Set(route.flatMap((step) => step.parties))]
  const facts = parties.length > 0 ? await applicantFacts(db, centreId, row.personId, day) : null
  return facts ? decidersFor(db, centreId, facts, parties, day) : new Map()
}

async function enteredByName(db: Db, centreId: string, accountId: string | null): Promise<string | null> {
  if (accountId === null) return null
  const where = { centreId_id: { centreId, id: accountId } }
  return (await db.account.findUnique({ where, select: { displayName: true } }))?.displayName ?? null
}

import type { Half } from '#app/domain/attendance/day.ts'
import type { CoverageKind } from '#app/domain/attendance/marks.ts'
import type { Stretch } from '#app/domain/leave/pieces.ts'
import type { LeavePeriod, LeaveState, Overlap } from '#app/domain/leave/view.ts'
import { addDays } from '#app/domain/time/day.ts'
import { type HalfDay, halfDaysOf } from '#app/domain/time/half-day.ts'
import { instantOf } from '#app/domain/time/zone.ts'
import { fromDate, toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import { halfInstants, type PersonDays } from './leave-calendar.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Centre = { readonly id: string; readonly zone: string }

const half = (text: string): 0 | 1 => (text === 'pm' ? 1 : 0)

/** Other requests of the person, under way or approved, that share a half-day with a period. Same rule as the database's own. */
export async function leavesAcross(
  db: Db,
  centreId: string,
  personId: string,
  period: LeavePeriod,
  exceptId: string | null,
): Promise<Overlap[]> {
  const rows = await db.leaveRequest.findMany({
    where: {
      ...{ centreId, personId, state: { in: ['submitted', 'approved'] } },
      ...{ firstDay: { lte: toDate(period.lastDay) }, lastDay: { gte: toDate(period.firstDay) } },
      ...(exceptId === null ? {} : { id: { not: exceptId } }),
    },
    orderBy: [{ firstDay: 'asc' }, { id: 'asc' }],
  })
  return rows
    .filter((row) => {
      const [first, last] = [fromDate(row.firstDay), fromDate(row.lastDay)]
      const endsBefore = last === period.firstDay && half(row.lastHalf) < half(period.firstHalf)
      const beginsAfter = first === period.lastDay && half(row.firstHalf) > half(period.lastHalf)
      return !endsBefore && !beginsAfter
    })
    .map((row) => ({
      what: 'leave',
      id: row.id,
      number: row.number,
      kind: row.kind as CoverageKind,
      state: row.state as LeaveState,
      first: { day: fromDate(row.firstDay), half: row.firstHalf as Half },
      last: { day: fromDate(row.lastDay), half: row.lastHalf as Half },
      blocks: true,
    }))
}

/** The person's registered absences that touch a stretch of time and do not come from this request. */
export async function coverageAcross(
  db: Db,
  centreId: string,
  personId: string,
  stretch: Stretch,
  exceptLeave: string | null,
): Promise<(Stretch & { readonly id: string; readonly kind: CoverageKind; readonly leaveId: string | null })[]> {
  const rows = await db.coverage.findMany({
    where: { centreId, personId, startsAt: { lt: new Date(stretch.to) }, endsAt: { gt: new Date(stretch.from) } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: { id: true, kind: true, startsAt: true, endsAt: true, leaveId: true },
  })
  return rows
    .filter((row) => exceptLeave === null || row.leaveId !== exceptLeave)
    .map((row) => ({
      id: row.id,
      kind: row.kind as CoverageKind,
      leaveId: row.leaveId,
      from: row.startsAt.getTime(),
      to: row.endsAt.getTime(),
    }))
}

/**
 * Everything the person already has in a period. A registered absence that fills the work of a whole half-day blocks the request;
 * one that fills a part of it is left standing, and the leave goes around it.
 */
export async function overlapsOf(
  db: Db,
  centre: Centre,
  asked: { readonly personId: string; readonly period: LeavePeriod; readonly exceptId: string | null },
  days: PersonDays,
): Promise<Overlap[]> {
  const { personId, period, exceptId } = asked
  const whole = {
    from: instantOf(period.firstDay, 0, centre.zone),
    to: instantOf(addDays(period.lastDay, 1), 0, centre.zone),
  }
  const leaves = await leavesAcross(db, centre.id, personId, period, exceptId)
  const coverage = await coverageAcross(db, centre.id, personId, whole, exceptId)
  const known = new Set(leaves.map((one) => one.id))
  const halves = workedHalves(period, days)
  const outings = coverage.flatMap((one): Overlap[] => {
    if (one.leaveId !== null && known.has(one.leaveId)) return []
    const touched = halves.filter((at) => meets(one, halfInstants(centre, days, at.day, at.half)))
    const [first] = touched
    const last = touched.at(-1)
    if (!first || !last) return []
    const blocks = touched.some((at) => fills(one, halfInstants(centre, days, at.day, at.half)))
    return [{ what: 'coverage', id: one.id, number: null, kind: one.kind, state: null, first, last, blocks }]
  })
  return [...leaves, ...outings]
}

/** The half-days of a period on which work is due. */
export function workedHalves(period: LeavePeriod, days: PersonDays): HalfDay[] {
  const { firstDay, firstHalf, lastDay, lastHalf } = period
  return halfDaysOf({ from: { day: firstDay, half: firstHalf }, to: { day: lastDay, half: lastHalf } }).filter(
    ({ day, half: which }) => days.halves(day)[which] === 'work',
  )
}

export const meets = (a: Stretch, b: Stretch): boolean => a.from < b.to && b.from < a.to
const fills = (a: Stretch, b: Stretch): boolean => a.from <= b.from && b.to <= a.to

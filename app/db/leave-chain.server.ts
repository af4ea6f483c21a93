import { chargedHalves } from '#app/domain/leave/count.ts'
import type { CountBasis, LeaveKind, LeavePeriod } from '#app/domain/leave/view.ts'
import { addDays } from '#app/domain/time/day.ts'
import { addHalfDays, type HalfDay, halfDaysBetween, halfDaysOf } from '#app/domain/time/half-day.ts'
import { toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import { personDays } from './leave-calendar.server.ts'
import { periodOf } from './leave-rows.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Link = { readonly from: HalfDay; readonly to: HalfDay; readonly charged: number }

/** Rest days and holidays between two requests never last longer than this. */
const longestGap = 20
const reach = 400

/**
 * Half-days of other requests of the same kind that this one continues 续假: nothing worked lies between them, so that four days do
 * not become twice two with a shorter route. Source: domain study §1.2 ("of the whole chain").
 */
export async function chainedHalves(
  db: Db,
  centreId: string,
  asked: {
    readonly personId: string
    readonly kind: LeaveKind
    readonly period: LeavePeriod
    readonly exceptId: string | null
  },
  basis: CountBasis,
): Promise<number> {
  const { personId, kind, period, exceptId } = asked
  const rows = await db.leaveRequest.findMany({
    where: {
      ...{ centreId, personId, kind, state: { in: ['submitted', 'approved'] } },
      firstDay: { lte: toDate(addDays(period.lastDay, reach)) },
      lastDay: { gte: toDate(addDays(period.firstDay, -reach)) },
      ...(exceptId === null ? {} : { id: { not: exceptId } }),
    },
  })
  const others = rows.map((row) => ({ ...rangeOf(periodOf(row)), charged: chargedHalves(basis, row) }))
  let whole = rangeOf(period)
  let total = 0
  for (let next = await neighbour(db, centreId, personId, whole, others); next; ) {
    others.splice(others.indexOf(next), 1)
    total += next.charged
    whole = {
      from: halfDaysBetween(whole.from, next.from) < 0 ? next.from : whole.from,
      to: halfDaysBetween(whole.to, next.to) > 0 ? next.to : whole.to,
    }
    next = await neighbour(db, centreId, personId, whole, others)
  }
  return total
}

function rangeOf(period: LeavePeriod): { from: HalfDay; to: HalfDay } {
  return {
    from: { day: period.firstDay, half: period.firstHalf },
    to: { day: period.lastDay, half: period.lastHalf },
  }
}

async function neighbour(
  db: Db,
  centreId: string,
  personId: string,
  whole: { readonly from: HalfDay; readonly to: HalfDay },
  others: readonly Link[],
): Promise<Link | null> {
  for (const other of others) {
    const before = halfDaysBetween(other.to, whole.from) > 0
    const between = before
      ? { from: addHalfDays(other.to, 1), to: addHalfDays(whole.from, -1) }
      : { from: addHalfDays(whole.to, 1), to: addHalfDays(other.from, -1) }
    if (await restOnly(db, centreId, personId, between)) return other
  }
  return null
}

async function restOnly(
  db: Db,
  centreId: string,
  personId: string,
  between: { readonly from: HalfDay; readonly to: HalfDay },
): Promise<boolean> {
  const halves = halfDaysOf(between)
  if (halves.length === 0) return true
  if (halves.length > longestGap * 2) return false
  const days = await personDays(db, centreId, personId, between.from.day, between.to.day)
  return days.ok && halves.every(({ day, half }) => days.value.halves(day)[half] !== 'work')
}

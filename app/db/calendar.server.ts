import type { CivilDay } from '#app/domain/attendance/day.ts'
import { buildCalendar, type Calendar, calendarDocument } from '#app/domain/calendar/year.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

/** The calendar of the given years as this centre has it: stored layers over the notices and the provisional layer. */
export async function calendarOf(db: Tx | PrismaClient, centreId: string, years: readonly number[]): Promise<Calendar> {
  const rows = await db.calendarLayer.findMany({
    where: { centreId, year: { in: [...years] } },
    orderBy: [{ year: 'asc' }, { createdAt: 'asc' }],
    select: { document: true },
  })
  return buildCalendar(rows.map((row) => calendarDocument.parse(row.document)))
}

/** Years a run of days touches. */
export function yearsOf(days: readonly CivilDay[]): number[] {
  return [...new Set(days.map((day) => Number(day.slice(0, 4))))]
}

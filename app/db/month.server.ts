import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { Calendar } from '#app/domain/calendar/year.ts'
import { monthDays } from '#app/domain/time/day.ts'
import { calendarOf, yearsOf } from './calendar.server.ts'
import type { PrismaClient } from './generated/client.ts'
import { halvesOfPerson, type StoredHalf } from './half-results.server.ts'
import type { Tx } from './transaction.server.ts'

export type PersonMonth = { readonly halves: readonly StoredHalf[]; readonly calendar: Calendar }

/** One person's stored results of a month, with the centre's calendar for the days that have none. */
export async function monthOfPerson(
  db: Tx | PrismaClient,
  centreId: string,
  personId: string,
  month: string,
): Promise<PersonMonth> {
  const days = monthDays(month)
  const [first, last] = [days[0] ?? `${month}-01`, days.at(-1) ?? `${month}-28`] satisfies [CivilDay, CivilDay]
  const halves = await halvesOfPerson(db, centreId, personId, first, last)
  const calendar = await calendarOf(db, centreId, yearsOf(days))
  return { halves, calendar }
}

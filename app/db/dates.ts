import type { CivilDay } from '#app/domain/attendance/day.ts'

/** A `date` column as Prisma carries it: midnight UTC of that day, in no zone at all. */
export function toDate(day: CivilDay): Date {
  const date = new Date(`${day}T00:00:00.000Z`)
  if (Number.isNaN(date.getTime()) || fromDate(date) !== day) throw new RangeError(`not a civil day: ${day}`)
  return date
}

/** The civil day of a `date` column. */
export function fromDate(date: Date): CivilDay {
  return date.toISOString().slice(0, 10)
}

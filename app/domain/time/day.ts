/**
 * Civil days 日历日 as "YYYY-MM-DD" strings with integer arithmetic in the proleptic Gregorian calendar.
 * A day is never an instant: no zone and no clock take part here.
 */
type Day = string

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Leap years by the Gregorian rule. */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** Number of days of a month, 1..12; 0 for a month that does not exist. */
export function lengthOfMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (daysInMonth[month - 1] ?? 0)
}

/** True for "YYYY-MM-DD" that names a day of the calendar; "2026-02-30" is none. */
export function isCivilDay(text: string): boolean {
  const match = pattern.exec(text)
  if (!match) return false
  const day = Number(match[3])
  return day >= 1 && day <= lengthOfMonth(Number(match[1]), Number(match[2]))
}

export const yearOf = (day: Day): number => Number(day.slice(0, 4))
export const monthOf = (day: Day): number => Number(day.slice(5, 7))
export const dayOfMonth = (day: Day): number => Number(day.slice(8, 10))

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`)

/** The civil day of a year, month and day number. */
export function civilDay(year: number, month: number, day: number): Day {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** Days since 1970-01-01 (days-from-civil, counting years from March so that the leap day comes last). */
export function dayNumber(day: Day): number {
  const month = monthOf(day)
  const year = month <= 2 ? yearOf(day) - 1 : yearOf(day)
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth(day) - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The civil day of a day number: the inverse of `dayNumber`. */
export function dayFromNumber(number: number): Day {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return civilDay(year, month, dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1)
}

/** The day n days later; n may be negative. */
export function addDays(day: Day, n: number): Day {
  return dayFromNumber(dayNumber(day) + n)
}

/** Days from a to b: 0 for the same day, negative when b comes first. */
export function daysBetween(a: Day, b: Day): number {
  return dayNumber(b) - dayNumber(a)
}

/** Day of the week, Monday = 1 … Sunday = 7 (GB/T 7408). */
export function weekday(day: Day): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  return (((((dayNumber(day) + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7
}

/** All days of a month given as "YYYY-MM". */
export function monthDays(month: string): Day[] {
  const year = yearOf(month)
  const number = monthOf(month)
  return Array.from({ length: lengthOfMonth(year, number) }, (_, i) => civilDay(year, number, i + 1))
}

/** All days from a to b, both included; empty when b comes before a. */
export function daysFrom(a: Day, b: Day): Day[] {
  const first = dayNumber(a)
  return Array.from({ length: Math.max(0, daysBetween(a, b) + 1) }, (_, i) => dayFromNumber(first + i))
}

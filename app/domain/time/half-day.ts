import { addDays, daysBetween } from './day.ts'

type Half = 'am' | 'pm'

/** One half of one civil day 半天, the unit in which leave and absence are counted. */
export type HalfDay = { readonly day: string; readonly half: Half }

/** A range of half-days, both ends included. */
export type HalfDayRange = { readonly from: HalfDay; readonly to: HalfDay }

export const halves = ['am', 'pm'] as const

const offset = (at: HalfDay): number => (at.half === 'am' ? 0 : 1)

/** Half-days from a to b: 0 for the same half-day, negative when b comes first. */
export function halfDaysBetween(a: HalfDay, b: HalfDay): number {
  return daysBetween(a.day, b.day) * 2 + offset(b) - offset(a)
}

/** The half-day n half-days later; n may be negative. */
export function addHalfDays(at: HalfDay, n: number): HalfDay {
  const total = offset(at) + n
  const days = Math.floor(total / 2)
  return { day: addDays(at.day, days), half: total - days * 2 === 0 ? 'am' : 'pm' }
}

/** All half-days of a range in order; empty when it ends before it starts. */
export function halfDaysOf(range: HalfDayRange): HalfDay[] {
  const count = Math.max(0, halfDaysBetween(range.from, range.to) + 1)
  return Array.from({ length: count }, (_, i) => addHalfDays(range.from, i))
}

/** True when two ranges share a half-day. */
export function rangesOverlap(a: HalfDayRange, b: HalfDayRange): boolean {
  return halfDaysBetween(a.from, b.to) >= 0 && halfDaysBetween(b.from, a.to) >= 0
}

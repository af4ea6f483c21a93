import type { CivilDay, Half, HalfKind } from '#app/domain/attendance/day.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { daysBetween, isCivilDay } from '#app/domain/time/day.ts'
import { type HalfDayRange, halfDaysBetween, halfDaysOf } from '#app/domain/time/half-day.ts'
import type { CountBasis, CountedDay, LeaveCount, LeavePeriod } from './view.ts'

/** More than the longest leave that any rule knows (two years of 停工留薪期), so that no slip asks for a century of days. */
export const longestDays = 800

/** Before it nobody who works now was born, and the database's calendar does not begin with the year 0. */
export const firstYearDay: CivilDay = '1900-01-01'

/** A period as a range of half-days. */
export function rangeOf(period: LeavePeriod): HalfDayRange {
  return {
    from: { day: period.firstDay, half: period.firstHalf },
    to: { day: period.lastDay, half: period.lastHalf },
  }
}

export type PeriodProblem = 'not_a_day' | 'ends_before_start' | 'too_long'

/** Whether a period can be counted at all: real days, the end not before the start, and not without end. */
export function checkPeriod(period: LeavePeriod): Result<LeavePeriod, PeriodProblem> {
  const { firstDay, lastDay } = period
  for (const day of [firstDay, lastDay]) if (!isCivilDay(day) || day < firstYearDay) return refuse('not_a_day', { day })
  if (halfDaysBetween(rangeOf(period).from, rangeOf(period).to) < 0) {
    return refuse('ends_before_start', { first: firstDay, last: lastDay })
  }
  const days = daysBetween(firstDay, lastDay) + 1
  return days > longestDays ? refuse('too_long', { days, max: longestDays }) : ok(period)
}

/**
 * Counts a period both ways 工作日数, 自然日数: half-days on which work is due by the centre's calendar (make-up days 调休上班 count,
 * rest days, holidays and half holidays do not), and all half-days. Source: domain study §3.1 ("show both numbers on the slip").
 */
export function countLeave(
  period: LeavePeriod,
  halves: (day: CivilDay) => Readonly<Record<Half, HalfKind>>,
): LeaveCount {
  const days = new Map<CivilDay, { day: CivilDay; am: HalfKind | null; pm: HalfKind | null }>()
  let workingHalves = 0
  let calendarHalves = 0
  for (const { day, half } of halfDaysOf(rangeOf(period))) {
    const kind = halves(day)[half]
    const counted = days.get(day) ?? { day, am: null, pm: null }
    counted[half] = kind
    days.set(day, counted)
    calendarHalves += 1
    if (kind === 'work') workingHalves += 1
  }
  return { workingHalves, calendarHalves, days: [...days.values()] satisfies CountedDay[] }
}

/** The half-days that a kind is charged with: the working ones or all of them. Source: domain study §3.1, column W/C. */
export function chargedHalves(basis: CountBasis, count: Pick<LeaveCount, 'workingHalves' | 'calendarHalves'>): number {
  return basis === 'working' ? count.workingHalves : count.calendarHalves
}

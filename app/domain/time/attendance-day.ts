import { secondsInDay } from './clock-time.ts'
import { addDays } from './day.ts'

/**
 * The attendance day of a wall-clock moment: before the day boundary it belongs to yesterday, with a second ≥ 86,400
 * 凌晨签到算前一天. Source: rules.md §1 `day_boundary`.
 */
export function attendanceDayOf(civilDay: string, second: number, boundary: number): { day: string; second: number } {
  return second < boundary ? { day: addDays(civilDay, -1), second: second + secondsInDay } : { day: civilDay, second }
}

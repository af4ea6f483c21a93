import { compileRules } from '#app/domain/attendance/compile.ts'
import type { AttendanceRules } from '#app/domain/attendance/rules.ts'
import type { HalfHours, Hours } from './presence.ts'

/** When work is due under a plan of the rule set 上下班时间, in seconds; null when the day has no plan. Source: rules.md §1 `halves`. */
export function hoursOf(rules: AttendanceRules, plan: string | null): Hours | null {
  const found = compileRules(rules).plans.find((one) => one.id === plan)
  if (!found) return null
  const { am, pm } = found.halves
  return { ...(am ? { am: inSeconds(am) } : {}), ...(pm ? { pm: inSeconds(pm) } : {}) }
}

function inSeconds(times: { readonly start: number; readonly end: number }): HalfHours {
  return { start: times.start * 60, end: times.end * 60 }
}

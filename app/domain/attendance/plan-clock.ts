import { minuteOfTime, minutesInDay } from '#app/domain/time/clock-time.ts'
import type { PlanRule } from './rules.ts'

/** Reads a clock time of a plan as a minute of the plan's day; what follows midnight counts on past 24:00. */
export type PlanClock = (time: string) => number

const longestHalf = 12 * 60

/**
 * How a plan's times are read. A time before the day boundary belongs to the following civil day. A plan that makes no sense so,
 * because it works through the boundary (22:00–06:00 跨日班), is read from the middle of its free time on. Source: rules.md §1.
 */
export function planClock(plan: PlanRule, boundary: number): PlanClock {
  const usual = from(boundary)
  if (makesSense(plan, usual)) return usual
  const [first, last] = ends(plan)
  const free = (first - last + minutesInDay) % minutesInDay
  const turn = (last + Math.floor(free / 2)) % minutesInDay
  const own = from(turn > first ? turn - minutesInDay : turn)
  return makesSense(plan, own) ? own : usual
}

/** The clock that begins at a minute and ends 24 hours later. */
function from(turn: number): PlanClock {
  return (time) => turn + ((((minuteOfTime(time) - turn) % minutesInDay) + minutesInDay) % minutesInDay)
}

/** Minutes of the clock at which the plan's work begins and ends. */
function ends(plan: PlanRule): readonly [number, number] {
  const { am, pm } = plan.halves
  return [minuteOfTime((am ?? pm)?.start ?? '00:00'), minuteOfTime((pm ?? am)?.end ?? '00:00')]
}

function makesSense(plan: PlanRule, at: PlanClock): boolean {
  let before = Number.NEGATIVE_INFINITY
  for (const half of [plan.halves.am, plan.halves.pm]) {
    if (!half) continue
    const [start, end] = [at(half.start), at(half.end)]
    if (start < before || end <= start || end - start > longestHalf) return false
    before = end
  }
  return plan.slots.every((slot) => at(slot.open) <= at(slot.close))
}

/** The minute after a plan's last half and last window: until then its day lasts, though the next one may have begun. */
export function planEnds(plan: PlanRule, at: PlanClock): number {
  const works = [plan.halves.am, plan.halves.pm].flatMap((half) => (half ? [at(half.end)] : []))
  return Math.max(...works, ...plan.slots.map((slot) => at(slot.close) + 1))
}

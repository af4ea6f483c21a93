import type { Second } from '#app/domain/attendance/day.ts'

/** Seconds of the civil day, [from, to). */
export type Stretch = { readonly from: Second; readonly to: Second }

/** Punches of one past day by the five minutes they fell into: step 0 begins at midnight. */
export type DayOfPunches = ReadonlyMap<number, number>

export type SilenceFacts = {
  readonly now: Second
  /** The last sign that the reader works, negative before today: a punch, its plug, a person's word. */
  readonly alive: Second
  /** When somebody is due to punch today; none on a rest day. */
  readonly due: readonly Stretch[]
  /** The same weekday of the last weeks, as far as it was worked and the reader took punches. */
  readonly usual: readonly DayOfPunches[]
  /** Which part of the people of this reader is expected now, 0 to 1: none of them when all are away together. */
  readonly share: number
  readonly rules: { readonly busy_minutes: number; readonly usual_punches: number }
}

/** Length of a step, in seconds. */
export const silenceStep = 300

/** One day alone says nothing of what is usual (proposed by us). */
const fewestDays = 2

type Usual = (step: number) => number

/** Punches that a step usually has, as far as somebody is due in it today. */
function usualOf({ due, usual, share }: SilenceFacts): Usual {
  return (step) => {
    const from = step * silenceStep
    if (!due.some((slot) => slot.from < from + silenceStep && slot.to > from)) return 0
    const sum = usual.reduce((total, day) => total + (day.get(step) ?? 0), 0)
    return (sum / usual.length) * share
  }
}

/** Where the run of steps with punches began that a step belongs to, not before the reader's last sign of life. */
function beginOf(step: number, alive: Second, usual: Usual): Second {
  let first = step
  while (first > 0 && first * silenceStep > alive && usual(first - 1) > 0) first -= 1
  return Math.max(alive, first * silenceStep)
}

/**
 * Since when an online reader is silent although it should be busy 应忙而静, in seconds of the day; null when it is not. It is
 * when a whole stretch of `busy_minutes` went by without a punch in which this weekday usually brings `usual_punches`, and
 * five minutes more, so that people who are late together are no alarm. Never on rest days, outside of slots or without
 * history. Source: complaints 23, decisions 9; the figures are proposed by us.
 */
export function silentSince(facts: SilenceFacts): Second | null {
  const { now, alive, usual, rules } = facts
  const steps = Math.ceil((rules.busy_minutes * 60) / silenceStep)
  if (usual.length < fewestDays || facts.share <= 0 || facts.due.length === 0) return null
  const of = usualOf(facts)
  const first = Math.max(0, Math.ceil(alive / silenceStep))
  const last = Math.floor(now / silenceStep) - 1
  for (let from = first; from + steps <= last; from += 1) {
    let expected = 0
    for (let step = from; step < from + steps; step += 1) expected += of(step)
    if (expected < rules.usual_punches) continue
    let busy = from
    while (of(busy) === 0) busy += 1
    return beginOf(busy, alive, of)
  }
  return null
}

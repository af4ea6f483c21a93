import type { CoverageFact, DayResult, Half, OutageFact, Second, SlotResult } from '#app/domain/attendance/day.ts'
import { type CoverageKind, marks } from '#app/domain/attendance/marks.ts'

/**
 * Where a person is at this second of a working day.
 * here 在岗, leave 请假, out 公出, missing 未到无记录, unknown 待核, waiting 未到点, not_due 不应到, gone 已下班.
 */
export type PresenceState = 'here' | 'leave' | 'out' | 'missing' | 'unknown' | 'waiting' | 'not_due' | 'gone'

export type HalfHours = { readonly start: Second; readonly end: Second }
/** When work is due; a plan may have one half only. */
export type Hours = Readonly<Partial<Record<Half, HalfHours>>>

export type Presence = {
  readonly state: PresenceState
  /** Arrival, the boundary that passed without a punch, or the start of the time away. */
  readonly since: Second | null
  /** When an approved time away ends. */
  readonly until: Second | null
  readonly kind: CoverageKind | null
  /** Set when the person put the finger on for leaving before the half ended. */
  readonly leftAt: Second | null
  readonly minutesLate: number
}

export type PresenceFacts = {
  readonly result: DayResult
  readonly coverage: readonly CoverageFact[]
  readonly outages: readonly OutageFact[]
  /** Null when the day has no plan for the person. */
  readonly hours: Hours | null
  /** True when every reader the person is enrolled on is silent now. */
  readonly readersSilent: boolean
  readonly now: Second
}

const nothing = { since: null, until: null, kind: null, leftAt: null, minutesLate: 0 } as const

/** Minutes are floored (decisions 6): the whole minute of the boundary is still on time, so nobody is missing in it. */
const boundaryMinute = 60

const halves = ['am', 'pm'] as const

/** The half that counts now: the running one, or the next when none runs; null after the day's last boundary. */
export function runningHalf(hours: Hours, now: Second): { half: Half; begun: boolean } | null {
  for (const half of halves) {
    const times = hours[half]
    if (times && now < times.end) return { half, begun: now >= times.start }
  }
  return null
}

/** Where a person is now 人员在岗状态. The machine is never blamed on the person: silence is unknown, not missing (product 5). */
export function presenceOf(facts: PresenceFacts): Presence {
  const { result, hours, now } = facts
  if (!hours || result.slots.every((slot) => slot.state === 'not_due')) return { state: 'not_due', ...nothing }
  const running = runningHalf(hours, now)
  if (!running) return afterHours(result)
  if (!isDue(result, running.half)) return { state: 'not_due', ...nothing }
  return away(facts) ?? atWork(facts, running.half)
}

/** A half is due when something of it is expected or covered; a half-day holiday or rest day is not. */
function isDue(result: DayResult, half: Half): boolean {
  const own = result.slots.filter((slot) => slot.serves.includes(half))
  if (own.length > 0) return own.some((slot) => slot.state !== 'not_due')
  const mark = result.halves[half].mark
  return mark === null || marks[mark].counts !== 'not_due'
}

function away({ coverage, now, result }: PresenceFacts): Presence | null {
  const fact = coverage.find((one) => one.from <= now && now < one.to)
  if (!fact) return null
  const state = marks[fact.kind].family === 'off' ? 'out' : 'leave'
  return { ...nothing, state, since: fact.from, until: fact.to, kind: fact.kind, minutesLate: lateIn(result) }
}

function atWork(facts: PresenceFacts, half: Half): Presence {
  const arrival = arrivalSlot(facts.result.slots, half)
  const leftAt = leftEarly(facts.result.slots, half)
  const arrivedAt = arrival?.punch?.second ?? null
  if (leftAt !== null) return { ...nothing, state: 'missing', since: leftAt, leftAt }
  if (arrivedAt !== null) return { ...nothing, state: 'here', since: arrivedAt, minutesLate: lateOf(arrival) }
  return withoutPunch(facts, arrival)
}

function withoutPunch(facts: PresenceFacts, arrival: SlotResult | null): Presence {
  if (!arrival) return { ...nothing, state: 'unknown' }
  const returned = backFromCoverage(facts)
  if (returned) return returned
  if (facts.now < arrival.due + boundaryMinute) return { ...nothing, state: 'waiting', since: arrival.due }
  const judged = hiddenByOutage(facts, arrival) || arrival.state === 'covered' || arrival.state === 'not_due'
  const state = judged || facts.readersSilent ? 'unknown' : 'missing'
  return { ...nothing, state, since: arrival.due }
}

/** How long after a boundary, and after an outage, somebody who stands there would have put the finger on. */
const soon = 600

/**
 * Whether an outage may hide a person who came. One that began when he had been missing for ten minutes and is over hides
 * nobody on the board, though his slot stays 待核 until somebody looks. Source: product principle 5, design guide §4 (red within 2 minutes).
 */
function hiddenByOutage({ outages, now }: PresenceFacts, arrival: SlotResult): boolean {
  if (arrival.state !== 'pending') return false
  return outages.some((outage) => outage.from < arrival.due + soon || outage.to > now - soon)
}

/** Back from an approved time away: a punch after it proves it, its planned end alone proves nothing. */
function backFromCoverage({ coverage, result, now }: PresenceFacts): Presence | null {
  const last = coverage.filter((one) => one.to <= now).at(-1)
  if (!last) return null
  const seen = result.unused.find((punch) => punch.second >= last.from && punch.second <= now)
  return seen ? { ...nothing, state: 'here', since: seen.second } : null
}

/** The slot that proves the beginning of a half; in two-punch centres the morning's slot also proves the afternoon. */
function arrivalSlot(slots: readonly SlotResult[], half: Half): SlotResult | null {
  const ins = slots.filter((slot) => slot.kind !== 'out')
  const own = ins.find((slot) => slot.serves.includes(half))
  return own ?? (half === 'pm' ? (ins.at(-1) ?? null) : null)
}

function leftEarly(slots: readonly SlotResult[], half: Half): Second | null {
  const out = slots.find((slot) => slot.kind === 'out' && slot.serves.includes(half))
  return out?.punch && out.punch.second < out.due ? out.punch.second : null
}

function afterHours(result: DayResult): Presence {
  const last = result.slots.filter((slot) => slot.punch !== null).at(-1)
  return { ...nothing, state: 'gone', since: last?.punch?.second ?? null }
}

function lateOf(slot: SlotResult | null): number {
  return slot?.state === 'late' ? slot.minutes : 0
}

function lateIn(result: DayResult): number {
  return result.halves.am.minutesLate + result.halves.pm.minutesLate
}

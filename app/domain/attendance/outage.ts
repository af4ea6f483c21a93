import { doubtfulPunch, notEnrolled, type OutageFact } from './day.ts'

/** The first outage that shares a moment with [from, to) seconds; null when none does. */
export function outageWithin(outages: readonly OutageFact[], from: number, to: number): OutageFact | null {
  let best: OutageFact | null = null
  for (const outage of outages) {
    if (outage.from >= to || outage.to <= from) continue
    if (best === null || outage.from < best.from || (outage.from === best.from && outage.key < best.key)) best = outage
  }
  return best
}

/**
 * The outage that lies over a boundary's minute: whoever pressed before or after it may have stood at the silent reader when it
 * mattered, so the minutes cannot be held against them. Source: product principle 5.
 */
export function outageOver(outages: readonly OutageFact[], boundaryMinute: number): OutageFact | null {
  return outages.length === 0 ? null : outageWithin(outages, boundaryMinute * 60, boundaryMinute * 60 + 60)
}

/**
 * A punch that waits for a person's ruling, as the one second in which it may have been made: until somebody confirms or
 * rejects it, the slot that it may belong to is held open. Source: decisions 4; product principle 5.
 */
export function doubtAt(second: number, key: string): OutageFact {
  return { source: doubtfulPunch, key, from: second, to: second + 1 }
}

/**
 * The first punch in doubt within [from, to) seconds; null when none waits there. Unlike a silent reader it says when the
 * person stood there, so it matters wherever in the window it lies, not only over the boundary.
 */
export function doubtWithin(outages: readonly OutageFact[], from: number, to: number): OutageFact | null {
  if (outages.length === 0) return null
  return outageWithin(
    outages.filter((outage) => outage.source === doubtfulPunch),
    from,
    to,
  )
}

/** [from, to) in seconds of the day. */
type Enrolled = { readonly from: number; readonly to: number }

/**
 * What lies between the times at which some reader knew a finger of the person, as outages: before the first enrolment and
 * after the last template is deleted nobody can sign in. Source: product principle 5.
 */
export function unenrolledTimes(enrolled: readonly Enrolled[], day: Enrolled): OutageFact[] {
  const gaps: OutageFact[] = []
  let known = day.from
  for (const { from, to } of [...enrolled].sort((a, b) => a.from - b.from)) {
    if (from > known) gaps.push({ source: notEnrolled, key: notEnrolled, from: known, to: Math.min(from, day.to) })
    known = Math.max(known, to)
  }
  if (known < day.to) gaps.push({ source: notEnrolled, key: notEnrolled, from: known, to: day.to })
  return gaps
}

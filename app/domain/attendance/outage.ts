import type { OutageFact } from './day.ts'

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

/** Slots as agents write an index table, "0-3,7": ascending, runs joined. The inverse of `slotsOfRanges`. */
export function rangesOfSlots(slots: readonly number[]): string {
  const sorted = [...new Set(slots)].sort((a, b) => a - b)
  const runs: [number, number][] = []
  for (const slot of sorted) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === slot - 1) last[1] = slot
    else runs.push([slot, slot])
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(',')
}

/** One enrolment that a reader has or had, as far as its slot goes. */
export type SlotHolding = {
  readonly slot: number
  readonly startsMs: number
  /** Null while it is in force. */
  readonly endsMs: number | null
  /** An index table has shown the slot empty since. */
  readonly proved: boolean
}

export type SlotComparison = {
  /** In the module, and somebody's. */
  readonly matched: readonly number[]
  /** In the module although the enrolment has ended: a template that is still to be deleted 待删. */
  readonly left: readonly number[]
  /** In the module, and nobody in the database 无主. */
  readonly unknown: readonly number[]
  /** Enrolled when the table was read and still, and not in the module 缺失. */
  readonly missing: readonly number[]
}

function inForceAt({ startsMs, endsMs }: SlotHolding, atMs: number): boolean {
  return startsMs <= atMs && (endsMs === null || endsMs > atMs)
}

/**
 * A module's index table against the enrolments 核对号位. What began after the table was read is not missing from it, and
 * what was claimed since is not unknown. Source: complaints 20 and 26, design 13.
 */
export function compareSlots(
  taken: readonly number[],
  holdings: readonly SlotHolding[],
  readMs: number,
): SlotComparison {
  const inModule = new Set(taken)
  const of = (keep: (one: SlotHolding) => boolean) => new Set(holdings.filter(keep).map((one) => one.slot))
  const owned = of((one) => one.endsMs === null || inForceAt(one, readMs))
  const ended = of((one) => !one.proved && one.endsMs !== null && one.endsMs <= readMs)
  const expected = of((one) => one.endsMs === null && one.startsMs <= readMs)
  const sorted = [...inModule].sort((a, b) => a - b)
  return {
    matched: sorted.filter((slot) => owned.has(slot)),
    left: sorted.filter((slot) => !owned.has(slot) && ended.has(slot)),
    unknown: sorted.filter((slot) => !owned.has(slot) && !ended.has(slot)),
    missing: [...expected].filter((slot) => !inModule.has(slot)).sort((a, b) => a - b),
  }
}

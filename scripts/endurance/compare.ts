/** What the modules of one reader matched, in order; `lit` when the person saw the green light. */
export type Matched = { readonly slot: number; readonly lit: boolean }

/**
 * Whether a reader's rows in the ledger are what its module matched: in order, each match at most once, and each that was
 * shown as a success exactly once. A match whose agent died before the light may be there or not: nobody was told it counts.
 * Answers the first match or row that does not fit, null when all do.
 */
export function firstDifference(matched: readonly Matched[], rows: readonly number[]): string | null {
  // After each match: how many rows may have been used up so far.
  let used = new Set([0])
  for (const [index, { slot, lit }] of matched.entries()) {
    const next = new Set<number>()
    for (const count of used) {
      if (rows[count] === slot) next.add(count + 1)
      if (!lit) next.add(count)
    }
    if (next.size === 0) return `match ${index + 1} (slot ${slot}) was shown as a success and is not in the ledger`
    used = next
  }
  if (used.has(rows.length)) return null
  return `the ledger has ${rows.length} rows, of which at most ${Math.max(...used)} were matched`
}

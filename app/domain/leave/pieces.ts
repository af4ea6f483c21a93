/** A stretch of instants, [from, to). */
export type Stretch = { readonly from: number; readonly to: number }

/**
 * What is left of a stretch once others are taken out of it, in order: leave fills in around an outing that is registered already,
 * because two coverages of one person never overlap.
 */
export function freePieces(whole: Stretch, taken: readonly Stretch[]): Stretch[] {
  const pieces: Stretch[] = []
  let at = whole.from
  for (const one of [...taken].sort((a, b) => a.from - b.from)) {
    if (one.to <= at || one.from >= whole.to) continue
    if (one.from > at) pieces.push({ from: at, to: one.from })
    at = Math.max(at, one.to)
  }
  return at < whole.to ? [...pieces, { from: at, to: whole.to }] : pieces
}

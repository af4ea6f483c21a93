/** Consecutive sequence numbers of one spool, both ends included. */
export type Numbers = { readonly first: number; readonly last: number }

/** What remains of some numbers when others are taken out: nothing, one piece, or two. Source: decisions 3 (each once). */
export function without(numbers: Numbers, taken: Numbers): Numbers[] {
  if (taken.last < numbers.first || numbers.last < taken.first) return [numbers]
  const before = { first: numbers.first, last: taken.first - 1 }
  const behind = { first: taken.last + 1, last: numbers.last }
  return [before, behind].filter((piece) => piece.first <= piece.last)
}

/** What remains of some numbers when all these ranges are taken out, in order. */
export function withoutAll(numbers: Numbers, taken: readonly Numbers[]): Numbers[] {
  return taken.reduce((left, one) => left.flatMap((piece) => without(piece, one)), [numbers])
}

/** What two ranges have in common, or null. */
export function common(a: Numbers, b: Numbers): Numbers | null {
  const shared = { first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) }
  return shared.first <= shared.last ? shared : null
}

/** How many numbers a range holds. */
export function countOf({ first, last }: Numbers): number {
  return last - first + 1
}

/** The numbers between the highest one stored and a batch that begins later 缺号; null when nothing lies between. */
export function skipped(through: number, first: number): Numbers | null {
  return first > through + 1 ? { first: through + 1, last: first - 1 } : null
}

/**
 * At most so many ranges with at most so many numbers, oldest first and the last one cut: an agent is asked for a month of
 * punches in portions. Proposed by us.
 */
export function portion<Range extends Numbers>(ranges: readonly Range[], most: number, count: number): Range[] {
  const taken: Range[] = []
  let left = count
  for (const range of ranges.slice(0, most)) {
    if (left <= 0) break
    const last = Math.min(range.last, range.first + left - 1)
    taken.push({ ...range, last })
    left -= last - range.first + 1
  }
  return taken
}

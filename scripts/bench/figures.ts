/** A figure of ours beside the bare limit of the same machine in the same run, round by round. */
export type BenchLine = {
  readonly name: string
  readonly unit: string
  readonly figure: number
  readonly limit: number
  readonly ratio: number
  /** The slowest of what `figure` is the median of. */
  readonly worst: number
  /** Where single waits are measured: what one in a hundred exceeds, ours and the bare limit's. */
  readonly p99?: { readonly figure: number; readonly limit: number }
  readonly note: string
}

/** The value that this part of all values (0 to 1) does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function rounded(value: number): number {
  return value < 100 ? Math.round(value * 100) / 100 : Math.round(value)
}

/** A line of single waits in milliseconds: median beside median, p99 beside p99. */
export function waits(name: string, ours: readonly number[], bare: readonly number[], note: string): BenchLine {
  const [figure, limit] = [median(ours), median(bare)]
  return {
    name,
    unit: 'ms',
    figure: rounded(figure),
    limit: rounded(limit),
    ratio: rounded(figure / limit),
    worst: rounded(Math.max(...ours)),
    p99: { figure: rounded(quantile(ours, 0.99)), limit: rounded(quantile(bare, 0.99)) },
    note,
  }
}

/** Ours and the bare limit in turn, so that whatever else the machine does meets both; the first round of each is left out. */
export async function inTurn<Ours, Bare>(rounds: number, ours: () => Promise<Ours>, bare: () => Promise<Bare>) {
  const taken: { ours: Ours[]; bare: Bare[] } = { ours: [], bare: [] }
  for (let round = 0; round <= rounds; round += 1) {
    const [own, least] = [await ours(), await bare()]
    if (round === 0) continue
    taken.ours.push(own)
    taken.bare.push(least)
  }
  return taken
}

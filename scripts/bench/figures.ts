/** A figure of ours beside the bare limit of the same machine in the same run, round by round. */
export type BenchLine = {
  readonly name: string
  readonly unit: string
  readonly figure: number
  readonly limit: number
  readonly ratio: number
  /** The slowest of what `figure` is the median of. */
  readonly worst: number
  readonly note: string
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

export function rounded(value: number): number {
  return value < 100 ? Math.round(value * 100) / 100 : Math.round(value)
}

/** Ours and the bare limit in turn, so that whatever else the machine does meets both; the first round of each is left out. */
export async function inTurn<T>(rounds: number, ours: () => Promise<T>, bare: () => Promise<T>) {
  const taken: { ours: T[]; bare: T[] } = { ours: [], bare: [] }
  for (let round = 0; round <= rounds; round += 1) {
    const [own, least] = [await ours(), await bare()]
    if (round === 0) continue
    taken.ours.push(own)
    taken.bare.push(least)
  }
  return taken
}

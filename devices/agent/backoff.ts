/** Waiting times after failures: doubling from `firstMs` up to `capMs`, each shortened by chance so that many agents do not come back at once. */
export function makeBackoff(options: { firstMs?: number; capMs?: number; random?: () => number } = {}) {
  const { firstMs = 250, capMs = 10_000, random = Math.random } = options
  let failures = 0
  return {
    next(): number {
      const full = Math.min(capMs, firstMs * 2 ** failures)
      failures = Math.min(failures + 1, 30)
      return full * (0.5 + random() / 2)
    },
    reset(): void {
      failures = 0
    },
  }
}
export type Backoff = ReturnType<typeof makeBackoff>

/** A server that refuses this agent is left alone for longer than one that is away. */
export function afterFailure(
  standing: { refused: string | null; againInMs: number } | undefined,
  backoff: Backoff,
): number {
  return standing?.refused ? standing.againInMs : backoff.next()
}

/**
 * The first place where the sequence numbers of a batch do not ascend by one, or null. An agent cuts its batches at
 * gaps, so a gap inside one means a damaged batch, and acknowledging it would lose what is missing.
 * Source: devices contract, decisions 3.
 */
export function sequenceBreak(sequence: readonly number[]): number | null {
  for (let index = 1; index < sequence.length; index += 1) {
    if (sequence[index] !== (sequence[index - 1] ?? 0) + 1) return index
  }
  return null
}

/** How late a punch may arrive and still be greeted, and how many may come together. */
const live = { withinMs: 120_000, batchUpTo: 5 } as const

/**
 * Whether a delivery is people standing at the reader now (greet at once) or a backlog 补传 that the recomputation
 * job works off. Proposed by us: up to 5 punches, each at most 2 minutes old.
 */
export function isLive(atMs: number, batchSize: number, nowMs: number): boolean {
  return batchSize <= live.batchUpTo && Math.abs(nowMs - atMs) <= live.withinMs
}

/** From this many new punches in one delivery, pages get one summary instead of one event each (proposed by us). */
export const summaryFrom = 21

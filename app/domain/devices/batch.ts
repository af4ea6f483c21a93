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

/**
 * How old a new punch may be and how many may come together so that they are people standing at the reader now (judged and
 * greeted at once) and not a backlog 补传 that the recomputation job works off. Proposed by us.
 */
export const live = { withinMs: 120_000, batchUpTo: 5 } as const

/** Whether a new punch, with so many others in its delivery, is somebody who stands at the reader now. */
export function isLive(atMs: number, batchSize: number, nowMs: number): boolean {
  return batchSize <= live.batchUpTo && Math.abs(nowMs - atMs) <= live.withinMs
}

/** From this many new punches in one delivery, pages get one summary instead of one event each (proposed by us). */
export const summaryFrom = 21

import type { Problem } from './problem.ts'

type Limit = { at_least?: number | undefined; more_than?: number | undefined }

/** The lowest whole number that a threshold takes in: "more than 5" begins at 6. */
export const lowest = (limit: Limit): number => limit.at_least ?? (limit.more_than ?? 0) + 1

/** A threshold says either `at_least` or `more_than`. */
export function oneLimit(limit: Limit, path: string): Problem[] {
  const named = [limit.at_least, limit.more_than].filter((n) => n !== undefined).length
  return named === 1 ? [] : [{ path, value: limit, code: 'threshold_needs_one', facts: { given: named } }]
}

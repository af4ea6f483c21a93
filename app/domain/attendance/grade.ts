import type { CompiledRules, CompiledTable } from './compile.ts'
import type { AbsenceProposal } from './day.ts'

/** Minutes past a boundary as the document grades them. */
export type Graded = {
  /** Minutes reported and summed, after grace and rounding. */
  readonly minutes: number
  readonly actual: number
  readonly class: string | null
  readonly atLeast: number
  readonly scoreAbsentHalves: number
  readonly proposal: AbsenceProposal | null
  readonly path: string | null
}

/**
 * Grades minutes late or early: null when grace forgives them, else the highest tier reached. Whether the count begins at the
 * boundary or where grace ends is the document's word. Source: rules.md §2, decisions 6.
 */
export function gradeMinutes(
  table: CompiledTable,
  minutes: number,
  rounding: CompiledRules['rounding'],
): Graded | null {
  if (minutes < table.from) return null
  const counted = minutes - table.less
  let tier: CompiledTable['tiers'][number] | null = null
  for (const candidate of table.tiers) if (counted >= candidate.atLeast) tier = candidate
  return {
    minutes: rounded(counted, rounding),
    actual: minutes,
    class: tier?.class ?? null,
    atLeast: tier?.atLeast ?? 0,
    scoreAbsentHalves: tier?.scoreAbsentHalves ?? 0,
    proposal: tier?.proposal ?? null,
    path: tier?.path ?? table.path,
  }
}

function rounded(minutes: number, rounding: CompiledRules['rounding']): number {
  for (const tier of rounding) if (minutes >= tier.atLeast && minutes <= tier.upTo) return tier.counts
  return minutes
}

import type { DeletionState } from './enrol-view.ts'
import type { Named } from './readers-view.ts'

export type MissingPerson = Named & {
  readonly id: string
  readonly staffNumber: string
  readonly window: string | null
  readonly startsOn: string
  readonly consented: boolean
}

export type LeftTemplate = Named & {
  readonly id: string
  readonly personId: string
  readonly reader: Named
  readonly slot: string
  readonly finger: number | null
  readonly leftOn: string | null
  readonly deletion: DeletionState | null
}

export type ReaderTable = Named & {
  readonly id: string
  readonly readable: boolean
  readonly readMs: number | null
  /** In the module and in no enrolment. */
  readonly unowned: readonly number[]
  /** In force and not in the module. */
  readonly missing: readonly number[]
}

export type EnrolList = {
  readonly zone: string
  readonly missing: readonly MissingPerson[]
  readonly left: readonly LeftTemplate[]
  readonly readers: readonly ReaderTable[]
}

/**
 * Where a module's index table and the register of fingers disagree: templates that are nobody's 无主模板, and people
 * whose template is gone. A template whose deletion is still owed belongs to its last person. Source: domain study §7.1.
 */
export function compareTable(
  taken: readonly number[],
  used: readonly { readonly slot: number; readonly endsAtMs: number | null; readonly deleted: boolean }[],
): { readonly unowned: number[]; readonly missing: number[] } {
  const known = new Set(used.filter((one) => !one.deleted).map((one) => one.slot))
  const inForce = used.filter((one) => one.endsAtMs === null).map((one) => one.slot)
  return {
    unowned: taken.filter((slot) => !known.has(slot)),
    missing: inForce.filter((slot) => !taken.includes(slot)).sort((a, b) => a - b),
  }
}

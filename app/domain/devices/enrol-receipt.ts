import type { StepFacts } from './command.ts'
import type { Named } from './readers-view.ts'

/** The command that stored or deleted a template, with what its reader said. */
export type Proof = { readonly command: string; readonly atMs: number; readonly facts: StepFacts }

export type Receipt = {
  readonly person: Named & { readonly id: string; readonly staffNumber: string }
  readonly reader: Named & { readonly serial: string }
  readonly finger: number | null
  readonly slot: string
  readonly startsMs: number
  readonly endsMs: number | null
  readonly stored: Proof | null
  readonly deleted: Proof | null
  readonly consent: { readonly how: string; readonly givenMs: number; readonly withdrawnMs: number | null } | null
}

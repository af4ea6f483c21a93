import type { AlarmFacts } from './alarms.ts'
import type { Named } from './readers-view.ts'

export type AlarmZone = Named & { readonly code: string }

/** An alarm 告警 as pages show it. */
export type AlarmLine = {
  readonly id: string
  readonly kind: string
  readonly sourceId: string | null
  readonly agentId: string | null
  /** The reader or terminal; null when the alarm is about a whole agent. */
  readonly source: Named | null
  /** Name of the agent's computer; null when the alarm is about one source. */
  readonly agent: string | null
  /** Where people are concerned. */
  readonly zones: readonly AlarmZone[]
  readonly openedMs: number
  readonly closedMs: number | null
  readonly facts: AlarmFacts
  readonly seen: { readonly by: string; readonly atMs: number } | null
  /** Slots are pending because of this now: some source of it is out. */
  readonly out: boolean
}

/** An outage 停机 as pages show it. */
export type OutageLine = {
  readonly id: string
  readonly source: Named
  readonly fromMs: number
  readonly toMs: number | null
  /** A code, or the words of whoever noted it. */
  readonly reason: string
  readonly confirmed: { readonly by: string; readonly atMs: number } | null
}

/** Which sentences an alarm has: some kinds change their meaning with their stage, all others have one. */
export function alarmWords({ kind, facts }: Pick<AlarmLine, 'kind' | 'facts'>): string {
  const other = (kind === 'clock_drift' && facts.stage === 'off') || (kind === 'sequence_gap' && facts.stage === 'lost')
  return other ? `${kind}_${facts.stage}` : kind
}

const putsOut = [
  'agent_silent',
  'reader_offline',
  'reader_fault',
  'silent_when_busy',
  'queue_growing',
  'terminal_silent',
]

/** Whether an alarm of this kind is why people cannot punch, or why their punches are not here 停机. Source: decisions 9. */
export function meansOutage({ kind, facts }: Pick<AlarmLine, 'kind' | 'facts'>): boolean {
  return putsOut.includes(kind) || (kind === 'clock_drift' && facts.stage === 'off')
}

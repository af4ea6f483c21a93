import type { DeviceRules } from './device-rules.ts'
import { silentAgentMs } from './reader-state.ts'

/** What can be wrong with readers, terminals and agents 告警. */
export const alarmKinds = [
  'agent_silent',
  'reader_offline',
  'reader_fault',
  'silent_when_busy',
  'clock_drift',
  'sequence_gap',
  'queue_growing',
  'spool_filling',
  'identity_changed',
  'slots_differ',
  'terminal_silent',
] as const

export type AlarmKind = (typeof alarmKinds)[number]

export type AlarmFacts = Readonly<Record<string, string | number>>

export type AgentState = {
  readonly id: string
  readonly revoked: boolean
  readonly seenMs: number | null
  readonly offsetMs: number | null
  readonly queue: number
  readonly oldestWaitingMs: number | null
  readonly spoolBytes: number | null
  readonly spoolLimitBytes: number | null
  /** Numbers that are still asked for, and numbers lost for good that nobody has looked at yet. */
  readonly gaps: { readonly missing: number; readonly lost: number; readonly sinceMs: number } | null
}

export type SourceState = {
  readonly id: string
  readonly kind: string
  readonly agentId: string | null
  readonly state: string
  readonly stateSinceMs: number | null
  readonly lastError: string | null
  /** Of terminals: they keep their own time. */
  readonly offsetMs: number | null
  /** Since when it is silent although it should be busy. */
  readonly silentSinceMs: number | null
  /** Of terminals: when it last called, and whether it would be missed now. */
  readonly greetedMs: number | null
  readonly missed: boolean
  /** What the module says it is, when nobody has accepted that yet. */
  readonly stranger: AlarmFacts | null
  readonly slots: { readonly unknown: number; readonly missing: number } | null
}

export type Hardware = { readonly agents: readonly AgentState[]; readonly sources: readonly SourceState[] }

/** Something that is wrong now. While `outageFromMs` is set, nobody is charged with what these sources did not record. */
export type Standing = {
  readonly kind: AlarmKind
  readonly sourceId: string | null
  readonly agentId: string | null
  readonly sinceMs: number
  readonly facts: AlarmFacts
  readonly outageFromMs: number | null
}

/** A terminal calls every few seconds; after this it is missed (proposed by us). */
export const silentTerminalMs = 300_000

/** Whoever must make room needs days for it: the warning comes at half of the bound (proposed by us). */
const spoolWarning = 0.5

/** A queue that empties within this time after a line came back costs nobody anything. */
const queuePatienceMs = 120_000

const nothing = { sourceId: null, agentId: null, outageFromMs: null } as const

/** Everything that is wrong at a moment 当前告警, from what is known of agents, readers and terminals. Source: complaints 20, 23 and 26. */
export function standingAlarms(hardware: Hardware, rules: DeviceRules, nowMs: number): Standing[] {
  const working = hardware.agents.filter((agent) => !agent.revoked)
  const quiet = new Set(working.filter((agent) => isQuiet(agent, nowMs)).map((agent) => agent.id))
  return [
    ...working.flatMap((agent) => ofAgent(agent, rules, nowMs)),
    ...hardware.sources.flatMap((source) => ofSource(source, rules, nowMs, quiet.has(source.agentId ?? ''))),
  ]
}

function isQuiet(agent: AgentState, nowMs: number): boolean {
  return agent.seenMs !== null && nowMs - agent.seenMs >= silentAgentMs
}

function ofAgent(agent: AgentState, rules: DeviceRules, nowMs: number): Standing[] {
  const found = [gapOf(agent), spoolOf(agent, nowMs)]
  if (isQuiet(agent, nowMs)) {
    // What it said last of its clock and queue is no longer known.
    found.push({ ...nothing, kind: 'agent_silent', agentId: agent.id, sinceMs: agent.seenMs ?? nowMs, facts: {} })
  } else {
    found.push(driftOf({ agentId: agent.id }, agent.offsetMs, rules, nowMs), queueOf(agent, rules, nowMs))
  }
  return found.filter((one) => one !== null)
}

function gapOf({ id, gaps }: AgentState): Standing | null {
  if (gaps === null) return null
  const { missing, lost, sinceMs } = gaps
  const facts = { missing, lost, stage: lost > 0 ? 'lost' : 'missing' }
  return { ...nothing, kind: 'sequence_gap', agentId: id, sinceMs, facts }
}

function spoolOf({ id, spoolBytes, spoolLimitBytes }: AgentState, nowMs: number): Standing | null {
  if (spoolBytes === null || spoolLimitBytes === null || spoolBytes < spoolLimitBytes * spoolWarning) return null
  const facts = { percent: Math.floor((spoolBytes / spoolLimitBytes) * 100) }
  return { ...nothing, kind: 'spool_filling', agentId: id, sinceMs: nowMs, facts }
}

/** Beyond the quarantine limit punches do not count by themselves, so the reader is as good as out. Source: decisions 4. */
function driftOf(
  whose: { readonly agentId: string } | { readonly sourceId: string },
  offsetMs: number | null,
  rules: DeviceRules,
  nowMs: number,
): Standing | null {
  const size = Math.abs(offsetMs ?? 0)
  if (size < rules.clock.warn_seconds * 1000) return null
  const off = size >= rules.clock.quarantine_seconds * 1000
  const facts = { seconds: Math.round((offsetMs ?? 0) / 1000), stage: off ? 'off' : 'warn' }
  return { ...nothing, ...whose, kind: 'clock_drift', sinceMs: nowMs, facts, outageFromMs: off ? nowMs : null }
}

/** Punches that wait are not lost, but as long as they are not here nobody may be called absent without them. */
function queueOf(agent: AgentState, { queue }: DeviceRules, nowMs: number): Standing | null {
  const { id, oldestWaitingMs } = agent
  const waited = oldestWaitingMs === null ? 0 : nowMs - oldestWaitingMs
  if (agent.queue === 0 || (agent.queue < queue.punches && waited < queue.minutes * 60_000)) return null
  const since = Math.min(nowMs, oldestWaitingMs ?? nowMs)
  const facts = { count: agent.queue, since }
  return { ...nothing, kind: 'queue_growing', agentId: id, sinceMs: nowMs, facts, outageFromMs: since }
}

/** Whether a queue has stood long enough, counted from when its alarm was first noted, to be an outage 停机. */
export function isStuck(notedMs: number, nowMs: number): boolean {
  return nowMs - notedMs >= queuePatienceMs
}

function ofSource(source: SourceState, rules: DeviceRules, nowMs: number, agentQuiet: boolean): Standing[] {
  const own = { ...nothing, sourceId: source.id }
  const found = source.kind === 'terminal' ? ofTerminal(source, rules, nowMs) : ofReader(source, nowMs, agentQuiet)
  const { stranger, slots } = source
  if (stranger !== null) found.push({ ...own, kind: 'identity_changed', sinceMs: nowMs, facts: stranger })
  if (slots !== null && slots.unknown + slots.missing > 0) {
    found.push({ ...own, kind: 'slots_differ', sinceMs: nowMs, facts: { ...slots } })
  }
  return found
}

/** The outage of a reader that is offline was opened by whoever saw it go; its agent's silence is told once, as the agent's. */
function ofReader(source: SourceState, nowMs: number, agentQuiet: boolean): Standing[] {
  const { id, state, lastError, silentSinceMs } = source
  const own = { ...nothing, sourceId: id, sinceMs: source.stateSinceMs ?? nowMs }
  const facts: AlarmFacts = lastError === null ? {} : { error: lastError }
  if (state === 'offline') return agentQuiet ? [] : [{ ...own, kind: 'reader_offline', facts }]
  if (state === 'fault') return agentQuiet ? [] : [{ ...own, kind: 'reader_fault', facts }]
  if (state !== 'online' || silentSinceMs === null) return []
  return [{ ...own, kind: 'silent_when_busy', sinceMs: silentSinceMs, facts: {}, outageFromMs: silentSinceMs }]
}

function ofTerminal(source: SourceState, rules: DeviceRules, nowMs: number): Standing[] {
  const { id, greetedMs, missed, offsetMs } = source
  if (greetedMs !== null && missed && nowMs - greetedMs >= silentTerminalMs) {
    const from = { sinceMs: greetedMs, outageFromMs: greetedMs }
    return [{ ...nothing, ...from, kind: 'terminal_silent', sourceId: id, facts: {} }]
  }
  const drift = driftOf({ sourceId: id }, offsetMs, rules, nowMs)
  return drift === null ? [] : [drift]
}

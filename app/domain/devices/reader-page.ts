import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { CommandState, Step, StepFacts } from './command.ts'
import type { DeviceRules } from './device-rules.ts'
import type { OffsetLevel } from './quarantine.ts'
import type { ReaderBadge } from './reader-state.ts'
import type { CommandLine, Named, ReaderCard } from './readers-view.ts'

/** How a clock offset is shown under the rules in force 时钟误差. Source: decisions 4. */
export function clockLevel(offsetMs: number | null, { clock }: Pick<DeviceRules, 'clock'>): OffsetLevel {
  if (offsetMs === null) return 'unmeasured'
  const size = Math.abs(offsetMs)
  if (size >= clock.quarantine_seconds * 1000) return 'off'
  return size >= clock.warn_seconds * 1000 ? 'warn' : 'fine'
}

/** A terminal calls every few seconds; after this it is taken to be silent (proposed by us). */
const silentTerminalMs = 180_000

/** What a terminal's card shows: it speaks for itself, so its own last call is what counts. Source: design 13. */
export function terminalBadge(
  terminal: { readonly retired: boolean; readonly greetedMs: number | null; readonly clock: OffsetLevel },
  nowMs: number,
): ReaderBadge {
  if (terminal.retired) return 'retired'
  if (terminal.greetedMs === null) return 'unknown'
  if (nowMs - terminal.greetedMs > silentTerminalMs) return 'silent'
  return terminal.clock === 'warn' || terminal.clock === 'off' ? 'clock' : 'online'
}

export const selfTestSteps = ['answer', 'parameters', 'sensor', 'count', 'index', 'light'] as const
export type SelfTestStep = (typeof selfTestSteps)[number]

export type SelfTestLine = { readonly step: SelfTestStep; readonly state: 'passed' | 'now' | 'failed' | 'later' }

export type SelfTest = {
  readonly state: CommandState
  readonly atMs: number
  readonly lines: readonly SelfTestLine[]
  /** The step that failed; null when it passed, still runs, or nobody fetched it. */
  readonly failedAt: SelfTestStep | null
  /** Why, a code; also when the reader could not be asked at all. */
  readonly reason: string | null
  readonly code: number | null
  readonly facts: StepFacts
}

type TestCommand = {
  readonly state: CommandState
  readonly steps: readonly Step[]
  readonly createdMs: number
  readonly finishedMs: number | null
}

function stepNamed(name: unknown): SelfTestStep | undefined {
  return selfTestSteps.find((step) => step === name)
}

/**
 * A self-test 自检 as its agent told it: what passed, what is being asked, and the exact step that failed. Agents tell a step
 * before they ask it, so everything before the last one told has passed. Source: complaints 20.
 */
export function selfTestOf({ state, steps, createdMs, finishedMs }: TestCommand): SelfTest {
  const reached = steps.flatMap((one) => (one.state === 'running' ? (stepNamed(one.step) ?? []) : []))
  const end = [...steps].reverse().find((one) => one.state !== 'running')
  const failed = state === 'failed'
  const said = stepNamed(end?.facts.at) ?? (end?.step === 'count_differs' ? 'index' : reached.at(-1))
  const failedAt = failed ? (said ?? 'answer') : null
  const last = failedAt ?? reached.at(-1)
  const position = last === undefined ? -1 : selfTestSteps.indexOf(last)
  const code = end?.facts.code
  return {
    state,
    atMs: finishedMs ?? createdMs,
    lines: selfTestSteps.map((step, index) => ({ step, state: lineState(state, index - position) })),
    failedAt,
    reason: failed && end !== undefined ? reasonOf(end) : null,
    code: typeof code === 'number' ? code : null,
    facts: end?.facts ?? {},
  }
}

function reasonOf({ step, facts }: Step): string {
  return typeof facts.reason === 'string' ? facts.reason : step
}

function lineState(state: CommandState, after: number): SelfTestLine['state'] {
  if (state === 'done' || after < 0) return 'passed'
  if (after > 0) return 'later'
  if (state === 'failed') return 'failed'
  return state === 'taken' ? 'now' : 'later'
}

export type PageSlot = {
  readonly slot: number
  /** Whose it is, for roles that may know; null for the others and for slots that are nobody's. */
  readonly person: (Named & { readonly id: string }) | null
  readonly finger: number | null
  readonly enrolmentId: string | null
  /** Punches of this slot that belong to nobody. */
  readonly punches: number
  /** Readers of the same agent that hold the same finger, so that it can be copied back. */
  readonly copyFrom: Named | null
}

export type PageSlots = {
  readonly readMs: number | null
  readonly enrolled: number
  readonly people: number
  readonly taken: string
  readonly takenCount: number
  readonly unknown: readonly PageSlot[]
  readonly missing: readonly PageSlot[]
  readonly left: readonly PageSlot[]
}

export type PageIdentity = {
  readonly id: string
  readonly seenMs: number
  readonly moduleSerial: string | null
  readonly firmware: string | null
  readonly model: string | null
  readonly acceptedMs: number | null
  readonly acceptedBy: string | null
}

export type PageOutage = {
  readonly id: string
  readonly startsMs: number
  readonly endsMs: number | null
  readonly reason: string
  readonly confirmed: boolean
}

export type DayCount = { readonly day: CivilDay; readonly count: number }

export type ReaderPage = {
  readonly nowMs: number
  readonly zone: string
  readonly reader: ReaderCard
  readonly retiredMs: number | null
  readonly lastErrorMs: number | null
  readonly agentVersion: string | null
  readonly test: SelfTest | null
  readonly slots: PageSlots | null
  readonly copies: boolean
  /** A reading of the index table is under way. */
  readonly reading: boolean
  readonly days: readonly DayCount[]
  readonly identities: readonly PageIdentity[]
  readonly outages: readonly PageOutage[]
  readonly commands: readonly CommandLine[]
  /** People who have a finger here and nowhere else. */
  readonly onlyHere: number
}

/** Ways of laying a finger on an emulated reader, and of pulling its plug. */
export const pressWays = ['good', 'wet', 'dry', 'held', 'unplug', 'replug'] as const
export type PressWay = (typeof pressWays)[number]

export type DeviceCommand =
  | { readonly kind: 'light'; readonly serial: string }
  | { readonly kind: 'self_test'; readonly serial: string }
  | { readonly kind: 'index'; readonly serial: string }
  | {
      readonly kind: 'copy'
      readonly serial: string
      readonly slot: number
      readonly to: readonly { readonly serial: string; readonly slot: number }[]
    }
  | { readonly kind: 'enrol'; readonly serial: string; readonly slot: number; readonly presses: number }
  | { readonly kind: 'delete'; readonly serial: string; readonly slot: number }
  | { readonly kind: 'identify'; readonly serial: string }
  | { readonly kind: 'cancel'; readonly serial: string; readonly command: string }
  | {
      readonly kind: 'press'
      readonly serial: string
      readonly slot: number | null
      readonly finger?: string | null
      readonly how: PressWay
    }

export type CommandState = 'waiting' | 'taken' | 'done' | 'failed' | 'expired'

export type StepFacts = Readonly<Record<string, string | number>>
export type Step = {
  readonly state: 'running' | 'done' | 'failed'
  readonly step: string
  readonly facts: StepFacts
  readonly at: string
}

/**
 * How long a command waits for its agent, and how long an agent may be silent about one it took; somebody stands at the
 * reader for the hurried ones (proposed by us). A deletion waits as long as it must.
 */
export const commandTimes = {
  expiresAfterMs: 600_000,
  hurriedExpiresAfterMs: 120_000,
  offeredAgainAfterMs: 60_000,
} as const

/** Commands for which a person stands at the reader. */
export const hurriedKinds = ['enrol', 'identify', 'cancel'] as const

/** Where a command really stands: one that nobody fetched in time is over, whether or not its agent came to hear it. */
export function stateAt(
  command: { readonly kind: string; readonly state: CommandState; readonly createdMs: number },
  nowMs: number,
): CommandState {
  const { kind, state, createdMs } = command
  if (kind === 'delete' || (state !== 'waiting' && state !== 'taken')) return state
  const hurried = state === 'waiting' && (hurriedKinds as readonly string[]).includes(kind)
  const lastsMs = hurried ? commandTimes.hurriedExpiresAfterMs : commandTimes.expiresAfterMs
  return nowMs - createdMs > lastsMs ? 'expired' : state
}

/** Whether a command has ended 已结束, however it did. Source: decisions 20. */
export function isOver(state: CommandState): boolean {
  return state === 'done' || state === 'failed' || state === 'expired'
}

/**
 * A step that comes when an enrolment is already over, because it was stopped, expired or its agent was away. That a
 * template was stored after all is kept, so that it can be deleted again; anything else changes nothing.
 */
export function withLateStep(
  command: { readonly state: CommandState; readonly steps: readonly Step[] },
  step: Step,
): { readonly state: CommandState; readonly steps: readonly Step[] } | null {
  if (step.step !== 'stored' || command.steps.some((one) => one.step === 'stored')) return null
  return { state: command.state, steps: [...command.steps, step] }
}

/**
 * A command after one more reported step: a step told twice changes nothing, and what has ended stays ended.
 * Null means that nothing changes. Source: decisions 20 (rows with a state, results posted by the agent).
 */
export function withStep(
  command: { readonly state: CommandState; readonly steps: readonly Step[] },
  step: Step,
): { readonly state: CommandState; readonly steps: readonly Step[] } | null {
  if (command.state === 'done' || command.state === 'failed') return null
  if (command.steps.some((one) => isSameStep(one, step))) return null
  return { state: step.state === 'running' ? 'taken' : step.state, steps: [...command.steps, step].slice(-60) }
}

/** Copying to several readers tells one step for each, and two of them may carry the same instant: the facts tell them apart. */
function isSameStep(one: Step, other: Step): boolean {
  const facts = (step: Step) => JSON.stringify(Object.entries(step.facts).sort(([a], [b]) => (a < b ? -1 : 1)))
  const alike = one.step === other.step && one.state === other.state && one.at === other.at
  return alike && facts(one) === facts(other)
}

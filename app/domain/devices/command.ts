/** Ways of laying a finger on an emulated reader, and of pulling its plug. */
export const pressWays = ['good', 'wet', 'dry', 'held', 'unplug', 'replug'] as const
export type PressWay = (typeof pressWays)[number]

export type DeviceCommand =
  | { readonly kind: 'light'; readonly serial: string }
  | { readonly kind: 'self_test'; readonly serial: string }
  | { readonly kind: 'press'; readonly serial: string; readonly slot: number | null; readonly how: PressWay }

export type CommandState = 'waiting' | 'taken' | 'done' | 'failed' | 'expired'

export type StepFacts = Readonly<Record<string, string | number>>
export type Step = {
  readonly state: 'running' | 'done' | 'failed'
  readonly step: string
  readonly facts: StepFacts
  readonly at: string
}

/** How long a command waits for its agent, and how long an agent may be silent about one it took (proposed by us). */
export const commandTimes = { expiresAfterMs: 600_000, offeredAgainAfterMs: 60_000 } as const

/**
 * A command after one more reported step: a step told twice changes nothing, and what has ended stays ended.
 * Null means that nothing changes. Source: decisions 20 (rows with a state, results posted by the agent).
 */
export function withStep(
  command: { readonly state: CommandState; readonly steps: readonly Step[] },
  step: Step,
): { readonly state: CommandState; readonly steps: readonly Step[] } | null {
  if (command.state === 'done' || command.state === 'failed') return null
  if (command.steps.some((one) => one.step === step.step && one.state === step.state && one.at === step.at)) return null
  return { state: step.state === 'running' ? 'taken' : step.state, steps: [...command.steps, step].slice(-60) }
}

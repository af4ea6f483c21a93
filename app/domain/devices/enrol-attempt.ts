import { z } from 'zod'
import { type CommandState, type Step, type StepFacts, stateAt } from './command.ts'

/** The ten fingers by their international number (ISO/IEC 19794-2): 1 to 5 right thumb to little, 6 to 10 left. */
export const fingers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

/** Presses asked for; a module with fewer buffers takes fewer and says so. Source: design 20. */
export const pressesAsked = 4

/** The notice 告知书 whose text the consent page shows; consent to an older one counts no more. Source: domain study §7.1 (PIPL 14, 29). */
export const noticeVersion = '2026-11'

export const fingerNumber = z.coerce.number().int().min(1).max(10)

/** What a command is about, for the server only; an agent never learns whose finger it stores. */
export const commandAbout = z.object({
  person: z.string().optional(),
  finger: z.number().optional(),
  enrolment: z.string().optional(),
  /** The command that this one replaces. */
  follows: z.string().optional(),
  /** Why something is deleted: asked, withdrawn, late, nobody, departed. */
  reason: z.string().optional(),
})
export type CommandAbout = z.infer<typeof commandAbout>

const payload = z.object({ slot: z.number().optional(), about: commandAbout.optional() })

/** Reads what a stored command is about. Source: decisions 20 (commands are rows). */
export function aboutOf(stored: unknown): CommandAbout & { readonly slot: number | null } {
  const read = payload.safeParse(stored)
  if (!read.success) return { slot: null }
  return { ...read.data.about, slot: read.data.slot ?? null }
}

export type Press = { readonly press: number; readonly state: 'done' | 'now' | 'later'; readonly retries: number }

export type Attempt = {
  /** waiting: the reader has not begun; over: see outcome. */
  readonly phase: 'waiting' | 'press' | 'lift' | 'retry' | 'over'
  readonly press: number
  readonly of: number
  /** Why the press must be repeated. */
  readonly reason: string | null
  readonly presses: readonly Press[]
  readonly outcome: string | null
  readonly facts: StepFacts
}

type Command = {
  readonly kind: string
  readonly state: CommandState
  readonly steps: readonly Step[]
  readonly createdMs: number
}

/** Where an enrolment 录指纹 stands, told by its steps; an agent that began anew is at its first press again. Source: design 20. */
export function attemptOf(command: Command, nowMs: number): Attempt {
  const state = stateAt(command, nowMs)
  const steps = sinceLastStart(command.steps)
  const told = [...steps].reverse().find((one) => one.state === 'running')
  const of = numberOf(told?.facts.of, pressesAsked)
  const press = numberOf(told?.facts.press, 1)
  const over = state !== 'waiting' && state !== 'taken'
  const phase = over ? 'over' : told === undefined ? 'waiting' : phaseOf(told)
  const captured = steps.filter((one) => one.step === 'lift').length
  return {
    phase,
    press,
    of,
    reason: told?.step === 'retry' ? String(told.facts.reason ?? '') : null,
    presses: Array.from({ length: of }, (_, index) => ({
      press: index + 1,
      state: index < captured ? 'done' : index === captured && !over ? 'now' : 'later',
      retries: steps.filter((one) => one.step === 'retry' && one.facts.press === index + 1).length,
    })),
    outcome: over ? outcomeOf(command.steps, state) : null,
    facts: [...command.steps].reverse().find((one) => one.state !== 'running')?.facts ?? {},
  }
}

function phaseOf({ step }: Step): 'press' | 'lift' | 'retry' {
  return step === 'lift' || step === 'retry' ? step : 'press'
}

/** A first press that is asked for again means that the agent or the reader was restarted. */
function sinceLastStart(steps: readonly Step[]): readonly Step[] {
  const start = steps.map((one) => one.step === 'press' && one.facts.press === 1).lastIndexOf(true)
  return start < 0 ? steps : steps.slice(start)
}

/** What an ended command came to: its own last word, unless it was over before that word arrived. */
function outcomeOf(steps: readonly Step[], state: CommandState): string {
  const end = steps.find((one) => one.state !== 'running')
  if (state === 'expired') return steps.some((one) => one.step === 'stored') ? 'stored_late' : 'expired'
  if (end?.step === 'cancelled' && steps.some((one) => one.step === 'stored')) return 'stored_late'
  return end?.step ?? state
}

function numberOf(value: string | number | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}

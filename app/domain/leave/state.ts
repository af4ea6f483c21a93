import { exhaustive, ok, type Result, refuse } from '#app/domain/result.ts'
import { awaitedOf } from './route.ts'
import type { LeaveState, Party, RouteStep } from './view.ts'

/** Where a request stands between its steps. */
export type LeaveFlow = {
  readonly state: LeaveState
  readonly route: readonly RouteStep[]
  /** Counts the submissions. */
  readonly round: number
  /** Index of the step that is due; the length of the route when all are done. */
  readonly step: number
  /** Parties that approved the due step in this round. */
  readonly given: readonly Party[]
}

export type LeaveEvent =
  | { readonly type: 'submit'; readonly route: readonly RouteStep[] }
  | { readonly type: 'approve' | 'return' | 'refuse'; readonly party: Party }
  | { readonly type: 'withdraw' }
  /** `begun`: the first half-day has come; `byHr`: HR sets right what was entered wrongly. */
  | { readonly type: 'cancel'; readonly begun: boolean; readonly byHr: boolean }

export type StepRefusal =
  | 'not_waiting'
  | 'not_your_step'
  | 'not_editable'
  | 'not_withdrawable'
  | 'not_approved'
  | 'leave_begun'
  | 'no_steps'

/**
 * What an event makes of a request 请假流转: draft or returned → submitted → step by step → approved; returned goes back to its
 * holder; withdrawn, refused and cancelled are ends. Source: domain study §1.4.
 */
export function stepLeave(flow: LeaveFlow, event: LeaveEvent): Result<LeaveFlow, StepRefusal> {
  switch (event.type) {
    case 'submit':
      return submit(flow, event.route)
    case 'approve':
    case 'return':
    case 'refuse':
      return decide(flow, event)
    case 'withdraw':
      return ['draft', 'submitted', 'returned'].includes(flow.state)
        ? ok({ ...flow, state: 'withdrawn' })
        : refuse('not_withdrawable', { state: flow.state })
    case 'cancel':
      if (flow.state !== 'approved') return refuse('not_approved', { state: flow.state })
      return event.begun && !event.byHr ? refuse('leave_begun') : ok({ ...flow, state: 'cancelled' })
    default:
      return exhaustive(event)
  }
}

function submit(flow: LeaveFlow, route: readonly RouteStep[]): Result<LeaveFlow, StepRefusal> {
  if (!isEditable(flow.state)) return refuse('not_editable', { state: flow.state })
  if (route.length === 0) return refuse('no_steps')
  return ok({ state: 'submitted', route, round: flow.round + 1, step: 0, given: [] })
}

/** What its holder may still write in: a draft, and what came back. */
export function isEditable(state: LeaveState): boolean {
  return state === 'draft' || state === 'returned'
}

function decide(
  flow: LeaveFlow,
  event: { readonly type: 'approve' | 'return' | 'refuse'; readonly party: Party },
): Result<LeaveFlow, StepRefusal> {
  if (flow.state !== 'submitted') return refuse('not_waiting', { state: flow.state })
  const due = flow.route[flow.step]
  if (!awaitedOf(due, flow.given).includes(event.party)) return refuse('not_your_step', { party: event.party })
  if (event.type === 'return') return ok({ ...flow, state: 'returned', given: [] })
  if (event.type === 'refuse') return ok({ ...flow, state: 'refused', given: [] })
  const given = [...flow.given, event.party]
  if (awaitedOf(due, given).length > 0) return ok({ ...flow, given })
  const step = flow.step + 1
  return ok({ ...flow, step, given: [], state: step >= flow.route.length ? 'approved' : 'submitted' })
}

import { publish } from '#app/db/events.server.ts'
import type { LeavePlan } from '#app/db/leave-plan.server.ts'
import { planLeave } from '#app/db/leave-plan.server.ts'
import { needsStandIn, standInAbsence } from '#app/db/leave-preview.server.ts'
import { flowOf, isId, type LeaveRow } from '#app/db/leave-rows.server.ts'
import { addDecisions, type NewDecision, saveFlow } from '#app/db/leave-writes.server.ts'
import { nextPaperNumber } from '#app/db/paper-numbers.server.ts'
import { personCard } from '#app/db/people.server.ts'
import type { Tx } from '#app/db/transaction.server.ts'
import { longestNote } from '#app/domain/leave/plain-text.ts'
import type { LeaveRefusal } from '#app/domain/leave/refusals.ts'
import { type LeaveFlow, stepLeave } from '#app/domain/leave/state.ts'
import type { LeaveActor, LeaveSlip, Overlap } from '#app/domain/leave/view.ts'
import { ok, type Refusal, type Result, refuse } from '#app/domain/result.ts'

// What sending a slip and entering one for somebody else have in common, inside a transaction that holds the person's leave.

export type Sent = { readonly id: string; readonly number: string | null; readonly revision: number }

export type SlipQuestion = {
  readonly personId: string
  readonly leaveId: string | null
  readonly slip: LeaveSlip
  /** Already granted on paper: neither notice nor a stand-in can be asked for any more. */
  readonly granted?: boolean
}

/** Asks everything that a slip has to stand up to before it goes out. */
export async function planSlip(
  tx: Tx,
  by: LeaveActor,
  asked: SlipQuestion,
  nowMs: number,
): Promise<Result<LeavePlan, LeaveRefusal>> {
  const { personId, leaveId, slip } = asked
  if (!slip.reason) return refuse('reason_missing')
  const centre = { id: by.centreId, zone: by.centre.zone }
  const planned = await planLeave(tx, centre, { personId, leaveId, kind: slip.kind, period: slip.period }, nowMs)
  if (!planned.ok) return planned
  const plan = planned.value
  const blocking = plan.overlaps.find((one) => one.blocks)
  if (blocking) return overlapRefusal(blocking)
  if (asked.granted) return ok(plan)
  if (plan.shortBy?.refused) {
    return refuse('short_notice', { workdays: plan.shortBy.workdays, wanted: plan.shortBy.wanted })
  }
  const standIn = await standInProblem(tx, by, asked, plan)
  return standIn ?? ok(plan)
}

/** Names the other request or outing, so that its holder can look it up and knows which half-days to leave out. */
export function overlapRefusal(other: Overlap): Refusal<'overlaps_leave' | 'covered_already'> {
  const facts = {
    id: other.id,
    number: other.number ?? '',
    kind: other.kind,
    state: other.state ?? '',
    firstDay: other.first.day,
    firstHalf: other.first.half,
    lastDay: other.last.day,
    lastHalf: other.last.half,
  }
  return refuse(other.what === 'leave' ? 'overlaps_leave' : 'covered_already', facts)
}

async function standInProblem(
  tx: Tx,
  by: LeaveActor,
  { personId, slip }: { readonly personId: string; readonly slip: LeaveSlip },
  plan: LeavePlan,
): Promise<Refusal<'stand_in_missing' | 'stand_in_self' | 'stand_in_unknown' | 'stand_in_away'> | null> {
  const { standInId, period } = slip
  if (standInId === null) return needsStandIn(plan) ? refuse('stand_in_missing') : null
  if (standInId === personId) return refuse('stand_in_self')
  if (!isId(standInId)) return refuse('stand_in_unknown')
  const card = await personCard(tx, by.centreId, standInId, period.firstDay)
  if (!card?.inService) return refuse('stand_in_unknown')
  const centre = { id: by.centreId, zone: by.centre.zone }
  const away = await standInAbsence(tx, centre, standInId, { period }, plan)
  return away === 'all' || (away === 'part' && needsStandIn(plan)) ? refuse('stand_in_away', { name: card.name }) : null
}

/** Sends a slip that stands: a number, the route as the rules give it now, the first entry of its round. */
export async function sendSlip(
  tx: Tx,
  by: LeaveActor,
  row: LeaveRow,
  plan: LeavePlan,
  nowMs: number,
): Promise<Result<Sent & { readonly flow: LeaveFlow }, LeaveRefusal>> {
  const stepped = stepLeave(flowOf(row), { type: 'submit', route: plan.steps })
  if (!stepped.ok) return stepped
  const flow = stepped.value
  const year = Number(plan.today.slice(0, 4))
  const number = row.number ?? (await nextPaperNumber(tx, by.centreId, 'QJ', year))
  const change = { number, ruleVersion: plan.version, submittedAt: nowMs, newRevision: true }
  const revision = await saveFlow(tx, row, flow, change)
  await addDecisions(tx, by.centreId, [
    entry(by, row.id, flow, { party: 'applicant', act: 'submitted', note: null }, nowMs),
  ])
  return ok({ id: row.id, number, revision, flow })
}

/** Beside a decision stands an opinion of a few sentences. */
export function longNote(note: string | null): Refusal<'note_too_long'> | null {
  const { length } = [...(note ?? '')]
  return length > longestNote ? refuse('note_too_long', { length, max: longestNote }) : null
}

type Word = Pick<NewDecision, 'party' | 'act' | 'note'>

/** One line of the ledger, at the step that a request stands at. */
export function entry(
  by: Pick<LeaveActor, 'accountId'>,
  requestId: string,
  flow: Pick<LeaveFlow, 'round' | 'step'>,
  word: Word,
  atMs: number,
): NewDecision {
  return { requestId, round: flow.round, step: flow.step, ...word, actorId: by.accountId, atMs }
}

/** Tells every page that shows this request. */
export async function tellOf(
  tx: Tx,
  by: Pick<LeaveActor, 'centreId'>,
  row: Pick<LeaveRow, 'id' | 'personId'>,
  state: string,
) {
  await publish(tx, { topic: 'leave', centreId: by.centreId, id: row.id, personId: row.personId, state })
}

import { audit } from '#app/db/audit.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { leavesAcross } from '#app/db/leave-overlaps.server.ts'
import type { LeavePlan } from '#app/db/leave-plan.server.ts'
import type { LeaveRow } from '#app/db/leave-rows.server.ts'
import { addDraft, isRefusedBy, lockLeave, lockPersonLeave, saveSlip } from '#app/db/leave-writes.server.ts'
import { keepIf } from '#app/db/rollback.server.ts'
import type { Tx } from '#app/db/transaction.server.ts'
import type { LeaveRefusal } from '#app/domain/leave/refusals.ts'
import { isEditable } from '#app/domain/leave/state.ts'
import type { LeaveActor, LeaveSlip } from '#app/domain/leave/view.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { overlapRefusal, planSlip, type Sent, sendSlip, tellOf } from './send.ts'

export type SubmitRequest = {
  readonly by: LeaveActor
  /** A draft or a returned slip; null for one that was never saved. */
  readonly id: string | null
  readonly revision: number | null
  readonly slip: LeaveSlip
}

/**
 * Sends one's own slip to those who decide 提交, with what it says now. Everything or nothing: a refused slip leaves no number, no
 * route and no trace, and a draft stays as it was.
 */
export async function submitLeave(request: SubmitRequest, nowMs: number): Promise<Result<Sent, LeaveRefusal>> {
  const { personId } = request.by
  if (personId === null) return refuse('no_person')
  try {
    return await keepIf(
      (answer: Result<Sent, LeaveRefusal>) => answer.ok,
      (tx) => submit(tx, request, personId, nowMs),
    )
  } catch (error) {
    if (!isRefusedBy(error, 'leave_request_no_overlap')) throw error
    return await metMeanwhile(request, personId)
  }
}

async function submit(
  tx: Tx,
  { by, id, revision, slip }: SubmitRequest,
  personId: string,
  nowMs: number,
): Promise<Result<Sent, LeaveRefusal>> {
  await lockPersonLeave(tx, by.centreId, personId)
  const held = id === null ? null : await lockLeave(tx, by.centreId, id)
  if (id !== null) {
    const problem = editProblem(held, personId, revision)
    if (problem) return problem
  }
  const planned = await planSlip(tx, by, { personId, leaveId: id, slip }, nowMs)
  if (!planned.ok) return planned
  const row = await written(tx, by, { held, personId, slip, plan: planned.value }, nowMs)
  const sent = await sendSlip(tx, by, row, planned.value, nowMs)
  if (!sent.ok) return sent
  const { flow, ...answer } = sent.value
  await note(tx, by, row.id, planned.value, answer.number)
  await tellOf(tx, by, row, flow.state)
  return ok(answer)
}

function editProblem(held: LeaveRow | null, personId: string, revision: number | null) {
  if (!held || held.personId !== personId) return refuse('not_found')
  if (!isEditable(held.state as 'draft')) return refuse('not_editable', { state: held.state })
  return held.revision === revision ? null : refuse('changed_meanwhile')
}

type Written = {
  readonly held: LeaveRow | null
  readonly personId: string
  readonly slip: LeaveSlip
  readonly plan: LeavePlan
}

async function written(
  tx: Tx,
  by: LeaveActor,
  { held, personId, slip, plan }: Written,
  nowMs: number,
): Promise<LeaveRow> {
  const { centreId } = by
  if (held) await saveSlip(tx, held, slip, plan.count)
  const id = held?.id ?? (await addDraft(tx, { centreId, personId, slip, count: plan.count, atMs: nowMs }))
  const row = await lockLeave(tx, centreId, id)
  if (!row) throw new Error(`the slip ${id} was not written`)
  return row
}

async function note(tx: Tx, by: LeaveActor, id: string, plan: LeavePlan, number: string | null): Promise<void> {
  const { centreId, accountId: actor, role, address } = by
  const detail = { number, rule: plan.route.path, version: plan.version, passed: [...plan.passed] }
  await audit(tx, { centreId, actor, role, action: 'leave.submitted', subject: id, detail, address })
}

/** The database met an overlap that was not there a moment ago: by now the other request can be named. */
async function metMeanwhile({ by, id, slip }: SubmitRequest, personId: string): Promise<Result<Sent, LeaveRefusal>> {
  const [other] = await leavesAcross(prisma, by.centreId, personId, slip.period, id)
  return other ? overlapRefusal(other) : refuse('changed_meanwhile')
}

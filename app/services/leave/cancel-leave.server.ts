import { audit } from '#app/db/audit.server.ts'
import { hasBegun } from '#app/db/leave.server.ts'
import { personDays } from '#app/db/leave-calendar.server.ts'
import { removeCoverage } from '#app/db/leave-coverage.server.ts'
import { flowOf, type LeaveRow, periodOf } from '#app/db/leave-rows.server.ts'
import { addDecisions, lockLeave, saveFlow } from '#app/db/leave-writes.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import type { LeaveRefusal } from '#app/domain/leave/refusals.ts'
import { stepLeave } from '#app/domain/leave/state.ts'
import type { LeaveActor } from '#app/domain/leave/view.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { entry, longNote, type Sent, tellOf } from './send.ts'

export type CancelRequest = {
  readonly by: LeaveActor
  readonly id: string
  readonly revision: number
  readonly note: string | null
}

/**
 * Takes an approved leave away again 取消: its holder before it begins, HR at any time with a reason, never on the own leave. Its
 * coverage goes and the days that have begun are judged again in the same transaction.
 */
export function cancelLeave(request: CancelRequest, nowMs: number): Promise<Result<Sent, LeaveRefusal>> {
  return inTransaction((tx) => cancel(tx, request, nowMs))
}

async function cancel(tx: Tx, request: CancelRequest, nowMs: number): Promise<Result<Sent, LeaveRefusal>> {
  const { by, id, revision, note } = request
  const row = await lockLeave(tx, by.centreId, id)
  const own = row?.personId === by.personId
  if (!row || !(own || by.role === 'hr')) return refuse('not_found')
  const begun = await begunBy(tx, by, row, nowMs)
  const stepped = stepLeave(flowOf(row), { type: 'cancel', begun, byHr: !own })
  if (!stepped.ok) return stepped.code === 'leave_begun' ? refuse('leave_begun', firstOf(row)) : stepped
  if (row.revision !== revision) return refuse('changed_meanwhile')
  if (!own && note === null) return refuse('note_missing', { act: 'cancel' })
  const long = longNote(note)
  if (long) return long
  const saved = await saveFlow(tx, row, stepped.value, { decidedAt: nowMs, newRevision: true })
  const word = { party: own ? 'applicant' : 'hr', act: 'cancelled', note } as const
  await addDecisions(tx, by.centreId, [entry(by, row.id, stepped.value, word, nowMs)])
  await removeCoverage(tx, { id: by.centreId, zone: by.centre.zone }, row, nowMs)
  const { centreId, accountId: actor, role, address } = by
  await audit(tx, { centreId, actor, role, action: 'leave.cancelled', subject: id, detail: { begun }, address })
  await tellOf(tx, by, row, 'cancelled')
  return ok({ id, number: row.number, revision: saved })
}

function firstOf(row: LeaveRow) {
  const { firstDay, firstHalf } = periodOf(row)
  return { firstDay, firstHalf }
}

async function begunBy(tx: Tx, by: LeaveActor, row: LeaveRow, nowMs: number): Promise<boolean> {
  const { firstDay, lastDay } = periodOf(row)
  const days = await personDays(tx, by.centreId, row.personId, firstDay, lastDay)
  return days.ok && hasBegun({ id: by.centreId, zone: by.centre.zone }, days.value, row, nowMs)
}

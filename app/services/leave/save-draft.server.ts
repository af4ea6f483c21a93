import { audit } from '#app/db/audit.server.ts'
import { publish } from '#app/db/events.server.ts'
import { personDays } from '#app/db/leave-calendar.server.ts'
import { isId } from '#app/db/leave-rows.server.ts'
import { addDraft, lockLeave, lockPersonLeave, saveSlip } from '#app/db/leave-writes.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { checkPeriod, countLeave } from '#app/domain/leave/count.ts'
import type { LeaveRefusal } from '#app/domain/leave/refusals.ts'
import { isEditable } from '#app/domain/leave/state.ts'
import type { LeaveActor, LeaveSlip } from '#app/domain/leave/view.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import type { Sent } from './send.ts'

export type DraftRequest = {
  readonly by: LeaveActor
  /** null for a new one. */
  readonly id: string | null
  /** What was read before it was edited; null for a new one. */
  readonly revision: number | null
  readonly slip: LeaveSlip
}

/** Keeps a slip of one's own without sending it 存草稿: what the rules say of it is asked when it is sent. */
export async function saveDraft(request: DraftRequest, nowMs: number): Promise<Result<Sent, LeaveRefusal>> {
  const { by, slip } = request
  const { personId } = by
  if (personId === null) return refuse('no_person')
  const period = checkPeriod(slip.period)
  if (!period.ok) return period
  if (slip.standInId === personId) return refuse('stand_in_self')
  return inTransaction(async (tx) => {
    await lockPersonLeave(tx, by.centreId, personId)
    const known = slip.standInId === null || (await isPerson(tx, by.centreId, slip.standInId))
    if (!known) return refuse('stand_in_unknown')
    const saved = await save(tx, request, personId, nowMs)
    if (!saved.ok) return saved
    const { centreId, accountId: actor, role, address } = by
    await audit(tx, { centreId, actor, role, action: 'leave.draft_saved', subject: saved.value.id, address })
    await publish(tx, { topic: 'leave', centreId, id: saved.value.id, personId, state: 'draft' })
    return saved
  })
}

async function isPerson(tx: Tx, centreId: string, id: string): Promise<boolean> {
  return isId(id) && (await tx.person.count({ where: { centreId, id } })) > 0
}

async function save(
  tx: Tx,
  { by, id, revision, slip }: DraftRequest,
  personId: string,
  nowMs: number,
): Promise<Result<Sent, LeaveRefusal>> {
  const count = await countOf(tx, by.centreId, personId, slip)
  if (id === null) {
    const made = await addDraft(tx, { centreId: by.centreId, personId, slip, count, atMs: nowMs })
    return ok({ id: made, number: null, revision: 0 })
  }
  const row = await lockLeave(tx, by.centreId, id)
  if (!row || row.personId !== personId) return refuse('not_found')
  if (!isEditable(row.state as 'draft')) return refuse('not_editable', { state: row.state })
  if (row.revision !== revision) return refuse('changed_meanwhile')
  return ok({ id, number: row.number, revision: await saveSlip(tx, row, slip, count) })
}

/** A draft over days whose calendar nobody knows yet is kept uncounted. */
async function countOf(tx: Tx, centreId: string, personId: string, { period }: LeaveSlip) {
  const days = await personDays(tx, centreId, personId, period.firstDay, period.lastDay)
  return days.ok ? countLeave(period, days.value.halves) : { workingHalves: 0, calendarHalves: 0 }
}

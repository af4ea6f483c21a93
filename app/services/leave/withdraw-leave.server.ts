import { audit } from '#app/db/audit.server.ts'
import { flowOf } from '#app/db/leave-rows.server.ts'
import { addDecisions, lockLeave, saveFlow } from '#app/db/leave-writes.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { LeaveRefusal } from '#app/domain/leave/refusals.ts'
import { stepLeave } from '#app/domain/leave/state.ts'
import type { LeaveActor } from '#app/domain/leave/view.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { entry, type Sent, tellOf } from './send.ts'

export type WithdrawRequest = {
  readonly by: LeaveActor
  readonly id: string
  readonly note: string | null
}

/**
 * Takes back one's own slip 撤回 while nobody has decided it for good; whoever entered it from paper may as well. A last approval
 * that came first stands, and says so.
 */
export function withdrawLeave({ by, id, note }: WithdrawRequest, nowMs: number): Promise<Result<Sent, LeaveRefusal>> {
  return inTransaction(async (tx): Promise<Result<Sent, LeaveRefusal>> => {
    const row = await lockLeave(tx, by.centreId, id)
    const own = row !== null && row.personId === by.personId
    if (!row || !(own || row.enteredBy === by.accountId)) return refuse('not_found')
    const stepped = stepLeave(flowOf(row), { type: 'withdraw' })
    if (!stepped.ok) return stepped
    const revision = await saveFlow(tx, row, stepped.value, { decidedAt: nowMs, newRevision: true })
    const word = { party: 'applicant', act: 'withdrawn', note } as const
    await addDecisions(tx, by.centreId, [entry(by, row.id, stepped.value, word, nowMs)])
    const { centreId, accountId: actor, role, address } = by
    await audit(tx, { centreId, actor, role, action: 'leave.withdrawn', subject: id, address })
    await tellOf(tx, by, row, 'withdrawn')
    return ok({ id, number: row.number, revision })
  })
}

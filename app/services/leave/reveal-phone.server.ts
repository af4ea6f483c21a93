import { audit } from '#app/db/audit.server.ts'
import { leaveById } from '#app/db/leave.server.ts'
import { leavePhone } from '#app/db/leave-writes.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { LeaveActor } from '#app/domain/leave/view.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

/** The whole telephone number of a slip for whoever may see the slip; that it was read stands in the audit trail 查看电话. */
export function revealLeavePhone(
  { by, id }: { readonly by: LeaveActor; readonly id: string },
  nowMs: number,
): Promise<Result<{ readonly phone: string }, 'not_found'>> {
  return inTransaction(async (tx) => {
    const view = await leaveById(tx, by, id, nowMs)
    const phone = view && (await leavePhone(tx, by.centreId, view.id))
    if (!phone) return refuse('not_found')
    const { centreId, accountId: actor, role, address } = by
    await audit(tx, { centreId, actor, role, action: 'leave.phone_read', subject: id, address })
    return ok({ phone })
  })
}

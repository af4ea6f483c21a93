import { type EnrolmentRow, lockReader } from '#app/db/enrolment-rows.server.ts'
import type { By } from '#app/db/enrolment-sending.server.ts'
import { endLost, type LostRefusal, type LostSlot } from '#app/db/lost-slots.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { type Result, refuse } from '#app/domain/result.ts'

/** Ends an enrolment whose template the module has lost 机内缺失; the person must enrol again. */
export async function endLostEnrolment(
  by: By,
  slot: LostSlot,
  nowMs: number,
): Promise<Result<EnrolmentRow, LostRefusal>> {
  return inTransaction(async (tx) => {
    if ((await lockReader(tx, by.centreId, slot.sourceId)) === null) return refuse('reader_unknown')
    return endLost(tx, by, slot, nowMs)
  })
}

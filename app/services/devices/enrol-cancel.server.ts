import type { By } from '#app/db/enrolment-sending.server.ts'
import { stopAttempts } from '#app/db/enrolment-stopping.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

/** Stops an enrolment or a trial in the middle 停下，不保存: nothing of it stays, here or in the reader. */
export async function cancelAttempt(by: By, personId: string, nowMs: number): Promise<Result<null, 'nothing_to_stop'>> {
  return inTransaction(async (tx) => {
    const stopped = await stopAttempts(tx, by, personId, nowMs)
    return stopped === 0 ? refuse('nothing_to_stop') : ok(null)
  })
}

import { audit } from '#app/db/audit.server.ts'
import { publish } from '#app/db/events.server.ts'
import { changeOpenJob, printJob } from '#app/db/print-jobs.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type CancelRequest = {
  readonly centreId: string
  readonly id: string
  readonly accountId: string
  readonly role: string
  readonly address: string | null
}

/** Ends a print that has not ended; whoever prints sees it before the next sheet, and no file is kept. */
export async function cancelPrint(
  { centreId, id, accountId, role, address }: CancelRequest,
  nowMs: number,
): Promise<Result<null, 'job_unknown' | 'already_ended'>> {
  return inTransaction(async (tx) => {
    if (!(await printJob(tx, centreId, id))) return refuse('job_unknown')
    const open = await changeOpenJob(tx, { centreId, id }, { state: 'cancelled', finishedAt: new Date(nowMs) })
    if (!open) return refuse('already_ended')
    await audit(tx, { centreId, actor: accountId, role, action: 'registers.cancelled', subject: id, address })
    await publish(tx, { topic: 'print', centreId, id })
    return ok(null)
  })
}

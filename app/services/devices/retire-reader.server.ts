import { audit } from '#app/db/audit.server.ts'
import { lockReader } from '#app/db/enrolment-rows.server.ts'
import type { By } from '#app/db/enrolment-sending.server.ts'
import { publish } from '#app/db/events.server.ts'
import { closeOutage, openOutage } from '#app/db/outages.server.ts'
import { setRetired } from '#app/db/source-names.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

/**
 * Takes a reader out of use 停用, or brings it back. Its punches and enrolments stay: whoever comes back to it finds them. An
 * outage that still runs ends with its use, or the days of its people would wait for it for ever; one that is away when it is
 * brought back is out from that moment.
 */
export async function retireReader(
  by: By,
  { sourceId, retired }: { readonly sourceId: string; readonly retired: boolean },
  nowMs: number,
): Promise<Result<null, 'source_unknown'>> {
  const { centreId, accountId: actor, role, address } = by
  return inTransaction(async (tx) => {
    if (!(await setRetired(tx, centreId, sourceId, retired ? nowMs : null))) return refuse('source_unknown')
    if (retired) await closeOutage(tx, centreId, sourceId, nowMs)
    else await noteAway(tx, centreId, sourceId, nowMs)
    const action = retired ? 'reader.retired' : 'reader.brought_back'
    await audit(tx, { centreId, actor, role, action, subject: sourceId, detail: {}, address })
    await publish(tx, { topic: 'source', centreId, id: sourceId })
    return ok(null)
  })
}

async function noteAway(tx: Tx, centreId: string, sourceId: string, nowMs: number): Promise<void> {
  const state = (await lockReader(tx, centreId, sourceId))?.state
  if (state === 'offline' || state === 'fault') await openOutage(tx, centreId, sourceId, nowMs, state)
}

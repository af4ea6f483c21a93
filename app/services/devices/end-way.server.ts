import { mapWays } from '#app/db/alternate-source.server.ts'
import { markStaleSince } from '#app/db/alternate-stale.server.ts'
import { endWay as end, kindOfWay } from '#app/db/alternate-ways.server.ts'
import { type By, note } from '#app/db/enrolment-sending.server.ts'
import { publish } from '#app/db/events.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

/** Takes a way back 收回替代方式: from now on the card or the PIN registers nobody; what it registered stays. */
export async function endWay(
  by: By,
  request: { readonly personId: string; readonly wayId: string },
  nowMs: number,
): Promise<Result<null, 'way_unknown' | 'way_over'>> {
  const { centreId, zone } = by
  const { personId, wayId } = request
  return inTransaction(async (tx) => {
    await mapWays(tx, centreId, personId)
    const kind = await kindOfWay(tx, centreId, personId, wayId)
    if (kind === null) return refuse('way_unknown')
    if (!(await end(tx, centreId, wayId, nowMs))) return refuse('way_over')
    await mapWays(tx, centreId, personId)
    await markStaleSince(tx, { centreId, zone, personId }, nowMs, nowMs)
    await note(tx, by, 'alternate.ended', personId, { way: wayId, kind })
    await publish(tx, { topic: 'person', centreId, id: personId, kind: 'alternate' })
    return ok(null)
  })
}

import { mapWays } from '#app/db/alternate-source.server.ts'
import { markStaleSince } from '#app/db/alternate-stale.server.ts'
import { addWay, freshPin, holderOfCard, overlappingWay } from '#app/db/alternate-ways.server.ts'
import { staysOrComes } from '#app/db/enrolment-rows.server.ts'
import { type By, note } from '#app/db/enrolment-sending.server.ts'
import { publish } from '#app/db/events.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { NewWay } from '#app/domain/devices/alternate.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'

export type GivenWay = {
  readonly id: string
  /** Shown once, on the slip; null for a card. */
  readonly pin: string | null
}

export type GiveRefusal = 'person_left' | 'way_overlaps' | 'card_taken'

/**
 * Gives somebody a way to register without a finger 发替代方式. Nobody has to give a fingerprint, so neither a refusal nor a
 * withdrawn consent stands in its way (PIPL 15, 29).
 */
export async function giveWay(
  by: By,
  request: { readonly personId: string; readonly way: NewWay },
  nowMs: number,
): Promise<Result<GivenWay, GiveRefusal>> {
  const { centreId, zone, accountId } = by
  const { personId, way } = request
  const fresh = way.kind === 'pin' ? await freshPin() : null
  return inTransaction(async (tx) => {
    // One after the other, so that two officers do not give one card twice.
    await mapWays(tx, centreId, personId)
    if (!(await staysOrComes(tx, centreId, personId, civilOf(nowMs, zone).day))) return refuse('person_left')
    if ((await overlappingWay(tx, centreId, personId, way)) !== null) return refuse('way_overlaps')
    const holder = await holderOfCard(tx, centreId, way)
    if (holder !== null) return refuse('card_taken', { person: holder })
    const id = await addWay(tx, { ...way, centreId, personId, givenBy: accountId, hash: fresh?.hash ?? null })
    await mapWays(tx, centreId, personId)
    await markStaleSince(tx, { centreId, zone, personId }, way.startsMs, nowMs)
    await note(tx, by, 'alternate.given', personId, { way: id, kind: way.kind })
    await publish(tx, { topic: 'person', centreId, id: personId, kind: 'alternate' })
    return ok({ id, pin: fresh?.pin ?? null })
  })
}

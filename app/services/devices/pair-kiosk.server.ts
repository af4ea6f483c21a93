import { audit } from '#app/db/audit.server.ts'
import { publish } from '#app/db/events.server.ts'
import { addKiosk, pairingOf, spendPairing } from '#app/db/kiosk.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { kioskLabel, type PairingRefusal, pairingProblem } from '#app/domain/devices/pairing.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

/** Lets a screen in with a code; answers the token that the screen's cookie keeps. */
export async function pairKiosk(
  request: { readonly code: string; readonly address: string | null },
  nowMs: number,
): Promise<Result<{ token: string; centreId: string; kioskId: string }, PairingRefusal>> {
  return inTransaction(async (tx) => {
    const pairing = await pairingOf(tx, 'kiosk', request.code)
    const times = pairing && { used: pairing.usedAt !== null, endsAtMs: pairing.endsAt.getTime() }
    const problem = pairingProblem(times, nowMs)
    if (pairing === null || problem !== null) return refuse(problem ?? 'pairing_unknown')
    const { centreId } = pairing
    const { name, sourceId } = kioskLabel(pairing.label)
    const { id, token } = await addKiosk(tx, { centreId, name, sourceId, atMs: nowMs })
    await spendPairing(tx, pairing, nowMs)
    await audit(tx, {
      centreId,
      actor: `kiosk:${id}`,
      action: 'kiosk.paired',
      subject: id,
      detail: { name, pairing: pairing.id },
      address: request.address,
    })
    await publish(tx, { topic: 'source', centreId, id, kind: 'kiosk_paired' })
    return ok({ token, centreId, kioskId: id })
  })
}

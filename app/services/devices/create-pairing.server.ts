import { audit } from '#app/db/audit.server.ts'
import { addPairing, newPairingCode, type PairingKind } from '#app/db/kiosk.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { kioskPairingLabel, pairingLastsMs } from '#app/domain/devices/pairing.ts'

export type PairingRequest = {
  readonly centreId: string
  readonly kind: PairingKind
  readonly name: string
  /** For a kiosk that shows one reader only. */
  readonly sourceId: string | null
  readonly actor: string
  readonly role?: string
  readonly address: string | null
}

/** Makes a one-time code for a kiosk or an agent; shown once, good for ten minutes. */
export async function createPairing(
  request: PairingRequest,
  nowMs: number,
): Promise<{ readonly code: string; readonly endsAtMs: number }> {
  const { centreId, kind, name, sourceId, actor, address } = request
  const code = newPairingCode()
  const endsAtMs = nowMs + pairingLastsMs
  const label = kind === 'kiosk' ? kioskPairingLabel(name, sourceId) : name
  await inTransaction(async (tx) => {
    const id = await addPairing(tx, { centreId, kind, code, label, atMs: nowMs, endsAtMs })
    const role = request.role === undefined ? {} : { role: request.role }
    await audit(tx, {
      centreId,
      actor,
      ...role,
      action: `${kind}.pairing_made`,
      subject: id,
      detail: { name },
      address,
    })
  })
  return { code, endsAtMs }
}

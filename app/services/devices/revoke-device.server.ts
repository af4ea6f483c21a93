import { audit } from '#app/db/audit.server.ts'
import { publish } from '#app/db/events.server.ts'
import { revokeAgent, revokeKiosk } from '#app/db/kiosk.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type Revocation = {
  readonly centreId: string
  readonly kind: 'agent' | 'kiosk'
  readonly id: string
  readonly accountId: string
  readonly role: string
  readonly address: string | null
}

/** Shuts an agent or a screen out from its next request on. */
export async function revokeDevice(request: Revocation, nowMs: number): Promise<Result<null, 'device_unknown'>> {
  const { centreId, kind, id, accountId, role, address } = request
  return inTransaction(async (tx) => {
    const revoke = kind === 'agent' ? revokeAgent : revokeKiosk
    if (!(await revoke(tx, centreId, id, nowMs))) return refuse('device_unknown')
    await audit(tx, { centreId, actor: accountId, role, action: `${kind}.revoked`, subject: id, detail: {}, address })
    await publish(tx, { topic: 'source', centreId, id, kind: `${kind}_revoked` })
    return ok(null)
  })
}

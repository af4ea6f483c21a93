import { audit } from '#app/db/audit.server.ts'
import { publish } from '#app/db/events.server.ts'
import { addAgent, pairingOf, spendPairing } from '#app/db/kiosk.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { type PairingRefusal, pairingProblem } from '#app/domain/devices/pairing.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type AgentPairing = {
  readonly code: string
  readonly name: string
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly address: string | null
}

/** Lets an agent in with a code typed on both sides. The code names the centre; it works once and for ten minutes. */
export async function pairAgent(
  request: AgentPairing,
  nowMs: number,
): Promise<Result<{ agentId: string; centreId: string }, PairingRefusal>> {
  return inTransaction(async (tx) => {
    const pairing = await pairingOf(tx, 'agent', request.code)
    const problem = pairingProblem(pairing && timesOf(pairing), nowMs)
    if (pairing === null || problem !== null) return refuse(problem ?? 'pairing_unknown')
    const { centreId } = pairing
    const agentId = await addAgent(tx, { centreId, name: request.name, publicKey: request.publicKey, atMs: nowMs })
    await spendPairing(tx, pairing, nowMs)
    await audit(tx, {
      centreId,
      actor: `agent:${agentId}`,
      action: 'agent.paired',
      subject: agentId,
      detail: { name: request.name, pairing: pairing.id },
      address: request.address,
    })
    await publish(tx, { topic: 'source', centreId, id: agentId, kind: 'agent_paired' })
    return ok({ agentId, centreId })
  })
}

function timesOf(pairing: { usedAt: Date | null; endsAt: Date }) {
  return { used: pairing.usedAt !== null, endsAtMs: pairing.endsAt.getTime() }
}

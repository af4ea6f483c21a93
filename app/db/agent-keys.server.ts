import { deliveryPool } from './client.server.ts'
import type { Tx } from './transaction.server.ts'

export type AgentKey = {
  readonly centreId: string
  /** Raw Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
  readonly revoked: boolean
}

/** The agent with this id, in whichever centre it is paired; null when there is none. */
export async function agentKey(agentId: string): Promise<AgentKey | null> {
  const { rows } = await deliveryPool.query<AgentKey>({
    name: 'agent-key',
    text: `SELECT centre_id AS "centreId", public_key AS "publicKey", revoked_at IS NOT NULL AS revoked
             FROM agent WHERE id = $1::uuid`,
    values: [agentId],
  })
  return rows[0] ?? null
}

/** Notes that an agent was heard and holds its row until the transaction ends; false when it may speak no more. */
export async function hearAgent(tx: Tx, centreId: string, agentId: string, atMs: number): Promise<boolean> {
  const where = { centreId, id: agentId, revokedAt: null }
  const { count } = await tx.agent.updateMany({ where, data: { seenAt: new Date(atMs) } })
  return count === 1
}

/**
 * Holds an agent's row until the transaction ends, before it touches its readers: two requests of one agent that is just
 * taking readers over wait for each other, and never in a ring.
 */
export async function holdAgent(tx: Tx, centreId: string, agentId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM agent WHERE centre_id = ${centreId}::uuid AND id = ${agentId}::uuid FOR NO KEY UPDATE`
}

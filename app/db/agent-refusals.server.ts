import { audit } from './audit.server.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

/** Why an agent was turned away, each with a sentence of its own in the audit. */
export type AgentRefusal = 'revoked' | 'signature' | 'reader'

export type RefusedAgent = {
  readonly centreId: string
  readonly agentId: string
  readonly why: AgentRefusal
  readonly detail?: Prisma.InputJsonObject
  readonly address?: string | null
}

/** An agent that is refused asks again every half minute, for days; one note an hour says the same. */
const againAfterMs = 3_600_000
const notedAt = new Map<string, number>()
const remembered = 1000

/** Notes in the audit that an agent was turned away 拒收采集程序, so that a person sees who knocks in vain. */
export async function noteRefusedAgent(tx: Tx | PrismaClient, refused: RefusedAgent, nowMs: number): Promise<void> {
  const { centreId, agentId, why, detail, address } = refused
  const name = `${agentId} ${why} ${JSON.stringify(detail ?? {})}`
  const last = notedAt.get(name)
  if (last !== undefined && nowMs - last < againAfterMs) return
  if (notedAt.size >= remembered) notedAt.clear()
  notedAt.set(name, nowMs)
  const note = { centreId, actor: `agent:${agentId}`, action: `agent.refused_${why}`, subject: agentId }
  await audit(tx, { ...note, detail, address })
}

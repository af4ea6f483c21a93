import { audit } from '#app/db/audit.server.ts'
import { addCommand } from '#app/db/commands.server.ts'
import { publish } from '#app/db/events.server.ts'
import { sourceForCommand } from '#app/db/sources.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { DeviceCommand } from '#app/domain/devices/command.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type CommandRequest = {
  readonly centreId: string
  readonly sourceId: string
  readonly kind: 'light' | 'self_test' | 'index'
  readonly accountId: string
  readonly role: string
  readonly address: string | null
}

/** Asks a reader's agent for something harmless: to blink, to test itself, or to read which slots are taken. */
export async function requestCommand(
  request: CommandRequest,
  nowMs: number,
): Promise<Result<string, 'source_unknown' | 'agent_missing'>> {
  const { centreId, sourceId, kind } = request
  return inTransaction(async (tx) => {
    const source = await sourceForCommand(tx, centreId, sourceId)
    if (source === null) return refuse('source_unknown')
    if (source.agentId === null) return refuse('agent_missing')
    const { agentId, serial } = source
    const body: DeviceCommand = { kind, serial }
    const id = await addCommand(tx, { centreId, agentId, sourceId, body, createdBy: request.accountId, atMs: nowMs })
    const { accountId: actor, role, address } = request
    await audit(tx, { centreId, actor, role, action: `reader.${kind}`, subject: sourceId, detail: {}, address })
    await publish(tx, { topic: 'command', centreId, id, agentId, sourceId, state: 'waiting' })
    return ok(id)
  })
}

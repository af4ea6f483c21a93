import { addCommand } from '#app/db/commands.server.ts'
import { publish } from '#app/db/events.server.ts'
import { sourceForCommand } from '#app/db/sources.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { PressWay } from '#app/domain/devices/command.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type PressRequest = {
  readonly centreId: string
  readonly sourceId: string
  /** Slot whose finger is laid on, or null for a finger nobody enrolled. */
  readonly slot: number | null
  /** Or the finger itself, as the emulator knows it: one that is in no slot yet. */
  readonly finger?: string | null
  readonly how: PressWay
}

/** Lays a finger on an emulated reader, or pulls its plug; a real reader is never pressed by the program. */
export async function requestPress(
  request: PressRequest,
  nowMs: number,
): Promise<Result<string, 'source_unknown' | 'agent_missing' | 'reader_is_real'>> {
  const { centreId, sourceId, slot, finger = null, how } = request
  return inTransaction(async (tx) => {
    const source = await sourceForCommand(tx, centreId, sourceId)
    if (source === null) return refuse('source_unknown')
    if (!source.emulated) return refuse('reader_is_real')
    if (source.agentId === null) return refuse('agent_missing')
    const { agentId, serial } = source
    const body = { kind: 'press', serial, slot, ...(finger === null ? {} : { finger }), how } as const
    const id = await addCommand(tx, { centreId, agentId, sourceId, body, createdBy: null, atMs: nowMs })
    await publish(tx, { topic: 'command', centreId, id, agentId, sourceId, state: 'waiting' })
    return ok(id)
  })
}

import { type TakenCommand, takeWaiting } from '#app/db/commands.server.ts'
import { noteAgentSeen } from '#app/db/sources.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'

/** Hands an agent what waits for it; what it took and fell silent about is handed out again. */
export async function takeCommands(
  agent: { readonly centreId: string; readonly agentId: string },
  nowMs: number,
): Promise<TakenCommand[]> {
  return inTransaction(async (tx) => {
    const taken = await takeWaiting(tx, agent.centreId, agent.agentId, nowMs)
    await noteAgentSeen(tx, agent.centreId, agent.agentId, nowMs)
    return taken
  })
}

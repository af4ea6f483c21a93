import { publish } from '#app/db/events.server.ts'
import { openOutage } from '#app/db/outages.server.ts'
import { addReaderEvents, readersUnheard } from '#app/db/sources.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { silentAgentMs } from '#app/domain/devices/reader-state.ts'

/**
 * Takes readers for offline whose agent has not been heard for a while, from its last word on, so that their silence is
 * charged to nobody. `listeningSinceMs` is when this server began to listen: before that it heard nobody. Answers how many.
 */
export async function watchReaders(nowMs: number, listeningSinceMs: number): Promise<number> {
  const beforeMs = nowMs - silentAgentMs
  if (listeningSinceMs > beforeMs) return 0
  return inTransaction(async (tx) => {
    const silent = await readersUnheard(tx, new Date(beforeMs))
    for (const { centreId, id, seenAt } of silent) {
      const atMs = seenAt.getTime()
      await addReaderEvents(tx, centreId, [{ sourceId: id, atMs, kind: 'offline', detail: 'agent_silent' }])
      await openOutage(tx, centreId, id, atMs, 'agent_silent')
      await publish(tx, { topic: 'source', centreId, id, sourceId: id })
    }
    return silent.length
  })
}

import { reconcileAlarms } from '#app/db/alarm-reconcile.server.ts'
import { addCommand } from '#app/db/commands.server.ts'
import { publish } from '#app/db/events.server.ts'
import { readersToIndex } from '#app/db/index-reads.server.ts'
import { openOutage } from '#app/db/outages.server.ts'
import { addReaderEvents, readersUnheard } from '#app/db/sources.server.ts'
import { centresWithZone, type ZonedCentre } from '#app/db/stale-days.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { silentAgentMs } from '#app/domain/devices/reader-state.ts'
import { civilOf } from '#app/domain/time/zone.ts'

/**
 * Takes readers for offline whose agent has not been heard for a while, from its last word on, so that their silence is
 * charged to nobody, and brings every centre's alarms up to date. `listeningSinceMs` is when this server began to listen:
 * before that it heard nobody. Answers how many readers it took for offline.
 */
export async function watchReaders(nowMs: number, listeningSinceMs: number): Promise<number> {
  const beforeMs = nowMs - silentAgentMs
  if (listeningSinceMs > beforeMs) return 0
  const silenced = await silence(beforeMs)
  for (const centre of await centresWithZone()) {
    await inTransaction((tx) => reconcileAlarms(tx, { centreId: centre.id, agentId: null }, nowMs))
    await askForIndexes(centre, nowMs)
  }
  return silenced
}

async function silence(beforeMs: number): Promise<number> {
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

const hourMs = 3_600_000
const night = { from: 1, to: 6 }

/**
 * At night every online reader is asked which slots are taken, so that a difference from the enrolments is known in the
 * morning; one whose computer is off at night is asked as soon as it is on and a night was missed.
 */
async function askForIndexes(centre: ZonedCentre, nowMs: number): Promise<void> {
  const hour = Math.floor(civilOf(nowMs, centre.zone).second / 3600)
  const agedMs = hour >= night.from && hour < night.to ? 20 * hourMs : 32 * hourMs
  await inTransaction(async (tx) => {
    for (const { sourceId, agentId, serial } of await readersToIndex(tx, centre.id, nowMs - agedMs)) {
      const body = { kind: 'index', serial } as const
      const centreId = centre.id
      const id = await addCommand(tx, { centreId, agentId, sourceId, body, createdBy: null, atMs: nowMs })
      await publish(tx, { topic: 'command', centreId, id, agentId, sourceId, state: 'waiting' })
    }
  })
}

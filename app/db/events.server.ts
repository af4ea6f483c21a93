import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

/** `resync` is never published: the listener makes it after a gap, when anything may have happened. */
export type LiveEvent = {
  topic: 'punch' | 'source' | 'command' | 'result' | 'leave' | 'person' | 'access' | 'print' | 'resync'
  centreId: string
  id?: string
  [key: string]: string | number | null | undefined
}

export const liveChannel = 'window_staff'

/** PostgreSQL takes less than 8,000 bytes in one notification. */
const limit = 7_900

function payloadOf(event: LiveEvent): string {
  const whole = JSON.stringify(event)
  if (Buffer.byteLength(whole) <= limit) return whole
  // Whoever listens asks the database anyway; what does not fit is only what would have saved the asking.
  return JSON.stringify({ topic: event.topic, centreId: event.centreId, id: event.id })
}

/** Tells the pages what changed. It is heard when the caller's transaction commits, and not at all when it does not. */
export async function publish(tx: Tx | PrismaClient, ...events: readonly LiveEvent[]): Promise<void> {
  if (events.length === 0) return
  await tx.$executeRaw`SELECT pg_notify(${liveChannel}, payload) FROM unnest(${events.map(payloadOf)}::text[]) AS e (payload)`
}

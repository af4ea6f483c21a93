import type { PunchRecord } from '#devices/contract.ts'
import { makeAlarm } from './alarm.ts'
import { type Backoff, makeBackoff } from './backoff.ts'
import type { Log } from './log.ts'
import { type Server, ServerError } from './server.ts'
import type { Spool } from './spool.ts'

export type UplinkOptions = {
  spool: Spool
  server: Pick<Server, 'sendPunches'>
  log: Log
  signal: AbortSignal
  batchSize?: number
  backoff?: Backoff
}

/**
 * Brings punches to the server: in order, one batch in flight, again and again until the server says that they are
 * stored. A batch whose answer was lost is sent once more; the server knows punches by their key, so that each is
 * stored once.
 */
export async function runUplink(options: UplinkOptions): Promise<void> {
  const { spool, log, signal } = options
  const backoff = options.backoff ?? makeBackoff()
  const alarm = makeAlarm()
  const unsubscribe = spool.onAppended(alarm.ring)
  let batchSize = options.batchSize ?? 500

  /** How long to wait before the next batch. */
  async function deliver(punches: PunchRecord[]): Promise<number> {
    try {
      const { storedThrough } = await options.server.sendPunches({ epoch: spool.epoch, punches })
      await spool.acknowledge(storedThrough)
      if (storedThrough < (punches[0]?.seq ?? 0)) return backoff.next()
      backoff.reset()
      return 0
    } catch (error) {
      const tooLarge = error instanceof ServerError && error.status === 413
      if (tooLarge) batchSize = Math.max(1, Math.floor(batchSize / 2))
      const againInMs = Math.round(backoff.next())
      if (!signal.aborted) log.warn({ error: String(error), waiting: spool.length, againInMs }, 'punches not delivered')
      return againInMs
    }
  }

  while (!signal.aborted) {
    const punches = spool.batch(batchSize)
    const waitMs = punches.length === 0 ? Number.POSITIVE_INFINITY : await deliver(punches)
    // A new finger ends the wait: whoever stands at the kiosk is the reason to try again at once.
    if (waitMs > 0) await alarm.wait(waitMs, signal)
  }
  unsubscribe()
}

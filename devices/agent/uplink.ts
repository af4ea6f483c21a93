import { pause } from '#devices/driver/pause.ts'
import { makeAlarm } from './alarm.ts'
import type { Kept } from './backlog.ts'
import { type Backoff, makeBackoff } from './backoff.ts'
import type { Log } from './log.ts'
import type { Resend } from './resend.ts'
import { type Server, ServerError } from './server.ts'
import type { Batch, Spool } from './spool.ts'
import type { Standing } from './standing.ts'

export type UplinkOptions = {
  spool: Spool
  server: Pick<Server, 'sendPunches'>
  log: Log
  signal: AbortSignal
  resend?: Resend
  standing?: Standing
  batchSize?: number
  backoff?: Backoff
  /** What the server will not have is offered again after this time. */
  setAsideMs?: number
}

/** Contract: the server answers 409 when a reader is another agent's. */
const foreignReader = 'serial_of_another_agent'

/**
 * Brings punches to the server: in order, one batch in flight, again and again until the server says that they are
 * stored. A batch whose answer was lost is sent once more; the server knows punches by their key, so that each is
 * stored once. New punches go before old ones that are asked for again: somebody may stand at the kiosk.
 */
export async function runUplink(options: UplinkOptions): Promise<void> {
  const { spool, signal, resend, standing } = options
  const alarm = makeAlarm()
  const unsubscribe = spool.onAppended(alarm.ring)
  resend?.onWanted(alarm.ring)
  const aside = setAside(options.setAsideMs ?? 60_000)
  const courier = makeCourier(options, aside)
  while (!signal.aborted) {
    const batch = await courier.next()
    const waitMs = batch === null ? aside.againInMs() : await courier.deliver(batch)
    if (standing?.refused) await pause(standing.againInMs, signal)
    // A new finger ends the wait: whoever stands at the kiosk is the reason to try again at once.
    else if (waitMs > 0) await alarm.wait(waitMs, signal)
  }
  unsubscribe()
}

function makeCourier(options: UplinkOptions, aside: Aside) {
  const { spool, log, signal, resend } = options
  const backoff = options.backoff ?? makeBackoff()
  const largest = options.batchSize ?? 500
  let batchSize = largest

  async function send({ epoch, punches }: Batch): Promise<number> {
    const { storedThrough } = await options.server.sendPunches({ epoch, punches })
    const [first, last] = [punches[0]?.seq ?? 0, punches.at(-1)?.seq ?? 0]
    const stored = Math.min(storedThrough, last)
    await spool.settle({ epoch, first, last: stored })
    resend?.sent(epoch, stored)
    if (stored < first) return backoff.next()
    backoff.reset()
    return 0
  }

  /** A batch that is refused for what is in it is made smaller, until it is known which punch it is; the others go on. */
  function divide(error: ServerError, { epoch, punches }: Batch): boolean {
    const { serial } = error.facts
    if (error.code === foreignReader && typeof serial === 'string') return aside.reader(serial)
    const tooLarge = error.status === 413
    if (!tooLarge && error.status !== 400) return false
    const [only, second] = punches
    if (only && !second) return !tooLarge && aside.punch(epoch, only.seq)
    batchSize = Math.max(1, Math.floor(Math.min(batchSize, punches.length) / 2))
    return true
  }

  return {
    /** Null when nothing can be sent: nothing is there, or it cannot be read. */
    async next(): Promise<Batch | null> {
      try {
        const batch = spool.batch(batchSize, aside.holds)
        if (batch === null) await spool.refresh()
        return batch ?? spool.batch(batchSize, aside.holds) ?? (await resend?.next(batchSize)) ?? null
      } catch (error) {
        log.error({ error: String(error) }, 'the spool cannot be read')
        aside.unreadable()
        return null
      }
    },
    /** How long to wait before the next batch. */
    async deliver(batch: Batch): Promise<number> {
      try {
        const waitMs = await send(batch)
        batchSize = Math.min(largest, batchSize * 2)
        return waitMs
      } catch (error) {
        const divided = error instanceof ServerError && divide(error, batch)
        const againInMs = divided ? 0 : Math.round(backoff.next())
        if (!signal.aborted)
          log.warn({ error: String(error), waiting: spool.length, againInMs }, 'punches not delivered')
        return againInMs
      }
    },
  }
}

type Aside = {
  reader(serial: string): true
  punch(epoch: string, seq: number): true
  holds(kept: Kept): boolean
  /** The spool could not be read: it is tried again like everything else that is aside. */
  unreadable(): void
  againInMs(): number
}

/** What the server will not have now: the punches of a reader that is another agent's, or one that it does not understand. */
function setAside(forMs: number): Aside {
  const until = new Map<string, number>()
  const put = (name: string) => {
    until.set(name, performance.now() + forMs)
    return true as const
  }
  const isAside = (name: string) => {
    const end = until.get(name)
    if (end !== undefined && end <= performance.now()) until.delete(name)
    return until.has(name)
  }
  return {
    reader: (serial: string) => put(`reader ${serial}`),
    punch: (epoch: string, seq: number) => put(`punch ${epoch} ${seq}`),
    holds: ({ epoch, punch }: Kept) =>
      until.size > 0 && (isAside(`reader ${punch.serial}`) || isAside(`punch ${epoch} ${punch.seq}`)),
    unreadable: () => void put('spool'),
    /** When something may be offered again; never, when nothing is aside. */
    againInMs: () => {
      const before = until.size
      for (const name of until.keys()) isAside(name)
      if (until.size < before) return 0
      return until.size === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.min(...until.values()) - performance.now())
    },
  }
}

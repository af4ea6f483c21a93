import { makeBackoff } from '#devices/agent/backoff.ts'
import { type Clock, type OffsetMeter, offsetMeter, systemClock } from '#devices/agent/clock.ts'
import { loadIdentity } from '#devices/agent/identity.ts'
import type { Log } from '#devices/agent/log.ts'
import { type Resend, resend } from '#devices/agent/resend.ts'
import { connectServer } from '#devices/agent/server.ts'
import { Spool, type SpoolOptions } from '#devices/agent/spool.ts'
import { standingOf } from '#devices/agent/standing.ts'
import { statusReporter } from '#devices/agent/status.ts'
import { runUplink } from '#devices/agent/uplink.ts'
import type { Centre } from './fake-centre.ts'
import { silentLog } from './reader-support.ts'

export type Uplink = {
  spool: Spool
  offset: OffsetMeter
  again: Resend
  punch(subject: number, serial?: string): Promise<unknown>
  stop(): Promise<void>
}

export type UplinkSettings = {
  batchSize?: number
  timeoutMs?: number
  setAsideMs?: number
  spool?: SpoolOptions
  log?: Log
  clock?: Clock
}

/** What an agent does towards its server, without readers: spool, delivery, status with the server's wishes. */
export async function startUplink(folder: string, centre: Centre, settings: UplinkSettings = {}): Promise<Uplink> {
  const { timeoutMs = 1000, batchSize = 500, setAsideMs = 60_000, log = silentLog, clock = systemClock() } = settings
  const stopping = new AbortController()
  const { signal } = stopping
  const spool = await Spool.open(folder, settings.spool ?? {})
  const identity = loadIdentity(folder)
  const offset = offsetMeter(clock)
  const standing = standingOf({ dataDir: folder, clock, log, againInMs: 20 })
  const server = connectServer({ url: centre.url, identity, clock, offset, signal, timeoutMs, standing })
  if (!identity.agentId) {
    identity.paired(await server.pair({ code: 'ABCD', name: 'A', publicKey: identity.publicKey }), 'ABCD')
  }
  const again = resend(spool)
  const common = { spool, server, log, signal, standing, resend: again }
  const backoff = makeBackoff({ firstMs: 2, capMs: 20 })
  const status = statusReporter({ ...common, version: 'test', workers: new Map(), clock, offset, everyMs: 10 })
  const done = Promise.all([runUplink({ ...common, batchSize, backoff, setAsideMs }), status.run()])
  return {
    spool,
    offset,
    again,
    punch: (subject, serial = 'S1') => {
      const at = new Date(clock.now()).toISOString()
      return spool.append({ serial, subject: String(subject), at, score: 1, offsetMs: offset.current() })
    },
    async stop() {
      stopping.abort()
      await done
      await spool.close().catch(() => undefined)
    },
  }
}

import type { StatusReport } from '#devices/contract.ts'
import type { Sighting } from '#devices/driver/identify.ts'
import { pause } from '#devices/driver/pause.ts'
import { makeAlarm } from './alarm.ts'
import type { Clock, OffsetMeter } from './clock.ts'
import type { Log } from './log.ts'
import type { Resend } from './resend.ts'
import type { Server } from './server.ts'
import type { Spool } from './spool.ts'
import type { Standing } from './standing.ts'
import type { ReaderWorker } from './worker.ts'

type PassingEvent = StatusReport['events'][number]

export type StatusOptions = {
  version: string
  server: Pick<Server, 'sendStatus'>
  workers: ReadonlyMap<string, ReaderWorker>
  spool: Spool
  clock: Clock
  offset: OffsetMeter
  log: Log
  signal: AbortSignal
  everyMs?: number
  resend?: Resend
  standing?: Standing
}

/** An event older than this is of no use to a kiosk. */
const eventLifeMs = 10_000
const maxEvents = 100
/** Contract: at most this many readers in one report. */
const maxReaders = 64

/** Tells the server how the readers are: every few seconds, and at once when something changes or a finger is not read. */
export function statusReporter(options: StatusOptions) {
  const { clock, log, signal, resend, standing } = options
  const alarm = makeAlarm()
  const startedAt = new Date(clock.now()).toISOString()
  let events: PassingEvent[] = []
  let searchTrouble: string | null = null
  let reachable = true
  const fullness = fullnessWarner(log)

  async function send(): Promise<void> {
    events = events.filter(({ at }) => clock.now() - Date.parse(at) < eventLifeMs).slice(-maxEvents)
    fullness.watch(options.spool.figures)
    const sent = reportOf(options, { startedAt, searchTrouble, events })
    try {
      const { wanted = [] } = await options.server.sendStatus(sent)
      resend?.told(sent.lost ?? [])
      resend?.want(wanted)
      events = events.filter((event) => !sent.events.includes(event))
      reachable = true
    } catch (error) {
      if (reachable && !signal.aborted) log.warn({ error: String(error) }, 'the server cannot be told how readers are')
      reachable = false
    }
  }

  return {
    watch(worker: ReaderWorker): void {
      worker.onStatus(alarm.ring)
      worker.onSighting((sighting) => {
        if (sighting.kind === 'matched') return
        const at = new Date(clock.now()).toISOString()
        events.push({ serial: worker.serial, at, kind: sighting.kind, detail: detailOf(sighting) })
        alarm.ring()
      })
      alarm.ring()
    },
    /** Looking for readers failed for this reason, or works (again) when it is null. */
    searched(trouble: string | null): void {
      if (trouble === searchTrouble) return
      searchTrouble = trouble
      alarm.ring()
    },
    async run(): Promise<void> {
      while (!signal.aborted) {
        await alarm.wait(options.everyMs ?? 5000, signal)
        if (!signal.aborted) await send()
        if (standing?.refused) await pause(standing.againInMs, signal)
      }
    },
  }
}

/** Delivered punches never take more than half of the bound: above that, waiting ones fill it. */
const warnsFrom = 0.65

/** Says once that the spool is filling up, and once again when it filled, emptied and fills anew. */
function fullnessWarner(log: Log) {
  let warned = false
  return {
    watch({ bytes, limitBytes }: Spool['figures']): void {
      const filling = bytes > limitBytes * warnsFrom
      if (filling && !warned) {
        const megabytes = Math.round(limitBytes / 2 ** 20)
        const zh = `暂存上限 ${megabytes} MB 正被待送打卡占满。请恢复到服务器的连接，或调大 spoolMegabytes。`
        const en = `Waiting punches are filling the spool’s ${megabytes} MB. Bring the server back, or set a larger spoolMegabytes.`
        log.warn({ bytes, limitBytes, zh, en }, 'the spool is filling up')
      }
      warned = filling
    },
  }
}

type Told = { startedAt: string; searchTrouble: string | null; events: PassingEvent[] }

function reportOf(options: StatusOptions, { startedAt, searchTrouble, events }: Told): StatusReport {
  const { workers, spool } = options
  return {
    version: options.version,
    at: new Date(options.clock.now()).toISOString(),
    startedAt,
    detail: searchTrouble ?? (workers.size === 0 ? 'no_reader' : null),
    readers: [...workers.values()].slice(0, maxReaders).map((worker) => worker.status),
    queue: spool.length,
    offsetMs: options.offset.current(),
    spool: spool.figures,
    lost: options.resend?.lost() ?? [],
    events,
  }
}

function detailOf(sighting: Sighting): string {
  if (sighting.kind === 'poor_image') return sighting.reason
  return sighting.kind === 'finger_held' ? String(Math.round(sighting.forMs / 1000)) : ''
}

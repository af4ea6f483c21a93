import { openSpool } from './agent-spool.ts'
import { type Clock, offsetMeter } from './clock.ts'
import { runCommands } from './commands.ts'
import type { AgentConfig } from './config.ts'
import { loadIdentity } from './identity.ts'
import type { Log } from './log.ts'
import { pairUnlessPaired } from './pairing.ts'
import type { Presses } from './presses.ts'
import { configuredReader, discoverReaders, type Shared } from './readers.ts'
import { resend } from './resend.ts'
import { loadSchedule, runSchedule } from './schedule.ts'
import { connectServer } from './server.ts'
import type { Spool } from './spool.ts'
import { standingOf } from './standing.ts'
import { statusReporter } from './status.ts'
import { runUplink } from './uplink.ts'
import { longestStopMs, within } from './within.ts'
import type { ReaderWorker } from './worker.ts'

export type Agent = {
  readonly workers: ReadonlyMap<string, ReaderWorker>
  readonly presses: ReadonlyMap<string, Presses>
  readonly spool: Spool
  /** Finishes the command in flight at each reader, then closes everything. Undelivered punches stay in the spool. */
  stop(): Promise<void>
}

/** `workers` adds readers that are neither attached by USB nor emulated in this process. */
export type AgentOptions = {
  config: AgentConfig
  clock: Clock
  log: Log
  version: string
  retryMs?: number
  refusedAgainMs?: number
  longestStopMs?: number
  workers?: (shared: Shared) => readonly ReaderWorker[]
}

/**
 * Puts the parts together. Readers and spool work from the first moment, whatever the server does: a finger is kept on
 * disk even before this agent was ever paired.
 */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  const { config, clock, log, version, retryMs } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const offset = offsetMeter(clock)
  const spool = await openSpool(options, offset)
  const identity = loadIdentity(config.dataDir)
  const standing = standingOf({ dataDir: config.dataDir, clock, log, againInMs: options.refusedAgainMs ?? 30_000 })
  const server = connectServer({ url: config.server, identity, clock, offset, signal, standing })
  const again = resend(spool)
  const shared: Shared = { spool, clock, offset, log, ...(retryMs === undefined ? {} : { retryMs }) }
  const workers = new Map<string, ReaderWorker>()
  const presses = new Map<string, Presses>()
  const common = { server, clock, log, signal, standing }
  const status = statusReporter({ ...common, version, workers, spool, offset, resend: again })

  const add = (worker: ReaderWorker) => {
    workers.set(worker.serial, worker)
    status.watch(worker)
    worker.start()
  }
  for (const readerConfig of config.readers) {
    const reader = configuredReader(readerConfig, shared, signal)
    if (reader.presses) presses.set(reader.worker.serial, reader.presses)
    add(reader.worker)
  }
  for (const worker of options.workers?.(shared) ?? []) add(worker)

  const running = [whenPaired()]
  if (config.discover) running.push(discoverReaders({ known: workers, shared, add, searched: status.searched, signal }))
  if (config.schedule) {
    running.push(runSchedule({ schedule: loadSchedule(config.schedule), presses, clock, log, signal }))
  }

  async function whenPaired(): Promise<void> {
    const moves = () => spool.newEpoch()
    if (!(await pairUnlessPaired({ config, identity, server, log, signal, moves }))) return
    await Promise.all([
      runUplink({ ...common, spool, resend: again }),
      status.run(),
      runCommands({ ...common, workers, presses }),
    ])
  }

  return {
    workers,
    presses,
    spool,
    async stop() {
      stopping.abort()
      const limitMs = options.longestStopMs ?? longestStopMs
      const ended = (part: Promise<unknown>, name: string) => within(part, name, log, limitMs)
      const readers = [...workers.values()].map((worker) => ended(worker.stop(), `reader ${worker.serial}`))
      await Promise.all([ended(Promise.all(running), 'server and search'), ...readers])
      await ended(spool.close(), 'spool')
    },
  }
}

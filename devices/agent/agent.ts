import { join } from 'node:path'
import { type Clock, offsetMeter } from './clock.ts'
import { runCommands } from './commands.ts'
import type { AgentConfig } from './config.ts'
import { loadIdentity } from './identity.ts'
import type { Log } from './log.ts'
import { pairUnlessPaired } from './pairing.ts'
import type { Presses } from './presses.ts'
import { configuredReader, discoverReaders, type Shared } from './readers.ts'
import { loadSchedule, runSchedule } from './schedule.ts'
import { connectServer } from './server.ts'
import { Spool } from './spool.ts'
import { statusReporter } from './status.ts'
import { runUplink } from './uplink.ts'
import type { ReaderWorker } from './worker.ts'

export type Agent = {
  readonly workers: ReadonlyMap<string, ReaderWorker>
  readonly presses: ReadonlyMap<string, Presses>
  readonly spool: Spool
  /** Finishes the command in flight at each reader, then closes everything. Undelivered punches stay in the spool. */
  stop(): Promise<void>
}

export type AgentOptions = { config: AgentConfig; clock: Clock; log: Log; version: string; retryMs?: number }

/**
 * Puts the parts together. Readers and spool work from the first moment, whatever the server does: a finger is kept on
 * disk even before this agent was ever paired.
 */
export async function startAgent({ config, clock, log, version, retryMs }: AgentOptions): Promise<Agent> {
  const stopping = new AbortController()
  const { signal } = stopping
  const spool = await Spool.open(join(config.dataDir, 'spool'))
  if (spool.found.tornBytes + spool.found.damagedLines > 0) log.warn(spool.found, 'the spool was damaged and repaired')
  const identity = loadIdentity(config.dataDir)
  const offset = offsetMeter(clock)
  const server = connectServer({ url: config.server, identity, clock, offset, signal })
  const shared: Shared = { spool, clock, offset, log, ...(retryMs === undefined ? {} : { retryMs }) }
  const workers = new Map<string, ReaderWorker>()
  const presses = new Map<string, Presses>()
  const status = statusReporter({ version, server, workers, spool, clock, offset, log, signal })

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

  const running = [whenPaired()]
  if (config.discover) running.push(discoverReaders({ known: workers, shared, add, searched: status.searched, signal }))
  if (config.schedule) {
    running.push(runSchedule({ schedule: loadSchedule(config.schedule), presses, clock, log, signal }))
  }

  async function whenPaired(): Promise<void> {
    if (!(await pairUnlessPaired({ config, identity, server, log, signal }))) return
    await Promise.all([
      runUplink({ spool, server, log, signal }),
      status.run(),
      runCommands({ server, workers, presses, clock, log, signal }),
    ])
  }

  return {
    workers,
    presses,
    spool,
    async stop() {
      stopping.abort()
      await Promise.all([...running, ...[...workers.values()].map((worker) => worker.stop())])
      await spool.close()
    },
  }
}

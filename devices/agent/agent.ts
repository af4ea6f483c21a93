import { join } from 'node:path'
import { type Clock, type OffsetMeter, offsetMeter } from './clock.ts'
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
import { Spool } from './spool.ts'
import { standingOf } from './standing.ts'
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
  const spool = await openSpool(config, log, () => serverTime(clock, offset))
  const identity = loadIdentity(config.dataDir)
  const { refusedAgainMs } = options
  const standing = standingOf({
    dataDir: config.dataDir,
    clock,
    log,
    ...(refusedAgainMs === undefined ? {} : { againInMs: refusedAgainMs }),
  })
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
      const ended = (part: Promise<unknown>, name: string) =>
        within(part, name, log, options.longestStopMs ?? longestStopMs)
      const readers = [...workers.values()].map((worker) => ended(worker.stop(), `reader ${worker.serial}`))
      await Promise.all([ended(Promise.all(running), 'server and search'), ...readers])
      await ended(spool.close(), 'spool')
    },
  }
}

async function openSpool(config: AgentConfig, log: Log, trustedNow: () => number | null): Promise<Spool> {
  const { dataDir, spoolMegabytes, keepDays } = config
  const spool = await Spool.open(join(dataDir, 'spool'), {
    trustedNow,
    markFile: join(dataDir, 'spool.mark'),
    ...(spoolMegabytes === undefined ? {} : { limitBytes: spoolMegabytes * 2 ** 20 }),
    ...(keepDays === undefined ? {} : { keepDays }),
  })
  const { restored, tornBytes, damagedLines } = spool.found
  if (tornBytes + damagedLines > 0)
    log.warn({ tornBytes, damagedLines }, 'the spool was damaged; what is readable is kept')
  if (restored) {
    const remedy = {
      zh: '打卡暂存是从旧副本恢复的，已改用新的编号继续。若新的文件还在，停止采集程序，换回新的文件再启动。',
      en: 'The spool’s files come from an old copy; it goes on under new numbers. If the newer files still exist, stop the agent, put them back and start again.',
    }
    log.error(remedy, 'the spool was restored from an old copy')
  }
  return spool
}

/** The server's time as far as this agent knows it. */
function serverTime(clock: Clock, offset: OffsetMeter): number | null {
  const ahead = offset.current()
  return ahead === null ? null : clock.now() - ahead
}

/** Longer than any command a reader may be busy with. */
const longestStopMs = 20_000

/** A part that does not end, a USB library that never answers for example, must not hold the others for ever. */
async function within(part: Promise<unknown>, name: string, log: Log, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log.error({ part: name }, 'a part of the agent did not end and is left behind')
      resolve()
    }, ms)
  })
  await Promise.race([part, late]).finally(() => clearTimeout(timer))
}

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { generateClient } from '../lib/generate.ts'
import { endPostgres } from '../lib/postgres.ts'
import { build, isStale } from './build.ts'
import { type Database, openDatabase } from './database.ts'
import { fillEnv, readEnv } from './environment.ts'
import { loadKeys } from './keys.ts'
import type { StartOptions } from './options.ts'
import { say, timed } from './say.ts'
import { untilStopped } from './signals.ts'

/** Everything that must be stopped, in the order in which it is. */
type Stops = { stop: () => Promise<void> }[]

/** Empties the demo's folder; only ever called for a demo. A database that a killed start left running ends first. */
async function reset(dataDir: string): Promise<void> {
  await endPostgres(join(dataDir, 'postgres'))
  for (const name of ['postgres', 'agent', 'emulator', 'demo.json', 'schedule.json', 'keys.json']) {
    await rm(join(dataDir, name), { recursive: true, force: true })
  }
}

async function prepare(options: StartOptions, stops: Stops): Promise<Database> {
  if ((await generateClient()) || (await isStale())) await timed('编译程序 building', build)
  if (options.demo && options.reset) await reset(options.dataDir)
  const database = await timed('启动数据库 database', () => openDatabase(options.dataDir, readEnv()))
  stops.unshift(database)
  const { migrate, requireWebRole } = await import('../lib/migrate.ts')
  await timed('核对数据结构 migrations', () => migrate(database.ownerUrl))
  await requireWebRole(database.url)
  const keys = await loadKeys(options.dataDir, readEnv())
  fillEnv({ ...keys, DATABASE_URL: database.url })
  return database
}

/** Starts everything, waits for Ctrl-C, stops agent, server and database in this order. Answers the exit status. */
export async function run(options: StartOptions): Promise<number> {
  const signal = untilStopped()
  const stops: Stops = []
  say('')
  const work = (async () => {
    const database = await prepare(options, stops)
    if (signal.isStopped()) return
    const { startProgram } = await import('./program.ts')
    await startProgram(options, database, stops)
  })()
  try {
    const first = await Promise.race([work, signal.stopped])
    if (first !== 'stopped') await signal.stopped
    return 0
  } finally {
    work.catch(() => {})
    say('\n  正在停止 stopping …')
    for (const one of stops) await one.stop()
    say(`  已停止，数据在 stopped; the data is in ${options.dataDir}`)
  }
}

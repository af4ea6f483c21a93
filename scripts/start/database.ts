import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../lib/messages.ts'
import { type RunningPostgres, startPostgres } from '../lib/postgres.ts'
import { isAlive } from '../lib/postgres-process.ts'
import { say } from './say.ts'

export type Database = {
  /** The connection the program uses, and the owner's for migrations. */
  readonly url: string
  readonly ownerUrl: string
  readonly stop: () => Promise<void>
}

const everyMs = 500
const worthSaying = 20

const pause = (stopping: AbortSignal) => sleep(everyMs, undefined, { signal: stopping }).catch(() => {})

/** Tries until the server runs again, or until everything is to stop. */
async function startAgain(dir: string, port: number, stopping: AbortSignal): Promise<RunningPostgres | null> {
  say('数据库意外停止，正在重新启动。The database ended; starting it again.')
  for (let attempt = 1; !stopping.aborted; attempt += 1) {
    try {
      return await startPostgres({ dir, port })
    } catch (cause) {
      // Its orphans may hold the shared memory for a moment; what lasts longer is said.
      if (attempt % worthSaying === 0) say(cause instanceof Error ? cause.message : String(cause))
      await pause(stopping)
    }
  }
  return null
}

/**
 * The embedded server, started again on its port whenever it ends by itself. What was committed is on disk; server and
 * agent connect again, and punches wait in the agent's spool until then.
 */
async function keepPostgres(dir: string): Promise<Database> {
  let postgres = await startPostgres({ dir })
  const { appUrl: url, ownerUrl, port } = postgres
  const stopping = new AbortController()

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await pause(stopping.signal)
      if (stopping.signal.aborted || (await isAlive(postgres.pid))) continue
      postgres = (await startAgain(dir, port, stopping.signal)) ?? postgres
    }
  }

  const life = watch()
  const stop = async () => {
    stopping.abort()
    await life
    await postgres.stop()
  }
  return { url, ownerUrl, stop }
}

function requireAddress(name: string, url: string | undefined): void {
  if (!url || (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol))) return
  // Not shown: what is wrong with it may be its password.
  throw new Problem('bad_database_url', { name })
}

/** The server that DATABASE_URL names, or the embedded one with its files in the data folder. */
export async function openDatabase(dataDir: string, env: NodeJS.ProcessEnv): Promise<Database> {
  if (env.DATABASE_URL) {
    for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_DIRECT_URL'] as const)
      requireAddress(name, env[name])
    return { url: env.DATABASE_URL, ownerUrl: env.DATABASE_OWNER_URL || env.DATABASE_URL, stop: async () => {} }
  }
  return keepPostgres(join(dataDir, 'postgres'))
}

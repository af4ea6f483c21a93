import { join } from 'node:path'
import { startPostgres } from '../lib/postgres.ts'

export type Database = {
  /** The connection the program uses, and the owner's for migrations. */
  readonly url: string
  readonly ownerUrl: string
  readonly stop: () => Promise<void>
}

/** The server that DATABASE_URL names, or the embedded one with its files in the data folder. */
export async function openDatabase(dataDir: string, env: NodeJS.ProcessEnv): Promise<Database> {
  if (env.DATABASE_URL) {
    return { url: env.DATABASE_URL, ownerUrl: env.DATABASE_OWNER_URL || env.DATABASE_URL, stop: async () => {} }
  }
  const postgres = await startPostgres({ dir: join(dataDir, 'postgres') })
  return { url: postgres.appUrl, ownerUrl: postgres.ownerUrl, stop: postgres.stop }
}

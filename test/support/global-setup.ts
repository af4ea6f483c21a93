import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../../scripts/lib/migrate.ts'
import { startPostgres } from '../../scripts/lib/postgres.ts'
import { template, withDatabaseName } from './server.ts'

const prefix = 'window-staff-test-'

/** A run that was killed leaves its server running: it is stopped and its folder removed. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name)
    // Without this file nothing was left running; perhaps another run is making the folder just now.
    if (!name.startsWith(prefix) || !existsSync(join(folder, 'starter.json'))) continue
    try {
      const left = await startPostgres({ dir: folder, durable: false })
      await left.stop()
      await rm(folder, { recursive: true, force: true })
    } catch {
      // A run that is alive, or somebody else's.
    }
  }
}

async function embedded(): Promise<{ owner: string; app: string; stop: () => Promise<void> }> {
  await sweep()
  const dir = await mkdtemp(join(tmpdir(), prefix))
  const server = await startPostgres({ dir, durable: false })
  const stop = async () => {
    await server.stop()
    await rm(dir, { recursive: true, force: true })
  }
  return { owner: server.ownerUrl, app: server.appUrl, stop }
}

async function recreateTemplate(owner: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabaseName(owner, 'postgres') })
  await client.connect()
  await client.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`)
  await client.query(`CREATE DATABASE ${template} TEMPLATE template0 ENCODING 'UTF8'`)
  await client.end()
  await migrate(withDatabaseName(owner, template))
}

/** One server and one migrated template for the whole run, whichever projects take part in it. */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_OWNER_URL) return undefined
  const other = process.env.TEST_DATABASE_URL
  const server = other ? { owner: other, app: other, stop: async () => {} } : await embedded()
  process.env.TEST_OWNER_URL = server.owner
  process.env.TEST_APP_URL = server.app
  await recreateTemplate(server.owner)
  return async () => {
    delete process.env.TEST_OWNER_URL
    await server.stop()
  }
}

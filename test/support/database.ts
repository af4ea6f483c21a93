import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { fromRun, template, withDatabaseName } from './server.ts'

async function onServer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabaseName(fromRun('TEST_OWNER_URL'), 'postgres') })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function databaseName(): string {
  const name = process.env.TEST_DATABASE_NAME
  if (!name) throw new Error('useDatabase() works in the projects "database" and "browser" only')
  return name
}

export type TestDatabase = {
  readonly ownerUrl: string
  /** One statement as the owner, for what the program itself may not do. */
  readonly asOwner: (sql: string, values?: readonly unknown[]) => Promise<pg.QueryResult>
}

/** Gives the test file a database of its own, copied from the migrated template, and takes it away afterwards. */
export function useDatabase(): TestDatabase {
  const name = databaseName()
  const ownerUrl = withDatabaseName(fromRun('TEST_OWNER_URL'), name)

  beforeAll(async () => {
    await onServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`))
  })

  afterAll(async () => {
    const { disconnect } = await import('#app/db/client.server.ts')
    const { stopListening } = await import('#app/live/events.server.ts')
    await stopListening()
    await disconnect()
    await onServer((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
  })

  const asOwner: TestDatabase['asOwner'] = async (sql, values = []) => {
    const client = new pg.Client({ connectionString: ownerUrl })
    await client.connect()
    try {
      return await client.query(sql, [...values])
    } finally {
      await client.end()
    }
  }
  return { ownerUrl, asOwner }
}

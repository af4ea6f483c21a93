import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MigrationList } from '@prisma/schema-engine-wasm'
import pg from 'pg'
import { Problem } from './messages.ts'
import { installQueues } from './queue-schema.ts'
import { withSchemaEngine } from './schema-engine.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const baseDir = join(root, 'prisma/migrations')
const lockfilePath = 'migration_lock.toml'
const oldest = 140_000
/** Any two programs that migrate one database wait for each other here. */
const migrationLock = 7_720_261_122
const filters = { externalTables: [], externalEnums: [] }

type Migration = { readonly name: string; readonly sql: string }

async function migrationsOnDisk(): Promise<readonly Migration[]> {
  const entries = await readdir(baseDir, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  return Promise.all(
    names.sort().map(async (name) => ({ name, sql: await readFile(join(baseDir, name, 'migration.sql'), 'utf8') })),
  )
}

async function asList(migrations: readonly Migration[]): Promise<MigrationList> {
  return {
    baseDir,
    lockfile: { path: lockfilePath, content: await readFile(join(baseDir, lockfilePath), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}

/** The address without its password. */
function serverOf(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port || 5432}${pathname}`
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'window-staff migrate' })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    throw new Problem('database_unreachable', { server: serverOf(url), reason: message || (code ?? '') })
  }
  return client
}

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num')
  const version = Number(rows[0]?.server_version_num)
  if (version < oldest) throw new Problem('server_too_old', { version: Math.floor(version / 10_000) })
}

/** Names of what has been applied; a file that was edited afterwards is a problem. */
async function applied(client: pg.Client, migrations: readonly Migration[]): Promise<ReadonlySet<string>> {
  const { rows: tables } = await client.query(`SELECT to_regclass('public._prisma_migrations') AS found`)
  if (tables[0]?.found === null) return new Set()
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  for (const { name, sql } of migrations) {
    const row = rows.find(({ migration_name }) => migration_name === name)
    const checksum = createHash('sha256').update(sql).digest('hex')
    if (row !== undefined && row.checksum !== checksum) throw new Problem('migration_edited', { name })
  }
  return new Set(rows.map(({ migration_name }) => migration_name))
}

/** A migration is one transaction, so one that failed left nothing behind: its bookkeeping row may go, and the next run tries again. */
async function forgetFailed(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`SELECT to_regclass('public._prisma_migrations') AS found`)
  if (rows[0]?.found === null) return
  await client.query('DELETE FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL')
}

async function apply(
  url: string,
  client: pg.Client,
  migrations: readonly Migration[],
  next: string,
): Promise<string[]> {
  await forgetFailed(client)
  const list = await asList(migrations)
  try {
    const result = await withSchemaEngine(url, (engine) => engine.applyMigrations({ migrationsList: list, filters }))
    return result.appliedMigrationNames
  } catch (error) {
    await forgetFailed(client)
    const { message, code } = error as { message: string; code?: string }
    const user = decodeURIComponent(new URL(url).username)
    if (code === '42501' && message.includes('role')) throw new Problem('role_not_allowed', { user })
    throw new Problem('migration_failed', { name: next, reason: message })
  }
}

/**
 * Brings the database to the present schema: migrations, then the job queue. Does nothing when it is there already,
 * and two at once wait for each other. Returns the names of what was applied.
 */
export async function migrate(ownerUrl: string): Promise<readonly string[]> {
  const client = await connect(ownerUrl)
  try {
    await requireVersion(client)
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    const migrations = await migrationsOnDisk()
    const known = await applied(client, migrations)
    const waiting = migrations.filter(({ name }) => !known.has(name))
    const names = waiting[0] ? await apply(ownerUrl, client, migrations, waiting[0].name) : []
    await installQueues(ownerUrl, client)
    await admitApp(client)
    return names
  } finally {
    await client.end()
  }
}

/** The login of DATABASE_URL must be able to act as the web role; said now, and not by the first page. */
export async function requireWebRole(url: string): Promise<void> {
  const client = await connect(url)
  try {
    await client.query('SET ROLE window_staff_web')
  } catch {
    throw new Problem('role_not_granted', { user: decodeURIComponent(new URL(url).username) })
  } finally {
    await client.end()
  }
}

/** The login role of the embedded server acts as the web role and owns nothing. */
async function admitApp(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    `SELECT 1 FROM pg_roles WHERE rolname = 'window_staff_app' AND NOT pg_has_role(rolname, 'window_staff_web', 'MEMBER')`,
  )
  if (rows.length > 0) await client.query('GRANT window_staff_web TO window_staff_app')
}

/** The SQL by which the database differs from schema.prisma in what Prisma knows; empty when they agree. */
export async function schemaDrift(ownerUrl: string): Promise<string> {
  const path = join(root, 'prisma/schema.prisma')
  const files = [{ path, content: await readFile(path, 'utf8') }]
  const { stdout } = await withSchemaEngine(ownerUrl, (engine) =>
    engine.diff({
      // The connection itself is the adapter's; Prisma asks for the schema only to know the kind of database.
      from: { tag: 'schemaDatasource', files, configDir: root },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: ['public._prisma_migrations'], externalEnums: [] },
    }),
  )
  return (stdout ?? '').replace(/^--.*$/gm, '').trim()
}

import { readdirSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromRun, withDatabaseName } from '#test/support/server.ts'
import { migrate, schemaDrift } from '../../scripts/lib/migrate.ts'

const name = `test_empty_${process.pid}`
const url = withDatabaseName(fromRun('TEST_OWNER_URL'), name)

async function query(sql: string, on = url): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: on })
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}

const server = withDatabaseName(fromRun('TEST_OWNER_URL'), 'postgres')

beforeAll(() => query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`, server))
afterAll(() => query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, server))

describe('migrations', () => {
  it('are applied once when two programs start at the same moment', async () => {
    const known = readdirSync('prisma/migrations', { withFileTypes: true }).filter((one) => one.isDirectory()).length
    const applied = await Promise.all([migrate(url), migrate(url)])
    expect(applied.map((names) => names.length).sort()).toEqual([0, known])
    const { rows } = await query('SELECT count(*)::int AS n FROM _prisma_migrations')
    expect(rows[0].n).toBe(known)
  })

  it('do nothing the second time, quickly', async () => {
    const start = performance.now()
    expect(await migrate(url)).toEqual([])
    expect(performance.now() - start).toBeLessThan(1_000)
  })

  it('agree with schema.prisma', async () => {
    expect(await schemaDrift(url)).toBe('')
  })

  it('would be seen to disagree', async () => {
    await query('ALTER TABLE person ADD COLUMN nickname text')
    expect(await schemaDrift(url)).toContain('DROP COLUMN "nickname"')
    await query('ALTER TABLE person DROP COLUMN nickname')
    await query('DROP INDEX punch_centre_id_at_idx')
    expect(await schemaDrift(url)).toContain('CREATE INDEX "punch_centre_id_at_idx"')
    await query('CREATE INDEX punch_centre_id_at_idx ON punch (centre_id, at)')
  })

  it('refuse to go on over one that was edited after it had been applied', async () => {
    await query(`UPDATE _prisma_migrations SET checksum = 'other'`)
    await expect(migrate(url)).rejects.toThrow(/edited after it had been applied/)
  })

  it('say which server does not answer, without its password', async () => {
    const failure = await migrate('postgres://somebody:hidden@127.0.0.1:1/nowhere').catch((error: Error) => error)
    expect(String(failure)).toContain('127.0.0.1:1/nowhere')
    expect(String(failure)).not.toContain('hidden')
  })
})

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { instantOf } from '#app/domain/time/zone.ts'
import { readState, writeState } from '../../scripts/demo/state.ts'
import { migrate } from '../../scripts/lib/migrate.ts'
import { type RunningPostgres, startPostgres } from '../../scripts/lib/postgres.ts'
import { fillEnv } from '../../scripts/start/environment.ts'

const at = (day: string, clock: number) => instantOf(day, clock * 3600, 'Asia/Shanghai')

let folder: string
let postgres: RunningPostgres
let db: pg.Client

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'window-staff-later-'))
  postgres = await startPostgres({ dir: join(folder, 'postgres'), durable: false })
  await migrate(postgres.ownerUrl)
  const DATA_KEY = randomBytes(32).toString('base64')
  fillEnv({ DATABASE_URL: postgres.appUrl, DATA_KEY, SESSION_KEY: randomBytes(48).toString('base64url') })
  db = new pg.Client({ connectionString: postgres.ownerUrl, options: '-c timezone=UTC' })
  await db.connect()
}, 120_000)

afterAll(async () => {
  await db?.end()
  await postgres?.stop()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

async function startAt(nowMs: number) {
  const { prepareDemo, shownSoFar } = await import('../../scripts/demo/prepare.ts')
  return prepareDemo(db, { dataDir: folder, nowMs, known: await shownSoFar(db, folder) }, () => {})
}

type Ledger = { readonly day: string; readonly punches: number; readonly different: number; readonly people: number }

async function ledgerFrom(day: string): Promise<readonly Ledger[]> {
  const { rows } = await db.query<Ledger>(
    `SELECT (at AT TIME ZONE 'Asia/Shanghai')::date::text AS day, count(*)::int AS punches,
            count(DISTINCT (source_id, subject, at))::int AS different, count(DISTINCT subject)::int AS people
       FROM punch WHERE at AT TIME ZONE 'Asia/Shanghai' >= $1::date GROUP BY 1 ORDER BY 1`,
    [day],
  )
  return rows
}

it('brings the demo to later days: each workday once, nothing twice, nothing after now', async () => {
  await startAt(at('2026-11-20', 9.7))
  await startAt(at('2026-11-23', 9))
  const ready = await startAt(at('2026-11-26', 16))
  const days = await ledgerFrom('2026-11-20')
  expect(days.map(({ day }) => day)).toEqual(['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'])
  for (const { punches, different, people } of days) {
    expect(punches).toBe(different)
    expect(people).toBeGreaterThan(45)
  }
  const { rows } = await db.query<{ last: Date }>('SELECT max(at) AS last FROM punch')
  expect(rows[0]?.last.getTime()).toBeLessThanOrEqual(at('2026-11-26', 16))
  expect(new Set(ready.presses.map(({ day }) => day))).toContain('2026-11-27')
}, 120_000)

it('believes the ledger when a killed start could not note how far it came', async () => {
  const { shownSoFar } = await import('../../scripts/demo/prepare.ts')
  const before = await ledgerFrom('2026-11-20')
  const state = await readState(folder)
  if (state === null) throw new Error('the demo has no state')
  await writeState(folder, { ...state, lastMs: at('2026-11-26', 9) })
  expect((await shownSoFar(db, folder))?.lastMs).toBeGreaterThan(at('2026-11-26', 13))
  await startAt(at('2026-11-26', 16))
  expect(await ledgerFrom('2026-11-20')).toEqual(before)
  await rm(join(folder, 'demo.json'))
  await startAt(at('2026-11-26', 16))
  expect(await ledgerFrom('2026-11-20')).toEqual(before)
}, 120_000)

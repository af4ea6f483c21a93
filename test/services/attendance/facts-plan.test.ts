import pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { pool, prisma } from '#app/db/client.server.ts'
import { loadDayFacts } from '#app/db/day-facts.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { instant } from './facts.ts'

const { asOwner } = useDatabase()

const day = '2026-11-20'
let fixture: Fixture

type Statement = { readonly text: string; readonly values: unknown[] }

/** The statements that the work sends to the database. */
async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const original = pg.Client.prototype.query
  const seen: Statement[] = []
  pg.Client.prototype.query = function noted(this: pg.Client, ...args: unknown[]) {
    const [asked, values] = args as [Statement | string, unknown[] | undefined]
    seen.push(
      typeof asked === 'string'
        ? { text: asked, values: values ?? [] }
        : { text: asked.text, values: asked.values ?? values ?? [] },
    )
    return (original as (...all: unknown[]) => unknown).apply(this, args)
  } as typeof original
  try {
    await work()
  } finally {
    pg.Client.prototype.query = original
  }
  return seen
}

beforeAll(async () => {
  fixture = await makeCentre(prisma)
  // Three months of a hall of 250 people at one reader, some of it in doubt and some of that ruled on.
  await asOwner(
    `INSERT INTO punch (centre_id, source_id, spool_epoch, seq, at, subject, received_at, offset_ms, quarantine)
     SELECT $1, $2, $1, n, t, (n % 250 + 1)::text, t, CASE WHEN n % 997 = 0 THEN 300000 END,
            CASE WHEN n % 997 = 0 THEN 'clock_off' END
       FROM (SELECT n, timestamptz '2026-11-20T10:00:00Z' - (n / 1000) * interval '1 day' - (n % 1000) * interval '30 seconds' AS t
               FROM generate_series(1, 90000) AS n) AS made`,
    [fixture.centreId, fixture.sourceIds[0]],
  )
  await asOwner(
    `INSERT INTO punch_ruling (centre_id, source_id, spool_epoch, seq, at, decision, counts_at, reason, decided_by, decided_at)
     SELECT centre_id, source_id, spool_epoch, seq, at, 'release', at, 'tried', centre_id, at FROM punch
      WHERE quarantine IS NOT NULL AND seq % 2 = 0`,
  )
  await asOwner('ANALYZE')
})

async function planOf(personIds: readonly string[]): Promise<string> {
  const centre = { id: fixture.centreId, zone: 'Asia/Shanghai' }
  const asked = () => loadDayFacts(prisma, centre, personIds, day, instant('2026-11-20 18:30'))
  await asked()
  const facts = (await statementsOf(asked)).find(({ text }) => text.includes('AS punches'))
  if (facts === undefined) throw new Error('no statement asked for the facts of the day')
  const { rows } = await pool.query(`EXPLAIN (ANALYZE, BUFFERS OFF, SUMMARY ON) ${facts.text}`, facts.values)
  return rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n')
}

describe('the facts of a day in a grown database', () => {
  it('reach a person’s punches by reader, slot and time, and those in doubt by their own index', async () => {
    const plan = await planOf(fixture.personIds)
    if (process.env.SHOW_PLAN) process.stdout.write(`${plan}\n`)
    expect(plan).toMatch(/punch_centre_id_source_id_subject_at_idx|punch_in_quarantine/)
    expect(plan).not.toMatch(/Seq Scan on punch\b/)
  })

  it('stay as cheap for one person', async () => {
    const plan = await planOf(fixture.personIds.slice(0, 1))
    expect(plan).not.toMatch(/Seq Scan on punch\b/)
  })
})

import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { makeWorld, type World } from '../tour/world.ts'
import { type BenchPunch, benchSerial, pairForBench } from './delivering-agent.ts'
import type { BenchLine } from './list.ts'

const day = '2026-11-20'
const nowMs = Date.parse(`${day}T10:00:00+08:00`)
const batch = 500
const batches = 24
const warmUp = 4

/** Two months of a backlog: sixty people, one punch a second, so that many person-days are touched. */
function punches(from: number, count: number): BenchPunch[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i
    const at = new Date(nowMs - 60 * 86_400_000 + n * 400_000).toISOString()
    return { seq: n + 1, serial: benchSerial, subject: String((n % 59) + 1), at, score: 120, offsetMs: 12 }
  })
}

async function perSecond(work: (from: number) => Promise<void>): Promise<number> {
  for (let i = 0; i < warmUp; i += 1) await work(i * batch)
  const began = performance.now()
  for (let i = warmUp; i < warmUp + batches; i += 1) await work(i * batch)
  return Math.round((batch * batches * 1000) / (performance.now() - began))
}

async function bareInsert(db: pg.Client, ids: { centreId: string; sourceId: string }, epoch: string, from: number) {
  const rows = punches(from, batch)
  await db.query(
    `INSERT INTO punch (centre_id, source_id, spool_epoch, seq, at, subject, score, offset_ms, received_at, quarantine)
     SELECT $1::uuid, $2::uuid, $3::uuid, p.seq, p.at, p.subject, p.score, p.offset_ms, $4::timestamptz, NULL
       FROM unnest($5::bigint[], $6::timestamptz[], $7::text[], $8::int[], $9::int[]) AS p (seq, at, subject, score, offset_ms)
     ON CONFLICT DO NOTHING`,
    [
      ids.centreId,
      ids.sourceId,
      epoch,
      new Date(nowMs),
      rows.map((row) => row.seq),
      rows.map((row) => row.at),
      rows.map((row) => row.subject),
      rows.map((row) => row.score),
      rows.map((row) => row.offsetMs),
    ],
  )
}

async function sourceOf(world: World): Promise<string> {
  const { rows } = await world.db.query<{ id: string }>('SELECT id FROM source WHERE serial = $1', [benchSerial])
  const [source] = rows
  if (!source) throw new Error(`no reader ${benchSerial}`)
  return source.id
}

async function revokeOthers(world: World): Promise<void> {
  await world.db.query('UPDATE agent SET revoked_at = now() WHERE revoked_at IS NULL')
}

/**
 * Delivery to storage: signed HTTP requests of 500 punches through the whole server, beside bare `unnest` inserts into the
 * same table of the same database with the same uniqueness and batch size.
 */
export async function benchDelivery(): Promise<BenchLine[]> {
  const world = await makeWorld(day, nowMs, 60)
  try {
    await world.startServer(nowMs)
    await revokeOthers(world)
    const deliver = await pairForBench(world, nowMs)
    const [ours, theirs] = [randomUUID(), randomUUID()]
    const ids = { centreId: world.centreId, sourceId: await sourceOf(world) }
    let stored = 0
    const figure = await perSecond(async (from) => {
      stored += (await deliver(ours, punches(from, batch))).stored
    })
    const expected = batch * (batches + warmUp)
    if (stored !== expected) throw new Error(`${stored} of ${expected} punches were stored`)
    const limit = await perSecond((from) => bareInsert(world.db, ids, theirs, from))
    const note = `batches of ${batch}, one connection; with signature, contract, owners, days to recompute and events; the recomputation is not waited for, but the server's own job works it off at the same time`
    return [
      { name: 'delivery', unit: 'punches/s', figure, limit, ratio: Math.round((limit / figure) * 100) / 100, note },
    ]
  } finally {
    await world.close()
  }
}

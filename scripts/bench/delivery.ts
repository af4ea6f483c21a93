import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { makeWorld, type World } from '../tour/world.ts'
import { type BenchPunch, benchSerial, type Deliver, pairForBench } from './delivering-agent.ts'
import { type BenchLine, inTurn, median, rounded } from './figures.ts'
import { holdRecomputation } from './hold-jobs.ts'

const day = '2026-11-20'
const nowMs = Date.parse(`${day}T10:00:00+08:00`)
const batch = 500
const batches = 5
const rounds = 7
/** A centre of sixty people makes about one punch in six minutes. */
const everyMs = 366_000

/** The next batch of a backlog of months, so that many person-days are touched. */
function punches(from: number): BenchPunch[] {
  const first = nowMs - everyMs * batch * batches * (rounds + 2)
  return Array.from({ length: batch }, (_, i) => {
    const n = from + i
    const at = new Date(first + n * everyMs).toISOString()
    return { seq: n + 1, serial: benchSerial, subject: String((n % 59) + 1), at, score: 120, offsetMs: 12 }
  })
}

/** Punches a second over some batches, each delivered when the one before it is. */
function delivery(work: (rows: readonly BenchPunch[]) => Promise<unknown>): () => Promise<number> {
  let next = 0
  return async () => {
    const made = Array.from({ length: batches }, (_, i) => punches(next + i * batch))
    next += batch * batches
    const began = performance.now()
    for (const rows of made) await work(rows)
    return (batch * batches * 1000) / (performance.now() - began)
  }
}

type Ids = { readonly centreId: string; readonly sourceId: string }

async function bareInsert(db: pg.Client, ids: Ids, epoch: string, rows: readonly BenchPunch[]) {
  await db.query(
    `INSERT INTO punch (centre_id, source_id, spool_epoch, seq, at, subject, score, offset_ms, received_at, quarantine)
     SELECT $1::uuid, $2::uuid, $3::uuid, p.seq, p.at, p.subject, p.score, p.offset_ms, $4::timestamptz, NULL
       FROM unnest($5::bigint[], $6::timestamptz[], $7::text[], $8::int[], $9::float8[]) AS p (seq, at, subject, score, offset_ms)
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
 * same table of the same database with the same uniqueness and batch size. No day is recomputed meanwhile.
 */
export async function benchDelivery(): Promise<BenchLine[]> {
  const world = await makeWorld(day, nowMs, 60)
  try {
    await world.startServer(nowMs)
    await revokeOthers(world)
    await holdRecomputation(world.db)
    const deliver = await pairForBench(world, nowMs)
    const [ours, theirs] = [randomUUID(), randomUUID()]
    const ids = { centreId: world.centreId, sourceId: await sourceOf(world) }
    let stored = 0
    const signed = delivery(async (rows) => {
      stored += (await deliver(ours, rows)).stored
    })
    const taken = await inTurn(
      rounds,
      signed,
      delivery((rows) => bareInsert(world.db, ids, theirs, rows)),
    )
    const expected = batch * batches * (rounds + 1)
    if (stored !== expected) throw new Error(`${stored} of ${expected} punches were stored`)
    const line = lineOf(taken, await waiting(world))
    return [line, await benchAgain(world, { deliver, ids, ours, theirs, known: expected })]
  } finally {
    await world.close()
  }
}

/** How many person-days the deliveries left to recompute; none of them was, or the figure would hold that work as well. */
async function waiting(world: World): Promise<number> {
  const { rows } = await world.db.query<{ days: number }>('SELECT count(*)::int AS days FROM stale_day')
  if (!rows[0]?.days) throw new Error('the deliveries marked no day, or the days were recomputed meanwhile')
  return rows[0].days
}

type Known = {
  readonly deliver: Deliver
  readonly ids: Ids
  readonly ours: string
  readonly theirs: string
  readonly known: number
}

/** What the ledger and its indexes hold, and in how many bytes. */
async function ledgerOf(world: World): Promise<string> {
  const { rows } = await world.db.query<{ rows: string; bytes: string }>(
    `SELECT (SELECT count(*) FROM punch) AS rows, pg_total_relation_size('punch') AS bytes`,
  )
  return JSON.stringify(rows[0])
}

/** A hundred thousand punches that are stored already, sent again: nothing may be stored, and the table may not grow. */
async function benchAgain(world: World, { deliver, ids, ours, theirs, known }: Known): Promise<BenchLine> {
  const all = Array.from({ length: known / batch }, (_, i) => punches(i * batch))
  const parts = 5
  const before = await ledgerOf(world)
  let stored = 0
  const round = (work: (rows: readonly BenchPunch[]) => Promise<unknown>) => async () => {
    const began = performance.now()
    for (const rows of all) await work(rows)
    return (performance.now() - began) / 1000
  }
  const again = round(async (rows) => {
    stored += (await deliver(ours, rows)).stored
  })
  const taken = await inTurn(
    parts,
    again,
    round((rows) => bareInsert(world.db, ids, theirs, rows)),
  )
  const after = await ledgerOf(world)
  if (stored !== 0 || before !== after) throw new Error(`re-sent punches changed the ledger: ${before} → ${after}`)
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const [figure, limit] = [sum(taken.ours), sum(taken.bare)]
  return {
    name: 'sent again',
    unit: 's',
    figure: rounded(figure),
    limit: rounded(limit),
    ratio: rounded(figure / limit),
    worst: rounded(Math.max(...taken.ours) * parts),
    note: `${parts * known} punches that were stored already, in signed batches of ${batch}; nothing was stored and the table and its indexes kept their size to the byte; limit: the same rows as bare inserts that conflict`,
  }
}

function lineOf(taken: { ours: readonly number[]; bare: readonly number[] }, days: number): BenchLine {
  const [figure, limit] = [median(taken.ours), median(taken.bare)]
  return {
    name: 'delivery',
    unit: 'punches/s',
    figure: rounded(figure),
    limit: rounded(limit),
    ratio: rounded(limit / figure),
    worst: rounded(Math.min(...taken.ours)),
    note: `one agent, median of ${rounds} rounds of ${batches} batches of ${batch}, one connection, in turn with the bare inserts; with signature, contract, owners, events and ${days} person-days noted; recomputing them is held back and not in the figure`,
  }
}

import { randomUUID } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { Spool } from '#devices/agent/spool.ts'
import { makeWorld, type World } from '../tour/world.ts'
import { type BenchPunch, benchSerial, type Deliver, pairForBench } from './delivering-agent.ts'
import { type BenchLine, inTurn, waits } from './figures.ts'
import { type Ears, openEars } from './screen.ts'

const day = '2026-11-20'
const startMs = Date.parse(`${day}T08:20:00+08:00`)
const rounds = 10
const perRound = 40

/** Milliseconds from the reader's match on. */
type Waits = { readonly spool: number; readonly row: number; readonly told: number; readonly judged: number }

type Ours = { readonly spool: Spool; readonly deliver: Deliver; readonly ears: Ears }

/** One finger after the other, each when the one before it is judged and greeted. */
function measureOurs({ spool, deliver, ears }: Ours, shiftMs: number): () => Promise<Waits[]> {
  let made = 0
  return async () => {
    const taken: Waits[] = []
    for (let i = 0; i < perRound; i += 1) {
      made += 1
      const subject = String((made % 50) + 1)
      const punch = { serial: benchSerial, subject, score: 120, offsetMs: 5 }
      const heard = ears.expect(spool.epoch, made)
      const began = performance.now()
      const record = await spool.append({ ...punch, at: new Date(Date.now() + shiftMs).toISOString() })
      const durable = performance.now()
      if (record.seq !== made) throw new Error(`punch ${made} got the number ${record.seq}`)
      await deliver(spool.epoch, [record as BenchPunch])
      const { row, told, judged } = await heard
      taken.push({ spool: durable - began, row: row - began, told: told - began, judged: judged - began })
      await spool.acknowledge(record.seq)
    }
    return taken
  }
}

type Bare = { readonly file: number; readonly both: number }

/** The least that durability costs: the same bytes to a file with fdatasync, and one row in a transaction of its own. */
async function measureBare(world: World, file: FileHandle): Promise<() => Promise<Bare[]>> {
  const { rows } = await world.db.query<{ id: string }>('SELECT id FROM source WHERE serial = $1', [benchSerial])
  const epoch = randomUUID()
  let seq = 0
  return async () => {
    const taken: Bare[] = []
    for (let i = 0; i < perRound; i += 1) {
      seq += 1
      const at = new Date(startMs + seq * 1000)
      const began = performance.now()
      await file.write(`${JSON.stringify({ seq, serial: benchSerial, subject: '1', at, score: 120, offsetMs: 5 })}\n`)
      await file.datasync()
      const durable = performance.now()
      await world.db.query(
        `INSERT INTO punch (centre_id, source_id, spool_epoch, seq, at, subject, score, offset_ms, received_at)
         VALUES ($1, $2, $3, $4, $5, '1', 120, 5, $5) ON CONFLICT DO NOTHING`,
        [world.centreId, rows[0]?.id, epoch, seq, at],
      )
      taken.push({ file: durable - began, both: performance.now() - began })
    }
    return taken
  }
}

/** Match ack → spool → row → kiosk event → judged greeting, in turn with bare fsync and bare insert on the same disk and database. */
export async function benchKiosk(): Promise<BenchLine[]> {
  const world = await makeWorld(day, startMs, 60)
  try {
    const shiftMs = startMs - Date.now()
    await world.startServer(startMs)
    await world.db.query('UPDATE agent SET revoked_at = now() WHERE revoked_at IS NULL')
    const deliver = await pairForBench(world, startMs)
    const spool = await Spool.open(join(world.folder, 'bench-spool'))
    const file = await open(join(world.folder, 'bare.journal'), 'a')
    const ears = await openEars(world, startMs)
    const taken = await inTurn(rounds, measureOurs({ spool, deliver, ears }, shiftMs), await measureBare(world, file))
    ears.close()
    await Promise.all([spool.close(), file.close()])
    return linesOf(taken.ours.flat(), taken.bare.flat())
  } finally {
    await world.close()
  }
}

function linesOf(ours: readonly Waits[], bare: readonly Bare[]): BenchLine[] {
  const of = (part: keyof Waits) => ours.map((one) => one[part])
  const [files, both] = [bare.map((one) => one.file), bare.map((one) => one.both)]
  const limit = 'limit: the same bytes to a file with fdatasync and one inserted row, nothing else'
  return [
    waits(
      'ack to spool',
      of('spool'),
      files,
      `${ours.length} punches, one after the other; from the reader's match until the agent's journal is on disk; limit: fdatasync`,
    ),
    waits(
      'ack to row',
      of('row'),
      both,
      `as above, then one signed HTTP request to the whole server; until the database itself tells another session that the transaction has ended: punch, spool account, stale day, event; ${limit}`,
    ),
    waits(
      'ack to kiosk',
      of('told'),
      both,
      `until the greeting with name and time is on a screen's socket, read by a client in this process; without the judgement; the whole view is renewed about once a second meanwhile; ${limit}`,
    ),
    waits(
      'ack to judgement',
      of('judged'),
      both,
      `until the second event says on time or late: the day's facts read, judged, its results kept in a second transaction, and the partner looked up; ${limit}`,
    ),
  ]
}

import { randomUUID } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { Spool } from '#devices/agent/spool.ts'
import { type Client, makeClient } from '../tour/client.ts'
import { makeWorld, type World } from '../tour/world.ts'
import { type BenchPunch, benchSerial, codeFor, type Deliver, pairForBench } from './delivering-agent.ts'
import { type BenchLine, inTurn, median, rounded } from './figures.ts'

const day = '2026-11-20'
const startMs = Date.parse(`${day}T08:20:00+08:00`)
const rounds = 8
const perRound = 10

/** A screen as a browser opens it; `next` resolves when the bytes of a greeting have come in. */
async function openScreen(world: World): Promise<{ next: () => Promise<number>; close: () => void }> {
  const browser: Client = makeClient(world.address)
  const paired = await browser.submit('/kiosk', { code: await codeFor(world, 'kiosk', startMs) })
  if (paired.status !== 302) throw new Error(`the screen was not paired: ${paired.status}`)
  let heard: (at: number) => void = () => {}
  const close = await browser.events('/kiosk/events', (data) => {
    if (data.includes('"tone"') && !data.includes('"readers"')) heard(performance.now())
  })
  const next = () =>
    new Promise<number>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('no greeting within 10 s')), 10_000)
      heard = (at) => {
        clearTimeout(late)
        resolve(at)
      }
    })
  return { next, close }
}

type Ours = { readonly spool: Spool; readonly deliver: Deliver; readonly next: () => Promise<number> }

/** From the reader's match to the greeting's bytes on the screen's socket: spool and fsync, delivery, row, result, event. */
function measureOurs({ spool, deliver, next }: Ours, shiftMs: number): () => Promise<number[]> {
  let person = 0
  return async () => {
    const taken: number[] = []
    for (let i = 0; i < perRound; i += 1) {
      person = (person % 50) + 1
      const punch = { serial: benchSerial, subject: String(person), score: 120, offsetMs: 5 }
      const greeting = next()
      const began = performance.now()
      const record = await spool.append({ ...punch, at: new Date(Date.now() + shiftMs).toISOString() })
      await deliver(spool.epoch, [record as BenchPunch])
      taken.push((await greeting) - began)
      await spool.acknowledge(record.seq)
    }
    return taken
  }
}

/** The least that durability costs: the same bytes to a file with fdatasync, and one row in a transaction of its own. */
async function measureBare(world: World, file: FileHandle): Promise<() => Promise<number[]>> {
  const { rows } = await world.db.query<{ id: string }>('SELECT id FROM source WHERE serial = $1', [benchSerial])
  const epoch = randomUUID()
  let seq = 0
  return async () => {
    const taken: number[] = []
    for (let i = 0; i < perRound; i += 1) {
      seq += 1
      const at = new Date(startMs + seq * 1000)
      const began = performance.now()
      await file.write(`${JSON.stringify({ seq, serial: benchSerial, subject: '1', at, score: 120, offsetMs: 5 })}\n`)
      await file.datasync()
      await world.db.query(
        `INSERT INTO punch (centre_id, source_id, spool_epoch, seq, at, subject, score, offset_ms, received_at)
         VALUES ($1, $2, $3, $4, $5, '1', 120, 5, $5) ON CONFLICT DO NOTHING`,
        [world.centreId, rows[0]?.id, epoch, seq, at],
      )
      taken.push(performance.now() - began)
    }
    return taken
  }
}

/** Match ack → spool → row → kiosk event, in turn with bare fsync and bare insert on the same disk and database. */
export async function benchKiosk(): Promise<BenchLine[]> {
  const world = await makeWorld(day, startMs, 60)
  try {
    const shiftMs = startMs - Date.now()
    await world.startServer(startMs)
    await world.db.query('UPDATE agent SET revoked_at = now() WHERE revoked_at IS NULL')
    const deliver = await pairForBench(world, startMs)
    const spool = await Spool.open(join(world.folder, 'bench-spool'))
    const file = await open(join(world.folder, 'bare.journal'), 'a')
    const screen = await openScreen(world)
    const ours = measureOurs({ spool, deliver, next: screen.next }, shiftMs)
    const taken = await inTurn(rounds, ours, await measureBare(world, file))
    screen.close()
    await Promise.all([spool.close(), file.close()])
    return [lineOf(taken.ours.flat(), taken.bare.flat())]
  } finally {
    await world.close()
  }
}

function lineOf(ours: readonly number[], bare: readonly number[]): BenchLine {
  const [figure, limit] = [median(ours), median(bare)]
  return {
    name: 'kiosk',
    unit: 'ms',
    figure: rounded(figure),
    limit: rounded(limit),
    ratio: rounded(figure / limit),
    worst: rounded(Math.max(...ours)),
    note: `median of ${ours.length}, back to back; spool and fsync, signed HTTP, row, day's result, event, greeting on a client's socket, while the screen's whole view is renewed as well; limit: fsync and one inserted row`,
  }
}

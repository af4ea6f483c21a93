import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Spool } from '#devices/agent/spool.ts'
import { type Client, makeClient } from '../tour/client.ts'
import { makeWorld, type World } from '../tour/world.ts'
import { type BenchPunch, benchSerial, codeFor, type Deliver, pairForBench } from './delivering-agent.ts'
import type { BenchLine } from './list.ts'

const day = '2026-11-20'
const startMs = Date.parse(`${day}T08:20:00+08:00`)
const warmUp = 5
const rounds = 40

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

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

/** From the reader's match to the greeting's bytes on the screen's socket: spool and fsync, delivery, row, result, event. */
async function measureOurs(spool: Spool, deliver: Deliver, next: () => Promise<number>, shiftMs: number) {
  const taken: number[] = []
  for (let i = 0; i < warmUp + rounds; i += 1) {
    const punch = { serial: benchSerial, subject: String((i % 50) + 1), score: 120, offsetMs: 5 }
    const greeting = next()
    const began = performance.now()
    const record = await spool.append({ ...punch, at: new Date(Date.now() + shiftMs).toISOString() })
    await deliver(spool.epoch, [record as BenchPunch])
    const heard = await greeting
    await spool.acknowledge(record.seq)
    if (i >= warmUp) taken.push(heard - began)
  }
  return taken
}

/** The least that durability costs: the same bytes to a file with fdatasync, and one row in a transaction of its own. */
async function measureBare(world: World): Promise<number[]> {
  const { rows } = await world.db.query<{ id: string }>('SELECT id FROM source WHERE serial = $1', [benchSerial])
  const path = join(world.folder, 'bare.journal')
  const file = await open(path, 'a')
  const epoch = randomUUID()
  const taken: number[] = []
  for (let i = 0; i < warmUp + rounds; i += 1) {
    const at = new Date(startMs + i * 1000)
    const began = performance.now()
    await file.write(`${JSON.stringify({ seq: i, serial: benchSerial, subject: '1', at, score: 120, offsetMs: 5 })}\n`)
    await file.datasync()
    await world.db.query(
      `INSERT INTO punch (centre_id, source_id, spool_epoch, seq, at, subject, score, offset_ms, received_at)
       VALUES ($1, $2, $3, $4, $5, '1', 120, 5, $5) ON CONFLICT DO NOTHING`,
      [world.centreId, rows[0]?.id, epoch, i + 1, at],
    )
    if (i >= warmUp) taken.push(performance.now() - began)
  }
  await file.close()
  await rm(path)
  return taken
}

/** Match ack → spool → row → kiosk event, beside bare fsync and bare insert on the same disk and database. */
export async function benchKiosk(): Promise<BenchLine[]> {
  const world = await makeWorld(day, startMs, 60)
  try {
    const shiftMs = startMs - Date.now()
    await world.startServer(startMs)
    await world.db.query('UPDATE agent SET revoked_at = now() WHERE revoked_at IS NULL')
    const deliver = await pairForBench(world, startMs)
    const spool = await Spool.open(join(world.folder, 'bench-spool'))
    const screen = await openScreen(world)
    const ours = await measureOurs(spool, deliver, screen.next, shiftMs)
    screen.close()
    await spool.close()
    const figure = Math.round(median(ours) * 100) / 100
    const limit = Math.round(median(await measureBare(world)) * 100) / 100
    const worst = Math.round(Math.max(...ours))
    const note = `median of ${rounds}, worst ${worst} ms; spool and fsync, signed HTTP, row, day's result, event, greeting on a client's socket`
    return [{ name: 'kiosk', unit: 'ms', figure, limit, ratio: Math.round((figure / limit) * 100) / 100, note }]
  } finally {
    await world.close()
  }
}

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type AgentOptions, startAgent } from '#devices/agent/agent.ts'
import { systemClock } from '#devices/agent/clock.ts'
import type { Log } from '#devices/agent/log.ts'
import { ReaderWorker } from '#devices/agent/worker.ts'
import { useHall } from './hall-support.ts'
import { eventually, silentLog } from './reader-support.ts'

const hall = useHall()

describe('an agent that is refused', () => {
  const ann = { A: { slots: { 3: 'ann' } } }

  test('keeps its punches and delivers them after pairing anew under another id', async () => {
    const said: object[] = []
    const log: Log = { ...silentLog, error: (facts) => said.push(facts) }
    await hall.start(ann, { log })
    await hall.press(3)
    await eventually(() => hall.centre.seen.stored.size === 1)
    hall.centre.seen.refuses = { status: 403, code: 'agent_revoked' }
    await hall.press(3)
    await eventually(() => hall.agent?.spool.length === 1)
    await eventually(() => said.length > 0)
    const epoch = hall.agent?.spool.epoch
    await hall.agent?.stop()

    hall.centre.seen.refuses = null
    hall.centre.seen.agentId = 'b7c1f0de-7a43-4c7e-9d0a-0d8ef6f1a001'
    await hall.start(ann, { config: { pairingCode: 'NEW1-2345' } })
    await eventually(() => hall.agent?.spool.length === 0)
    expect([...hall.centre.seen.stored.keys()]).toEqual([`${epoch}/1`, `${epoch}/2`])
    expect(hall.agent?.spool.epoch).toBe(epoch)
  })

  test('of another centre: numbers begin anew there, and what waited still goes out under its old ones', async () => {
    await hall.start(ann)
    hall.centre.seen.mood = 'broken'
    await hall.press(3)
    await eventually(() => hall.agent?.spool.length === 1)
    const epoch = hall.agent?.spool.epoch
    await hall.agent?.stop()
    hall.centre.seen.mood = 'well'
    hall.centre.seen.centreId = 'b7c1f0de-7a43-4c7e-9d0a-0d8ef6f1a002'
    await hall.start(ann, { config: { pairingCode: 'NEW1-2345' } })
    await eventually(() => hall.centre.seen.stored.has(`${epoch}/1`))
    await hall.press(3)
    await eventually(() => hall.centre.seen.stored.size === 2)
    expect(hall.agent?.spool.epoch).not.toBe(epoch)
  })

  test('a wrong new code does not keep a known agent from its work', async () => {
    await hall.start(ann)
    await hall.press(3)
    await eventually(() => hall.centre.seen.stored.size === 1)
    await hall.agent?.stop()
    hall.centre.seen.codes = []
    await hall.start(ann, { config: { pairingCode: 'NONE-2345' } })
    await hall.press(3)
    await eventually(() => hall.centre.seen.stored.size === 2)
  })
})

describe('a spool without room', () => {
  test('shows red, says spool_full, takes nothing, and works again when the server has taken what waits', async () => {
    hall.centre.seen.mood = 'broken'
    const warned: string[] = []
    const log: Log = { ...silentLog, warn: (_, message) => warned.push(message) }
    await hall.start({ A: { slots: { 3: 'ann' } } }, { config: { spoolMegabytes: 1 }, log })
    const long = { serial: 'A'.repeat(60), subject: '3', at: new Date().toISOString(), score: 1, offsetMs: null }
    const fill = async (together: number) => {
      for (;;) await Promise.all(Array.from({ length: together }, () => hall.agent?.spool.append(long)))
    }
    for (const together of [500, 40, 5, 1]) await expect(fill(together)).rejects.toMatchObject({ code: 'spool_full' })
    const before = hall.agent?.spool.length ?? 0
    await hall.press(3)
    await eventually(() => hall.agent?.workers.get('A')?.status.detail === 'spool_full')
    expect(hall.agent?.spool.length).toBeLessThanOrEqual(before + 8)
    await eventually(() => hall.centre.seen.reports.some(({ readers }) => readers[0]?.detail === 'spool_full'))
    expect(warned.filter((message) => message === 'the spool is filling up')).toHaveLength(1)
    const figures = hall.centre.seen.reports.at(-1)?.spool
    expect((figures?.bytes ?? 0) / (figures?.limitBytes ?? 1)).toBeGreaterThan(0.9)
    hall.centre.seen.mood = 'well'
    await eventually(() => hall.agent?.spool.length === 0, 30_000)
    await eventually(() => hall.agent?.workers.get('A')?.status.state === 'online')
    const stored = hall.centre.seen.stored.size
    await hall.press(3)
    await eventually(() => hall.centre.seen.stored.size > stored)
  }, 60_000)
})

describe('an agent whose clock woke up in the year 2000', () => {
  test('reports, measures how far it is off, and its punches carry both', async () => {
    const shift = Date.parse('2000-01-01T00:00:00Z') - Date.now()
    const clock = { now: () => Date.now() + shift, monotonic: () => performance.now() }
    await hall.start({ A: { slots: { 3: 'ann' } } }, { clock })
    await eventually(() => hall.centre.seen.reports.some(({ offsetMs }) => offsetMs !== null))
    await hall.press(3)
    const [punch] = await eventually(() => hall.centre.seen.stored.size > 0 && [...hall.centre.seen.stored.values()])
    expect(punch?.at).toMatch(/^(1999|2000)-/)
    expect(Math.abs((punch?.offsetMs ?? 0) - shift)).toBeLessThan(10_000)
    expect(punch?.monotonicMs).toBeGreaterThan(0)
    expect(hall.centre.seen.reports.at(-1)?.at).toMatch(/^(1999|2000)-/)
  })
})

describe('stopping', () => {
  const ann = { A: { slots: { 3: 'ann' } }, B: { slots: {} } }
  /** Ends well within what a service manager allows. */
  async function stopsQuickly(): Promise<void> {
    const start = performance.now()
    await hall.agent?.stop()
    hall.agent = null
    expect(performance.now() - start).toBeLessThan(5000)
  }

  test('in the middle of everything: a held request, an enrolment, a copy, a finger, a server that never answers', async () => {
    await hall.start(ann)
    const enrolment = hall.centre.command({ kind: 'enrol', serial: 'B', slot: 9, presses: 2 })
    await eventually(() => enrolment().length > 0)
    hall.centre.seen.mood = 'never answers'
    void hall.press(3)
    await eventually(() => hall.centre.seen.received.length > 0)
    hall.centre.command({ kind: 'copy', serial: 'A', slot: 3, to: [{ serial: 'B', slot: 1 }] })
    await new Promise((resolve) => setTimeout(resolve, 50))
    await stopsQuickly()
  })

  test('before it was ever paired, and while the server is away', async () => {
    await hall.centre.stop()
    await hall.start(ann)
    await stopsQuickly()
    await hall.centre.restart()
  })

  test('again and again right after the start, whatever has begun by then', async () => {
    for (let round = 0; round < 8; round++) {
      await hall.start(ann)
      if (round % 2 === 0) await new Promise((resolve) => setTimeout(resolve, round * 7))
      await stopsQuickly()
    }
  })

  test('is not held by a request that is never told of its end', async () => {
    const real = globalThis.fetch
    await hall.start(ann)
    // A request may lose the signal that ends it when memory is tidied: then nobody ever answers it.
    globalThis.fetch = () => new Promise(() => undefined)
    try {
      await hall.press(3)
      await new Promise((resolve) => setTimeout(resolve, 50))
      await stopsQuickly()
    } finally {
      globalThis.fetch = real
    }
  })

  test('leaves behind what does not end: a device that can be neither opened nor closed', async () => {
    const said: object[] = []
    const log: Log = { ...silentLog, error: (facts) => said.push(facts) }
    const never = new Promise<never>(() => undefined)
    const stuck: AgentOptions['workers'] = (shared) => [
      new ReaderWorker({ ...shared, serial: 'S', profile: 'raw64', emulated: false, open: () => never }),
    ]
    const config = {
      server: hall.centre.url,
      dataDir: join(hall.folder, 'agent'),
      name: 'A',
      clockOffsetMs: 0,
      readers: [],
      discover: false,
    }
    const clock = systemClock()
    const here = await startAgent({ config, clock, log, version: 'test', workers: stuck, longestStopMs: 100 })
    await here.stop()
    expect(said).toContainEqual({ part: 'reader S' })
    expect(readdirSync(join(hall.folder, 'agent'))).toContain('spool.mark')
  })

  test('work that comes after the end is refused, not forgotten', async () => {
    const here = await hall.start(ann)
    const worker = here.workers.get('A')
    await stopsQuickly()
    await expect(worker?.do(async () => 1)).rejects.toThrow(/not there/)
  })
})

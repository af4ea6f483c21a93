import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Agent, type AgentOptions, startAgent } from '#devices/agent/agent.ts'
import { systemClock } from '#devices/agent/clock.ts'
import type { AgentConfig } from '#devices/agent/config.ts'
import type { Log } from '#devices/agent/log.ts'
import { ReaderWorker } from '#devices/agent/worker.ts'
import type { CommandBody } from '#devices/contract.ts'
import { type Centre, startCentre } from './fake-centre.ts'
import { eventually, latencyFactor, silentLog } from './reader-support.ts'

let folder: string
let centre: Centre
let agent: Agent | null = null

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'life-'))
  centre = await startCentre()
})
afterEach(async () => {
  await agent?.stop()
  agent = null
  await centre.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Memory = { dialect?: 'grow' | 'syno' | 'zfm'; slots: Record<number, string> }

/** An agent with emulated readers by serial. */
async function start(
  memories: Record<string, Memory>,
  { config = {}, ...options }: { config?: Partial<AgentConfig> } & Partial<Omit<AgentOptions, 'config'>> = {},
): Promise<Agent> {
  const readers = Object.entries(memories).map(([serial, { dialect = 'grow', slots }]) => {
    const file = join(folder, `${serial}.json`)
    writeFileSync(file, JSON.stringify({ serial, dialect, capacity: 50, slots }))
    return { emulated: true, serial, file, dialect, profile: 'raw64', latency: latencyFactor } as const
  })
  const whole: AgentConfig = {
    server: centre.url,
    dataDir: join(folder, 'agent'),
    name: 'Test agent',
    pairingCode: 'ABCD-2345',
    clockOffsetMs: 0,
    readers,
    discover: false,
    ...config,
  }
  const common = { clock: systemClock(), log: silentLog, version: 'test', retryMs: 20, refusedAgainMs: 50 }
  agent = await startAgent({ ...common, config: whole, ...options })
  const here = agent
  await eventually(() => [...here.workers.values()].every((worker) => worker.isConnected))
  return agent
}

async function carriedOut(body: CommandBody) {
  const steps = centre.command(body)
  const last = await eventually(() => steps().find(({ state }) => state !== 'running'))
  return { last, names: steps().map(({ step }) => step), steps: steps() }
}
const slotsOf = (serial: string) => JSON.parse(readFileSync(join(folder, `${serial}.json`), 'utf8')).slots
const press = (slot: number, serial = 'A') => agent?.presses.get(serial)?.visitor(slot, 'good')

describe('commands at readers', () => {
  const hall = { A: { slots: { 3: 'ann', 4: 'bob' } }, B: { slots: { 7: 'bob' } }, C: { slots: {} } }

  test('the self-test tells each step before it tries it', async () => {
    await start(hall)
    const { names, last } = await carriedOut({ kind: 'self_test', serial: 'A' })
    expect(names).toEqual(['answer', 'parameters', 'sensor', 'count', 'index', 'light', 'passed'])
    expect(last.facts).toMatchObject({ templates: 2, taken: '3-4', capacity: 50, dialect: 'grow' })
    expect(last.facts.milliseconds).toBeGreaterThanOrEqual(0)
  })

  test('the index table is read', async () => {
    await start(hall)
    const { last } = await carriedOut({ kind: 'index', serial: 'A' })
    expect(last).toMatchObject({ state: 'done', step: 'read', facts: { taken: '3-4', templates: 2, capacity: 50 } })
  })

  test('a template is copied to other readers, and recognised there; nothing of it leaves this process', async () => {
    await start(hall)
    const to = [
      { serial: 'B', slot: 9 },
      { serial: 'C', slot: 3 },
    ]
    const { names, steps } = await carriedOut({ kind: 'copy', serial: 'A', slot: 3, to })
    expect(names).toEqual(['copied', 'copied', 'copied_all'])
    expect(steps[0]?.facts).toEqual({ serial: 'B', slot: 9 })
    expect(slotsOf('B')[9]).toMatch(/^template:/)
    expect(slotsOf('C')).toEqual({ 3: slotsOf('B')[9] })
    await agent?.presses.get('C')?.visitor(null, 'good', 'ann')
    await eventually(() =>
      [...centre.seen.stored.values()].some(({ serial, subject }) => serial === 'C' && subject === '3'),
    )
    const sent = JSON.stringify([centre.seen.steps, centre.seen.reports])
    expect(sent.length).toBeLessThan(100_000)
    for (const step of centre.seen.steps)
      for (const fact of Object.values(step.facts)) expect(String(fact).length).toBeLessThan(100)
  })

  test('a copy is refused with the reader and the reason, and where it was not refused it stays', async () => {
    await start({ ...hall, D: { dialect: 'syno', slots: {} } })
    const copy = async (...to: { serial: string; slot: number }[]) => {
      const { last } = await carriedOut({ kind: 'copy', serial: 'A', slot: 4, to })
      expect(last).toMatchObject({ state: 'failed', step: 'copy_refused' })
      return last.facts
    }
    expect(await copy({ serial: 'C', slot: 1 }, { serial: 'X', slot: 1 })).toEqual({
      serial: 'X',
      slot: 1,
      reason: 'other_agent',
    })
    expect(slotsOf('C')).toEqual({})
    expect(await copy({ serial: 'A', slot: 9 })).toMatchObject({ reason: 'same_reader' })
    expect(await copy({ serial: 'D', slot: 9 })).toMatchObject({ reason: 'dialect_differs' })
    expect(await copy({ serial: 'B', slot: 7 })).toMatchObject({ reason: 'slot_not_empty' })
    expect(await copy({ serial: 'C', slot: 2 }, { serial: 'B', slot: 8 })).toMatchObject({
      serial: 'B',
      reason: 'already_enrolled',
    })
    expect(Object.keys(slotsOf('C'))).toEqual(['2'])
    agent?.presses.get('B')?.unplug()
    await eventually(() => agent?.workers.get('B')?.isConnected === false)
    expect(await copy({ serial: 'B', slot: 8 })).toMatchObject({ reason: 'unplugged' })
    const { last } = await carriedOut({ kind: 'copy', serial: 'A', slot: 30, to: [{ serial: 'C', slot: 9 }] })
    expect(last.state).toBe('failed')
  })

  test('copies in opposite directions at once do not wait for each other', async () => {
    await start(hall)
    const there = carriedOut({ kind: 'copy', serial: 'A', slot: 3, to: [{ serial: 'B', slot: 20 }] })
    const back = carriedOut({ kind: 'copy', serial: 'B', slot: 7, to: [{ serial: 'C', slot: 21 }] })
    const round = carriedOut({ kind: 'copy', serial: 'A', slot: 4, to: [{ serial: 'C', slot: 22 }] })
    const ends = (await Promise.all([there, back, round])).map(({ last }) => last.step)
    // The same finger goes to C twice, under two numbers: whoever comes second is refused.
    expect(ends[0]).toBe('copied_all')
    expect(ends.slice(1).sort()).toEqual(['copied_all', 'copy_refused'])
  })
})

describe('an agent that is refused', () => {
  const ann = { A: { slots: { 3: 'ann' } } }

  test('keeps its punches and delivers them after pairing anew under another id', async () => {
    const said: object[] = []
    const log: Log = { ...silentLog, error: (facts) => said.push(facts) }
    await start(ann, { log })
    await press(3)
    await eventually(() => centre.seen.stored.size === 1)
    centre.seen.refuses = { status: 403, code: 'agent_revoked' }
    await press(3)
    await eventually(() => agent?.spool.length === 1)
    await eventually(() => said.length > 0)
    const epoch = agent?.spool.epoch
    await agent?.stop()

    centre.seen.refuses = null
    centre.seen.agentId = 'b7c1f0de-7a43-4c7e-9d0a-0d8ef6f1a001'
    await start(ann, { config: { pairingCode: 'NEW1-2345' } })
    await eventually(() => agent?.spool.length === 0)
    expect([...centre.seen.stored.keys()]).toEqual([`${epoch}/1`, `${epoch}/2`])
    expect(agent?.spool.epoch).toBe(epoch)
  })

  test('of another centre: numbers begin anew there, and what waited still goes out under its old ones', async () => {
    await start(ann)
    centre.seen.mood = 'broken'
    await press(3)
    await eventually(() => agent?.spool.length === 1)
    const epoch = agent?.spool.epoch
    await agent?.stop()
    centre.seen.mood = 'well'
    centre.seen.centreId = 'b7c1f0de-7a43-4c7e-9d0a-0d8ef6f1a002'
    await start(ann, { config: { pairingCode: 'NEW1-2345' } })
    await eventually(() => centre.seen.stored.has(`${epoch}/1`))
    await press(3)
    await eventually(() => centre.seen.stored.size === 2)
    expect(agent?.spool.epoch).not.toBe(epoch)
  })

  test('a wrong new code does not keep a known agent from its work', async () => {
    await start(ann)
    await press(3)
    await eventually(() => centre.seen.stored.size === 1)
    await agent?.stop()
    centre.seen.codes = []
    await start(ann, { config: { pairingCode: 'NONE-2345' } })
    await press(3)
    await eventually(() => centre.seen.stored.size === 2)
  })
})

describe('a spool without room', () => {
  test('shows red, says spool_full, takes nothing, and works again when the server has taken what waits', async () => {
    centre.seen.mood = 'broken'
    await start({ A: { slots: { 3: 'ann' } } }, { config: { spoolMegabytes: 1 } })
    const long = { serial: 'A'.repeat(60), subject: '3', at: new Date().toISOString(), score: 1, offsetMs: null }
    const fill = async (together: number) => {
      for (;;) await Promise.all(Array.from({ length: together }, () => agent?.spool.append(long)))
    }
    for (const together of [500, 40, 5, 1]) await expect(fill(together)).rejects.toMatchObject({ code: 'spool_full' })
    const before = agent?.spool.length ?? 0
    await press(3)
    await eventually(() => agent?.workers.get('A')?.status.detail === 'spool_full')
    expect(agent?.spool.length).toBeLessThanOrEqual(before + 8)
    await eventually(() => centre.seen.reports.some(({ readers }) => readers[0]?.detail === 'spool_full'))
    const figures = centre.seen.reports.at(-1)?.spool
    expect((figures?.bytes ?? 0) / (figures?.limitBytes ?? 1)).toBeGreaterThan(0.9)
    centre.seen.mood = 'well'
    await eventually(() => agent?.spool.length === 0, 30_000)
    await eventually(() => agent?.workers.get('A')?.status.state === 'online')
    const stored = centre.seen.stored.size
    await press(3)
    await eventually(() => centre.seen.stored.size > stored)
  }, 60_000)
})

describe('an agent whose clock woke up in the year 2000', () => {
  test('reports, measures how far it is off, and its punches carry both', async () => {
    const shift = Date.parse('2000-01-01T00:00:00Z') - Date.now()
    const clock = { now: () => Date.now() + shift, monotonic: () => performance.now() }
    await start({ A: { slots: { 3: 'ann' } } }, { clock })
    await eventually(() => centre.seen.reports.some(({ offsetMs }) => offsetMs !== null))
    await press(3)
    const [punch] = await eventually(() => centre.seen.stored.size > 0 && [...centre.seen.stored.values()])
    expect(punch?.at).toMatch(/^(1999|2000)-/)
    expect(Math.abs((punch?.offsetMs ?? 0) - shift)).toBeLessThan(10_000)
    expect(punch?.monotonicMs).toBeGreaterThan(0)
    expect(centre.seen.reports.at(-1)?.at).toMatch(/^(1999|2000)-/)
  })
})

describe('stopping', () => {
  const ann = { A: { slots: { 3: 'ann' } }, B: { slots: {} } }
  /** Ends well within what a service manager allows. */
  async function stopsQuickly(): Promise<void> {
    const start = performance.now()
    await agent?.stop()
    agent = null
    expect(performance.now() - start).toBeLessThan(5000)
  }

  test('in the middle of everything: a held request, an enrolment, a copy, a finger, a server that never answers', async () => {
    await start(ann)
    const enrolment = centre.command({ kind: 'enrol', serial: 'B', slot: 9, presses: 2 })
    await eventually(() => enrolment().length > 0)
    centre.seen.mood = 'never answers'
    void press(3)
    await eventually(() => centre.seen.received.length > 0)
    centre.command({ kind: 'copy', serial: 'A', slot: 3, to: [{ serial: 'B', slot: 1 }] })
    await new Promise((resolve) => setTimeout(resolve, 50))
    await stopsQuickly()
  })

  test('before it was ever paired, and while the server is away', async () => {
    await centre.stop()
    await start(ann)
    await stopsQuickly()
    await centre.restart()
  })

  test('again and again right after the start, whatever has begun by then', async () => {
    for (let round = 0; round < 8; round++) {
      await start(ann)
      if (round % 2 === 0) await new Promise((resolve) => setTimeout(resolve, round * 7))
      await stopsQuickly()
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
      server: centre.url,
      dataDir: join(folder, 'agent'),
      name: 'A',
      clockOffsetMs: 0,
      readers: [],
      discover: false,
    }
    const clock = systemClock()
    const here = await startAgent({ config, clock, log, version: 'test', workers: stuck, longestStopMs: 100 })
    await here.stop()
    expect(said).toContainEqual({ part: 'reader S' })
    expect(readdirSync(join(folder, 'agent'))).toContain('spool.mark')
  })

  test('work that comes after the end is refused, not forgotten', async () => {
    const here = await start(ann)
    const worker = here.workers.get('A')
    await stopsQuickly()
    await expect(worker?.do(async () => 1)).rejects.toThrow(/not there/)
  })
})

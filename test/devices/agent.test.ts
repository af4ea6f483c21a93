import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Agent, startAgent } from '#devices/agent/agent.ts'
import { systemClock } from '#devices/agent/clock.ts'
import { type AgentConfig, loadConfig } from '#devices/agent/config.ts'
import type { CommandBody } from '#devices/contract.ts'
import { type Centre, startCentre } from './fake-centre.ts'
import { eventually, latencyFactor, silentLog } from './reader-support.ts'

let folder: string
let centre: Centre
let agent: Agent | null = null

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agent-'))
  centre = await startCentre()
})
afterEach(async () => {
  await agent?.stop()
  agent = null
  await centre.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Starts an agent with one emulated reader, E1, whose module has fingers in the slots 3 and 4. */
async function start(extra: Partial<AgentConfig> = {}, password = 0): Promise<Agent> {
  const file = join(folder, 'E1.json')
  const slots = { 3: 'someone.left-thumb', 4: 'another.right-index' }
  const memory = { serial: 'E1', dialect: 'grow', capacity: 50, password, slots }
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(memory))
  const reader = {
    emulated: true,
    serial: 'E1',
    file,
    dialect: 'grow',
    profile: 'cp2110',
    latency: latencyFactor,
  } as const
  const config: AgentConfig = {
    server: centre.url,
    dataDir: join(folder, 'agent'),
    name: 'Test agent',
    pairingCode: 'ABCD-2345',
    clockOffsetMs: 0,
    readers: [reader],
    discover: false,
    ...extra,
  }
  agent = await startAgent({ config, clock: systemClock(), log: silentLog, version: 'test', retryMs: 20 })
  return agent
}

const status = () => agent?.workers.get('E1')?.status
const online = () => eventually(() => status()?.state === 'online')

/** Gives a command and waits for its end: the names of its steps, and the last one. */
async function carriedOut(body: CommandBody) {
  const steps = centre.command(body)
  const last = await eventually(() => steps().find(({ state }) => state !== 'running'))
  return { last, names: steps().map(({ step }) => step) }
}
const press = (slot: number | null, how: 'good' | 'wet' | 'unplug' | 'replug' = 'good') =>
  carriedOut({ kind: 'press', serial: 'E1', slot, how })

describe('the agent', () => {
  test('pairs, keeps its key private, and brings a pressed finger to the server', async () => {
    await start()
    await online()
    expect((await press(3)).names).toEqual(['finger_down', 'matched', 'spooled', 'lifted'])
    await eventually(() => centre.seen.stored.size === 1)
    expect([...centre.seen.stored.values()]).toMatchObject([{ seq: 1, serial: 'E1', subject: '3' }])
    await eventually(() => agent?.spool.length === 0)
    expect(statSync(join(folder, 'agent', 'agent.json')).mode & 0o777).toBe(0o600)
    expect(centre.seen.badSignatures).toBe(0)
  })

  test('tells the kiosk of fingers that were not read, and the server how its readers are', async () => {
    await start()
    await online()
    expect((await press(null)).names).toEqual(['finger_down', 'not_recognised', 'lifted'])
    expect((await press(4, 'wet')).names).toEqual(['finger_down', 'poor_image', 'lifted'])
    const events = () => centre.seen.reports.flatMap((report) => report.events)
    await eventually(() => events().length >= 2)
    expect(events().map(({ kind, detail }) => [kind, detail])).toEqual([
      ['not_recognised', ''],
      ['poor_image', 'too_messy'],
    ])
    const last = centre.seen.reports.at(-1)?.readers
    expect(last).toMatchObject([
      { serial: 'E1', emulated: true, state: 'online', detail: null, dialect: 'grow', capacity: 50, templates: 2 },
    ])
    expect(last?.[0]).toMatchObject({ identity: { model: 'EMULATED R503' }, lastError: null })
    expect(centre.seen.reports.at(-1)?.spool).toMatchObject({ next: 1, through: 0, keptFrom: 1, oldestWaitingAt: null })
  })

  test('enrols while fingers are pressed, refuses the same finger again, deletes it', async () => {
    await start()
    await online()
    const enrolment = centre.command({ kind: 'enrol', serial: 'E1', slot: 9, presses: 2 })
    await eventually(() => enrolment().some(({ facts }) => facts.press === 1))
    await press(9)
    await eventually(() => enrolment().some(({ step, facts }) => step === 'press' && facts.press === 2))
    await press(9)
    await eventually(() => enrolment().at(-1)?.state === 'done')
    expect(enrolment().map(({ step }) => step)).toEqual(['press', 'lift', 'press', 'lift', 'stored'])
    // The two presses of the enrolment are no punches; the next one is.
    expect(centre.seen.stored.size).toBe(0)
    // Whoever presses before the reader has seen its glass empty presses once more.
    for (let tries = 0; tries < 5 && centre.seen.received.length === 0; tries++) await press(9)
    await eventually(() => centre.seen.stored.size > 0)
    expect((await carriedOut({ kind: 'enrol', serial: 'E1', slot: 9, presses: 2 })).last.step).toBe('slot_taken')
    expect((await carriedOut({ kind: 'delete', serial: 'E1', slot: 9 })).last).toMatchObject({
      state: 'done',
      facts: { was_taken: 1 },
    })
    expect(Object.keys(JSON.parse(readFileSync(join(folder, 'E1.json'), 'utf8')).slots)).toEqual(['3', '4'])
  })

  test('tests itself, lights up, and says no to a reader it does not have', async () => {
    await start()
    await online()
    const test = await carriedOut({ kind: 'self_test', serial: 'E1' })
    expect(test.last).toMatchObject({ state: 'done', step: 'passed', facts: { templates: 2, capacity: 50 } })
    expect((await carriedOut({ kind: 'light', serial: 'E1' })).last).toMatchObject({ state: 'done', step: 'lit' })
    expect((await carriedOut({ kind: 'light', serial: 'X' })).last).toMatchObject({ step: 'reader_unknown' })
    expect((await carriedOut({ kind: 'delete', serial: 'E1', slot: 99 })).last).toMatchObject({ state: 'failed' })
    expect(status()?.state).toBe('online')
  })

  test('an unplugged reader is offline, comes back by itself, and works', async () => {
    await start()
    await online()
    expect((await press(null, 'unplug')).last).toMatchObject({ state: 'done', step: 'unplugged' })
    await eventually(() => status()?.state === 'offline')
    expect(status()?.detail).toBe('unplugged')
    expect((await press(3)).last).toMatchObject({ state: 'failed', step: 'unplugged' })
    expect((await press(null, 'replug')).last).toMatchObject({ state: 'done', step: 'replugged' })
    await online()
    await press(4)
    await eventually(() => centre.seen.stored.size === 1)
    const states = centre.seen.reports.map((report) => report.readers[0]?.state)
    expect(states).toContain('offline')
  })

  test('keeps fingers from before it is paired and while the server is away', async () => {
    await centre.stop()
    await start()
    await online()
    agent?.presses.get('E1')?.visitor(3, 'good')
    await eventually(() => agent?.spool.length === 1)
    await centre.restart()
    await eventually(() => centre.seen.stored.size === 1)
    await eventually(() => agent?.spool.length === 0)
  })

  test('simulated staff come at their time; the past is skipped', async () => {
    const schedule = join(folder, 'schedule.json')
    const at = (ms: number) => new Date(Date.now() + ms).toISOString()
    const past = { at: at(-60_000), serial: 'E1', slot: 3 }
    const due = { at: at(1500), serial: 'E1', slot: 4 }
    writeFileSync(schedule, JSON.stringify([due, past]))
    await start({ schedule })
    await eventually(() => centre.seen.stored.size === 1)
    expect([...centre.seen.stored.values()]).toMatchObject([{ subject: '4' }])
  })
})

describe('the configuration', () => {
  test('is read with paths relative to its file, and says what is wrong with it', () => {
    const path = join(folder, 'config.json')
    const reader = { emulated: true, serial: 'E1', file: 'E1.json', dialect: 'zfm' }
    writeFileSync(path, JSON.stringify({ server: 'http://h', dataDir: 'data', name: 'A', readers: [reader] }))
    const config = loadConfig(path)
    expect(config.dataDir).toBe(join(folder, 'data'))
    expect(config.readers).toEqual([{ ...reader, file: join(folder, 'E1.json'), profile: 'raw64', latency: 1 }])
    writeFileSync(path, JSON.stringify({ server: 'nowhere', dataDir: 'data', name: 'A', readres: [] }))
    expect(() => loadConfig(path)).toThrow(/not a valid agent configuration[\s\S]*readres/)
    expect(() => loadConfig(join(folder, 'none.json'))).toThrow(/cannot be read/)
  })
})

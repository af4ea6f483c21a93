import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Agent, startAgent } from '#devices/agent/agent.ts'
import { systemClock } from '#devices/agent/clock.ts'
import type { AgentConfig } from '#devices/agent/config.ts'
import type { CommandStep } from '#devices/contract.ts'
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

function configured(extra: Partial<AgentConfig> = {}): AgentConfig {
  const file = join(folder, 'E1.json')
  try {
    statSync(file)
  } catch {
    const slots = { 3: 'someone.left-thumb', 4: 'another.right-index' }
    writeFileSync(file, JSON.stringify({ serial: 'E1', dialect: 'grow', capacity: 50, password: 0, slots }))
  }
  const reader = {
    emulated: true,
    serial: 'E1',
    file,
    dialect: 'grow',
    profile: 'cp2110',
    latency: latencyFactor,
  } as const
  return {
    server: centre.url,
    dataDir: join(folder, 'agent'),
    name: 'Test agent',
    pairingCode: 'ABCD-2345',
    clockOffsetMs: 0,
    readers: [reader],
    discover: false,
    ...extra,
  }
}

async function start(extra: Partial<AgentConfig> = {}): Promise<Agent> {
  agent = await startAgent({
    config: configured(extra),
    clock: systemClock(),
    log: silentLog,
    version: 'test',
    retryMs: 20,
  })
  return agent
}

const online = () => eventually(() => agent?.workers.get('E1')?.status.state === 'online')
const ended = (steps: () => CommandStep[]) =>
  eventually(() => {
    const last = steps().at(-1)
    return last && last.state !== 'running' ? { last, names: steps().map(({ step }) => step) } : null
  })

describe('the agent', () => {
  test('pairs, keeps its key private, and brings a pressed finger to the server', async () => {
    await start()
    await online()
    const steps = centre.command({ kind: 'press', serial: 'E1', slot: 3, how: 'good' })
    const { names } = await ended(steps)
    expect(names).toEqual(['finger_down', 'matched', 'spooled', 'lifted'])
    const [punch] = await eventually(() => centre.seen.stored.size === 1 && [...centre.seen.stored.values()])
    expect(punch).toMatchObject({ seq: 1, serial: 'E1', subject: '3' })
    await eventually(() => agent?.spool.length === 0)
    expect(statSync(join(folder, 'agent', 'agent.json')).mode & 0o777).toBe(0o600)
    expect(centre.seen.badSignatures).toBe(0)
  })
})

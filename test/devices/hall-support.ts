import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { type Agent, type AgentOptions, startAgent } from '#devices/agent/agent.ts'
import { systemClock } from '#devices/agent/clock.ts'
import type { AgentConfig } from '#devices/agent/config.ts'
import type { CommandBody } from '#devices/contract.ts'
import { type Centre, startCentre } from './fake-centre.ts'
import { eventually, latencyFactor, silentLog } from './reader-support.ts'

export type Memory = { dialect?: 'grow' | 'syno' | 'zfm'; slots: Record<number, string> }
export type Settings = { config?: Partial<AgentConfig> } & Partial<Omit<AgentOptions, 'config'>>

/** A centre and an agent with emulated readers, new for each test of a file. */
export function useHall() {
  const hall = {
    folder: '',
    centre: null as unknown as Centre,
    agent: null as Agent | null,
    start,
    carriedOut,
    slotsOf,
    press,
  }
  beforeEach(async () => {
    hall.folder = mkdtempSync(join(tmpdir(), 'hall-'))
    hall.centre = await startCentre()
  })
  afterEach(async () => {
    await hall.agent?.stop()
    hall.agent = null
    await hall.centre.stop()
    rmSync(hall.folder, { recursive: true, force: true })
  })

  /** An agent with these modules by serial. */
  async function start(memories: Record<string, Memory>, { config = {}, ...options }: Settings = {}): Promise<Agent> {
    const readers = Object.entries(memories).map(([serial, { dialect = 'grow', slots }]) => {
      const file = join(hall.folder, `${serial}.json`)
      writeFileSync(file, JSON.stringify({ serial, dialect, capacity: 50, slots }))
      return { emulated: true, serial, file, dialect, profile: 'raw64', latency: latencyFactor } as const
    })
    const whole: AgentConfig = {
      server: hall.centre.url,
      dataDir: join(hall.folder, 'agent'),
      name: 'Test agent',
      pairingCode: 'ABCD-2345',
      clockOffsetMs: 0,
      readers,
      discover: false,
      ...config,
    }
    const common = { clock: systemClock(), log: silentLog, version: 'test', retryMs: 20, refusedAgainMs: 50 }
    const agent = await startAgent({ ...common, config: whole, ...options })
    hall.agent = agent
    await eventually(() => [...agent.workers.values()].every((worker) => worker.isConnected))
    return agent
  }

  /** Gives a command and waits for its end. */
  async function carriedOut(body: CommandBody) {
    const steps = hall.centre.command(body)
    const last = await eventually(() => steps().find(({ state }) => state !== 'running'))
    return { last, names: steps().map(({ step }) => step), steps: steps() }
  }
  function slotsOf(serial: string): Record<string, string> {
    return JSON.parse(readFileSync(join(hall.folder, `${serial}.json`), 'utf8')).slots
  }
  function press(slot: number, serial = 'A'): Promise<void> | undefined {
    return hall.agent?.presses.get(serial)?.visitor(slot, 'good')
  }
  return hall
}

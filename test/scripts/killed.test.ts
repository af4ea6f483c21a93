import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { instantOf } from '#app/domain/time/zone.ts'
import { readJournal } from '#devices/agent/journal.ts'
import { readers } from '../../prisma/seed/hall.ts'
import { root } from '../../scripts/start/build.ts'
import { codeFor } from '../../scripts/tour/agent.ts'
import { makeWorld, until, type World } from '../../scripts/tour/world.ts'

const nowMs = instantOf('2026-11-20', 8 * 3600 + 50 * 60, 'Asia/Shanghai')
const reader = readers[0]
const presses = 30

let world: World

beforeAll(async () => {
  world = await makeWorld('2026-11-20', nowMs, 0)
  await world.startServer(nowMs)
}, 120_000)

afterAll(() => world?.close(), 60_000)

/** Fingers every 900 ms from three seconds on, by the agent's clock. */
async function writeConfig(shift: number): Promise<string> {
  const { serial, dialect, link: profile } = reader
  const first = Date.now() + shift + 3000
  const schedule = Array.from({ length: presses }, (_, index) => ({
    at: new Date(first + index * 900).toISOString(),
    serial,
    slot: index + 1,
  }))
  await writeFile(join(world.folder, 'schedule.json'), JSON.stringify(schedule))
  const config = {
    server: world.address,
    dataDir: join(world.folder, 'agent'),
    name: 'killed',
    pairingCode: await codeFor(world, 'agent', nowMs),
    clockOffsetMs: Math.round(shift),
    readers: [{ emulated: true, serial, file: world.emulatorFile, dialect, profile, latency: 0.05 }],
    schedule: 'schedule.json',
  }
  const file = join(world.folder, 'agent.config.json')
  await writeFile(file, JSON.stringify(config))
  return file
}

function startAgent(config: string): ChildProcess {
  return spawn(process.execPath, [join(root, 'build/agent.js'), config], { stdio: 'ignore' })
}

async function kill(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

/** What the agent has on disk: the promises it gave with a green light. */
async function spooled(): Promise<string[]> {
  const { entries } = readJournal(await readFile(join(world.folder, 'agent', 'spool', 'spool.journal')))
  const epoch = entries.flatMap((entry) => (entry.kind === 'spool' ? [entry.epoch] : []))[0]
  const numbers = entries.flatMap((entry) => (entry.kind === 'punch' ? [entry.punch.seq] : []))
  return numbers.map((seq) => `${epoch}/${seq}`)
}

it('stores every finger that was acknowledged exactly once, whoever is killed', async () => {
  const config = await writeConfig(nowMs - Date.now())
  let agent = startAgent(config)
  await sleep(9000)
  await world.killServer('SIGKILL')
  await sleep(3000)
  await kill(agent, 'SIGKILL')
  agent = startAgent(config)
  await sleep(2000)
  await world.startServer(nowMs + 14_000)
  await sleep(3000)
  await kill(agent, 'SIGKILL')
  agent = startAgent(config)
  await sleep(14_000)

  const promised = await spooled()
  expect(promised.length).toBeGreaterThan(presses / 2)
  const rows = await until('everything is delivered', async () => {
    // The demo's hall comes with a few punches of other sources, which no agent has delivered.
    const stored = await world.db.query<{ key: string }>(
      "SELECT spool_epoch || '/' || seq AS key FROM punch WHERE spool_epoch IN (SELECT epoch FROM spool_state)",
    )
    return stored.rows.length >= promised.length ? stored.rows.map((row) => row.key) : null
  })
  expect(rows.sort()).toEqual(promised.sort())
  await kill(agent, 'SIGTERM')
}, 150_000)

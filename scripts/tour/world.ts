import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { demoCentre } from '../../prisma/seed/demo.ts'
import { readers } from '../../prisma/seed/hall.ts'
import { loadDemo } from '../../prisma/seed/load.ts'
import { fingerOf } from '../../prisma/seed/people.ts'
import { demoCentreId } from '../../prisma/seed/tables.ts'
import { startPostgres } from '../lib/postgres.ts'
import { root } from '../start/build.ts'
import { fillEnv } from '../start/environment.ts'

/** The centre of the tour: the demo's hall and people on one working day, without any punch. */
export type World = {
  readonly folder: string
  readonly centreId: string
  readonly day: string
  readonly address: string
  readonly emulatorFile: string
  readonly ownerUrl: string
  readonly db: pg.Client
  readonly startServer: (nowMs: number) => Promise<void>
  readonly killServer: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>
  readonly close: () => Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}

/** Waits for something to become true, and says what did not. */
export async function until<T>(what: string, look: () => Promise<T | null | false>, withinMs = 20_000): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const found = await look()
    if (found !== null && found !== false) return found
    if (performance.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1000} s`)
    await sleep(15)
  }
}

/** A part that never ends must end the tour with its name, not hold it for ever. */
export async function within<T>(what: string, withinMs: number, work: Promise<T>): Promise<T> {
  const stop = new AbortController()
  const late = sleep(withinMs, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`${what}: not within ${withinMs / 1000} s`)
  })
  late.catch(() => {})
  return Promise.race([work, late]).finally(() => stop.abort())
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })
}

async function load(db: pg.Client, day: string, nowMs: number): Promise<void> {
  const { documentTables, loadSecrets } = await import('../demo/documents.ts')
  const demo = { ...demoCentre(day), from: day, presses: [], absences: [] }
  await loadDemo(db, demo, { nowMs, secrets: await loadSecrets(), documents: documentTables(demo) }, () => {})
}

/** The first reader with everybody's template but one: that finger is enrolled on the tour. */
async function writeEmulator(file: string, without: number): Promise<void> {
  const reader = readers[0]
  const slots: Record<string, string> = {}
  for (let slot = 1; slot <= 60; slot += 1) if (slot !== without) slots[slot] = fingerOf(String(30500 + slot))
  const { serial, dialect, capacity } = reader
  await writeFile(file, JSON.stringify({ serial, dialect, capacity, password: 0, slots }))
}

type ServerPlan = {
  readonly env: Readonly<Record<string, string>>
  readonly port: number
  readonly address: string
  readonly log: string
}

function serverOf(plan: ServerPlan) {
  let child: ChildProcess | null = null
  return {
    async start(nowMs: number): Promise<void> {
      const env = {
        NODE_ENV: 'production' as const,
        ...plan.env,
        PORT: String(plan.port),
        CLOCK_OFFSET_MS: String(Math.round(nowMs - Date.now())),
      }
      const started = spawn(process.execPath, ['build/server.js'], {
        cwd: root,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const log = createWriteStream(plan.log, { flags: 'a' })
      started.stdout.pipe(log, { end: false })
      started.stderr.pipe(log, { end: false })
      child = started
      const answers = () =>
        fetch(`${plan.address}/healthz`).then(
          (response) => response.ok,
          () => false,
        )
      await until(
        'the server answers',
        async () => {
          if (started.exitCode !== null) throw new Error(`the server ended: ${await readFile(plan.log, 'utf8')}`)
          return answers()
        },
        60_000,
      )
    },
    async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
      const running = child
      child = null
      if (!running) return
      running.kill(signal)
      await ended(running)
    },
  }
}

/** Makes the tour's world in a temporary folder. `close` leaves nothing behind. */
export async function makeWorld(day: string, nowMs: number, enrolSlot: number): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'window-staff-tour-'))
  const postgres = await startPostgres({ dir: join(folder, 'postgres') })
  const { migrate } = await import('../lib/migrate.ts')
  await migrate(postgres.ownerUrl)
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const secrets = { DATA_KEY: randomBytes(32).toString('base64'), SESSION_KEY: randomBytes(48).toString('base64url') }
  const shared = { ...secrets, DATABASE_URL: postgres.appUrl, DEMO: '1', LOG_LEVEL: 'warn' }
  fillEnv({ ...shared, CLOCK_OFFSET_MS: String(Math.round(nowMs - Date.now())) })
  const db = new pg.Client({ connectionString: postgres.ownerUrl, options: '-c timezone=UTC' })
  await db.connect()
  await load(db, day, nowMs)
  const emulatorFile = join(folder, 'reader.json')
  await writeEmulator(emulatorFile, enrolSlot)
  const server = serverOf({
    env: { PATH: process.execPath, ...shared },
    port,
    address,
    log: join(folder, 'server.log'),
  })
  return {
    folder,
    centreId: demoCentreId('yunxi'),
    day,
    address,
    emulatorFile,
    ownerUrl: postgres.ownerUrl,
    db,
    startServer: server.start,
    killServer: server.kill,
    async close() {
      await server.kill('SIGTERM')
      const { disconnect } = await import('#app/db/client.server.ts')
      await disconnect()
      await db.end()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

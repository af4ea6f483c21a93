import { appendFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { codeFor } from '../bench/delivering-agent.ts'
import { endPostgres, startPostgres } from '../lib/postgres.ts'
import { makeWorld, until, type World } from '../tour/world.ts'
import { type Part, startPart } from './parts.ts'
import { makeNetwork, type Network } from './proxy.ts'

const day = '2026-11-20'
const startMs = Date.parse(`${day}T09:30:00+08:00`)
const readersEach = 5

export type StagedAgent = {
  readonly name: string
  readonly dataDir: string
  readonly network: Network
  readonly serials: readonly string[]
  start(): Promise<void>
  /** SIGKILL, as a power cut would end it. */
  kill(): Promise<void>
  /** Half a line behind the last whole one of its spool: what a power cut in the middle of a write leaves. */
  tearSpool(): Promise<void>
  setClock(jumpMs: number): void
}

/** Everything that will be hurt: a server, its database, two agents, and a network between them. */
export type Stage = {
  readonly world: World
  readonly agents: readonly StagedAgent[]
  readonly readers: readonly { readonly serial: string; readonly path: string }[]
  query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>
  killServer(): Promise<void>
  startServer(): Promise<void>
  killDatabase(): Promise<void>
  startDatabase(): Promise<void>
  close(): Promise<void>
}

const shift = () => startMs - began
const began = Date.now()

export async function setStage(): Promise<Stage> {
  const world = await makeWorld(day, startMs, 0)
  // The database is going to be killed under this connection.
  world.db.on('error', () => undefined)
  const url = new URL(world.ownerUrl)
  const dir = join(world.folder, 'postgres')
  await world.db.query('UPDATE agent SET revoked_at = now() WHERE revoked_at IS NULL')
  const startServer = () => world.startServer(Date.now() + shift())
  await startServer()
  const agents = [await stagedAgent(world, 'first'), await stagedAgent(world, 'second')]
  const readers = agents.flatMap((agent) => agent.serials.map((serial) => ({ serial, path: cableOf(world, serial) })))
  return {
    world,
    agents,
    readers,
    startServer,
    killServer: () => world.killServer('SIGKILL'),
    async query<Row extends pg.QueryResultRow>(sql: string) {
      const client = new pg.Client({ connectionString: world.ownerUrl })
      client.on('error', () => undefined)
      await client.connect()
      return (await client.query<Row>(sql).finally(() => client.end())).rows
    },
    async killDatabase() {
      await killPostmaster(world.ownerUrl)
    },
    async startDatabase() {
      let problem: unknown = null
      const again = async () => {
        const started = await startPostgres({ dir, port: Number(url.port) }).catch((error: unknown) => {
          problem = error
          return null
        })
        return started !== null
      }
      // It replays what it had not yet written to its tables, which takes long on a busy machine.
      await until('the database starts again', again, 120_000).catch((late) => Promise.reject(problem ?? late))
    },
    async close() {
      for (const agent of agents) {
        await agent.kill()
        agent.network.close()
      }
      await world.killServer('SIGTERM')
      await endPostgres(dir)
      await world.close()
    },
  }
}

function cableOf(world: World, serial: string): string {
  return join(world.folder, `${serial}.sock`)
}

async function stagedAgent(world: World, name: string): Promise<StagedAgent> {
  const network = await makeNetwork(world.address)
  const pairingCode = await codeFor(world, 'agent', startMs)
  const dataDir = join(world.folder, name)
  const serials = Array.from({ length: readersEach }, (_, n) => `END-${name}-${n + 1}`)
  const readers = serials.map((serial) => ({ serial, path: cableOf(world, serial) }))
  const settings = { server: network.url, dataDir, name, pairingCode, shiftMs: shift(), readers }
  let part: Part | null = null
  return {
    name,
    dataDir,
    network,
    serials,
    async start() {
      part = startPart('agent', settings, join(world.folder, `${name}.log`))
      await part.started
    },
    async kill() {
      await part?.kill()
      part = null
    },
    async tearSpool() {
      const names = (await readdir(join(dataDir, 'spool'))).filter((file) => file.includes('journal')).sort()
      const newest = names.at(-1)
      if (newest) await appendFile(join(dataDir, 'spool', newest), '5f0c1a2b {"kind":"punch","punch":{"seq":9')
    },
    setClock: (jumpMs) => part?.say(String(jumpMs)),
  }
}

async function killPostmaster(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ directory: string }>("SELECT current_setting('data_directory') AS directory")
  const { readFile } = await import('node:fs/promises')
  const [pid] = (await readFile(join(rows[0]?.directory ?? '', 'postmaster.pid'), 'utf8')).split('\n')
  process.kill(Number(pid), 'SIGKILL')
  await client.end().catch(() => undefined)
  // Its children notice within a moment that it is gone and end themselves.
  await sleep(500)
}

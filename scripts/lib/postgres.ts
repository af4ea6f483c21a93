import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, openSync } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { requireFolder } from './folder.ts'
import { Problem } from './messages.ts'
import { embeddedBinaries } from './postgres-binaries.ts'
import * as processes from './postgres-process.ts'
import { chooseRunner, commandFor, giveTo, type Runner } from './postgres-user.ts'

export type StartOptions = {
  /** Everything of the database stands below this folder: the cluster, its passwords, its log. */
  readonly dir: string
  readonly port?: number
  /** Use a server that another living process started, and leave it running; otherwise that is a problem. */
  readonly share?: boolean
  /** False for tests only: what a power cut would lose does not matter there. */
  readonly durable?: boolean
}

export type RunningPostgres = {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly port: number
  readonly pid: number
  readonly stop: () => Promise<void>
}

const owner = 'window_staff_owner'
const app = 'window_staff_app'
const database = 'window_staff'
const maxLogBytes = 10_000_000
const startPatienceMs = 30_000

type Secrets = { readonly owner: string; readonly app: string }

type Place = {
  readonly folder: string
  readonly cluster: string
  readonly log: string
  readonly secrets: string
}

function placeIn(dir: string): Place {
  const folder = resolve(dir)
  return {
    folder,
    cluster: join(folder, 'cluster'),
    log: join(folder, 'postgres.log'),
    secrets: join(folder, 'passwords.json'),
  }
}

async function readSecrets(place: Place): Promise<Secrets> {
  try {
    return JSON.parse(await readFile(place.secrets, 'utf8')) as Secrets
  } catch {
    throw new Problem('secrets_missing', { folder: place.cluster, file: place.secrets })
  }
}

async function makeSecrets(place: Place): Promise<Secrets> {
  const secrets = { owner: randomBytes(24).toString('hex'), app: randomBytes(24).toString('hex') }
  await writeFile(place.secrets, `${JSON.stringify(secrets)}\n`, { mode: 0o600 })
  return secrets
}

/** Made beside its place and renamed when complete, so that an interrupted first start leaves nothing half made. */
async function initialise(place: Place, runner: Runner): Promise<Secrets> {
  const secrets = await makeSecrets(place)
  const fresh = `${place.cluster}.new`
  const passwordFile = join(place.folder, '.initdb-password')
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  await giveTo(runner, fresh)
  await writeFile(passwordFile, `${secrets.owner}\n`, { mode: 0o600 })
  await giveTo(runner, passwordFile)
  const { file, args, options } = commandFor(
    runner,
    runner.binaries.initdb,
    [
      `--pgdata=${fresh}`,
      `--username=${owner}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ],
    place.folder,
  )
  try {
    await promisify(execFile)(file, args, { ...options, env: { ...process.env, LC_ALL: 'C' } })
  } catch (error) {
    throw new Problem('init_failed', {
      folder: place.folder,
      tail: (error as { stderr?: string }).stderr ?? String(error),
    })
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(fresh, place.cluster)
  return secrets
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}

async function tailOf(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-12).join('\n')
}

function url(user: string, password: string, port: number, name = database): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`
}

/** Codes while a server starts, recovers after a crash, or is not listening yet. */
const notYet = new Set(['57P03', 'ECONNREFUSED', 'ECONNRESET'])

async function connect(secrets: Secrets, port: number): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: url(owner, secrets.owner, port, 'postgres') })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    if (notYet.has((error as { code?: string }).code ?? '')) return null
    throw error
  }
}

async function ensureRoles(client: pg.Client, secrets: Secrets): Promise<void> {
  const { rows } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
  if (rows.length > 0) return
  // Ignoring "already there" makes a first start that was interrupted here repeatable.
  await client.query(`DO $$ BEGIN CREATE ROLE window_staff_web NOLOGIN; EXCEPTION WHEN duplicate_object THEN END $$`)
  await client.query(`DO $$ BEGIN CREATE ROLE ${app} LOGIN; EXCEPTION WHEN duplicate_object THEN END $$`)
  await client.query(`ALTER ROLE ${app} PASSWORD '${secrets.app}'`)
  await client.query(`GRANT window_staff_web TO ${app}`)
  await client.query(`REVOKE CONNECT ON DATABASE postgres FROM PUBLIC`)
  await client.query(`CREATE DATABASE ${database}`)
}

async function openLog(place: Place, runner: Runner): Promise<number> {
  const size = await stat(place.log).then(
    (found) => found.size,
    () => 0,
  )
  if (size > maxLogBytes) await truncate(place.log)
  const log = openSync(place.log, 'a', 0o600)
  await giveTo(runner, place.log)
  return log
}

function serverArguments(place: Place, port: number, durable: boolean): string[] {
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'max_connections=100']
  if (!durable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off')
  return ['-D', place.cluster, ...settings.flatMap((setting) => ['-c', setting])]
}

async function launch(place: Place, runner: Runner, port: number, durable: boolean): Promise<number> {
  await processes.removeStalePid(place.cluster)
  const log = await openLog(place, runner)
  const { file, args, options } = commandFor(
    runner,
    runner.binaries.postgres,
    serverArguments(place, port, durable),
    place.folder,
  )
  // A group of its own: Ctrl-C reaches the start script, which stops the database last.
  const child = spawn(file, args, {
    ...options,
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, LC_ALL: 'C' },
  })
  await new Promise((done, fail) => child.once('spawn', done).once('error', fail))
  child.unref()
  return child.pid as number
}

async function waitUntilReady(place: Place, secrets: Secrets, port: number, pid: number): Promise<void> {
  const rounds = 6000
  for (let round = 0; round < rounds; round += 1) {
    const client = await connect(secrets, port)
    if (client !== null) {
      await ensureRoles(client, secrets).finally(() => client.end())
      return
    }
    if (!(await processes.isAlive(pid))) break
    await sleep(15)
  }
  const tail = await tailOf(place.log)
  if (tail.includes('could not bind')) throw new Problem('port_taken', { port })
  throw new Problem('start_failed', { log: place.log, tail })
}

function running(secrets: Secrets, port: number, pid: number, stop: () => Promise<void>): RunningPostgres {
  return { ownerUrl: url(owner, secrets.owner, port), appUrl: url(app, secrets.app, port), port, pid, stop }
}

/** A server of this folder that runs already: of a living process, or left by one that was killed. */
async function adopt(place: Place, options: StartOptions): Promise<RunningPostgres | null> {
  const starter = await processes.livingStarter(place.folder)
  if (starter !== null && !options.share) throw new Problem('already_running', { folder: place.folder, pid: starter })
  // Another process may be just about to start it.
  const found = await processes.postmasterOf(place.cluster, starter === null ? 0 : startPatienceMs)
  if (found === null) return null
  if (starter === null && options.port !== undefined && options.port !== found.port) {
    await processes.stopPostmaster(place.cluster, found.pid)
    return null
  }
  const secrets = await readSecrets(place)
  await waitUntilReady(place, secrets, found.port, found.pid)
  if (starter !== null) return running(secrets, found.port, found.pid, async () => {})
  return owned(place, secrets, found.port, found.pid)
}

async function owned(place: Place, secrets: Secrets, port: number, pid: number): Promise<RunningPostgres> {
  return running(secrets, port, pid, async () => {
    await processes.stopPostmaster(place.cluster, pid)
    await processes.release(place.folder)
  })
}

/** Ends the server of a folder, if one runs there. */
export async function endPostgres(dir: string): Promise<void> {
  const { cluster } = placeIn(dir)
  const found = await processes.postmasterOf(cluster)
  if (found !== null) await processes.stopPostmaster(cluster, found.pid)
}

/** Starts the PostgreSQL that came with `npm install` over a folder of its own, on 127.0.0.1 only. */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  const place = placeIn(options.dir)
  await requireFolder(place.folder)
  const found = await adopt(place, options)
  if (found !== null) {
    if (!options.share) await processes.claim(place.folder)
    return found
  }
  await processes.claim(place.folder)
  const runner = await chooseRunner(await embeddedBinaries(), place.folder, place.cluster)
  const secrets = existsSync(place.cluster) ? await readSecrets(place) : await initialise(place, runner)
  const port = options.port ?? (await freePort())
  const pid = await launch(place, runner, port, options.durable ?? true)
  await waitUntilReady(place, secrets, port, pid)
  return owned(place, secrets, port, pid)
}

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../../scripts/lib/migrate.ts'
import { startPostgres } from '../../scripts/lib/postgres.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const starter = fileURLToPath(new URL('./starter.ts', import.meta.url))
let base = ''

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'window-staff-embedded-'))
  await chmod(base, 0o755)
})
afterAll(() => rm(base, { recursive: true, force: true }))

/** A start script of its own: prints what it got and waits, or prints the problem. */
function startElsewhere(dir: string, user: { uid?: number; gid?: number } = {}) {
  return spawn(process.execPath, ['--import', 'tsx', starter, dir], {
    ...user,
    cwd: root,
    env: { ...process.env, HOME: base, TMPDIR: tmpdir() },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function firstLine(child: ReturnType<typeof startElsewhere>): Promise<{ pid: number; url: string }> {
  let text = ''
  for await (const piece of child.stdout) {
    text += piece
    if (text.includes('\n')) return JSON.parse(text.split('\n')[0] ?? '')
  }
  throw new Error(`nothing was printed: ${text}`)
}

async function select(url: string, sql: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows[0]
  } finally {
    await client.end()
  }
}

const alive = (pid: number) =>
  spawnSync('sh', ['-c', `kill -0 ${pid} && ! grep -q '^State:.Z' /proc/${pid}/status`]).status === 0

describe('the embedded database', () => {
  it('starts, keeps its data, starts again in less than a second, and stops', async () => {
    const dir = join(base, 'plain')
    const first = await startPostgres({ dir })
    await migrate(first.ownerUrl)
    await select(first.ownerUrl, `INSERT INTO centre VALUES (gen_random_uuid(), '中心', 'Centre') RETURNING id`).catch(
      () => {},
    )
    await select(first.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop()
    expect(alive(first.pid)).toBe(false)
    const began = performance.now()
    const second = await startPostgres({ dir })
    await migrate(second.ownerUrl)
    expect(performance.now() - began).toBeLessThan(1_500)
    expect(await select(second.ownerUrl, 'SELECT answer FROM kept')).toEqual({ answer: 42 })
    await second.stop()
  })

  it('listens on this machine only, asks for a password and keeps it to itself', async () => {
    const dir = join(base, 'closed')
    const server = await startPostgres({ dir })
    expect(await select(server.ownerUrl, 'SHOW listen_addresses')).toEqual({ listen_addresses: '127.0.0.1' })
    const wrong = new URL(server.appUrl)
    wrong.password = 'guess'
    await expect(select(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    expect((await stat(join(dir, 'passwords.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(dir, 'cluster'))).mode & 0o077).toBe(0)
    expect(await readFile(join(dir, 'postgres.log'), 'utf8')).not.toContain(new URL(server.ownerUrl).password)
    await server.stop()
  })

  it('is taken over after its starter was killed', async () => {
    const dir = join(base, 'killed')
    const child = startElsewhere(dir)
    const before = await firstLine(child)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(alive(before.pid)).toBe(true)
    const server = await startPostgres({ dir })
    expect(server.pid).toBe(before.pid)
    expect(await select(server.ownerUrl, 'SELECT 1 AS one')).toEqual({ one: 1 })
    await server.stop()
    expect(alive(before.pid)).toBe(false)
  })

  it('recovers after the server itself was killed, whoever has its number now', async () => {
    const dir = join(base, 'crashed')
    const first = await startPostgres({ dir })
    await select(first.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer')
    process.kill(first.pid, 'SIGKILL')
    const left = await readFile(join(dir, 'cluster/postmaster.pid'), 'utf8')
    await writeFile(join(dir, 'cluster/postmaster.pid'), left.replace(/^\d+/, String(process.pid)))
    const second = await startPostgres({ dir })
    expect(await select(second.ownerUrl, 'SELECT answer FROM kept')).toEqual({ answer: 42 })
    await second.stop()
  })

  it('is refused to a second starter, and shared on request', async () => {
    const dir = join(base, 'shared')
    const child = startElsewhere(dir)
    const { pid } = await firstLine(child)
    await expect(startPostgres({ dir })).rejects.toThrow(/in use by another process \(\d+\)/)
    const guest = await startPostgres({ dir, share: true })
    expect(guest.pid).toBe(pid)
    await guest.stop()
    expect(alive(pid)).toBe(true)
    child.kill('SIGTERM')
    await once(child, 'exit')
    expect(alive(pid)).toBe(false)
  })

  it('names the remedy where its folder cannot be written', async () => {
    await writeFile(join(base, 'file'), '')
    await expect(startPostgres({ dir: join(base, 'file/data') })).rejects.toThrow(/DATA_DIR=/)
    await expect(startPostgres({ dir: '/proc/window-staff/data' })).rejects.toThrow(/无法写入/)
  })

  it('says which file is missing when its passwords are lost', async () => {
    const dir = join(base, 'lost')
    await (await startPostgres({ dir })).stop()
    await rm(join(dir, 'passwords.json'))
    await expect(startPostgres({ dir })).rejects.toThrow(/passwords\.json/)
  })
})

const asRoot = () => {
  it('runs as somebody else', async () => {
    const server = await startPostgres({ dir: join(base, 'plain') })
    const { uid } = await stat(`/proc/${server.pid}`)
    expect(uid).not.toBe(0)
    await server.stop()
  })

  it('runs in a namespace of its own below a folder that is closed to others', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'window-staff-home-'))
    await chmod(closed, 0o700)
    for (const _time of ['first', 'again']) {
      const server = await startPostgres({ dir: join(closed, 'data') })
      expect(await select(server.ownerUrl, 'SELECT 1 AS one')).toEqual({ one: 1 })
      await server.stop()
    }
    await rm(closed, { recursive: true })
  })

  it('tells an ordinary user that somebody else owns the folder', async () => {
    const child = startElsewhere(join(base, 'plain'), { uid: 65534, gid: 65534 })
    let problem = ''
    child.stderr.on('data', (piece) => {
      problem += piece
    })
    await once(child, 'close')
    expect(problem).toMatch(/无法写入（EACCES）[\s\S]*chown -R/)
  })
}

// An ordinary user cannot become another one: nothing to try there.
if (process.getuid?.() === 0) describe('as root', asRoot)

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { root } from '../../scripts/start/build.ts'
import { until } from '../../scripts/tour/world.ts'

let folder: string
let port: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'window-staff-start-'))
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as { port: number }).port
  server.close()
})

const children = new Set<ChildProcess>()

// A test that failed half-way leaves its demo to nobody else.
afterEach(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    await ended
  }
  children.clear()
}, 60_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

type Started = { readonly child: ChildProcess; readonly said: () => string }

function start(...more: string[]): Started {
  return startWith({}, ...more)
}

function startWith(env: Readonly<Record<string, string>>, ...more: string[]): Started {
  const args = ['--import', 'tsx', 'scripts/start.ts', '--demo', '--data', join(folder, 'data'), '--port', String(port)]
  const child = spawn(process.execPath, [...args, ...more], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  children.add(child)
  let text = ''
  child.stdout.on('data', (chunk) => (text += chunk))
  child.stderr.on('data', (chunk) => (text += chunk))
  return { child, said: () => text }
}

async function untilReady({ child, said }: Started): Promise<void> {
  await until(
    'the demo runs',
    async () => {
      if (child.exitCode !== null) throw new Error(said())
      return said().includes('Ctrl-C')
    },
    120_000,
  )
}

async function stop({ child }: Started): Promise<number | null> {
  const ended = once(child, 'exit')
  child.kill('SIGINT')
  await ended
  return child.exitCode
}

async function health(): Promise<number> {
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    (answer) => answer.status,
    () => 0,
  )
}

it('starts a demo that answers, refuses a second one, stops on Ctrl-C, and starts again with the same data', async () => {
  const first = start('--at', '2026-11-20T09:42:00')
  await untilReady(first)
  expect(first.said()).toContain('加载演示数据 8/8')
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  expect(first.said()).toMatch(/配对码 code [A-Z0-9]{4}-[A-Z0-9]{4}/)
  expect(first.said()).toMatch(/30517 +王㛃/)

  const second = start()
  await once(second.child, 'exit')
  expect(second.child.exitCode).toBe(1)
  expect(second.said()).toMatch(/正被另一个进程[\s\S]*in use by another process/)

  expect(await stop(first)).toBe(0)
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow()

  const again = start()
  const began = performance.now()
  await untilReady(again)
  expect(performance.now() - began).toBeLessThan(60_000)
  expect(again.said()).not.toContain('加载演示数据')
  expect(await stop(again)).toBe(0)
}, 240_000)

it('starts the database again when it is killed, and the pages come back', async () => {
  const started = start()
  await untilReady(started)
  const notes = await readFile(join(folder, 'data/postgres/cluster/postmaster.pid'), 'utf8')
  process.kill(Number(notes.split('\n')[0]), 'SIGKILL')
  // It may be back before anybody asked for a page, so the loss is read from what the start says.
  await until('the loss is noticed', async () => started.said().includes('The database ended; starting it again.'))
  await until('the pages are back', async () => (await health()) === 200, 60_000)
  expect(await stop(started)).toBe(0)
}, 120_000)

it('goes on from where it was when asked for an earlier time, and says so', async () => {
  const started = start('--at', '2026-11-20T08:00:00')
  await untilReady(started)
  expect(started.said()).toMatch(/时钟不倒退[\s\S]*does not run backwards/)
  expect(started.said()).not.toContain('08:00（')
  expect(await stop(started)).toBe(0)
}, 120_000)

it('begins anew over what a killed start left running', async () => {
  const first = start()
  await untilReady(first)
  const killed = once(first.child, 'exit')
  first.child.kill('SIGKILL')
  await killed
  const left = Number((await readFile(join(folder, 'data/postgres/cluster/postmaster.pid'), 'utf8')).split('\n')[0])
  const second = start('--reset', '--at', '2026-11-20T09:00:00')
  await untilReady(second)
  expect(second.said()).toContain('加载演示数据 8/8')
  expect(() => process.kill(left, 0)).toThrow()
  expect(await stop(second)).toBe(0)
}, 240_000)

it('refuses a time that the calendar does not reach', async () => {
  const refused = start('--reset', '--at', '2020-03-03T09:00')
  await once(refused.child, 'exit')
  expect(refused.child.exitCode).toBe(1)
  expect(refused.said()).toMatch(/日历里没有 2020-03-03[\s\S]*The calendar does not know 2020-03-03/)
}, 60_000)

it('says that DATABASE_URL is no address of a database, without repeating it', async () => {
  const refused = startWith({ DATABASE_URL: 'hall:secret@db' })
  await once(refused.child, 'exit')
  expect(refused.child.exitCode).toBe(1)
  expect(refused.said()).toMatch(/DATABASE_URL 不是 PostgreSQL 地址[\s\S]*is not the address of a PostgreSQL database/)
  expect(refused.said()).not.toMatch(/secret|at new URL/)
}, 60_000)

it('says that the folder cannot be written', async () => {
  const refused = start('--data', '/proc/nowhere/data')
  await once(refused.child, 'exit')
  expect(refused.child.exitCode).toBe(1)
  expect(refused.said()).toMatch(/无法写入[\s\S]*cannot be written \(ENOENT\)[\s\S]*DATA_DIR=/)
}, 60_000)

it('says who holds the port, and how to take another', async () => {
  const holder = createServer().listen(port, '127.0.0.1')
  await once(holder, 'listening')
  const refused = start()
  await once(refused.child, 'exit')
  holder.close()
  expect(refused.child.exitCode).toBe(1)
  expect(refused.said()).toMatch(new RegExp(`端口 ${port} 已被占用.*${process.pid}[\\s\\S]*--port ${port + 1}`))
  expect(refused.said()).toContain(`Port ${port} is taken`)
}, 60_000)

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
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

afterAll(() => rm(folder, { recursive: true, force: true }))

type Started = { readonly child: ChildProcess; readonly said: () => string }

function start(...more: string[]): Started {
  const args = ['--import', 'tsx', 'scripts/start.ts', '--demo', '--data', join(folder, 'data'), '--port', String(port)]
  const child = spawn(process.execPath, [...args, ...more], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
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

it('starts a demo that answers, refuses a second one, stops on Ctrl-C, and starts again with the same data', async () => {
  const first = start('--at', '2026-11-20T09:42:00')
  await untilReady(first)
  expect(first.said()).toContain('加载演示数据 7/7')
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

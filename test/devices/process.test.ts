import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { encodePacket, type Packet, packetParser } from '#devices/protocol/packet.ts'
import { type Centre, startCentre } from './fake-centre.ts'
import { eventually } from './reader-support.ts'
import { hex } from './vectors.ts'

let folder: string
let centre: Centre
const children: ChildProcess[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'process-'))
  centre = await startCentre()
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await centre.stop()
  rmSync(folder, { recursive: true, force: true })
})

function run(...words: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', ...words], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return { child, ended, says: (text: string) => eventually(() => lines.find((line) => line.includes(text)), 30_000) }
}

function configuration(): string {
  const slots = { 3: 'someone.left-thumb' }
  const file = join(folder, 'E1.json')
  writeFileSync(file, JSON.stringify({ serial: 'E1', dialect: 'syno', capacity: 50, slots }))
  const reader = { emulated: true, serial: 'E1', file, dialect: 'syno', latency: 0.02 }
  const config = { server: centre.url, dataDir: 'agent', name: 'A', pairingCode: 'ABCD', readers: [reader] }
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  return join(folder, 'config.json')
}

test('an agent killed between match and delivery delivers after its return, once', async () => {
  const config = configuration()
  centre.seen.mood = 'broken'
  const first = run('devices/agent/main.ts', config)
  await first.says('the reader is ready')
  centre.command({ kind: 'press', serial: 'E1', slot: 3, how: 'good' })
  await eventually(() => centre.seen.received.length > 0, 30_000)
  first.child.kill('SIGKILL')
  await first.ended
  expect(centre.seen.stored.size).toBe(0)

  centre.seen.mood = 'well'
  const second = run('devices/agent/main.ts', config)
  await eventually(() => centre.seen.stored.size === 1, 30_000)
  await second.says('agent ready')

  const third = run('devices/agent/main.ts', config)
  expect(await third.says('cannot start')).toContain('Another agent already uses')
  expect(await third.ended).toBe(1)

  second.child.kill('SIGTERM')
  expect(await second.ended).toBe(0)
  expect([...centre.seen.stored.values()]).toMatchObject([{ subject: '3' }])
}, 90_000)

test('an emulated module can be reached over TCP by any client, and says that it is emulated', async () => {
  const module = run('devices/emulator/main.ts', '--tcp', '127.0.0.1:0', '--dialect', 'grow', '--latency', '0.02')
  const line = await module.says('listening')
  expect(line).toContain('EMULATED')
  const port = Number(/"port":(\d+)/.exec(line)?.[1])
  const socket = connect(port, '127.0.0.1')
  const [parser, packets] = [packetParser(), [] as Packet[]]
  const raw: number[] = []
  socket.on('data', (bytes) => {
    raw.push(...bytes)
    packets.push(...parser.push(bytes))
  })
  const ask = async (payload: string) => {
    socket.write(encodePacket(1, hex(payload)))
    return Buffer.from((await eventually(() => packets.shift())).payload).toString('hex')
  }
  expect(await ask('13 00 00 00 00')).toBe('00')
  expect(raw[0]).toBe(0x55)
  expect(await ask('01')).toBe('02')
  module.child.stdin.write('press ann\n')
  await module.says('press ann')
  expect(await ask('01')).toBe('00')
  socket.destroy()
  module.child.stdin.write('quit\n')
  expect(await module.ended).toBe(0)
}, 60_000)

import { mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Log } from '#devices/agent/log.ts'
import { type Centre, startCentre } from './fake-centre.ts'
import { eventually, silentLog } from './reader-support.ts'
import { startUplink, type Uplink, type UplinkSettings } from './uplink-support.ts'

let folder: string
let centre: Centre
const running: Uplink[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'resend-'))
  centre = await startCentre()
})
afterEach(async () => {
  for (const uplink of running.splice(0)) await uplink.stop()
  await centre.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function start(settings: UplinkSettings = {}): Promise<Uplink> {
  const uplink = await startUplink(folder, centre, settings)
  running.push(uplink)
  return uplink
}

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1)
const numbers = () => [...centre.seen.stored.keys()].map((key) => Number(key.split('/')[1])).sort((a, b) => a - b)
const small = { spool: { segmentBytes: 600 }, batchSize: 4 }

/** Yesterday's backup: everything from this number on is gone. */
function forget(from: number, epoch: string): void {
  for (const [key, { seq }] of centre.seen.stored) if (seq >= from) centre.seen.stored.delete(key)
  centre.seen.wanted = [{ epoch, first: from, last: 30 }]
}

describe('a server that was restored from a backup', () => {
  test('gets the missing range again, under the same numbers, while new punches come too', async () => {
    const { spool, punch } = await start(small)
    for (const subject of upTo(30)) await punch(subject)
    await eventually(() => spool.length === 0)
    const before = new Map(centre.seen.stored)
    forget(11, spool.epoch)
    await punch(31)
    await eventually(() => centre.seen.stored.size === 31)
    expect(numbers()).toEqual(upTo(31))
    for (const [key, record] of before) expect(centre.seen.stored.get(key)).toEqual(record)
  })

  test('gets it from an agent that was started anew since', async () => {
    const first = await start(small)
    for (const subject of upTo(30)) await first.punch(subject)
    await eventually(() => first.spool.length === 0)
    await first.stop()
    const second = await start(small)
    forget(1, first.spool.epoch)
    await eventually(() => centre.seen.stored.size === 30)
    expect(second.spool.length).toBe(0)
  })

  test('is told what is not kept any more, and gets the rest', async () => {
    const { spool, punch } = await start(small)
    for (const subject of upTo(30)) await punch(subject)
    await eventually(() => spool.length === 0)
    const [oldest = ''] = readdirSync(folder)
      .filter((name) => /^spool-\d+/.test(name))
      .sort()
    const gone = [...readFileSync(join(folder, oldest), 'utf8').matchAll(/"seq":(\d+)/g)].length
    unlinkSync(join(folder, oldest))
    await running.pop()?.stop()
    await start(small)
    forget(1, spool.epoch)
    await eventually(() => centre.seen.wanted.length === 0)
    expect(numbers()).toEqual(upTo(30).slice(gone))
    const lost = centre.seen.reports.flatMap((report) => report.lost ?? [])
    expect(lost[0]).toEqual({ epoch: spool.epoch, first: 1, last: gone })
  })

  test('is told of numbers and epochs that this agent never had', async () => {
    const { spool, punch } = await start(small)
    await punch(1)
    await eventually(() => spool.length === 0)
    const other = '3f1c1a53-4a0c-4b06-8f8c-6a3b8d6d0c11'
    centre.seen.wanted = [
      { epoch: spool.epoch, first: 5, last: 9 },
      { epoch: other, first: 1, last: 2 },
    ]
    await eventually(() => centre.seen.wanted.length === 0)
  })
})

describe('a server that refuses', () => {
  const revoked = { status: 403, code: 'agent_revoked' }

  test.each([revoked, { status: 401, code: 'agent_unknown' }, { status: 401, code: 'agent_signature' }])(
    'the agent ($code) is told of once, with what to do, and nothing is lost',
    async (refuses) => {
      const said: object[] = []
      const log: Log = { ...silentLog, error: (facts) => said.push(facts) }
      const { spool, punch } = await start({ log })
      centre.seen.refuses = refuses
      for (const subject of upTo(5)) await punch(subject)
      await eventually(() => said.length > 0)
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(said).toHaveLength(1)
      expect(said[0]).toMatchObject({
        code: refuses.code,
        zh: expect.stringContaining('保存'),
        en: expect.stringContaining('kept'),
      })
      expect(JSON.parse(readFileSync(join(folder, 'agent.state'), 'utf8'))).toMatchObject({ refused: refuses.code })
      expect(spool.length).toBe(5)
      centre.seen.refuses = null
      await eventually(() => spool.length === 0)
      expect(JSON.parse(readFileSync(join(folder, 'agent.state'), 'utf8'))).toMatchObject({ refused: null })
    },
  )

  test('one reader, because it is another agent’s, gets the punches of the others', async () => {
    const { spool, punch } = await start({ batchSize: 4, setAsideMs: 150 })
    centre.seen.foreign = 'S2'
    for (const subject of upTo(12)) await punch(subject, subject % 4 === 0 ? 'S2' : 'S1')
    await eventually(() => centre.seen.stored.size === 9)
    await eventually(() => spool.length === 3)
    centre.seen.foreign = null
    await eventually(() => spool.length === 0)
    expect(numbers()).toEqual(upTo(12))
  })

  test('one punch that it does not understand gets all others, and the one is offered again', async () => {
    const { spool, punch } = await start({ batchSize: 8, setAsideMs: 150 })
    centre.seen.poison = '6'
    for (const subject of upTo(12)) await punch(subject)
    await eventually(() => centre.seen.stored.size === 11)
    await eventually(() => spool.length === 1)
    centre.seen.poison = null
    await eventually(() => spool.length === 0)
  })

  test('a replayed batch changes nothing: the same numbers, the same punches', async () => {
    const { spool, punch } = await start()
    centre.seen.mood = 'stores but answers nothing'
    for (const subject of upTo(3)) await punch(subject)
    await eventually(() => centre.seen.received.length >= 6)
    centre.seen.mood = 'well'
    await eventually(() => spool.length === 0)
    expect(numbers()).toEqual(upTo(3))
  })
})

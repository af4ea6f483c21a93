import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeBackoff } from '#devices/agent/backoff.ts'
import { offsetMeter } from '#devices/agent/clock.ts'
import { type Centre, type Mood, startCentre } from './fake-centre.ts'
import { eventually } from './reader-support.ts'
import { type Uplink, type UplinkSettings, startUplink as uplinkOf } from './uplink-support.ts'

let folder: string
let centre: Centre
const running: Uplink[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uplink-'))
  centre = await startCentre()
})
afterEach(async () => {
  for (const uplink of running.splice(0)) await uplink.stop()
  await centre.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function startUplink(settings: UplinkSettings = {}): Promise<Uplink> {
  const uplink = await uplinkOf(folder, centre, settings)
  running.push(uplink)
  return uplink
}

const stored = () => [...centre.seen.stored.values()].map(({ subject }) => Number(subject))
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at)

describe('the uplink', () => {
  test('brings each punch to the server, in order, signed, and empties the spool', async () => {
    const { spool, punch } = await startUplink({ batchSize: 7 })
    for (const subject of upTo(30)) await punch(subject)
    await eventually(() => spool.length === 0)
    expect(stored()).toEqual(upTo(30))
    expect(centre.seen.badSignatures).toBe(0)
    expect(centre.seen.received.map(({ seq }) => seq)).toEqual(upTo(30).map((at) => at + 1))
  })

  test.each<Mood>(['broken', 'refusing', 'hangs up', 'stores but answers nothing'])(
    'keeps everything while the server is in trouble (%s) and delivers it afterwards',
    async (mood) => {
      const { spool, punch } = await startUplink({ batchSize: 4 })
      centre.seen.mood = mood
      for (const subject of upTo(10)) await punch(subject)
      await eventually(() => centre.seen.received.length > 8)
      expect(spool.length).toBe(10)
      centre.seen.mood = 'well'
      await eventually(() => spool.length === 0)
      expect(stored()).toEqual(upTo(10))
    },
  )

  test('a server that never answers is asked again', async () => {
    const { spool, punch } = await startUplink({ timeoutMs: 60 })
    centre.seen.mood = 'never answers'
    await punch(0)
    await eventually(() => centre.seen.received.length >= 2)
    centre.seen.mood = 'well'
    await eventually(() => spool.length === 0)
    expect(stored()).toEqual([0])
  })

  test('a stopped server gets everything once after it returns', async () => {
    const { spool, punch } = await startUplink()
    await punch(0)
    await eventually(() => spool.length === 0)
    await centre.stop()
    for (const subject of [1, 2, 3]) await punch(subject)
    await centre.restart()
    await eventually(() => spool.length === 0)
    expect(stored()).toEqual(upTo(4))
  })

  test('a restarted agent delivers what the last one left, in order', async () => {
    const first = await startUplink()
    centre.seen.mood = 'broken'
    for (const subject of upTo(5)) await first.punch(subject)
    await first.stop()
    centre.seen.mood = 'well'
    const second = await startUplink()
    await second.punch(5)
    await eventually(() => second.spool.length === 0)
    expect(stored()).toEqual(upTo(6))
    expect(new Set([...centre.seen.stored.keys()].map((key) => key.split('/')[0]))).toEqual(
      new Set([first.spool.epoch]),
    )
  })

  test('measures the clock by the way', async () => {
    const { spool, offset, punch } = await startUplink()
    await punch(0)
    await eventually(() => spool.length === 0)
    expect(offset.current()).not.toBeNull()
    expect(Math.abs(offset.current() ?? Number.NaN)).toBeLessThan(5000)
  })
})

describe('waiting after failures', () => {
  test('doubles up to ten seconds, shortened by chance, and starts anew after success', () => {
    const longest = makeBackoff({ random: () => 1 })
    expect(Array.from({ length: 8 }, () => longest.next())).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000])
    longest.reset()
    expect(longest.next()).toBe(250)
    expect(makeBackoff({ random: () => 0 }).next()).toBe(125)
  })
})

describe('the clock offset', () => {
  test('is the middle of the round trip against the server’s time', () => {
    const meter = offsetMeter({ now: () => 0, monotonic: () => 0 })
    expect(meter.current()).toBeNull()
    meter.measure({ sentAt: 1000, receivedAt: 1100, serverNow: 900 })
    expect(meter.current()).toBe(150)
  })

  test('moves when somebody sets the clock while the server is away', () => {
    let [wall, steady] = [1000, 0]
    const meter = offsetMeter({ now: () => wall, monotonic: () => steady })
    meter.measure({ sentAt: 1000, receivedAt: 1000, serverNow: 1000 })
    wall += 5000
    steady += 5000
    expect(meter.current()).toBe(0)
    wall += 60_000
    expect(meter.current()).toBe(60_000)
  })

  test('is not taken from an answer that was long on its way', () => {
    const meter = offsetMeter({ now: () => 0, monotonic: () => 0 })
    meter.measure({ sentAt: 0, receivedAt: 60_000, serverNow: 0 })
    expect(meter.current()).toBeNull()
  })

  test('follows a clock that jumps back, or wakes up in the year 2000, while the server is away', () => {
    let [wall, steady] = [Date.parse('2026-03-02T01:00:00Z'), 0]
    const meter = offsetMeter({ now: () => wall, monotonic: () => steady })
    meter.measure({ sentAt: wall, receivedAt: wall, serverNow: wall - 500 })
    wall -= 3_600_000
    steady += 10_000
    expect(meter.current()).toBe(500 - 3_610_000)
    const here = wall
    wall = Date.parse('2000-01-01T00:00:00Z')
    steady += 1000
    expect(meter.current()).toBe(500 - 3_610_000 + (wall - here) - 1000)
    expect(Number.isSafeInteger(meter.current())).toBe(true)
  })

  test('is not measured across a jump of the clock: the answer seems to come before the question', () => {
    let wall = 10_000
    const meter = offsetMeter({ now: () => wall, monotonic: () => 0 })
    wall = 5000
    meter.measure({ sentAt: 10_000, receivedAt: wall, serverNow: 7000 })
    expect(meter.current()).toBeNull()
  })
})

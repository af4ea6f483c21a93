import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import * as nodeFiles from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { encodeEntry } from '#devices/agent/journal.ts'
import { type NewPunch, Spool, type SpoolOptions } from '#devices/agent/spool.ts'

let folder: string
const opened: Spool[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'))
})
afterEach(async () => {
  for (const spool of opened.splice(0)) await spool.close().catch(() => undefined)
  rmSync(folder, { recursive: true, force: true })
})

async function openSpool(options: SpoolOptions = {}): Promise<Spool> {
  const spool = await Spool.open(join(folder, 'spool'), { segmentBytes: 1000, ...options })
  opened.push(spool)
  return spool
}
async function reopen(spool: Spool, options: SpoolOptions = {}): Promise<Spool> {
  await spool.close()
  opened.splice(opened.indexOf(spool), 1)
  return openSpool(options)
}

const punch = (subject: number): NewPunch => ({
  serial: 'S1',
  subject: String(subject),
  at: '2026-03-02T01:00:00.000Z',
  score: 150,
  offsetMs: -12,
  monotonicMs: subject,
})
async function fill(spool: Spool, first: number, last: number): Promise<void> {
  for (let subject = first; subject <= last; subject++) await spool.append(punch(subject))
}
const files = () => readdirSync(join(folder, 'spool')).sort()
const closed = () => files().filter((name) => /^spool-\d{8}\.journal$/.test(name))
const waiting = (spool: Spool) => (spool.batch(100_000)?.punches ?? []).map(({ seq }) => seq)
const kept = async (spool: Spool, epoch = spool.epoch) =>
  (await spool.history({ epoch, first: 1, last: 1_000_000 }, 1_000_000)).map(({ seq, subject }) => `${seq}:${subject}`)
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at)
const both = (first: number, last: number) => from(first, last).map((n) => `${n}:${n}`)
const day = 86_400_000

/** Ends a file early, or changes one byte of it. */
function spoil(path: string, { at, byte, cut }: { at: number; byte: number; cut: boolean }): void {
  const bytes = readFileSync(path)
  const place = Math.floor(at * bytes.length)
  bytes.fill(byte, place, place + 1)
  writeFileSync(path, cut ? bytes.subarray(0, place) : bytes)
}

describe('the files of the spool', () => {
  test('rotate by size, are private, and are one history', async () => {
    const spool = await openSpool()
    await fill(spool, 1, 40)
    expect(closed().length).toBeGreaterThan(4)
    for (const name of files()) expect(statSync(join(folder, 'spool', name)).mode & 0o777).toBe(0o600)
    expect(await kept(spool)).toEqual(both(1, 40))
    const again = await reopen(spool)
    expect(again.epoch).toBe(spool.epoch)
    expect(waiting(again)).toEqual(from(1, 40))
    expect((await again.append(punch(41))).seq).toBe(41)
    expect(again.figures).toMatchObject({ next: 42, through: 0, keptFrom: 1, oldestWaitingAt: punch(1).at })
  })

  test('the single file of an older agent goes on as it is', async () => {
    const epoch = '3f1c1a53-4a0c-4b06-8f8c-6a3b8d6d0c11'
    const bare = (subject: number) => ({ ...punch(subject), monotonicMs: undefined })
    const lines = [
      { kind: 'spool' as const, version: 1 as const, epoch, next: 7, through: 6 },
      ...[7, 8, 9].map((seq) => ({ kind: 'punch' as const, punch: { ...bare(seq), seq } })),
      { kind: 'stored' as const, through: 7 },
    ]
    // Without the length, as it was written then.
    const old = lines.map((line) => encodeEntry(line).replace(/^(\w{8}) \d+ /, '$1 '))
    await nodeFiles.mkdir(join(folder, 'spool'))
    writeFileSync(join(folder, 'spool', 'spool.journal'), old.join(''))
    const spool = await openSpool()
    expect(spool.epoch).toBe(epoch)
    expect(waiting(spool)).toEqual([8, 9])
    await fill(spool, 10, 30)
    await spool.acknowledge(20)
    const again = await reopen(spool)
    expect(waiting(again)).toEqual(from(21, 30))
    expect(await kept(again)).toEqual(both(7, 30))
  })

  test('delivered punches stay for their days and then go with their whole file; waiting ones never do', async () => {
    let now = Date.parse('2026-03-02T01:00:00Z')
    const options = { trustedNow: () => now, keepDays: 30 }
    const spool = await openSpool(options)
    await fill(spool, 1, 30)
    await spool.acknowledge(25)
    const all = closed().length
    now += 29 * day
    await spool.append(punch(31))
    await spool.acknowledge(26)
    expect(closed().length).toBe(all + 1)
    now += 2 * day
    await spool.append(punch(32))
    await spool.acknowledge(27)
    expect(spool.figures.keptFrom).toBeGreaterThan(20)
    expect(spool.figures.keptFrom).toBeLessThanOrEqual(28)
    expect(waiting(spool)).toEqual(from(28, 32))
    expect(waiting(await reopen(spool, options))).toEqual(from(28, 32))
  })

  test('a clock that was never measured makes nothing look old', async () => {
    const spool = await openSpool({ trustedNow: () => null })
    await fill(spool, 1, 30)
    await spool.acknowledge(30)
    expect(spool.figures.keptFrom).toBe(1)
  })

  test('a file is closed after a day even when it is small', async () => {
    let now = Date.parse('2026-03-02T01:00:00Z')
    const spool = await openSpool({ trustedNow: () => now, segmentBytes: 100_000 })
    await fill(spool, 1, 2)
    now += day + 1
    await fill(spool, 3, 3)
    expect(closed()).toHaveLength(1)
  })
})

describe('the bound of the spool', () => {
  test('delivered punches give way early, and never take more than half of it', async () => {
    const spool = await openSpool({ limitBytes: 8000 })
    for (let round = 0; round < 20; round++) {
      await fill(spool, round * 5 + 1, round * 5 + 5)
      await spool.acknowledge(round * 5 + 5)
      expect(spool.figures.bytes).toBeLessThan(5500)
    }
    expect(spool.length).toBe(0)
    expect(spool.figures.keptFrom).toBeGreaterThan(50)
  })

  test('a punch is refused, with its reason, before one that waits is given up; room makes it work again', async () => {
    const spool = await openSpool({ limitBytes: 8000 })
    let taken = 0
    const refusal = await (async () => {
      for (;;) {
        await spool.append(punch(taken + 1))
        taken++
      }
    })().catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'spool_full' })
    expect(String(refusal)).toMatch(/is full.*Bring the server back/)
    expect(spool.trouble?.code).toBe('spool_full')
    expect(waiting(spool)).toEqual(from(1, taken))
    await expect(spool.append(punch(0))).rejects.toMatchObject({ code: 'spool_full' })
    await spool.acknowledge(taken - 2)
    await spool.check()
    expect(spool.trouble).toBeNull()
    expect((await spool.append(punch(99))).seq).toBe(taken + 1)
    expect(waiting(await reopen(spool))).toEqual(from(taken - 1, taken + 1))
  })
})

describe('damage', () => {
  test('in the middle of an old file is stepped over: everything else is there', async () => {
    const spool = await openSpool()
    await fill(spool, 1, 30)
    const path = join(folder, 'spool', closed()[1] ?? '')
    const text = readFileSync(path, 'utf8')
    const lost = Number(/"seq":(\d+)/.exec(text.slice(text.length / 2))?.[1])
    writeFileSync(path, text.replace(`"seq":${lost},`, `"seq":${lost + 900},`).replace(`,"seq":${lost}}`, ',"seq":0}'))
    const again = await reopen(spool)
    expect(await kept(again)).toEqual(both(1, 30).filter((line) => line !== `${lost}:${lost}`))
    expect(waiting(again)).toEqual(from(1, lost - 1))
    await again.acknowledge(lost - 1)
    expect(waiting(again)).toEqual(from(lost + 1, 30))
    expect(again.length).toBe(30 - lost)
  })

  test.each(['first line', 'whole file gone', 'file empty'])(
    'of a closed file (%s) costs no other file',
    async (what) => {
      const spool = await openSpool()
      await fill(spool, 1, 30)
      const [first = '', second = ''] = closed()
      const path = join(folder, 'spool', second)
      const text = readFileSync(path, 'utf8')
      const inside = [...text.matchAll(/"seq":(\d+)/g)].map(([, seq]) => Number(seq))
      if (what === 'first line') writeFileSync(path, text.replace(spool.epoch.slice(0, 6), 'zzzzzz'))
      else if (what === 'file empty') writeFileSync(path, '')
      else unlinkSync(path)
      expect(first).not.toBe('')
      const again = await reopen(spool)
      expect(again.epoch).toBe(spool.epoch)
      const expected = what === 'first line' ? from(1, 30) : from(1, 30).filter((seq) => !inside.includes(seq))
      expect((await kept(again)).map((line) => Number(line.split(':')[0]))).toEqual(expected)
      expect((await again.append(punch(31))).seq).toBe(31)
    },
  )

  test('a power cut between closing one file and beginning the next loses nothing', async () => {
    const spool = await openSpool()
    await fill(spool, 1, 12)
    await spool.acknowledge(3)
    await spool.close()
    opened.length = 0
    renameSync(join(folder, 'spool', 'spool.journal'), join(folder, 'spool', 'spool-00000099.journal'))
    const again = await openSpool()
    expect(again.epoch).toBe(spool.epoch)
    expect(waiting(again)).toEqual(from(4, 12))
    expect((await again.append(punch(13))).seq).toBe(13)
    // And with the first line of the new file half written.
    await again.close()
    opened.length = 0
    renameSync(join(folder, 'spool', 'spool.journal'), join(folder, 'spool', 'spool-00000100.journal'))
    writeFileSync(join(folder, 'spool', 'spool.journal'), '1234abcd 99 {"kind":"spo')
    const third = await openSpool()
    expect(third.epoch).toBe(spool.epoch)
    expect(waiting(third)).toEqual(from(4, 13))
  })

  test('anything torn or scratched anywhere: no punch changes, and what is whole is found', async () => {
    const spool = await openSpool()
    await fill(spool, 1, 25)
    await spool.close()
    opened.length = 0
    const whole = new Map(files().map((name) => [name, readFileSync(join(folder, 'spool', name))]))
    const good = new Set(both(1, 25))
    const scratch = fc.record({
      file: fc.nat(whole.size - 1),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      byte: fc.nat(255),
      cut: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(scratch, { minLength: 1, maxLength: 3 }), async (scratches) => {
        for (const [name, bytes] of whole) writeFileSync(join(folder, 'spool', name), bytes)
        for (const one of scratches) spoil(join(folder, 'spool', [...whole.keys()][one.file] ?? ''), one)
        const again = await Spool.open(join(folder, 'spool'), { segmentBytes: 1000 })
        const epochs = new Set([spool.epoch, again.epoch])
        const found = (await Promise.all([...epochs].map((epoch) => kept(again, epoch)))).flat()
        const next = await again.append(punch(1000))
        await again.close()
        return found.every((line) => good.has(line)) && new Set(found).size === found.length && next.seq > 0
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is in memory', () => {
  test('stays small however much waits, and everything is delivered in order', async () => {
    const spool = await openSpool({ inMemory: 8, segmentBytes: 4000 })
    await fill(spool, 1, 100)
    expect(spool.length).toBe(100)
    const again = await reopen(spool, { inMemory: 8, segmentBytes: 4000 })
    expect(again.length).toBe(100)
    const delivered: number[] = []
    for (let batch = again.batch(5); batch; batch = again.batch(5)) {
      expect(again.batch(1000)?.punches.length).toBeLessThanOrEqual(8)
      delivered.push(...batch.punches.map(({ seq }) => seq))
      await again.acknowledge(batch.punches.at(-1)?.seq ?? 0)
      if (delivered.length === 50) await fill(again, 101, 110)
    }
    expect(delivered).toEqual(from(1, 110))
    expect(again.length).toBe(0)
  })

  test('a hundred thousand delivered punches open in no time, without being read', async () => {
    const epoch = '3f1c1a53-4a0c-4b06-8f8c-6a3b8d6d0c11'
    await nodeFiles.mkdir(join(folder, 'spool'))
    const perFile = 2000
    for (let file = 0; file < 50; file++) {
      const first = file * perFile + 1
      const head = encodeEntry({
        kind: 'spool',
        version: 1,
        epoch,
        next: first,
        through: first - 1,
        beganAt: null,
        earlier: [],
      })
      const lines = from(first, first + perFile - 1).map((seq) =>
        encodeEntry({ kind: 'punch', punch: { ...punch(seq), seq } }),
      )
      writeFileSync(join(folder, 'spool', `spool-${String(file + 1).padStart(8, '0')}.journal`), head + lines.join(''))
    }
    const last = 50 * perFile
    writeFileSync(
      join(folder, 'spool', 'spool.journal'),
      encodeEntry({ kind: 'spool', version: 1, epoch, next: last + 1, through: last, beganAt: null, earlier: [] }),
    )
    let read = 0
    const watched = {
      ...nodeFiles,
      readFile: ((...args: Parameters<typeof nodeFiles.readFile>) => {
        read++
        return nodeFiles.readFile(...args)
      }) as typeof nodeFiles.readFile,
    }
    const spool = await openSpool({ files: watched, segmentBytes: 1 << 20 })
    expect(read).toBeLessThanOrEqual(2)
    expect(spool.figures).toMatchObject({ next: last + 1, through: last, keptFrom: 1 })
    const again = await spool.history({ epoch, first: 70_001, last: 70_003 }, 10)
    expect(again.map(({ seq }) => seq)).toEqual([70_001, 70_002, 70_003])
    expect(read).toBeLessThanOrEqual(3)
  })
})

describe('an old copy of the files', () => {
  test('is noticed: numbers that were given are never given again, and what waits in it still goes out', async () => {
    const markFile = join(folder, 'spool.mark')
    const spool = await openSpool({ markFile })
    await fill(spool, 1, 5)
    const copy = readFileSync(join(folder, 'spool', 'spool.journal'))
    await fill(spool, 6, 9)
    await spool.acknowledge(9)
    await spool.close()
    opened.length = 0
    for (const name of closed()) unlinkSync(join(folder, 'spool', name))
    writeFileSync(join(folder, 'spool', 'spool.journal'), copy)
    const again = await openSpool({ markFile })
    expect(again.found.restored).toBe(true)
    expect(again.epoch).not.toBe(spool.epoch)
    await again.append(punch(10))
    const first = again.batch(10)
    expect(first?.epoch).toBe(spool.epoch)
    await again.settle({ epoch: spool.epoch, first: 1, last: first?.punches.at(-1)?.seq ?? 0 })
    expect(again.batch(10)).toMatchObject({ epoch: again.epoch, punches: [{ seq: 1, subject: '10' }] })
    const third = await reopen(again, { markFile })
    expect(third.found.restored).toBe(false)
    expect(third.length).toBe(1)
  })

  test('an unreadable or missing mark is no reason to stop', async () => {
    const markFile = join(folder, 'spool.mark')
    const spool = await openSpool({ markFile })
    await fill(spool, 1, 3)
    await spool.close()
    opened.length = 0
    appendFileSync(markFile, 'x')
    expect((await openSpool({ markFile })).found.restored).toBe(false)
  })
})

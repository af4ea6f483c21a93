import { appendFileSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import * as nodeFiles from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodeEntry } from '#devices/agent/journal.ts'
import { both, fill, from, kept, punch, useSpool, waiting } from './spool-support.ts'

const here = useSpool()
const day = 86_400_000

describe('the files of the spool', () => {
  test('rotate by size, are private, and are one history', async () => {
    const spool = await here.open()
    await fill(spool, 1, 40)
    expect(here.closed().length).toBeGreaterThan(4)
    for (const name of here.files()) expect(statSync(here.path(name)).mode & 0o777).toBe(0o600)
    expect(await kept(spool)).toEqual(both(1, 40))
    const again = await here.reopen()
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
    await nodeFiles.mkdir(here.path())
    writeFileSync(here.path('spool.journal'), old.join(''))
    const spool = await here.open()
    expect(spool.epoch).toBe(epoch)
    expect(waiting(spool)).toEqual([8, 9])
    await fill(spool, 10, 30)
    await spool.acknowledge(20)
    const again = await here.reopen()
    expect(waiting(again)).toEqual(from(21, 30))
    expect(await kept(again)).toEqual(both(7, 30))
  })

  test('delivered punches stay for their days and then go with their whole file; waiting ones never do', async () => {
    let now = Date.parse('2026-03-02T01:00:00Z')
    const options = { trustedNow: () => now, keepDays: 30 }
    const spool = await here.open(options)
    await fill(spool, 1, 30)
    await spool.acknowledge(25)
    const all = here.closed().length
    now += 29 * day
    await spool.append(punch(31))
    await spool.acknowledge(26)
    expect(here.closed().length).toBe(all + 1)
    now += 2 * day
    await spool.append(punch(32))
    await spool.acknowledge(27)
    expect(spool.figures.keptFrom).toBeGreaterThan(20)
    expect(spool.figures.keptFrom).toBeLessThanOrEqual(28)
    expect(waiting(spool)).toEqual(from(28, 32))
    expect(waiting(await here.reopen(options))).toEqual(from(28, 32))
  })

  test('a clock that was never measured makes nothing look old', async () => {
    const spool = await here.open({ trustedNow: () => null })
    await fill(spool, 1, 30)
    await spool.acknowledge(30)
    expect(spool.figures.keptFrom).toBe(1)
  })

  test('a file is closed after a day even when it is small', async () => {
    let now = Date.parse('2026-03-02T01:00:00Z')
    const spool = await here.open({ trustedNow: () => now, segmentBytes: 100_000 })
    await fill(spool, 1, 2)
    now += day + 1
    await fill(spool, 3, 3)
    expect(here.closed()).toHaveLength(1)
  })
})

describe('the bound of the spool', () => {
  test('delivered punches give way early, and never take more than half of it', async () => {
    const spool = await here.open({ limitBytes: 8000 })
    for (let round = 0; round < 20; round++) {
      await fill(spool, round * 5 + 1, round * 5 + 5)
      await spool.acknowledge(round * 5 + 5)
      expect(spool.figures.bytes).toBeLessThan(5500)
    }
    expect(spool.length).toBe(0)
    expect(spool.figures.keptFrom).toBeGreaterThan(50)
  })

  test('a punch is refused, with its reason, before one that waits is given up; room makes it work again', async () => {
    const spool = await here.open({ limitBytes: 8000 })
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
    expect(waiting(await here.reopen())).toEqual(from(taken - 1, taken + 1))
  })
})

describe('what is in memory', () => {
  test('stays small however much waits, and everything is delivered in order', async () => {
    const spool = await here.open({ inMemory: 8, segmentBytes: 4000 })
    await fill(spool, 1, 100)
    expect(spool.length).toBe(100)
    const again = await here.reopen({ inMemory: 8, segmentBytes: 4000 })
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
    await nodeFiles.mkdir(here.path())
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
      writeFileSync(here.path(`spool-${String(file + 1).padStart(8, '0')}.journal`), head + lines.join(''))
    }
    const last = 50 * perFile
    writeFileSync(
      here.path('spool.journal'),
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
    const spool = await here.open({ files: watched, segmentBytes: 1 << 20 })
    expect(read).toBeLessThanOrEqual(2)
    expect(spool.figures).toMatchObject({ next: last + 1, through: last, keptFrom: 1 })
    const again = await spool.history({ epoch, first: 70_001, last: 70_003 }, 10)
    expect(again.map(({ seq }) => seq)).toEqual([70_001, 70_002, 70_003])
    expect(read).toBeLessThanOrEqual(3)
  })
})

describe('an old copy of the files', () => {
  test('is noticed: numbers that were given are never given again, and what waits in it still goes out', async () => {
    const markFile = join(here.folder, 'spool.mark')
    const spool = await here.open({ markFile })
    await fill(spool, 1, 5)
    const copy = readFileSync(here.path('spool.journal'))
    await fill(spool, 6, 9)
    await spool.acknowledge(9)
    await here.shut()
    for (const name of here.closed()) unlinkSync(here.path(name))
    writeFileSync(here.path('spool.journal'), copy)
    const again = await here.open({ markFile })
    expect(again.found.restored).toBe(true)
    expect(again.epoch).not.toBe(spool.epoch)
    await again.append(punch(10))
    const first = again.batch(10)
    expect(first?.epoch).toBe(spool.epoch)
    await again.settle({ epoch: spool.epoch, first: 1, last: first?.punches.at(-1)?.seq ?? 0 })
    expect(again.batch(10)).toMatchObject({ epoch: again.epoch, punches: [{ seq: 1, subject: '10' }] })
    const third = await here.reopen({ markFile })
    expect(third.found.restored).toBe(false)
    expect(third.length).toBe(1)
  })

  test('an unreadable or missing mark is no reason to stop', async () => {
    const markFile = join(here.folder, 'spool.mark')
    const spool = await here.open({ markFile })
    await fill(spool, 1, 3)
    await here.shut()
    appendFileSync(markFile, 'x')
    expect((await here.open({ markFile })).found.restored).toBe(false)
  })
})

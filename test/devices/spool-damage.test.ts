import { readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJournal } from '#devices/agent/journal.ts'
import { punchesOf } from '#devices/agent/segments.ts'
import { Spool } from '#devices/agent/spool.ts'
import { both, fill, from, kept, punch, useSpool, waiting } from './spool-support.ts'

const here = useSpool()

/** Ends a file early, or changes one byte of it. */
function spoil(path: string, { at, byte, cut }: { at: number; byte: number; cut: boolean }): void {
  const bytes = readFileSync(path)
  const place = Math.floor(at * bytes.length)
  if (place < bytes.length) bytes[place] = byte
  writeFileSync(path, cut ? bytes.subarray(0, place) : bytes)
}

describe('damage', () => {
  test('in the middle of an old file is stepped over: everything else is there', async () => {
    const spool = await here.open()
    await fill(spool, 1, 30)
    const path = here.path(here.closed()[1] ?? '')
    const text = readFileSync(path, 'utf8')
    const lost = Number(/"seq":(\d+)/.exec(text.slice(text.length / 2))?.[1])
    writeFileSync(path, text.replace(`"seq":${lost},`, `"seq":${lost + 900},`).replace(`,"seq":${lost}}`, ',"seq":0}'))
    const again = await here.reopen()
    expect(await kept(again)).toEqual(both(1, 30).filter((line) => line !== `${lost}:${lost}`))
    expect(waiting(again)).toEqual(from(1, lost - 1))
    await again.acknowledge(lost - 1)
    expect(waiting(again)).toEqual(from(lost + 1, 30))
    expect(again.length).toBe(30 - lost)
  })

  test.each(['first line', 'whole file gone', 'file empty'])(
    'of a closed file (%s) costs no other file',
    async (what) => {
      const spool = await here.open()
      await fill(spool, 1, 30)
      const [first = '', second = ''] = here.closed()
      const path = here.path(second)
      const text = readFileSync(path, 'utf8')
      const inside = [...text.matchAll(/"seq":(\d+)/g)].map(([, seq]) => Number(seq))
      if (what === 'first line') writeFileSync(path, text.replace(spool.epoch.slice(0, 6), 'zzzzzz'))
      else if (what === 'file empty') writeFileSync(path, '')
      else unlinkSync(path)
      expect(first).not.toBe('')
      const again = await here.reopen()
      expect(again.epoch).toBe(spool.epoch)
      const expected = what === 'first line' ? from(1, 30) : from(1, 30).filter((seq) => !inside.includes(seq))
      expect((await kept(again)).map((line) => Number(line.split(':')[0]))).toEqual(expected)
      expect((await again.append(punch(31))).seq).toBe(31)
    },
  )

  test('a power cut between closing one file and beginning the next loses nothing', async () => {
    const spool = await here.open()
    await fill(spool, 1, 12)
    await spool.acknowledge(3)
    await here.shut()
    renameSync(here.path('spool.journal'), here.path('spool-00000099.journal'))
    const again = await here.open()
    expect(again.epoch).toBe(spool.epoch)
    expect(waiting(again)).toEqual(from(4, 12))
    expect((await again.append(punch(13))).seq).toBe(13)
    // And with the first line of the new file half written.
    await here.shut()
    renameSync(here.path('spool.journal'), here.path('spool-00000100.journal'))
    writeFileSync(here.path('spool.journal'), '1234abcd 99 {"kind":"spo')
    const third = await here.open()
    expect(third.epoch).toBe(spool.epoch)
    expect(waiting(third)).toEqual(from(4, 13))
  })

  test('anything torn or scratched anywhere: no punch changes, and what is whole is found', async () => {
    const spool = await here.open()
    await fill(spool, 1, 25)
    await here.shut()
    const whole = new Map(here.files().map((name) => [name, readFileSync(here.path(name))]))
    const good = new Set(both(1, 25))
    const scratch = fc.record({
      file: fc.nat(whole.size - 1),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      byte: fc.nat(255),
      cut: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(scratch, { minLength: 1, maxLength: 3 }), async (scratches) => {
        for (const [name, bytes] of whole) writeFileSync(here.path(name), bytes)
        for (const one of scratches) spoil(here.path([...whole.keys()][one.file] ?? ''), one)
        const intact = here.files().flatMap((name) => punchesOf(readJournal(readFileSync(here.path(name)))))
        const again = await Spool.open(here.path(), { segmentBytes: 1000 })
        const queued = again.length
        const epochs = new Set([spool.epoch, again.epoch])
        const found = (await Promise.all([...epochs].map((epoch) => kept(again, epoch)))).flat()
        const next = await again.append(punch(1000))
        await again.close()
        expect(queued).toBe(intact.length)
        expect(found.filter((line) => !good.has(line))).toEqual([])
        expect(new Set(found).size).toBe(found.length)
        expect(next.seq).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })
})

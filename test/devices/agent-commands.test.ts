import { describe, expect, test } from 'vitest'
import { copyFinger } from '#devices/agent/reader-commands.ts'
import type { ReaderWorker } from '#devices/agent/worker.ts'
import { ReaderError } from '#devices/protocol/codes.ts'
import { useHall } from './hall-support.ts'
import { eventually } from './reader-support.ts'

const hall = useHall()

describe('commands at readers', () => {
  const readers = { A: { slots: { 3: 'ann', 4: 'bob' } }, B: { slots: { 7: 'bob' } }, C: { slots: {} } }

  test('the self-test tells each step before it tries it', async () => {
    await hall.start(readers)
    const { names, last } = await hall.carriedOut({ kind: 'self_test', serial: 'A' })
    expect(names).toEqual(['answer', 'parameters', 'sensor', 'count', 'index', 'light', 'passed'])
    expect(last.facts).toMatchObject({ templates: 2, taken: '3-4', capacity: 50, dialect: 'grow' })
    expect(last.facts.milliseconds).toBeGreaterThanOrEqual(0)
  })

  test('the index table is read', async () => {
    await hall.start(readers)
    const { last } = await hall.carriedOut({ kind: 'index', serial: 'A' })
    expect(last).toMatchObject({ state: 'done', step: 'read', facts: { taken: '3-4', templates: 2, capacity: 50 } })
  })

  test('a template is copied to other readers, and recognised there; nothing of it leaves this process', async () => {
    await hall.start(readers)
    const to = [
      { serial: 'B', slot: 9 },
      { serial: 'C', slot: 3 },
    ]
    const { names, steps } = await hall.carriedOut({ kind: 'copy', serial: 'A', slot: 3, to })
    expect(names).toEqual(['copied', 'copied', 'copied_all'])
    expect(steps[0]?.facts).toEqual({ serial: 'B', slot: 9 })
    expect(hall.slotsOf('B')[9]).toMatch(/^template:/)
    expect(hall.slotsOf('C')).toEqual({ 3: hall.slotsOf('B')[9] })
    await hall.agent?.presses.get('C')?.visitor(null, 'good', 'ann')
    await eventually(() =>
      [...hall.centre.seen.stored.values()].some(({ serial, subject }) => serial === 'C' && subject === '3'),
    )
    const sent = JSON.stringify([hall.centre.seen.steps, hall.centre.seen.reports])
    expect(sent.length).toBeLessThan(100_000)
    for (const step of hall.centre.seen.steps)
      for (const fact of Object.values(step.facts)) expect(String(fact).length).toBeLessThan(100)
  })

  test('a copy is refused with the reader and the reason, and where it was not refused it stays', async () => {
    await hall.start({ ...readers, D: { dialect: 'syno', slots: {} } })
    const copy = async (...to: { serial: string; slot: number }[]) => {
      const { last } = await hall.carriedOut({ kind: 'copy', serial: 'A', slot: 4, to })
      expect(last).toMatchObject({ state: 'failed', step: 'copy_refused' })
      return last.facts
    }
    expect(await copy({ serial: 'C', slot: 1 }, { serial: 'X', slot: 1 })).toEqual({
      serial: 'X',
      slot: 1,
      reason: 'other_agent',
    })
    expect(hall.slotsOf('C')).toEqual({})
    expect(await copy({ serial: 'A', slot: 9 })).toMatchObject({ reason: 'same_reader' })
    expect(await copy({ serial: 'D', slot: 9 })).toMatchObject({ reason: 'dialect_differs' })
    expect(await copy({ serial: 'B', slot: 7 })).toMatchObject({ reason: 'slot_not_empty' })
    expect(await copy({ serial: 'C', slot: 2 }, { serial: 'B', slot: 8 })).toMatchObject({
      serial: 'B',
      reason: 'already_enrolled',
    })
    expect(Object.keys(hall.slotsOf('C'))).toEqual(['2'])
    hall.agent?.presses.get('B')?.unplug()
    await eventually(() => hall.agent?.workers.get('B')?.isConnected === false)
    expect(await copy({ serial: 'B', slot: 8 })).toMatchObject({ reason: 'unplugged' })
    const { last } = await hall.carriedOut({ kind: 'copy', serial: 'A', slot: 30, to: [{ serial: 'C', slot: 9 }] })
    expect(last.state).toBe('failed')
  })

  test('copies in opposite directions at once do not wait for each other', async () => {
    await hall.start(readers)
    const there = hall.carriedOut({ kind: 'copy', serial: 'A', slot: 3, to: [{ serial: 'B', slot: 20 }] })
    const back = hall.carriedOut({ kind: 'copy', serial: 'B', slot: 7, to: [{ serial: 'C', slot: 21 }] })
    const round = hall.carriedOut({ kind: 'copy', serial: 'A', slot: 4, to: [{ serial: 'C', slot: 22 }] })
    const ends = (await Promise.all([there, back, round])).map(({ last }) => last.step)
    // The same finger goes to C twice, under two numbers: whoever comes second is refused.
    expect(ends[0]).toBe('copied_all')
    expect(ends.slice(1).sort()).toEqual(['copied_all', 'copy_refused'])
  })
})

describe('a template on its way', () => {
  test('is overwritten in memory at the end, whether it arrived or not', async () => {
    const status = { dialect: 'grow', detail: null }
    const worker = (work: () => unknown) =>
      ({ status, isConnected: true, do: async () => work() }) as unknown as ReaderWorker
    for (const arrives of [true, false]) {
      const template = new Uint8Array(512).fill(7)
      const source = worker(() => template)
      const target = worker(() => {
        expect(template.every((byte) => byte === 7)).toBe(true)
        if (!arrives) throw new ReaderError('timeout', 'gone')
      })
      const to = [{ serial: 'B', slot: 1 }]
      const { step } = await copyFinger(
        source,
        new Map([['B', target]]),
        { kind: 'copy', serial: 'A', slot: 1, to },
        () => undefined,
      )
      expect(step).toBe(arrives ? 'copied_all' : 'copy_refused')
      expect(template.every((byte) => byte === 0)).toBe(true)
    }
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DayOfPunches, type SilenceFacts, silenceStep, silentSince } from '#app/domain/devices/silence.ts'

const at = (hour: number, minute = 0) => hour * 3600 + minute * 60
const stepOf = (second: number) => Math.floor(second / silenceStep)
const rules = { busy_minutes: 20, usual_punches: 8 }

/** Three punches every five minutes from 08:30 to 09:00, two from 12:00 to 12:30. */
const ordinary: DayOfPunches = new Map([
  ...Array.from({ length: 6 }, (_, step) => [stepOf(at(8, 30)) + step, 3] as const),
  ...Array.from({ length: 6 }, (_, step) => [stepOf(at(12)) + step, 2] as const),
])

const due = [
  { from: at(7, 30), to: at(9, 30) },
  { from: at(11, 30), to: at(13) },
]

function facts(changes: Partial<SilenceFacts> = {}): SilenceFacts {
  return { now: at(8, 55), alive: 0, due, usual: [ordinary, ordinary, ordinary], share: 1, rules, ...changes }
}

describe('a reader is silent when it should be busy', () => {
  test('once a stretch that usually brings punches went by without any, and five minutes more', () => {
    expect(silentSince(facts({ now: at(8, 45) }))).toBe(null)
    expect(silentSince(facts({ now: at(8, 55) }))).toBe(at(8, 30))
  })

  test('since its last punch when that fell into the rush', () => {
    expect(silentSince(facts({ alive: at(8, 37), now: at(9, 5) }))).toBe(at(8, 37))
  })

  test('since the rush began and not since a punch long before it', () => {
    expect(silentSince(facts({ alive: at(9, 2), now: at(12, 27) }))).toBe(at(12))
  })

  test('not while people can still come, and not after its next punch', () => {
    expect(silentSince(facts({ alive: at(9, 2), now: at(12, 3) }))).toBe(null)
    expect(silentSince(facts({ alive: at(9), now: at(11, 30) }))).toBe(null)
  })

  test('never on a rest day, without history, on one day of history, or when all are away together', () => {
    expect(silentSince(facts({ due: [] }))).toBe(null)
    expect(silentSince(facts({ usual: [] }))).toBe(null)
    expect(silentSince(facts({ usual: [ordinary] }))).toBe(null)
    expect(silentSince(facts({ share: 0 }))).toBe(null)
  })

  test('never outside of slots, whatever is usual there', () => {
    const evening = new Map([[stepOf(at(19)), 50]])
    expect(silentSince(facts({ usual: [evening, evening], alive: at(18), now: at(23) }))).toBe(null)
  })

  test('a reader that few people use is left alone', () => {
    expect(silentSince(facts({ rules: { ...rules, usual_punches: 40 } }))).toBe(null)
    expect(silentSince(facts({ share: 0.5 }))).toBe(null)
  })
})

const days = fc.array(
  fc.array(fc.tuple(fc.integer({ min: 0, max: 287 }), fc.integer({ min: 1, max: 20 })), { maxLength: 40 }),
  { maxLength: 5 },
)
const any = fc
  .record({
    now: fc.integer({ min: 0, max: 86_399 }),
    alive: fc.integer({ min: -86_400, max: 86_399 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    days,
    slots: fc.array(fc.tuple(fc.integer({ min: 0, max: 86_000 }), fc.integer({ min: 60, max: 20_000 })), {
      maxLength: 4,
    }),
    rules: fc.record({
      busy_minutes: fc.integer({ min: 5, max: 240 }),
      usual_punches: fc.integer({ min: 1, max: 60 }),
    }),
  })
  .map(({ days, slots, ...rest }) => ({
    ...rest,
    usual: days.map((day) => new Map(day)),
    due: slots.map(([from, length]) => ({ from, to: from + length })),
  }))

describe('whatever the facts', () => {
  test('silence began after the last sign of life and lasts at least the time that the rule gives', () => {
    fc.assert(
      fc.property(any, (one) => {
        const since = silentSince(one)
        if (since === null) return
        expect(since).toBeGreaterThanOrEqual(Math.max(0, one.alive))
        expect(one.now - since).toBeGreaterThanOrEqual(one.rules.busy_minutes * 60 - silenceStep)
      }),
    )
  })

  test('a later sign of life never makes an alarm', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 20_000 }), (one, later) => {
        if (silentSince(one) === null) expect(silentSince({ ...one, alive: one.alive + later })).toBe(null)
      }),
    )
  })

  test('time alone never ends one, and where it began stays', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 20_000 }), (one, later) => {
        const since = silentSince(one)
        if (since !== null) expect(silentSince({ ...one, now: one.now + later })).toBe(since)
      }),
    )
  })

  test('fewer expected people never make one', () => {
    fc.assert(
      fc.property(any, fc.double({ min: 0, max: 1, noNaN: true }), (one, part) => {
        if (silentSince(one) === null) expect(silentSince({ ...one, share: one.share * part })).toBe(null)
      }),
    )
  })
})

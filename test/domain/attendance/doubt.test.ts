import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DayResult } from '#app/domain/attendance/day.ts'
import { doubtAt } from '#app/domain/attendance/outage.ts'
import { at, judge, punches, said } from './support.ts'

const doubt = (...times: string[]) => times.map((time) => doubtAt(at(time), `doubt ${time}`))
const codes = (result: DayResult) =>
  [result.halves.am, result.halves.pm].flatMap((half) => half.reasons.map((r) => r.code))

describe('a punch in doubt', () => {
  test('makes the slot it may belong to pending instead of missing', () => {
    const result = judge({ outages: doubt('08:55'), punches: punches('12:00', '13:20', '17:00') })
    expect(said(result)).toBe('pending | present')
    expect(codes(result)).toContain('doubtful')
  })

  test('makes a late arrival pending when it lies before the one that counts, and an early leaving when after', () => {
    const late = judge({ outages: doubt('08:20'), punches: punches('09:06', '12:00', '13:20', '17:00') })
    expect(said(late)).toBe('pending | present')
    expect(codes(late)).toContain('doubtful_beside')
    const early = judge({ outages: doubt('17:02'), punches: punches('08:40', '12:00', '13:20', '16:30') })
    expect(said(early)).toBe('present | pending')
  })

  test('excuses nothing where it could not have stood instead', () => {
    const day = punches('09:06', '12:00', '13:20', '17:00')
    expect(said(judge({ outages: doubt('09:10'), punches: day }))).toBe('late 6 | present')
    expect(said(judge({ outages: doubt('03:00', '22:00'), punches: day }))).toBe('late 6 | present')
  })

  test('is told while the window is still open, from the second of the punch on', () => {
    const running = judge({ outages: doubt('09:05'), asOf: at('09:05') })
    expect(running.slots[0]?.state).toBe('pending')
    expect(judge({ outages: doubt('08:55'), asOf: at('08:56') }).slots[0]?.state).toBe('open')
  })
})

const moment = fc.integer({ min: at('06:00'), max: at('20:00') })
const day = fc
  .array(moment, { maxLength: 6 })
  .map((seconds) =>
    [...seconds].sort((a, b) => a - b).map((second, place) => ({ second, source: 'east', key: `${place}` })),
  )
const doubts = fc
  .array(moment, { maxLength: 4 })
  .map((seconds) => seconds.map((second) => doubtAt(second, `d${second}`)))

describe('whatever the day', () => {
  test('a doubt never makes anything but pending, and only of what was wrong', () => {
    fc.assert(
      fc.property(day, doubts, (held, outages) => {
        const without = judge({ punches: held })
        const withDoubt = judge({ punches: held, outages })
        for (const [index, slot] of withDoubt.slots.entries()) {
          const before = without.slots[index]
          if (slot.state === before?.state) continue
          expect(slot.state).toBe('pending')
          expect(['missing', 'late', 'early']).toContain(before?.state)
          expect(outages.some(({ from }) => slot.open <= from && from < slot.close + 60)).toBe(true)
        }
      }),
    )
  })

  test('a window with a doubt and without a punch is never held against anybody', () => {
    fc.assert(
      fc.property(doubts, (outages) => {
        for (const slot of judge({ outages }).slots) {
          const inside = outages.some(({ from }) => slot.open <= from && from < slot.close + 60)
          expect(slot.state).toBe(inside ? 'pending' : 'missing')
        }
      }),
    )
  })
})

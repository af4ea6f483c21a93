import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { correctedMs, countsAtMs, type DoubtfulTimes, likelyMs } from '#app/domain/devices/doubtful.ts'
import { clockLimits } from '#app/domain/devices/quarantine.ts'

const now = Date.parse('2026-11-20T10:00:00.000Z')
const times: fc.Arbitrary<DoubtfulTimes> = fc.record({
  quarantine: fc.constantFrom('future', 'before_2020', 'clock_off', 'unconfirmed'),
  recordedMs: fc.integer({ min: 0, max: now * 2 }),
  receivedMs: fc.integer({ min: clockLimits.earliestMs, max: now }),
  offsetMs: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
})

describe('when a punch in doubt was most likely made', () => {
  test('is never before 2020 and never after it was received', () => {
    fc.assert(
      fc.property(times, (punch) => {
        const at = likelyMs(punch)
        expect(at).toBeGreaterThanOrEqual(clockLimits.earliestMs)
        expect(at).toBeLessThanOrEqual(punch.receivedMs)
      }),
    )
  })

  test('is the time put right where it was measured, the own time of a kiosk, and else when it came', () => {
    const punch = { quarantine: 'clock_off', recordedMs: now, receivedMs: now, offsetMs: 600_000 }
    expect(likelyMs(punch)).toBe(now - 600_000)
    expect(likelyMs({ ...punch, quarantine: 'unconfirmed', recordedMs: now - 5 })).toBe(now - 5)
    expect(likelyMs({ ...punch, offsetMs: null })).toBe(now)
    expect(likelyMs({ ...punch, quarantine: 'before_2020', recordedMs: 946_684_800_000, offsetMs: -(2 ** 31) })).toBe(
      now,
    )
  })
})

describe('when a released punch counts', () => {
  test('is a time between 2020 and now, or a refusal', () => {
    fc.assert(
      fc.property(
        times,
        fc.oneof(fc.constantFrom('recorded' as const, 'corrected' as const), fc.integer()),
        (punch, at) => {
          const counts = countsAtMs(punch, at, now)
          if (typeof counts === 'string') {
            expect(counts === 'offset_unknown').toBe(at === 'corrected' && punch.offsetMs === null)
            return
          }
          expect(counts).toBeGreaterThanOrEqual(clockLimits.earliestMs)
          expect(counts).toBeLessThanOrEqual(now)
          expect([at, punch.recordedMs, correctedMs(punch)]).toContain(counts)
        },
      ),
    )
  })
})

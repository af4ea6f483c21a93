import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Attempts, afterFailure, isLocked, noAttempts, triesLeft } from '#app/domain/access/lockout.ts'
import { defaultAccessSettings as rules } from '#app/domain/access/settings.ts'

const minute = 60_000

function failTimes(times: number, now = 0): Attempts {
  let attempts = noAttempts
  for (let i = 0; i < times; i++) attempts = afterFailure(attempts, now, rules)
  return attempts
}

describe('lock-out', () => {
  it('locks for 15 minutes at the tenth failure and not before', () => {
    expect(failTimes(9).lockedUntil).toBeNull()
    expect(failTimes(10)).toEqual({ failures: 10, lockedUntil: 15 * minute })
  })

  it('doubles with each later lock up to the limit', () => {
    expect(failTimes(15).lockedUntil).toBe(30 * minute)
    expect(failTimes(20).lockedUntil).toBe(60 * minute)
    expect(failTimes(1000).lockedUntil).toBe(rules.longest_lock_minutes * minute)
  })

  it('counts the tries down to the lock', () => {
    expect([0, 7, 9].map((failures) => triesLeft(failures, rules))).toEqual([10, 3, 1])
    expect([10, 14].map((failures) => triesLeft(failures, rules))).toEqual([5, 1])
  })

  it('locks exactly when the last try is used', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(), (failures, now) => {
        const after = afterFailure({ failures, lockedUntil: null }, now, rules)
        expect(after.lockedUntil !== null).toBe(triesLeft(failures, rules) === 1)
        expect(after.failures).toBe(failures + 1)
      }),
    )
  })

  it('is free again at the very end of the lock', () => {
    const locked = failTimes(10, 1000)
    expect(isLocked(locked, 1000 + 15 * minute - 1)).toBe(true)
    expect(isLocked(locked, 1000 + 15 * minute)).toBe(false)
    expect(isLocked(noAttempts, 0)).toBe(false)
  })
})

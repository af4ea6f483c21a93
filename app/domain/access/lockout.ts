import type { AccessSettings } from './settings.ts'

type LockRules = Pick<AccessSettings, 'attempts' | 'attempts_again' | 'lock_minutes' | 'longest_lock_minutes'>

export type Attempts = {
  /** Failures since the last successful sign-in. */
  readonly failures: number
  /** Epoch milliseconds until which nothing is tried, or null. */
  readonly lockedUntil: number | null
}

export const noAttempts: Attempts = { failures: 0, lockedUntil: null }

/** Whether the account refuses to try at this moment 已锁定. The end itself is free again. */
export function isLocked(attempts: Attempts, now: number): boolean {
  return attempts.lockedUntil !== null && now < attempts.lockedUntil
}

/**
 * Tries left before the next lock 还可以试几次. The first lock comes after `attempts` failures in a row,
 * each later one after `attempts_again` more (GB/T 22239-2019: limit failed sign-ins).
 */
export function triesLeft(failures: number, rules: LockRules): number {
  if (failures < rules.attempts) return rules.attempts - failures
  return rules.attempts_again - ((failures - rules.attempts) % rules.attempts_again)
}

/** What stands after one more failure: counted, and locked when the tries are used up; each lock is twice as long as the one before, up to a limit. */
export function afterFailure(before: Attempts, now: number, rules: LockRules): Attempts {
  const failures = before.failures + 1
  const beyond = failures - rules.attempts
  if (beyond < 0 || beyond % rules.attempts_again !== 0) return { failures, lockedUntil: null }
  const doubled = rules.lock_minutes * 2 ** Math.min(beyond / rules.attempts_again, 20)
  const minutes = Math.min(doubled, rules.longest_lock_minutes)
  return { failures, lockedUntil: now + minutes * 60_000 }
}

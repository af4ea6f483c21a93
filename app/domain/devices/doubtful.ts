import { clockLimits, type QuarantineCode } from './quarantine.ts'

/** Why a punch does not count by itself: its time, or that a claim made at a kiosk awaits confirmation. */
export type Doubt = QuarantineCode | 'unconfirmed'

/** What is known of a punch that does not count by itself. */
export type DoubtfulTimes = {
  readonly quarantine: string
  /** What the source's clock said, never altered. */
  readonly recordedMs: number
  readonly receivedMs: number
  /** The source's clock minus the server's, when the punch was made; null when it was not measured. */
  readonly offsetMs: number | null
}

/** The recorded time put right by the measured offset; null when the offset was not measured. Source: decisions 4. */
export function correctedMs(punch: Pick<DoubtfulTimes, 'recordedMs' | 'offsetMs'>): number | null {
  return punch.offsetMs === null ? null : punch.recordedMs - punch.offsetMs
}

/**
 * When a punch in doubt was most likely made: a claim at a kiosk at its own time, for the server's clock wrote it; any other
 * at its time put right. Nobody presses before 2020 or after the punch arrived here, so where that is what comes out, or
 * nothing was measured, it is the time of arrival. Nothing is judged by it; it only says which slot is held open.
 */
export function likelyMs(punch: DoubtfulTimes): number {
  const guess = punch.quarantine === 'unconfirmed' ? punch.recordedMs : correctedMs(punch)
  if (guess === null || guess < clockLimits.earliestMs || guess > punch.receivedMs) return punch.receivedMs
  return guess
}

/** What a person may let a released punch count at 计入时间: as recorded, put right by the offset, or a time he states. */
export type CountsAt = 'recorded' | 'corrected' | number

export type CountsRefusal = 'offset_unknown' | 'time_in_future' | 'time_before_2020'

/**
 * The instant at which a released punch counts, or why it may not: a time that was not measured cannot be put right, and
 * nobody has signed in before 2020 or in the future, whoever says so. Source: decisions 4.
 */
export function countsAtMs(punch: DoubtfulTimes, countsAt: CountsAt, nowMs: number): number | CountsRefusal {
  const at = countsAt === 'recorded' ? punch.recordedMs : countsAt === 'corrected' ? correctedMs(punch) : countsAt
  if (at === null) return 'offset_unknown'
  if (at < clockLimits.earliestMs) return 'time_before_2020'
  return at > nowMs ? 'time_in_future' : at
}

import type { DeviceRules } from './device-rules.ts'

/**
 * Limits for the time that a source reports, where a centre has set none. Source: decisions 4 (proposed by us: warn at
 * 30 s, quarantine at 120 s, future times and years before 2020 look impossible).
 */
export const clockLimits = {
  futureMs: 120_000,
  warnOffsetMs: 30_000,
  quarantineOffsetMs: 120_000,
  /** 2020-01-01T00:00:00 in the easternmost zone: what lies before it was recorded by a clock that had lost its date. */
  earliestMs: 1_577_793_600_000,
} as const

/** The limits that a centre may move; the year 2020 is none of them. */
export type ClockLimits = {
  readonly futureMs: number
  readonly warnOffsetMs: number
  readonly quarantineOffsetMs: number
}

/** The limits of a centre's device rules 设备规则, in milliseconds. Source: decisions 4. */
export function clockLimitsOf({ clock }: Pick<DeviceRules, 'clock'>): ClockLimits {
  return {
    futureMs: clock.future_seconds * 1000,
    warnOffsetMs: clock.warn_seconds * 1000,
    quarantineOffsetMs: clock.quarantine_seconds * 1000,
  }
}

export type QuarantineCode = 'future' | 'before_2020' | 'clock_off'

/**
 * Why a punch does not count until somebody looks at it 隔离: its time is later than the server's present, earlier than
 * the year 2020, or its clock was measured as far off. Nothing is rejected and no time is altered. Source: decisions 4.
 */
export function quarantineOf(
  punch: { readonly atMs: number; readonly offsetMs: number | null },
  nowMs: number,
  limits: ClockLimits = clockLimits,
): QuarantineCode | null {
  if (punch.atMs < clockLimits.earliestMs) return 'before_2020'
  if (punch.atMs > nowMs + limits.futureMs) return 'future'
  if (punch.offsetMs !== null && Math.abs(punch.offsetMs) >= limits.quarantineOffsetMs) return 'clock_off'
  return null
}

export type OffsetLevel = 'unmeasured' | 'fine' | 'warn' | 'off'

/** How a measured clock offset 时钟误差 is shown: a look from 30 s, quarantine from 120 s unless set otherwise. Source: decisions 4. */
export function offsetLevel(offsetMs: number | null, limits: ClockLimits = clockLimits): OffsetLevel {
  if (offsetMs === null) return 'unmeasured'
  const size = Math.abs(offsetMs)
  if (size >= limits.quarantineOffsetMs) return 'off'
  return size >= limits.warnOffsetMs ? 'warn' : 'fine'
}

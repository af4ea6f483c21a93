/**
 * Limits for the time that a source reports. Source: decisions 4 (proposed by us: warn at 30 s, quarantine at 120 s,
 * future times and years before 2020 look impossible). One place, so that a centre's settings can replace them.
 */
export const clockLimits = {
  futureMs: 120_000,
  warnOffsetMs: 30_000,
  quarantineOffsetMs: 120_000,
  /** 2020-01-01T00:00:00 in the easternmost zone: what lies before it was recorded by a clock that had lost its date. */
  earliestMs: 1_577_793_600_000,
} as const

export type QuarantineCode = 'future' | 'before_2020' | 'clock_off'

/**
 * Why a punch does not count until somebody looks at it 隔离: its time is later than the server's present, earlier than
 * the year 2020, or its clock was measured as far off. Nothing is rejected and no time is altered. Source: decisions 4.
 */
export function quarantineOf(
  punch: { readonly atMs: number; readonly offsetMs: number | null },
  nowMs: number,
): QuarantineCode | null {
  if (punch.atMs < clockLimits.earliestMs) return 'before_2020'
  if (punch.atMs > nowMs + clockLimits.futureMs) return 'future'
  if (punch.offsetMs !== null && Math.abs(punch.offsetMs) >= clockLimits.quarantineOffsetMs) return 'clock_off'
  return null
}

export type OffsetLevel = 'unmeasured' | 'fine' | 'warn' | 'off'

/** How a measured clock offset 时钟误差 is shown: a look from 30 s, quarantine from 120 s. Source: decisions 4. */
export function offsetLevel(offsetMs: number | null): OffsetLevel {
  if (offsetMs === null) return 'unmeasured'
  const size = Math.abs(offsetMs)
  if (size >= clockLimits.quarantineOffsetMs) return 'off'
  return size >= clockLimits.warnOffsetMs ? 'warn' : 'fine'
}

import type { DoubtfulLine } from '#app/domain/devices/doubtful-view.ts'
import { formatDuration, formatInstant } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'

/** How far a clock was off when the punch was made, in whole minutes, or seconds below two. */
export function offsetText(t: T, offsetMs: number | null): string {
  if (offsetMs === null) return t('doubtful.quarantined.unmeasured')
  const seconds = Math.round(Math.abs(offsetMs) / 1000)
  const length =
    seconds < 120 ? t('doubtful.seconds', { count: seconds }) : formatDuration(Math.round(seconds / 60), t.locale)
  return t(offsetMs > 0 ? 'doubtful.quarantined.fast' : 'doubtful.quarantined.slow', { length })
}

/** The time put right, which is what would count. */
export function correctedText(t: T, line: DoubtfulLine, zone: string): string {
  if (line.offsetMs === null) return t('doubtful.quarantined.unmeasured')
  return formatInstant(line.recordedMs - line.offsetMs, zone, t.locale, 'full')
}

import type { Half, HalfKind } from '#app/domain/attendance/day.ts'
import type { CountBasis, CountedDay } from '#app/domain/leave/view.ts'
import { formatDay } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { useT } from '#app/ui/locale.tsx'

/** How a half counts: worked, resting but charged by calendar days, resting, or not asked for. */
type Look = 'y' | 'c' | 'x' | ''

function lookOf(kind: HalfKind | null, counts: CountBasis): Look {
  if (kind === null) return ''
  if (kind === 'work') return 'y'
  return counts === 'calendar' ? 'c' : 'x'
}

const words = { y: 'leave.form.in', c: 'leave.form.rest_in', x: 'leave.form.rest', '': 'leave.form.outside' } as const

/** Each day of the period with its two halves, seven a row, as the counts were made. */
export function DayStrip({ days, counts }: { days: readonly CountedDay[]; counts: CountBasis }) {
  const t = useT()
  const shown = days.slice(0, 70)
  return (
    <ol className="days7" aria-label={t('leave.form.strip')}>
      {shown.map((day, index) => (
        <li key={day.day}>
          <span className="dn">{dayNumber(t, day.day, index)}</span>
          <span className="dn">{weekdayText(t, day.day)}</span>
          <HalfBox kind={day.am} half="am" counts={counts} />
          <HalfBox kind={day.pm} half="pm" counts={counts} />
        </li>
      ))}
    </ol>
  )
}

function HalfBox({ kind, half, counts }: { kind: HalfKind | null; half: Half; counts: CountBasis }) {
  const t = useT()
  const look = lookOf(kind, counts)
  return (
    <span className={`hf ${look}`.trim()} title={t(words[look])}>
      <span aria-hidden="true">{look === 'x' ? '' : t(`leave.half_short.${half}`)}</span>
      <span className="vh">
        {t(`leave.half.${half}`)} {t(words[look])}
      </span>
    </span>
  )
}

function dayNumber(t: T, day: string, index: number): string {
  const date = Number(day.slice(8))
  return index === 0 || date === 1 ? formatDay(day, t.locale, 'short') : String(date)
}

function weekdayText(t: T, day: string): string {
  const text = formatDay(day, t.locale, 'weekday')
  return t.locale === 'zh-CN' ? text.slice(-1) : text
}

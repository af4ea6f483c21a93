import type { DayCount } from '#app/domain/devices/reader-page.ts'
import { formatDay } from '#app/i18n/format.ts'
import { Card } from '#app/ui/card.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'

const width = 20
const height = 100

/** The last thirty days, one bar each; the numbers stand in a table that opens. */
export function DaysCard({ days }: { days: readonly DayCount[] }) {
  const t = useT()
  const most = Math.max(1, ...days.map((one) => one.count))
  const total = days.reduce((sum, one) => sum + one.count, 0)
  const first = days[0]?.day ?? ''
  const last = days[days.length - 1]?.day ?? ''
  const span = { from: formatDay(first, t.locale, 'short'), to: formatDay(last, t.locale, 'short'), count: total }
  return (
    <Card title={<Bilingual k="readerPage.days.title" />} extra={t('readerPage.days.total', span)}>
      <svg
        className="days"
        viewBox={`0 0 ${days.length * width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('readerPage.days.chart', { ...span, most })}
      >
        {days.map(({ day, count }, index) => {
          const tall = count === 0 ? 1 : Math.max(4, Math.round((count / most) * height))
          return (
            <rect
              key={day}
              className={count === 0 ? 'none' : 'some'}
              x={index * width + 2}
              y={height - tall}
              width={width - 4}
              height={tall}
            />
          )
        })}
      </svg>
      <p className="ends mut" aria-hidden="true">
        <span>{span.from}</span>
        <span>{span.to}</span>
      </p>
      <details>
        <summary>{t('readerPage.days.table')}</summary>
        <ul className="dayl">
          {[...days].reverse().map(({ day, count }) => (
            <li key={day}>
              {formatDay(day, t.locale)} <b>{count}</b>
            </li>
          ))}
        </ul>
      </details>
    </Card>
  )
}

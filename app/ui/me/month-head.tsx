import { useT } from '#app/ui/locale.tsx'
import type { MonthView } from './month-model.ts'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** The month's name, with the English one beside the Chinese. */
export function MonthTitle({ month }: { month: MonthView }) {
  const t = useT()
  return (
    <>
      {month.title}
      {t.locale === 'en' ? null : (
        <span className="en" lang="en">
          {' '}
          {month.titleEn}
        </span>
      )}
    </>
  )
}

/** What a calendar table says of itself, and the days of its week. */
export function MonthHead({ month }: { month: MonthView }) {
  const t = useT()
  return (
    <>
      <caption className="vh">{t('attendance.me.caption', { month: month.title })}</caption>
      <thead>
        <tr>
          {weekdays.map((day) => (
            <th scope="col" key={day}>
              {t(`attendance.me.weekdays.${day}`)}
            </th>
          ))}
        </tr>
      </thead>
    </>
  )
}

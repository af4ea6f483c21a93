import { Link } from '@remix-run/react'
import type { Mark as MarkId } from '#app/domain/attendance/marks.ts'
import { Card } from '#app/ui/card.tsx'
import { useT } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'
import type { DayCell, MonthView } from '#app/ui/me/month-model.ts'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** A month of one person: each day's morning and afternoon beside each other, and what they add up to. */
export function PersonMonth({ month, base }: { month: MonthView; base: string }) {
  const t = useT()
  return (
    <Card
      title={
        <>
          {month.title}
          {t.locale === 'en' ? null : (
            <span className="en" lang="en">
              {month.titleEn}
            </span>
          )}
        </>
      }
      extra={<Steps month={month} base={base} />}
    >
      <table className="pcal">
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
        <tbody>
          {month.weeks.map((week) => (
            <tr key={week.key}>
              {week.days.map(({ key, cell }) => (cell ? <Cell key={key} cell={cell} /> : <td key={key} />))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="ptot">
        {month.present ? <b>{month.present}</b> : null}
        {month.present || month.totals.length > 0 ? null : <span>{t('attendance.me.no_totals')}</span>}
        {month.totals.map((total) => (
          <span key={total.mark}>
            <Mark id={total.mark} /> {total.text}
          </span>
        ))}
      </p>
    </Card>
  )
}

function Steps({ month, base }: { month: MonthView; base: string }) {
  const t = useT()
  return (
    <span className="row no-print">
      <Link to={`${base}?month=${month.previous}`} preventScrollReset>
        {t('attendance.me.previous')}
      </Link>
      {month.current ? null : (
        <Link to={`${base}?month=${month.next}`} preventScrollReset>
          {t('attendance.me.next')}
        </Link>
      )}
    </span>
  )
}

function Cell({ cell }: { cell: DayCell }) {
  const classes = [cell.rest && 'o', cell.today && 'now', cell.future && 'f'].filter(Boolean).join(' ')
  return (
    <td {...(classes ? { className: classes } : {})} {...(cell.name ? { title: cell.name } : {})}>
      {cell.number}
      {cell.am || cell.pm ? (
        <span className="p2">
          <Half mark={cell.am} />
          <Half mark={cell.pm} />
        </span>
      ) : null}
      {cell.holiday ? <span className="hn">{cell.holiday}</span> : null}
    </td>
  )
}

function Half({ mark }: { mark: MarkId | null }) {
  return mark ? <Mark id={mark} /> : <span className="mk">…</span>
}

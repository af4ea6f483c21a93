import { Link } from '@remix-run/react'
import type { Mark as MarkId } from '#app/domain/attendance/marks.ts'
import { Card } from '#app/ui/card.tsx'
import { useT } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'
import { MonthHead, MonthTitle } from '#app/ui/me/month-head.tsx'
import type { DayCell, MonthView } from '#app/ui/me/month-model.ts'

/** A month of one person: each day's morning and afternoon beside each other, and what they add up to. */
export function PersonMonth({ month, base }: { month: MonthView; base: string }) {
  const t = useT()
  return (
    <Card title={<MonthTitle month={month} />} extra={<Steps month={month} base={base} />}>
      <table className="pcal">
        <MonthHead month={month} />
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

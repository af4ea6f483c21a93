import { Link } from '@remix-run/react'
import { Card } from '#app/ui/card.tsx'
import { useT } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'
import type { DayCell, MonthView } from '#app/ui/me/month-model.ts'
import { MonthHead, MonthTitle } from './month-head.tsx'

/** The month as a calendar: morning above, afternoon below; every day opens its why. */
export function MonthCard({ month }: { month: MonthView }) {
  const t = useT()
  return (
    <Card title={<MonthTitle month={month} />} extra={<Steps month={month} />} padded={false}>
      <table className="cal">
        <MonthHead month={month} />
        <tbody>
          {month.weeks.map((week) => (
            <tr key={week.key}>
              {week.days.map(({ key, cell }) =>
                cell ? <Cell key={key} cell={cell} month={month.month} /> : <td key={key} />,
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <Totals month={month} />
      {month.provisional ? <p className="note">{t('attendance.me.provisional')}</p> : null}
      {month.unknownYear ? (
        <p className="note">{t('attendance.me.unknown_year', { year: month.unknownYear })}</p>
      ) : null}
    </Card>
  )
}

function Steps({ month }: { month: MonthView }) {
  const t = useT()
  return (
    <span className="steps-m">
      <Link to={`/me?month=${month.previous}`} preventScrollReset>
        {t('attendance.me.previous')}
      </Link>
      {month.current ? null : (
        <>
          <Link to="/me" preventScrollReset>
            {t('attendance.me.this_month')}
          </Link>
          <Link to={`/me?month=${month.next}`} preventScrollReset>
            {t('attendance.me.next')}
          </Link>
        </>
      )}
    </span>
  )
}

function Cell({ cell, month }: { cell: DayCell; month: string }) {
  const classes = [cell.rest && 're', cell.today && 'td0', cell.future && 'fu'].filter(Boolean).join(' ')
  return (
    <td {...(classes ? { className: classes } : {})} {...(cell.name ? { title: cell.name } : {})}>
      {cell.asked ? (
        <Link to={`/me?month=${month}&why=${cell.day}#why`} preventScrollReset>
          <DayNumber cell={cell} />
          <Half mark={cell.am} />
          <Half mark={cell.pm} />
        </Link>
      ) : (
        <>
          <DayNumber cell={cell} />
          {cell.holiday ? <span className="hn">{cell.holiday}</span> : null}
        </>
      )}
    </td>
  )
}

function DayNumber({ cell }: { cell: DayCell }) {
  const t = useT()
  return (
    <span className="dn">
      {cell.today ? t('attendance.me.today') : cell.number}
      {cell.makeup ? <i className="mkup">{t('attendance.me.makeup')}</i> : null}
    </span>
  )
}

function Half({ mark }: { mark: DayCell['am'] }) {
  return mark ? <Mark id={mark} /> : <span className="mk none" aria-hidden="true" />
}

function Totals({ month }: { month: MonthView }) {
  const t = useT()
  return (
    <p className="tot">
      <span>{t('attendance.me.legend')}</span>
      {month.present ? <b>{month.present}</b> : <span>{t('attendance.me.no_totals')}</span>}
      {month.totals.map((total) => (
        <span key={total.mark}>
          <Mark id={total.mark} />
          {total.text}
        </span>
      ))}
    </p>
  )
}

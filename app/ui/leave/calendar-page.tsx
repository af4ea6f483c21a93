import './leave.css'
import './calendar.css'
import { Link } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import type { Half } from '#app/domain/attendance/day.ts'
import { formatDay } from '#app/i18n/format.ts'
import { Empty, Heading } from '#app/ui/card.tsx'
import { Segments } from '#app/ui/choices.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import type { CalendarCell, CalendarRow, MonthOfLeave } from './calendar-model.ts'
import { LeaveTabs } from './leave-tabs.tsx'
import { nameText } from './texts.ts'

export type CalendarModel = MonthOfLeave & {
  readonly month: string
  readonly before: string
  readonly after: string
  readonly today: string
  /** For a screen that everybody sees: says "on leave", never which kind. */
  readonly plain: boolean
}

/** Who is away in a month 休假日历: people × half-days. */
export function LeaveCalendarPage({ model }: { model: CalendarModel }) {
  const t = useT()
  const { month, plain, rows } = model
  const to = (other: string, flat = plain) => `/leave/calendar?month=${other}${flat ? '&plain=1' : ''}`
  return (
    <>
      <Heading title={<Bilingual k="leave.calendar.title" />} facts={t('leave.calendar.facts', { count: rows.length })}>
        <LiveRefresh href="/leave/events" />
        <Segments
          label={t('leave.calendar.title')}
          choices={[
            { to: to(month, false), label: t('leave.calendar.kinds'), current: !plain },
            { to: to(month, true), label: t('leave.calendar.plain'), current: plain },
          ]}
        />
      </Heading>
      <LeaveTabs current="calendar" />
      <p className="row lvc-month">
        <Link to={to(model.before)}>← {t('leave.calendar.previous')}</Link>
        <b>{formatDay(`${month}-01`, t.locale, 'month')}</b>
        <Link to={to(model.after)}>{t('leave.calendar.next')} →</Link>
        <span className="mut sm">{t(plain ? 'leave.calendar.plain_hint' : 'leave.calendar.legend')}</span>
      </p>
      {model.unknownYear ? <p className="sub">{t('leave.calendar.unknown', { year: model.unknownYear })}</p> : null}
      {rows.length > 0 ? (
        <MonthTable model={model} />
      ) : (
        <div className="card">
          <Empty title={t('leave.calendar.empty')}>{t('leave.calendar.empty_more')}</Empty>
        </div>
      )}
    </>
  )
}

function MonthTable({ model }: { model: CalendarModel }) {
  const t = useT()
  const caption = t('leave.calendar.caption', { month: formatDay(`${model.month}-01`, t.locale, 'month') })
  const frame = useTodayInView(model.month)
  return (
    // biome-ignore lint/a11y: a wide table scrolls inside its frame, by keyboard too
    <div className="tw" role="group" tabIndex={0} aria-label={caption} ref={frame}>
      <table className="lvc">
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="who">
              {t('leave.calendar.who')}
            </th>
            {model.columns.map(({ day, rest }) => (
              <th scope="col" key={day} className={headClass(rest, day === model.today)}>
                {Number(day.slice(8))}
                <br />
                <span className="wd">{shortWeekday(formatDay(day, t.locale, 'weekday'), t.locale)}</span>
              </th>
            ))}
          </tr>
          <tr className="sum">
            <th scope="row" className="who">
              {t('leave.calendar.away')}
            </th>
            {model.columns.map(({ day, rest, away }) => (
              <td key={day} className={headClass(rest, day === model.today)}>
                {rest ? null : <Counts am={away.am} pm={away.pm} />}
              </td>
            ))}
          </tr>
        </thead>
        <tbody>
          {model.rows.map((row) => (
            <PersonRow key={row.person.id} row={row} model={model} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Where the month is wider than the screen it begins with the days around today. */
function useTodayInView(month: string) {
  const frame = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another month has another today
  useEffect(() => {
    const box = frame.current
    const today = box?.querySelector<HTMLElement>('thead th.now')
    if (box && today) box.scrollLeft = today.offsetLeft - box.clientWidth / 2
  }, [month])
  return frame
}

function headClass(rest: boolean, today: boolean): string {
  return [rest ? 'o' : '', today ? 'now' : ''].filter(Boolean).join(' ')
}

function shortWeekday(text: string, locale: string): string {
  return locale === 'zh-CN' ? text.slice(-1) : text.slice(0, 2)
}

function Counts({ am, pm }: { am: number; pm: number }) {
  if (am === pm) return <>{am || ''}</>
  return (
    <>
      <span className="cn">{am || '·'}</span>
      <span className="cn">{pm || '·'}</span>
    </>
  )
}

function PersonRow({ row, model }: { row: CalendarRow; model: CalendarModel }) {
  const t = useT()
  const { person } = row
  return (
    <tr>
      <th scope="row" className="who">
        <PersonName name={nameText(t, person)} />
      </th>
      {row.days.map(({ day, am, pm }, at) => (
        <td key={day} className={headClass(model.columns[at]?.rest ?? false, day === model.today)}>
          {am && am.id === pm?.id ? (
            <HalfCell cell={am} half={null} plain={model.plain} />
          ) : (
            <>
              <HalfCell cell={am} half="am" plain={model.plain} />
              <HalfCell cell={pm} half="pm" plain={model.plain} />
            </>
          )}
        </td>
      ))}
    </tr>
  )
}

/** One half-day, or the whole day of one leave. */
function HalfCell({ cell, half, plain }: { cell: CalendarCell; half: Half | null; plain: boolean }) {
  const t = useT()
  if (!cell) return <span className="hc" />
  const mark = plain ? (
    <span className="mk lv" title={t('leave.calendar.leave')}>
      <span aria-hidden="true">{t('leave.calendar.mark')}</span>
      <span className="vh">{t('leave.calendar.leave')}</span>
    </span>
  ) : (
    <Mark id={cell.kind} />
  )
  return (
    <span className={['hc', half ? '' : 'whole', cell.asked ? 'asked' : ''].filter(Boolean).join(' ')}>
      {half ? <span className="vh">{t(`leave.half.${half}`)} </span> : null}
      {plain ? (
        mark
      ) : (
        <Link to={`/leave/${cell.id}`} tabIndex={half === 'pm' ? -1 : 0}>
          {mark}
        </Link>
      )}
      {cell.asked ? <span className="vh">{t('leave.calendar.asked')}</span> : null}
    </span>
  )
}

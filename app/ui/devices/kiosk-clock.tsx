import type { SlotWindow } from '#app/domain/devices/greeting.ts'
import { type KioskView, slotMoment, slotProgress } from '#app/domain/devices/kiosk-view.ts'
import { formatTime } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { useBoth } from './both.tsx'
import { longDay } from './long-day.ts'

/** The large clock with the day in both calendars. */
export function KioskClock({ view, second }: { view: KioskView; second: number }) {
  const { t, under } = useBoth()
  const text = formatTime(second % 86_400, 'second')
  return (
    <div className="clk">
      <div className="time" role="timer" aria-label={t('devices.kiosk.now')}>
        {text.slice(0, 5)}
        <small>{text.slice(6)}</small>
      </div>
      <div className="date">
        <b>{longDay(view.day, t.locale)}</b>
        {view.lunar === null ? null : <p>{lunarLine(t, view.lunar)}</p>}
        <p>{dayLine(t, view)}</p>
        <p className="en" lang={under.locale}>
          {`${longDay(view.day, under.locale)}, ${under(`devices.kiosk.day.${view.dayKind}`)}`}
        </p>
      </div>
    </div>
  )
}

function lunarLine(t: T, { zh, month, date, year }: NonNullable<KioskView['lunar']>): string {
  if (t.locale === 'en') return t('devices.kiosk.lunar', { month, day: date, year })
  return t('devices.kiosk.lunar', { month: zh.month, day: zh.day, year: zh.year })
}

const soon = ['today', 'tomorrow', 'after_tomorrow'] as const

function dayLine(t: T, view: KioskView): string {
  const kind = t(`devices.kiosk.day.${view.dayKind}`)
  const term = view.lunar?.term ?? null
  const when = term === null ? undefined : soon[term.inDays]
  if (term === null || when === undefined) return kind
  const name = t.locale === 'en' ? term.nameEn : term.name
  return `${kind} · ${t(`devices.kiosk.term.${when}`, { name })}`
}

/** How far the slot of the moment has run, drawn with attributes only, since the page allows no inline style. */
export function SlotBar({ slot, second }: { slot: SlotWindow | null; second: number }) {
  const { t } = useBoth()
  const moment = slotMoment(slot, second)
  if (slot === null || moment === 'none') return <p className="slot one">{t('devices.kiosk.bar.none')}</p>
  const { filled, dueAt, minutes, past } = slotProgress(slot, second)
  const name = t(`devices.slot.${slot.label}`)
  const span = { slot: name, open: formatTime(slot.open), close: formatTime(slot.close) }
  const leaving = slot.kind === 'out'
  return (
    <div className="slot">
      <span>
        <b>{name}</b> {formatTime(slot.open)}
      </span>
      <div className={past && !leaving ? 'track over' : 'track'}>
        <svg
          viewBox="0 0 1000 26"
          preserveAspectRatio="none"
          role="img"
          aria-label={t('devices.kiosk.bar.label', span)}
        >
          <rect className="bed" x="0" y="7" width="1000" height="12" />
          <rect className="fill" x="0" y="7" width={filled} height="12" />
          <line className="due" x1={dueAt} x2={dueAt} y1="0" y2="26" vectorEffect="non-scaling-stroke" />
        </svg>
      </div>
      <span>
        {moment === 'before' ? (
          t('devices.kiosk.bar.before_open', { time: formatTime(slot.open) })
        ) : (
          <>
            {t(
              past
                ? 'devices.kiosk.bar.past_due'
                : leaving
                  ? 'devices.kiosk.bar.to_due_out'
                  : 'devices.kiosk.bar.to_due_in',
            )}{' '}
            <b>{t('devices.kiosk.bar.minutes', { count: minutes })}</b>
          </>
        )}
        <span className="due-at">
          {t(leaving ? 'devices.kiosk.bar.due_out' : 'devices.kiosk.bar.due_in')} <b>{formatTime(slot.due)}</b>
        </span>
      </span>
    </div>
  )
}

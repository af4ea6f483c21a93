import { type KioskReader, type KioskView, slotMoment } from '#app/domain/devices/kiosk-view.ts'
import { formatTime } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { pick, Under, useBoth } from './both.tsx'
import { Panel, Sign } from './greeting-panel.tsx'

/** Nobody at the reader: what to do, and what is open now. */
export function IdlePanel({ view, second }: { view: KioskView; second: number }) {
  const { t, under } = useBoth()
  const seal = (
    <>
      <FingerSign />
      <div className="lb">{t('devices.kiosk.idle.sign')}</div>
      <div className="en" lang={under.locale}>
        {under('devices.kiosk.idle.sign')}
      </div>
    </>
  )
  return (
    <Panel tone="idle" seal={seal}>
      <p className="nm sm">{t('devices.kiosk.idle.title')}</p>
      <p className="wh">
        {t('devices.kiosk.idle.hint')} <Under k="devices.kiosk.idle.hint" block />
      </p>
      <p className="say">
        {nextLine(t, view, second)}
        <span className="en block-en" lang={under.locale}>
          {nextLine(under, view, second)}
        </span>
      </p>
    </Panel>
  )
}

function nextLine(t: T, view: KioskView, second: number): string {
  const { slot, dayKind } = view
  if (dayKind === 'rest' || dayKind === 'holiday') return t('devices.kiosk.idle.rest')
  const moment = slotMoment(slot, second)
  if (slot === null || moment === 'none') return t('devices.kiosk.idle.over')
  const params = { slot: t(`devices.slot.${slot.label}`), open: formatTime(slot.open), due: formatTime(slot.due) }
  if (moment === 'before') return t('devices.kiosk.idle.later', params)
  if (slot.kind !== 'out' && second >= slot.due + 60) return t('devices.kiosk.idle.past', params)
  return t(slot.kind === 'out' ? 'devices.kiosk.idle.next_out' : 'devices.kiosk.idle.next', params)
}

function FingerSign() {
  return (
    <svg className="sign finger" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 11v2.5c0 2.6.6 4.6 1.6 6.5M8.9 20.4C7.7 18 7.2 15.7 7.2 13v-2a4.8 4.8 0 0 1 9.6 0v1.6c0 1.8.3 3.3.9 4.8M4.6 17.2C4.2 15.6 4 14.2 4 12.6V11a8 8 0 0 1 16 0v1.200M6.3 5.3A8 8 0 0 1 12 3" />
    </svg>
  )
}

/** The reader does not answer: where to go, since when, and that nobody is charged with it. */
export function OfflinePanel({ reader, other }: { reader: KioskReader; other: KioskReader | null }) {
  const { t, under } = useBoth()
  const seal = (
    <>
      <Sign char={t('devices.kiosk.char.offline')} />
      <div className="lb">{t('devices.kiosk.offline.label')}</div>
      <div className="en" lang={under.locale}>
        {under('devices.kiosk.offline.label')}
      </div>
    </>
  )
  return (
    <Panel tone="bad" seal={seal}>
      <p className="nm sm">{whereTo(t, other)}</p>
      <p className="wh">{sinceLine(t, reader)}</p>
      <p className="say">
        {sayOf(t, reader)}
        <span className="en block-en" lang={under.locale}>
          {under('devices.kiosk.offline.both', { where: whereTo(under, other), say: sayOf(under, reader) })}
        </span>
      </p>
    </Panel>
  )
}

/** Only a reader that was reported down opens an outage by itself; about silence nothing is promised. */
function sayOf(t: T, { badge, since }: KioskReader): string {
  if (since === null || badge === 'silent' || badge === 'unknown') return t('devices.kiosk.offline.say_unsure')
  return t('devices.kiosk.offline.say', { time: formatTime(since) })
}

function whereTo(t: T, other: KioskReader | null): string {
  if (other === null) return t('devices.kiosk.offline.title_none')
  const params = { reader: pick(t, other.name, other.nameEn), place: pick(t, other.place, other.placeEn) }
  return t(other.place === '' ? 'devices.kiosk.offline.title_other_plain' : 'devices.kiosk.offline.title_other', params)
}

function sinceLine(t: T, reader: KioskReader): string {
  const name = pick(t, reader.name, reader.nameEn)
  if (reader.since === null) return t('devices.kiosk.offline.unknown', { reader: name })
  return t('devices.kiosk.offline.since', { reader: name, time: formatTime(reader.since) })
}

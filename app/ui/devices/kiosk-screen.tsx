import type { KioskGreeting } from '#app/domain/devices/greeting.ts'
import { burnInStep, type KioskReader, type KioskView } from '#app/domain/devices/kiosk-view.ts'
import { takesPunches } from '#app/domain/devices/reader-state.ts'
import { formatTime } from '#app/i18n/format.ts'
import { pick, Under, useBoth } from './both.tsx'
import { GreetingPanel } from './greeting-panel.tsx'
import { KioskClock, SlotBar } from './kiosk-clock.tsx'
import { IdlePanel, OfflinePanel } from './kiosk-idle.tsx'
import { KioskList } from './kiosk-list.tsx'
import { useKiosk } from './kiosk-state.ts'

/** The screen beside the reader 签到屏: clock, the slot of the moment, the greeting, the last punches. */
export function KioskScreen({ first, events }: { first: KioskView; events: string }) {
  const { view, second, greeting, connected } = useKiosk(first, events)
  const { t } = useBoth()
  return (
    <main className={`k shift-${burnInStep(second)}`} data-theme="dark">
      <KioskHead view={view} />
      {connected ? null : (
        <p className="ban" role="status">
          {t('devices.kiosk.disconnected')} <Under k="devices.kiosk.disconnected" />
        </p>
      )}
      <section className="kl" aria-label={t('devices.kiosk.clock')}>
        <KioskClock view={view} second={second} />
        <SlotBar slot={view.slot} second={second} />
        <section className="now" aria-live="assertive" aria-atomic="true" aria-label={t('devices.kiosk.result')}>
          <Said view={view} greeting={greeting} second={second} />
        </section>
      </section>
      <KioskList recent={view.recent} />
      <KioskFoot view={view} />
    </main>
  )
}

function Said({ view, greeting, second }: { view: KioskView; greeting: KioskGreeting | null; second: number }) {
  if (greeting !== null) return <GreetingPanel greeting={greeting} />
  const down = view.readers.length > 0 && view.readers.every((reader) => !takesPunches(reader.badge))
  const reader = view.readers[0]
  if (down && reader !== undefined) return <OfflinePanel reader={reader} other={view.other} />
  return <IdlePanel view={view} second={second} />
}

function KioskHead({ view }: { view: KioskView }) {
  const { t, under } = useBoth()
  const { centre, readers } = view
  const only = readers.length === 1 ? readers[0] : undefined
  const queue = Math.max(0, ...readers.map((reader) => reader.queue))
  return (
    <header className="kt">
      <h1>{pick(t, centre.name, centre.nameEn)}</h1>
      <span className="en" lang={under.locale}>
        {pick(under, centre.name, centre.nameEn)}
      </span>
      <div className="st">
        {queue > 0 ? (
          <span>
            <span className="dot warn" aria-hidden="true" />
            <b className="t-warn">{t('devices.kiosk.queue', { count: queue })}</b>{' '}
            <Under k="devices.kiosk.queue" params={{ count: queue }} />
          </span>
        ) : null}
        {only === undefined ? <ReadersState readers={readers} /> : <ReaderState reader={only} />}
        {only !== undefined && only.place !== '' ? (
          <span>
            {pick(t, only.place, only.placeEn)}{' '}
            <span className="en" lang={under.locale}>
              {pick(under, only.place, only.placeEn)}
            </span>
          </span>
        ) : null}
      </div>
    </header>
  )
}

function ReaderState({ reader }: { reader: KioskReader }) {
  const { t } = useBoth()
  const works = takesPunches(reader.badge)
  const key = `devices.kiosk.reader_state.${reader.badge}` as const
  const since = works || reader.since === null ? '' : t('devices.kiosk.since', { time: formatTime(reader.since) })
  return (
    <span>
      <span className={works ? 'dot' : 'dot bad'} aria-hidden="true" />
      {pick(t, reader.name, reader.nameEn)} {t(key)} {since} <Under k={key} />
    </span>
  )
}

function ReadersState({ readers }: { readers: readonly KioskReader[] }) {
  const { t } = useBoth()
  const online = readers.filter((reader) => takesPunches(reader.badge)).length
  const key = readers.length === 0 ? 'devices.kiosk.no_reader' : 'devices.kiosk.readers_online'
  const params = { online, total: readers.length }
  return (
    <span>
      <span className={online > 0 ? 'dot' : 'dot bad'} aria-hidden="true" />
      {t(key, params)} <Under k={key} params={params} />
    </span>
  )
}

function KioskFoot({ view }: { view: KioskView }) {
  const { t } = useBoth()
  const reader = view.readers[0]
  const offset = reader?.offsetMs ?? null
  const seconds = offset === null ? null : (Math.abs(offset) / 1000).toFixed(1)
  return (
    <footer className="kf">
      <span>
        {t('devices.kiosk.foot.present')} <b>{view.present}</b> / {view.inService}
      </span>
      {reader === undefined ? null : (
        <>
          <span>
            {t('devices.kiosk.foot.clock_of', { reader: pick(t, reader.name, reader.nameEn) })}{' '}
            <b>
              {seconds === null || !takesPunches(reader.badge)
                ? t('devices.kiosk.foot.unmeasured')
                : t('devices.kiosk.foot.seconds', { count: seconds })}
            </b>
          </span>
          <span>
            {t('devices.kiosk.foot.synced')} <b>{reader.seen === null ? '—' : formatTime(reader.seen, 'second')}</b>
          </span>
        </>
      )}
      <span className="x">
        {t('devices.kiosk.foot.privacy')} <Under k="devices.kiosk.foot.privacy" />
      </span>
    </footer>
  )
}

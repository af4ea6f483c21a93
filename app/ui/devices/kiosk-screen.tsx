import { useState } from 'react'
import { waitingClaims } from '#app/domain/devices/alternate-answer.ts'
import { burnInStep, type KioskReader, type KioskView } from '#app/domain/devices/kiosk-view.ts'
import { takesPunches } from '#app/domain/devices/reader-state.ts'
import { formatTime } from '#app/i18n/format.ts'
import { pick, Under, useBoth } from './both.tsx'
import { GreetingPanel } from './greeting-panel.tsx'
import { ClaimEntry, ClaimPad, ClaimPanel } from './kiosk-claim.tsx'
import { useWedge } from './kiosk-claims.ts'
import { KioskClock, SlotBar } from './kiosk-clock.tsx'
import { IdlePanel, OfflinePanel } from './kiosk-idle.tsx'
import { KioskList } from './kiosk-list.tsx'
import { useSpeech } from './kiosk-speech.ts'
import { type First, type Shown, useKiosk } from './kiosk-state.ts'

export type KioskPage = First & { readonly pad: boolean }

/** The screen beside the reader 签到屏: clock, the slot of the moment, the greeting, the last punches, the keys. */
export function KioskScreen(page: KioskPage) {
  const live = useKiosk(page)
  const { view, second, shown, connected, state, sending, claim } = live
  const [pad, setPad] = useState(page.pad)
  const { t } = useBoth()
  const greeting = shown === null ? null : shown.kind === 'greeting' ? shown.greeting : shown.answer.greeting
  const speech = useSpeech(greeting, state.speaks, t)
  const send = async (fields: Readonly<Record<string, string>>) => {
    const { code } = await claim(fields)
    if (code === 'claimed' || code === 'already') setPad(false)
  }
  useWedge((card) => void send({ card }))
  return (
    <main className={`k shift-${burnInStep(second)}`} data-theme="dark">
      <KioskHead view={view} speech={speech} />
      {connected ? null : (
        <p className="ban" role="status">
          {t('devices.kiosk.disconnected')} <Under k="devices.kiosk.disconnected" />
        </p>
      )}
      <section className="kl" aria-label={t('devices.kiosk.clock')}>
        <KioskClock view={view} second={second} />
        <SlotBar slot={view.slot} second={second} />
        <section className="now" aria-live="assertive" aria-atomic="true" aria-label={t('devices.kiosk.result')}>
          <Said view={view} shown={shown} second={second} />
        </section>
      </section>
      {pad ? (
        <ClaimPad
          csrf={page.csrf}
          connected={connected}
          sending={sending}
          onSend={(fields) => void send(fields)}
          onClose={() => setPad(false)}
        />
      ) : (
        <KioskList recent={view.recent}>
          <ClaimEntry waiting={waitingClaims(state.claims).length} onOpen={() => setPad(true)} />
        </KioskList>
      )}
      <KioskFoot view={view} />
    </main>
  )
}

function Said({ view, shown, second }: { view: KioskView; shown: Shown | null; second: number }) {
  if (shown?.kind === 'greeting') return <GreetingPanel greeting={shown.greeting} />
  if (shown?.kind === 'answer') return <ClaimPanel answer={shown.answer} />
  const down = view.readers.length > 0 && view.readers.every((reader) => !takesPunches(reader.badge))
  const reader = view.readers[0]
  if (down && reader !== undefined) return <OfflinePanel reader={reader} other={view.other} />
  return <IdlePanel view={view} second={second} />
}

function KioskHead({ view, speech }: { view: KioskView; speech: Speech }) {
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
        <SoundButton speech={speech} />
      </div>
    </header>
  )
}

type Speech = ReturnType<typeof useSpeech>

/** Says whether the screen speaks and mutes it; nothing where it never could. */
function SoundButton({ speech: { state, toggle } }: { speech: Speech }) {
  const { t } = useBoth()
  if (state === 'none' || state === 'off') return null
  const key = state === 'on' ? 'mute' : state === 'muted' ? 'unmute' : 'blocked'
  return (
    <button
      type="button"
      className={state === 'on' ? 'snd' : 'snd mute'}
      onClick={toggle}
      aria-pressed={state !== 'on'}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path
          d={
            state === 'on'
              ? 'M4 9v6h4l5 4V5L8 9zM16 8.500a5 5 0 0 1 0 7M18.500 6a9 9 0 0 1 0 12'
              : 'M4 9v6h4l5 4V5L8 9zM16 9l5 6M21 9l-5 6'
          }
        />
      </svg>
      {t(`alternates.kiosk.speech.${key}`)}
    </button>
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

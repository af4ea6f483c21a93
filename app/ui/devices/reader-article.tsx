import { Link } from '@remix-run/react'
import { barRange, barSteps } from '#app/domain/devices/day-bars.ts'
import type { ReaderBadge } from '#app/domain/devices/reader-state.ts'
import type { ReaderCard, ReadersView } from '#app/domain/devices/readers-view.ts'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { useT } from '#app/ui/locale.tsx'
import { CardActs } from '#app/ui/readers/card-acts.tsx'
import { ReaderNumbers } from '#app/ui/readers/reader-numbers.tsx'
import { pick } from './both.tsx'

export const tones: Readonly<Record<ReaderBadge, BadgeTone>> = {
  online: 'ok',
  clock: 'warn',
  silent: 'warn',
  offline: 'bad',
  fault: 'bad',
  unknown: 'none',
  retired: 'plain',
}

const rows: Readonly<Record<ReaderBadge, string>> = {
  online: 'dv',
  clock: 'dv warn',
  silent: 'dv warn',
  offline: 'dv bad',
  fault: 'dv bad',
  unknown: 'dv',
  retired: 'dv gone',
}

/** One reader: where it stands, how it does today, what its state asks for. */
export function ReaderArticle({ reader, view }: { reader: ReaderCard; view: ReadersView }) {
  const t = useT()
  const name = pick(t, reader.name, reader.nameEn)
  return (
    <article className={rows[reader.badge]} aria-label={name}>
      <ReaderFacts reader={reader} name={name} />
      <div>
        <ReaderNumbers reader={reader} zone={view.zone} nowMs={view.nowMs} />
        <DayBar reader={reader} name={name} />
      </div>
      <CardActs reader={reader} zone={view.zone} />
    </article>
  )
}

function ReaderFacts({ reader, name }: { reader: ReaderCard; name: string }) {
  const t = useT()
  const { badge, silentMinutes, agent, kind, address } = reader
  const place = pick(t, reader.place, reader.placeEn) || (reader.zone ?? t('devices.readers.unnamed_place'))
  return (
    <div>
      <h2>
        <Link to={`/readers/${reader.id}`}>{name}</Link>{' '}
        <Badge tone={tones[badge]}>{t(`devices.readers.badge.${badge}`, { minutes: silentMinutes })}</Badge>
      </h2>
      <p className="m">
        {place} · {t('readerPage.card.serial', { serial: reader.serial })}
        <br />
        <Firmware reader={reader} />
        <br />
        {kind === 'terminal'
          ? [t('readerPage.card.terminal'), address].filter(Boolean).join(' · ')
          : agent === null
            ? t('devices.readers.no_agent')
            : t('devices.readers.agent', { name: agent })}
      </p>
      {reader.emulated || reader.changed ? (
        <p className="m">
          {reader.changed ? <Badge tone="bad">{t('readerPage.card.changed')}</Badge> : null}{' '}
          {reader.emulated ? (
            <span title={t('devices.readers.emulated_note')}>
              <Badge tone="info">{t('devices.readers.emulated')}</Badge>
            </span>
          ) : null}
        </p>
      ) : null}
    </div>
  )
}

/** Many modules do not say their firmware; then the dialect is what is known of them. */
function Firmware({ reader }: { reader: ReaderCard }) {
  const t = useT()
  const { firmware, model, dialect } = reader
  const said = [model, firmware === null ? null : t('readerPage.card.firmware', { firmware })].filter(Boolean)
  if (said.length > 0) return <>{said.join(' · ')}</>
  if (dialect === null) return <>{t('readerPage.card.firmware_unsaid')}</>
  return <>{t('readerPage.card.firmware_dialect', { dialect })}</>
}

const labels = [8, 10, 12, 14, 16, 18]
const step = 10

/** Today over the usual day, with the times it was down; drawn by attributes, said in words to screen readers. */
export function DayBar({ reader, name }: { reader: ReaderCard; name: string }) {
  const t = useT()
  const said = reader.hours.map((one) => t('devices.readers.chart_part', one)).join(', ')
  const text = said === '' ? t('devices.readers.chart_none') : said
  const width = barSteps * step
  return (
    <div className="day">
      <svg
        viewBox={`0 0 ${width} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('devices.readers.chart', { reader: name, text })}
      >
        <rect className="bed" width={width} height="100" />
        {reader.bars.map((bar) => (
          <rect
            key={`${bar.kind}${bar.step}`}
            className={bar.kind}
            x={bar.step * step + 0.5}
            y={100 - bar.height}
            width={step - 1}
            height={bar.height}
          />
        ))}
        {reader.downs.map((down) => (
          <rect
            key={down.from}
            className="down"
            x={down.from * step}
            width={(down.to - down.from) * step}
            height="100"
          />
        ))}
      </svg>
      <svg className="hrs" viewBox={`0 0 ${width} 16`} aria-hidden="true">
        {labels.map((hour) => (
          <text key={hour} x={(hour - barRange.fromHour) * 6 * step} y="12">
            {t('devices.readers.hour', { hour })}
          </text>
        ))}
      </svg>
    </div>
  )
}

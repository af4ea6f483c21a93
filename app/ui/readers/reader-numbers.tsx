import { type ReaderCard, templateDifference } from '#app/domain/devices/readers-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { useT } from '#app/ui/locale.tsx'

export const levels = { unmeasured: '', fine: 't-ok', warn: 't-warn', off: 't-bad' } as const

/** A clock offset with its sign, in tenths of seconds. */
export function signedSeconds(offsetMs: number): string {
  const tenths = Math.round(offsetMs / 100)
  const seconds = (Math.abs(tenths) / 10).toFixed(1)
  return tenths === 0 ? seconds : `${tenths > 0 ? '+' : '−'}${seconds}`
}

type Shown = { reader: ReaderCard; zone: string; nowMs: number }

/** The figures of one reader; what its agent knows of itself is marked as the agent's. */
export function ReaderNumbers({ reader, zone, nowMs }: Shown) {
  const t = useT()
  const { usual } = reader
  return (
    <dl className="fx">
      <div>
        <dt>{t('devices.readers.today')}</dt>
        <dd>
          {reader.today} {usual > 0 ? <small>{t('devices.readers.usual', { count: usual })}</small> : null}
        </dd>
      </div>
      <Templates reader={reader} />
      <ClockOffset reader={reader} />
      <Queue reader={reader} zone={zone} nowMs={nowMs} />
      <LastOrMissing reader={reader} zone={zone} nowMs={nowMs} />
    </dl>
  )
}

function Templates({ reader }: { reader: ReaderCard }) {
  const t = useT()
  const { templates, capacity, enrolled } = reader
  const difference = templateDifference(reader)
  const key = difference > 0 ? 'readerPage.card.more' : 'readerPage.card.fewer'
  if (reader.kind === 'terminal') {
    return (
      <div>
        <dt>{t('readerPage.card.users')}</dt>
        <dd>{enrolled}</dd>
      </div>
    )
  }
  return (
    <div>
      <dt>{t('devices.readers.templates')}</dt>
      <dd className={difference === 0 ? '' : 't-warn'}>
        {templates ?? '—'}{' '}
        <small>
          {capacity === null ? null : t('devices.readers.capacity', { count: capacity })}{' '}
          {difference === 0 ? null : t(key, { count: Math.abs(difference) })}
        </small>
      </dd>
    </div>
  )
}

function ClockOffset({ reader }: { reader: ReaderCard }) {
  const t = useT()
  const { offsetMs, kind } = reader
  return (
    <div>
      <dt>{t(kind === 'terminal' ? 'readerPage.card.clock_own' : 'readerPage.card.clock_agent')}</dt>
      <dd className={levels[reader.clock]}>
        {offsetMs === null
          ? t('devices.readers.unmeasured')
          : t('devices.readers.seconds', { count: signedSeconds(offsetMs) })}
      </dd>
    </div>
  )
}

function Queue({ reader, zone }: Shown) {
  const t = useT()
  const { queue, oldestWaitingMs, kind } = reader
  const waits = (queue ?? 0) > 0
  return (
    <div>
      <dt>{t(kind === 'terminal' ? 'readerPage.card.queue_own' : 'readerPage.card.queue_agent')}</dt>
      <dd className={waits ? 't-warn' : ''}>
        {kind === 'terminal' ? t('readerPage.card.unknown') : (queue ?? '—')}{' '}
        {waits && oldestWaitingMs !== null ? (
          <small>{t('readerPage.card.since', { time: formatInstant(oldestWaitingMs, zone, t.locale, 'time') })}</small>
        ) : null}
      </dd>
    </div>
  )
}

/** A reader that is away is asked when it answered last; one that is there, whether numbers are missing. */
function LastOrMissing({ reader, zone, nowMs }: Shown) {
  const t = useT()
  const { badge, seenMs, missing } = reader
  const style = seenMs !== null && nowMs - seenMs > 43_200_000 ? 'day_time' : 'time'
  if (badge === 'silent' || badge === 'offline' || reader.kind === 'terminal') {
    return (
      <div>
        <dt>{t('readerPage.card.answered')}</dt>
        <dd>{seenMs === null ? t('devices.readers.none') : formatInstant(seenMs, zone, t.locale, style)}</dd>
      </div>
    )
  }
  if (missing !== null) {
    return (
      <div>
        <dt>{t('readerPage.card.missing')}</dt>
        <dd className="t-warn">
          {t('readerPage.card.missing_from', { first: missing.first })}{' '}
          <small>{t('readerPage.card.missing_count', { count: missing.missing })}</small>
        </dd>
      </div>
    )
  }
  return (
    <div>
      <dt>{t('readerPage.card.missing')}</dt>
      <dd className="t-ok">{t('readerPage.card.missing_none')}</dd>
    </div>
  )
}

import { barRange, barSteps } from '#app/domain/devices/day-bars.ts'
import { offsetLevel } from '#app/domain/devices/quarantine.ts'
import type { ReaderBadge } from '#app/domain/devices/reader-state.ts'
import type { ReaderCard, ReadersView } from '#app/domain/devices/readers-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { pick } from './both.tsx'

const tones: Readonly<Record<ReaderBadge, BadgeTone>> = {
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
  retired: 'dv',
}

/** One reader: where it stands, how it does today, what can be asked of it. */
export function ReaderArticle({ reader, view, manages }: { reader: ReaderCard; view: ReadersView; manages: boolean }) {
  const t = useT()
  const name = pick(t, reader.name, reader.nameEn)
  return (
    <article className={rows[reader.badge]} aria-label={name}>
      <ReaderFacts reader={reader} name={name} />
      <div>
        <ReaderNumbers reader={reader} view={view} />
        <DayBar reader={reader} name={name} />
      </div>
      <div className="act">
        {manages ? (
          <Form>
            <input type="hidden" name="sourceId" value={reader.id} />
            {reader.reachable ? (
              <>
                <Button small wide name="intent" value="light">
                  {t('devices.readers.act.light')}
                </Button>
                <Button small wide name="intent" value="self_test">
                  {t('devices.readers.act.self_test')}
                </Button>
              </>
            ) : null}
            <ButtonLink small wide to={`/readers?act=name-reader&id=${reader.id}`}>
              {t('devices.readers.act.name')}
            </ButtonLink>
          </Form>
        ) : null}
      </div>
    </article>
  )
}

function ReaderFacts({ reader, name }: { reader: ReaderCard; name: string }) {
  const t = useT()
  const { badge, silentMinutes, dialect, agent } = reader
  const place = pick(t, reader.place, reader.placeEn)
  return (
    <div>
      <h2>
        {name} <Badge tone={tones[badge]}>{t(`devices.readers.badge.${badge}`, { minutes: silentMinutes })}</Badge>
      </h2>
      <p className="m">
        {[place === '' && reader.zone === null ? t('devices.readers.unnamed_place') : place, reader.zone]
          .filter(Boolean)
          .join(' · ')}
        <br />
        {t('devices.readers.serial', { serial: reader.serial })}
        {dialect === null ? null : ` · ${t('devices.readers.dialect', { dialect })}`}
        <br />
        {agent === null ? t('devices.readers.no_agent') : t('devices.readers.agent', { name: agent })}
      </p>
      {reader.emulated ? (
        <p className="m" title={t('devices.readers.emulated_note')}>
          <Badge tone="info">{t('devices.readers.emulated')}</Badge>
        </p>
      ) : null}
    </div>
  )
}

const levels = { unmeasured: '', fine: 't-ok', warn: 't-warn', off: 't-bad' } as const

/** A clock offset with its sign, in tenths of seconds. */
export function signedSeconds(offsetMs: number): string {
  const tenths = Math.round(offsetMs / 100)
  const seconds = (Math.abs(tenths) / 10).toFixed(1)
  return tenths === 0 ? seconds : `${tenths > 0 ? '+' : '−'}${seconds}`
}

function ReaderNumbers({ reader, view }: { reader: ReaderCard; view: ReadersView }) {
  const t = useT()
  const none = t('devices.readers.none')
  const { offsetMs, queue, templates, capacity, lastPunchMs, usual } = reader
  const offset = offsetMs === null ? t('devices.readers.unmeasured') : signedSeconds(offsetMs)
  return (
    <dl className="fx">
      <div>
        <dt>{t('devices.readers.today')}</dt>
        <dd>
          {reader.today} {usual > 0 ? <small>{t('devices.readers.usual', { count: usual })}</small> : null}
        </dd>
      </div>
      <div>
        <dt>{t('devices.readers.templates')}</dt>
        <dd>
          {templates ?? '—'}{' '}
          {capacity === null ? null : <small>{t('devices.readers.capacity', { count: capacity })}</small>}
        </dd>
      </div>
      <div>
        <dt>{t('devices.readers.clock')}</dt>
        <dd className={levels[offsetLevel(offsetMs)]}>
          {offsetMs === null ? offset : t('devices.readers.seconds', { count: offset })}
        </dd>
      </div>
      <div>
        <dt>{t('devices.readers.queue')}</dt>
        <dd className={(queue ?? 0) > 0 ? 't-warn' : ''}>{queue ?? '—'}</dd>
      </div>
      <div>
        <dt>{t('devices.readers.last')}</dt>
        <dd>
          {lastPunchMs === null ? none : formatInstant(lastPunchMs, view.zone, t.locale, whenStyle(lastPunchMs, view))}
        </dd>
      </div>
    </dl>
  )
}

function whenStyle(atMs: number, view: ReadersView) {
  return view.nowMs - atMs < 43_200_000 ? ('second' as const) : ('day_time' as const)
}

const labels = [8, 10, 12, 14, 16, 18]
const step = 10

/** Today over the usual day, with the times it was down; drawn by attributes, said in words to screen readers. */
function DayBar({ reader, name }: { reader: ReaderCard; name: string }) {
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

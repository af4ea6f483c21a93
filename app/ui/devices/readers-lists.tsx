import type { CommandLine, ReaderHappening, ReadersView } from '#app/domain/devices/readers-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Consequence } from '#app/ui/alert.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty } from '#app/ui/card.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { useMay } from '#app/ui/readers/may.ts'
import { pick } from './both.tsx'
import { stepText } from './step-text.ts'

/** What happened at the readers today, besides punches. */
export function HappeningsCard({ view }: { view: ReadersView }) {
  const t = useT()
  return (
    <Card title={<Bilingual k="devices.readers.events" />} padded={false}>
      {view.happenings.length === 0 ? (
        <Empty title={t('devices.readers.events_empty')} />
      ) : (
        <table className="tb">
          <caption className="vh">{t('devices.readers.events')}</caption>
          <tbody>
            {view.happenings.map((one) => (
              <tr key={one.id}>
                <td className="nw">{formatInstant(one.atMs, view.zone, t.locale, 'second')}</td>
                <th scope="row" className="nw">
                  {pick(t, one.reader.name, one.reader.nameEn)}
                </th>
                <td>{happeningText(t, one, view.zone)}</td>
                <td className="r mut">{one.outage?.confirmed ? t('devices.readers.outage_confirmed') : null}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}

export function detailText(t: T, detail: string): string {
  if (/^\d+$/.test(detail)) return t('devices.readers.detail.seconds', { count: detail })
  const key = `devices.readers.detail.${detail}`
  return t.has(key) ? t(key) : detail
}

function happeningText(t: T, one: ReaderHappening, zone: string): string {
  if (one.outage !== null) return outageText(t, one, one.outage, zone)
  const key = `devices.readers.event.${one.kind}`
  const what = t.has(key) ? t(key) : one.kind
  const detail = detailText(t, one.detail)
  return detail === '' ? what : `${what} · ${detail}`
}

function outageText(t: T, one: ReaderHappening, outage: NonNullable<ReaderHappening['outage']>, zone: string): string {
  const from = formatInstant(one.atMs, zone, t.locale, 'time')
  const span =
    outage.endsAtMs === null
      ? t('devices.readers.outage_open', { from })
      : t('devices.readers.outage', { from, to: formatInstant(outage.endsAtMs, zone, t.locale, 'time') })
  const parts = [span, detailText(t, one.detail), outage.confirmed ? '' : t('devices.readers.outage_waits')]
  return parts.filter((part) => part !== '').join(' · ')
}

/** How much was recorded and does not count by itself; the page of rulings has each of them. */
export function DoubtfulCard({ view }: { view: ReadersView }) {
  const t = useT()
  const may = useMay()
  const { quarantined, unconfirmed, parked, parkedPunches, missing } = view.doubtful
  const lines = [
    { kind: 'quarantined', count: quarantined },
    { kind: 'unconfirmed', count: unconfirmed },
    { kind: 'parked', count: parked },
    { kind: 'missing', count: missing },
  ] as const
  const shown = lines.filter((line) => line.count > 0)
  return (
    <Card title={<Bilingual k="devices.readers.doubtful" />}>
      {shown.length === 0 ? <p className="mut">{t('devices.readers.doubtful_empty')}</p> : null}
      <ul className="cons">
        {shown.map(({ kind, count }) => (
          <Consequence key={kind} tone="warn">
            {t(`readerPage.doubtful.${kind}`, { count, punches: parkedPunches })}
          </Consequence>
        ))}
      </ul>
      {shown.length > 0 && may('punches.rule') ? (
        <p>
          <ButtonLink to="/readers/doubtful" small>
            {t('readerPage.doubtful.open')}
          </ButtonLink>
        </p>
      ) : null}
    </Card>
  )
}

/** The last commands with the steps their agents told. */
export function CommandsCard({ view }: { view: ReadersView }) {
  const t = useT()
  return (
    <Card title={<Bilingual k="devices.readers.command.title" />} padded={false}>
      <table className="tb">
        <caption className="vh">{t('devices.readers.command.title')}</caption>
        <tbody>
          {view.commands.map((command) => (
            <tr key={command.id}>
              <td className="nw">{formatInstant(command.createdMs, view.zone, t.locale, 'second')}</td>
              <th scope="row">{commandName(t, command)}</th>
              <td>{command.steps.map((step) => stepText(t, step)).join(' → ')}</td>
              <td className="r nw">{t(`devices.command.state.${command.state}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

function commandName(t: T, command: CommandLine): string {
  const key = `devices.readers.command.${command.kind}`
  const kind = t.has(key) ? t(key) : command.kind
  return command.reader === null ? kind : `${pick(t, command.reader.name, command.reader.nameEn)} · ${kind}`
}

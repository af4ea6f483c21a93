import type { AgentLine, ReadersView } from '#app/domain/devices/readers-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Alert, Consequence } from '#app/ui/alert.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { pick } from './both.tsx'

/** The computers beside the readers. */
export function AgentsCard({ view, manages }: { view: ReadersView; manages: boolean }) {
  const t = useT()
  const seen = (ms: number | null) =>
    ms === null
      ? t('devices.readers.agent_never')
      : t('devices.readers.agent_seen', { time: formatInstant(ms, view.zone, t.locale, 'day_time') })
  return (
    <Card title={<Bilingual k="devices.readers.agents" />}>
      {view.agents.length === 0 ? <p className="mut">{t('devices.readers.agents_empty')}</p> : null}
      <ul className="devs">
        {view.agents.map((agent) => (
          <li key={agent.id}>
            <span>
              <b>{agent.name}</b>{' '}
              <span className="mut">
                {agent.revoked ? t('devices.readers.agent_revoked') : seen(agent.seenMs)} ·{' '}
                {t('devices.readers.agent_readers', { count: agent.readers })}
              </span>
              {agent.revoked ? null : <AgentFigures agent={agent} zone={view.zone} />}
              {agent.revoked || agent.detail === null ? null : <AgentTrouble detail={agent.detail} />}
            </span>
            {manages && !agent.revoked ? (
              <ButtonLink to={`/readers?act=revoke-agent&id=${agent.id}`} small look="danger">
                {t('devices.readers.act.revoke')}
              </ButtonLink>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}

const megabyte = 1_048_576
const shown = (bytes: number) => Math.max(0.1, bytes / megabyte).toFixed(1)

/** What an agent says of itself: its version, what waits in its spool, and how full that is. */
function AgentFigures({ agent, zone }: { agent: AgentLine; zone: string }) {
  const t = useT()
  const { version, queue, oldestWaitingMs, spool } = agent
  const oldest = oldestWaitingMs === null ? '' : formatInstant(oldestWaitingMs, zone, t.locale, 'day_time')
  const parts = [
    version === null ? null : t('readerPage.agent.version', { version }),
    queue === null || queue === 0 ? null : t('readerPage.agent.queue', { count: queue }),
    oldest === '' ? null : t('readerPage.agent.oldest', { time: oldest }),
    spool === null
      ? null
      : t('readerPage.agent.spool', {
          used: shown(spool.bytes),
          limit: Math.round(spool.limit / megabyte),
          percent: Math.round((spool.bytes / spool.limit) * 100),
        }),
  ].filter((part) => part !== null)
  if (parts.length === 0) return null
  return <span className="mut figs">{parts.join(' · ')}</span>
}

/** Why an agent has no reader, and what to do about it. */
function AgentTrouble({ detail }: { detail: string }) {
  const t = useT()
  const key = `devices.readers.agent_detail.${detail}`
  return (
    <Alert tone="warn" title={t('devices.readers.agent_no_reader')}>
      {t.has(key) ? t(key) : t('devices.readers.agent_detail.unexpected')}
    </Alert>
  )
}

/** The screens in the hall. */
export function KiosksCard({ view, manages }: { view: ReadersView; manages: boolean }) {
  const t = useT()
  return (
    <Card title={<Bilingual k="devices.readers.kiosks" />}>
      {view.kiosks.length === 0 ? <p className="mut">{t('devices.readers.kiosks_empty')}</p> : null}
      <ul className="devs">
        {view.kiosks.map((kiosk) => (
          <li key={kiosk.id}>
            <span>
              <b>{kiosk.name}</b>{' '}
              <span className="mut">
                {kiosk.reader === null
                  ? t('devices.readers.kiosk_all')
                  : t('devices.readers.kiosk_one', { reader: pick(t, kiosk.reader.name, kiosk.reader.nameEn) })}{' '}
                · {t('devices.readers.kiosk_paired', { time: formatInstant(kiosk.pairedMs, view.zone, t.locale) })}
              </span>
            </span>
            {manages ? (
              <ButtonLink to={`/readers?act=revoke-kiosk&id=${kiosk.id}`} small look="danger">
                {t('devices.readers.act.revoke')}
              </ButtonLink>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}

export function TemplateNote() {
  const t = useT()
  return (
    <Card title={<Bilingual k="devices.readers.note_title" />}>
      <ul className="cons">
        <Consequence tone="info">{t('devices.readers.template_note')}</Consequence>
      </ul>
    </Card>
  )
}

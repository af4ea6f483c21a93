import './terminals.css'
import { returnMeaning } from '#app/domain/devices/terminal-commands.ts'
import type { TerminalCommandLine, TerminalsView } from '#app/domain/devices/terminals-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { pick } from '#app/ui/devices/both.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { ReaderTabs } from '#app/ui/readers/reader-tabs.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { TerminalTable } from './terminal-table.tsx'

export type Server = { readonly host: string; readonly port: string }

type PageProps = { view: TerminalsView; manages: boolean; imports: boolean; server: Server }

/** Terminals that report by themselves 考勤终端: who knocks, who is on the list, what they were asked. */
export function TerminalsPage({ view, manages, imports, server }: PageProps) {
  const t = useT()
  return (
    <>
      <Heading title={<Bilingual k="terminals.title" />} facts={t('terminals.facts')}>
        <LiveRefresh href="/readers/events" everyMs={2000} />
        {imports ? (
          <ButtonLink to="/readers/import" small>
            {t('terminals.act.import')}
          </ButtonLink>
        ) : null}
        {manages ? (
          <ButtonLink to="/readers/terminals?allow=" look="primary" small>
            {t('terminals.act.add')}
          </ButtonLink>
        ) : null}
      </Heading>
      <ReaderTabs current="terminals" />
      <div className="col">
        {view.terminals.length === 0 ? (
          <section className="card">
            <Empty title={t('terminals.list.empty')}>{t('terminals.list.empty_text')}</Empty>
          </section>
        ) : (
          <TerminalTable view={view} manages={manages} />
        )}
        <div className="lay">
          <div className="col">
            <Knocks view={view} manages={manages} />
            {view.commands.length > 0 ? <Commands view={view} /> : null}
          </div>
          <Card title={t('terminals.how.title')}>
            <div className="said">
              <p>{t('terminals.how.point', { ...server })}</p>
              <p className="sub">{t('terminals.how.secure')}</p>
            </div>
          </Card>
        </div>
      </div>
    </>
  )
}

function Knocks({ view, manages }: { view: TerminalsView; manages: boolean }) {
  const t = useT()
  type Knock = TerminalsView['knocks'][number]
  const columns: Column<Knock>[] = [
    { key: 'serial', head: t('terminals.knocks.serial'), cell: ({ serial }) => <span className="sn">{serial}</span> },
    {
      key: 'last',
      head: t('terminals.knocks.last'),
      cell: ({ lastMs, count, address }) => (
        <>
          <span className="nw">{formatInstant(lastMs, view.zone, t.locale)}</span>{' '}
          <span className="mut">
            {t('terminals.knocks.times', { count })}
            {address ? ` ${t('terminals.knocks.from', { address })}` : null}
          </span>
        </>
      ),
    },
    {
      key: 'act',
      head: t('terminals.list.act'),
      cell: ({ serial }) =>
        manages ? (
          <ButtonLink to={`/readers/terminals?allow=${serial}`} small>
            {t('terminals.act.allow')}
          </ButtonLink>
        ) : null,
    },
  ]
  return (
    <Card title={t('terminals.knocks.title')} padded={view.knocks.length === 0}>
      {view.knocks.length === 0 ? (
        <p className="sub">{t('terminals.knocks.empty')}</p>
      ) : (
        <>
          <Table
            caption={t('terminals.knocks.title')}
            columns={columns}
            rows={view.knocks}
            id={(knock) => knock.serial}
          />
          <p className="ft">{t('terminals.knocks.none')}</p>
        </>
      )}
    </Card>
  )
}

type Stand = { readonly key: 'waiting' | 'sent' | ReturnType<typeof returnMeaning>; readonly tone: BadgeTone }

function standOf({ sentMs, returned }: TerminalCommandLine): Stand {
  if (returned !== null) return { key: returnMeaning(returned), tone: returned === 0 ? 'ok' : 'warn' }
  return sentMs === null ? { key: 'waiting', tone: 'plain' } : { key: 'sent', tone: 'info' }
}

function Commands({ view }: { view: TerminalsView }) {
  const t = useT()
  const columns: Column<TerminalCommandLine>[] = [
    {
      key: 'what',
      head: t('terminals.commands.title'),
      cell: ({ kind, about, terminal }) => (
        <>
          {t(`terminals.commands.${kind}`, { about })}{' '}
          <span className="mut">{pick(t, terminal.name, terminal.nameEn)}</span>
        </>
      ),
    },
    {
      key: 'when',
      head: t('terminals.commands.when'),
      cell: ({ answeredMs, sentMs, createdMs }) => (
        <span className="nw">{formatInstant(answeredMs ?? sentMs ?? createdMs, view.zone, t.locale)}</span>
      ),
    },
    {
      key: 'state',
      head: t('terminals.list.state'),
      cell: (line) => {
        const { key, tone } = standOf(line)
        return <Badge tone={tone}>{t(`terminals.commands.${key}`, { returned: line.returned ?? '' })}</Badge>
      },
    },
  ]
  return (
    <Card title={t('terminals.commands.title')} padded={false}>
      <Table caption={t('terminals.commands.title')} columns={columns} rows={view.commands} id={(line) => line.id} />
    </Card>
  )
}

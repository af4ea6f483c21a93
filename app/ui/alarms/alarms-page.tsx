import type { AlarmLine, OutageLine } from '#app/domain/devices/alarm-view.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { pick } from '#app/ui/devices/both.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { useMay } from '#app/ui/readers/may.ts'
import { ReaderTabs } from '#app/ui/readers/reader-tabs.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { ActForm, AlarmList } from './alarm-list.tsx'
import { reasonOf, titleOf, useInstant, whereOf } from './alarm-texts.ts'
import { DeclareOutage, type DeclareTyped } from './declare-outage.tsx'

export type AlarmsView = {
  readonly open: readonly AlarmLine[]
  readonly past: readonly AlarmLine[]
  readonly outages: readonly OutageLine[]
  readonly readers: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[]
}

type AlarmsPageProps = {
  view: AlarmsView
  done: string | null
  /** The device whose outage is to be noted, when another page led here. */
  about: string | null
  typed: DeclareTyped | null
}

/** Alarms and outages 告警与停机: what is wrong now, what was, and which outages wait for a person. */
export function AlarmsPage({ view, done, about, typed }: AlarmsPageProps) {
  const t = useT()
  const may = useMay()
  const doneKey = `alarms.done.${done}`
  return (
    <div className="alm-page">
      <Heading title={<Bilingual k="alarms.title" />} facts={t('alarms.facts')}>
        <LiveRefresh href="/readers/events" everyMs={1500} />
      </Heading>
      <ReaderTabs current="alarms" />
      {t.has(doneKey) ? <Alert tone="ok" title={t(doneKey)} /> : null}
      {done === 'gone' ? <Alert tone="info" title={t('alarms.gone')} /> : null}
      <Card title={<Bilingual k="alarms.open" />} extra={<b>{view.open.length}</b>} padded={false}>
        {view.open.length === 0 ? (
          <Empty title={t('alarms.none')}>{t('alarms.none_more')}</Empty>
        ) : (
          <AlarmList alarms={view.open} />
        )}
      </Card>
      <Outages outages={view.outages} />
      {may('outage.manage') ? <DeclareOutage readers={view.readers} about={about} typed={typed} /> : null}
      <Past alarms={view.past} />
    </div>
  )
}

function Outages({ outages }: { outages: readonly OutageLine[] }) {
  const t = useT()
  const instant = useInstant()
  const columns: Column<OutageLine>[] = [
    { key: 'where', head: t('alarms.col.where'), cell: ({ source }) => pick(t, source.name, source.nameEn) },
    { key: 'since', head: t('alarms.col.since'), cell: ({ fromMs }) => instant(fromMs) },
    {
      key: 'until',
      head: t('alarms.col.until'),
      cell: ({ toMs }) => (toMs === null ? t('alarms.still') : instant(toMs)),
    },
    { key: 'why', head: t('alarms.col.why'), cell: ({ reason }) => reasonOf(t, reason) },
    { key: 'confirmed', head: t('alarms.col.confirmed'), cell: (outage) => <Confirmed outage={outage} /> },
  ]
  return (
    <Card title={<Bilingual k="alarms.outages" />} padded={false}>
      <p className="note">{t('alarms.outages_note')}</p>
      <Table
        caption={t('alarms.outages')}
        columns={columns}
        rows={outages}
        id={(row) => row.id}
        empty={t('alarms.outages_none')}
      />
    </Card>
  )
}

function Confirmed({ outage }: { outage: OutageLine }) {
  const t = useT()
  const may = useMay()
  const instant = useInstant()
  const { confirmed, toMs, id, source, fromMs } = outage
  if (confirmed !== null) return t('alarms.confirmed_by', { name: confirmed.by, at: instant(confirmed.atMs) })
  if (toMs === null) return t('alarms.lasts')
  if (!may('outage.manage')) return t('alarms.waits')
  const about = `${pick(t, source.name, source.nameEn)} ${instant(fromMs)}`
  return <ActForm intent="confirm" id={id} label={t('alarms.confirm_act')} about={about} />
}

function Past({ alarms }: { alarms: readonly AlarmLine[] }) {
  const t = useT()
  const instant = useInstant()
  const columns: Column<AlarmLine>[] = [
    { key: 'what', head: t('alarms.col.what'), cell: (alarm) => titleOf(t, alarm) },
    { key: 'where', head: t('alarms.col.where'), cell: (alarm) => whereOf(t, alarm) },
    { key: 'since', head: t('alarms.col.since'), cell: ({ openedMs }) => instant(openedMs) },
    {
      key: 'until',
      head: t('alarms.col.until'),
      cell: ({ closedMs }) => (closedMs === null ? '' : instant(closedMs)),
    },
    {
      key: 'seen',
      head: t('alarms.col.seen'),
      cell: ({ seen }) => (seen === null ? '' : t('alarms.seen_by', { name: seen.by, at: instant(seen.atMs) })),
    },
  ]
  return (
    <Card title={<Bilingual k="alarms.past" />} padded={false}>
      <Table
        caption={t('alarms.past')}
        columns={columns}
        rows={alarms}
        id={(row) => row.id}
        empty={t('alarms.past_none')}
      />
    </Card>
  )
}

import './doubtful.css'
import { formatInstant } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Empty, Heading } from '#app/ui/card.tsx'
import { type Choice, Filters, Segments } from '#app/ui/choices.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { ReaderTabs } from '#app/ui/readers/reader-tabs.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { ClaimsList } from './claims-list.tsx'
import { DecidedList } from './decided-list.tsx'
import { type DoubtfulModel, type GapLine, hrefOf, named, shows, type Typed } from './model.ts'
import { ParkedList } from './parked-list.tsx'
import { QuarantineList } from './quarantine-list.tsx'

export type Told = { readonly tone: 'ok' | 'bad'; readonly text: string }

type PageProps = { model: DoubtfulModel; told: Told | null; typed: Typed | null }

/** What was recorded and does not count by itself: who waits to be confirmed, doubtful times, unknown numbers. */
export function DoubtfulPage({ model, told, typed }: PageProps) {
  const t = useT()
  return (
    <>
      <Heading title={<Bilingual k="doubtful.title" />} facts={t('doubtful.facts', { ...model.counts })}>
        <LiveRefresh href="/readers/events" />
      </Heading>
      <ReaderTabs current="doubtful" />
      {told ? <Alert tone={told.tone} title={told.text} urgent={told.tone === 'bad'} /> : null}
      <Narrow model={model} />
      <Listed model={model} typed={typed} />
    </>
  )
}

function Narrow({ model }: { model: DoubtfulModel }) {
  const t = useT()
  const counts: Readonly<Record<string, number>> = { ...model.counts }
  const choices = shows
    .filter((show) => show !== 'parked' || model.claims)
    .map((show): Choice => {
      const count = counts[show]
      const label = t(`doubtful.tab.${show}`)
      return { to: hrefOf(model, show), label: count ? `${label} ${count}` : label, current: show === model.show }
    })
  return (
    <div className="db-lists">
      <Segments label={t('doubtful.lists')} choices={choices} />
      <Filters>
        <input type="hidden" name="show" value={model.show} />
        <select
          name="source"
          className="in"
          defaultValue={model.filter.source}
          aria-label={t('doubtful.filter.source')}
        >
          <option value="">{t('doubtful.filter.all')}</option>
          {model.sources.map((source) => (
            <option key={source.id} value={source.id}>
              {named(t, source)}
            </option>
          ))}
        </select>
        <input
          type="date"
          name="day"
          className="in"
          defaultValue={model.filter.day}
          aria-label={t('doubtful.filter.day')}
        />
      </Filters>
    </div>
  )
}

const most = 200

function Listed({ model, typed }: Omit<PageProps, 'told'>) {
  const t = useT()
  const full = model.lines.length >= most || model.parked.length >= most || model.decided.length >= most
  return (
    <>
      {model.show === 'claims' ? <ClaimsList model={model} typed={typed} /> : null}
      {model.show === 'quarantined' ? <QuarantineList model={model} typed={typed} /> : null}
      {model.show === 'parked' ? <ParkedList model={model} typed={typed} /> : null}
      {model.show === 'gaps' ? <GapsList model={model} /> : null}
      {model.show === 'decided' ? <DecidedList model={model} /> : null}
      {full ? <p className="db-more">{t('doubtful.more', { count: most })}</p> : null}
    </>
  )
}

/** Numbers that a spool counted and that have not arrived. */
function GapsList({ model }: { model: DoubtfulModel }) {
  const t = useT()
  const at = (ms: number | null) =>
    ms === null ? t('doubtful.gaps.unknown') : formatInstant(ms, model.zone, t.locale, 'full')
  const columns: Column<GapLine>[] = [
    { key: 'agent', head: t('doubtful.gaps.agent'), cell: (gap) => gap.agent },
    {
      key: 'numbers',
      head: t('doubtful.gaps.numbers'),
      cell: (gap) =>
        gap.first === gap.last
          ? t('doubtful.gaps.number_of', { first: gap.first })
          : t('doubtful.gaps.numbers_of', { first: gap.first, last: gap.last, count: gap.missing }),
    },
    {
      key: 'between',
      head: t('doubtful.gaps.between'),
      cell: (gap) =>
        gap.fromMs === null && gap.toMs === null
          ? t('doubtful.gaps.unknown')
          : t('doubtful.gaps.between_of', { from: at(gap.fromMs), to: at(gap.toMs) }),
    },
    { key: 'noted', head: t('doubtful.gaps.noted'), cell: (gap) => at(gap.notedMs) },
  ]
  if (model.gaps.length === 0) {
    return (
      <div className="card">
        <Empty title={t('doubtful.gaps.empty')}>{t('doubtful.gaps.empty_more')}</Empty>
      </div>
    )
  }
  return <Table caption={t('doubtful.gaps.caption')} columns={columns} rows={model.gaps} id={(gap) => gap.id} />
}

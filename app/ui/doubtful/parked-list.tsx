import { Link } from '@remix-run/react'
import type { ParkedLine } from '#app/domain/devices/doubtful-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Empty } from '#app/ui/card.tsx'
import { useT } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { ClaimPanel } from './claim-panel.tsx'
import { type DoubtfulModel, hrefOf, named, type Typed } from './model.ts'

/** Numbers that punched and that nobody is known by, with the way to say whose they are. */
export function ParkedList({ model, typed }: { model: DoubtfulModel; typed: Typed | null }) {
  const t = useT()
  const columns = useColumns(model)
  return (
    <>
      {model.claiming ? <ClaimPanel model={model} claiming={model.claiming} typed={typed} /> : null}
      {model.parked.length === 0 ? (
        <div className="card">
          <Empty title={t('doubtful.parked.empty')}>{t('doubtful.parked.empty_more')}</Empty>
        </div>
      ) : (
        <Table
          caption={t('doubtful.parked.caption')}
          columns={columns}
          rows={model.parked}
          id={(line) => `${line.sourceId} ${line.subject}`}
        />
      )}
    </>
  )
}

function useColumns(model: DoubtfulModel): Column<ParkedLine>[] {
  const t = useT()
  const at = (ms: number) => <span className="nw">{formatInstant(ms, model.zone, t.locale, 'full').slice(0, 16)}</span>
  const claim = (line: ParkedLine) => hrefOf(model, 'parked', { of: line.sourceId, number: line.subject })
  return [
    { key: 'source', head: t('doubtful.parked.source'), cell: (line) => named(t, line.source) },
    { key: 'number', head: t('doubtful.parked.number'), cell: (line) => line.subject },
    { key: 'name', head: t('doubtful.parked.terminal_name'), cell: (line) => line.terminalName ?? '' },
    { key: 'count', head: t('doubtful.parked.count'), align: 'right', cell: (line) => line.count },
    { key: 'days', head: t('doubtful.parked.days'), align: 'right', cell: (line) => line.days },
    { key: 'first', head: t('doubtful.parked.first'), cell: (line) => at(line.firstMs) },
    { key: 'last', head: t('doubtful.parked.last'), cell: (line) => at(line.lastMs) },
    {
      key: 'claim',
      head: t('doubtful.parked.claim'),
      cell: (line) => (
        <Link
          to={claim(line)}
          aria-label={t('doubtful.parked.claim_of', { source: named(t, line.source), number: line.subject })}
        >
          {t('doubtful.parked.claim')}
        </Link>
      ),
    },
  ]
}

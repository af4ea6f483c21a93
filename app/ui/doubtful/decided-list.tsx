import type { ClaimLine, DecidedLine } from '#app/domain/devices/doubtful-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Button } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { Entry } from './entry.tsx'
import { type DoubtfulModel, hrefOf, named } from './model.ts'

/** What was decided of late, and for whoever may claim also the numbers that were claimed. */
export function DecidedList({ model }: { model: DoubtfulModel }) {
  const t = useT()
  const columns = useColumns(model)
  return (
    <>
      {model.decided.length === 0 ? (
        <div className="card">
          <Empty title={t('doubtful.decided.empty')} />
        </div>
      ) : (
        <Table caption={t('doubtful.decided.caption')} columns={columns} rows={model.decided} id={(line) => line.key} />
      )}
      {model.claims ? <ClaimsMade model={model} /> : null}
    </>
  )
}

function useColumns(model: DoubtfulModel): Column<DecidedLine>[] {
  const t = useT()
  const at = (ms: number) => formatInstant(ms, model.zone, t.locale, 'full')
  const who = (line: DecidedLine) =>
    line.person ? <PersonName name={named(t, line.person)} /> : t('doubtful.number', { number: line.subject })
  return [
    { key: 'when', head: t('doubtful.decided.when'), cell: (line) => <span className="nw">{at(line.decidedMs)}</span> },
    {
      key: 'what',
      head: t('doubtful.decided.what'),
      cell: (line) => (
        <>
          {who(line)} · {named(t, line.source)} · {at(line.recordedMs)}
        </>
      ),
    },
    {
      key: 'result',
      head: t('doubtful.decided.result'),
      cell: (line) =>
        line.countsMs === null
          ? t('doubtful.decided.rejected')
          : t('doubtful.decided.released', { at: at(line.countsMs) }),
    },
    { key: 'reason', head: t('doubtful.decided.reason'), cell: (line) => line.reason },
    { key: 'by', head: t('doubtful.decided.by'), cell: (line) => line.by },
  ]
}

function ClaimsMade({ model }: { model: DoubtfulModel }) {
  const t = useT()
  const at = (ms: number) => formatInstant(ms, model.zone, t.locale, 'full')
  const columns: Column<ClaimLine>[] = [
    { key: 'number', head: t('doubtful.parked.number'), cell: (one) => `${named(t, one.source)} ${one.subject}` },
    { key: 'person', head: t('doubtful.decided.person'), cell: (one) => <PersonName name={named(t, one.person)} /> },
    {
      key: 'time',
      head: t('doubtful.decided.time'),
      cell: (one) =>
        one.toMs === null
          ? t('doubtful.decided.from_on', { from: at(one.fromMs) })
          : t('doubtful.decided.from_to', { from: at(one.fromMs), to: at(one.toMs) }),
    },
    { key: 'end', head: t('doubtful.decided.end_open'), cell: (one) => <EndClaim model={model} claim={one} /> },
  ]
  return (
    <>
      <h2 className="db-more">{t('doubtful.decided.claims')}</h2>
      <Table
        caption={t('doubtful.decided.claims')}
        columns={columns}
        rows={model.made}
        id={(one) => one.id}
        empty={t('doubtful.decided.claims_empty')}
      />
    </>
  )
}

function EndClaim({ model, claim }: { model: DoubtfulModel; claim: ClaimLine }) {
  const t = useT()
  const to = hrefOf(model, 'decided')
  return (
    <details className="db-end">
      <summary>{t('doubtful.decided.end_open')}</summary>
      <Form action={to}>
        <input type="hidden" name="intent" value="end_claim" />
        <input type="hidden" name="claim" value={claim.id} />
        <Entry name="at" type="datetime-local" step={1} label={t('doubtful.decided.end_at')} />
        <div className="foot">
          <Button small>{t('doubtful.decided.end')}</Button>
        </div>
      </Form>
      <Form action={to}>
        <input type="hidden" name="intent" value="withdraw_claim" />
        <input type="hidden" name="claim" value={claim.id} />
        <p className="hint">{t('doubtful.decided.withdraw_hint')}</p>
        <div className="foot">
          <Button small look="danger">
            {t('doubtful.decided.withdraw')}
          </Button>
        </div>
      </Form>
    </details>
  )
}

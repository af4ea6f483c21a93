import type { HistoryLine } from '#app/domain/people/record.ts'
import { formatInstant } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Empty } from '#app/ui/card.tsx'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { type Column, Table } from '#app/ui/table.tsx'

type Props = { lines: readonly HistoryLine[]; zone: string }

/** Everything that was done to the record, value by value, newest first. */
export function PersonHistory({ lines, zone }: Props) {
  const t = useT()
  if (lines.length === 0)
    return (
      <div className="card">
        <Empty title={t('people.page.history_none')}>{t('people.page.history_none_means')}</Empty>
      </div>
    )
  return (
    <Table caption={t('people.page.history_title')} columns={columnsOf(t, zone)} rows={lines} id={(line) => line.id} />
  )
}

function columnsOf(t: T, zone: string): Column<HistoryLine>[] {
  return [
    {
      key: 'at',
      head: t('people.page.history_at'),
      cell: (line) => <span className="nw">{formatInstant(line.atMs, zone, t.locale, 'full').slice(0, 16)}</span>,
    },
    { key: 'what', head: t('people.page.history_what'), cell: (line) => whatText(t, line) },
    {
      key: 'fields',
      head: t('people.page.history_fields'),
      cell: (line) => (
        <ul className="hist">
          {Object.entries(line.fields).map(([name, change]) => (
            <li key={name}>
              <span className="mut">{fieldText(t, name)}</span> {changeText(t, name, change)}
            </li>
          ))}
        </ul>
      ),
    },
    { key: 'who', head: t('people.page.history_who'), cell: (line) => <PersonName name={line.actor} /> },
  ]
}

function whatText(t: T, line: HistoryLine): string {
  const name = `people.page.record_name.${line.record}`
  return `${t.has(name) ? t(name) : line.record} ${t(`people.page.record_kind.${line.kind}`)}`
}

function fieldText(t: T, name: string): string {
  const keys = [`people.form.${name}`, `people.act.field.${name}`]
  const short: Readonly<Record<string, string>> = {
    unit: 'people.act.field.unitId',
    window: 'people.act.field.windowId',
  }
  const key = short[name] ?? keys.find((one) => t.has(one)) ?? ''
  return t.has(key) ? t(key) : name
}

type Change = HistoryLine['fields'][string]

/** Codes of closed lists in words; everything else as it is. */
function valueText(t: T, name: string, value: string | number): string {
  const lists: Readonly<Record<string, string>> = {
    identityKind: 'people.kind',
    gender: 'people.gender',
    postCategory: 'people.category',
    assessmentMode: 'people.mode',
    endReason: 'people.end_reason',
    post: 'attendance.post',
  }
  const key = `${lists[name] ?? ''}.${value}`
  return t.has(key) ? t(key) : String(value)
}

function changeText(t: T, name: string, { from, to }: Change): string {
  if (from === '***' || to === '***') return t('people.page.history_sealed')
  const [before, after] = [from, to].map((value) => (value === null ? '' : valueText(t, name, value)))
  if (!before) return t('people.page.history_set', { to: after ?? '' })
  if (!after) return t('people.page.history_gone', { from: before })
  return t('people.page.history_from_to', { from: before, to: after })
}

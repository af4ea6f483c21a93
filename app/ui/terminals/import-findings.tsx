import { attlogLayouts } from '#app/domain/devices/attlog-layouts.ts'
import { writeOffset } from '#app/domain/devices/terminals-view.ts'
import { formatInstant, formatNames, formatNumber } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { pick } from '#app/ui/devices/both.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { Import, Stage } from './import-page.tsx'

/** What an uploaded file would bring: how much is new, how it was read, and every line that was not understood. */
export function ImportFindings({ opened, stage, zone }: { opened: Import; stage: Stage; zone: string }) {
  return (
    <>
      <Figures opened={opened} />
      <HowRead opened={opened} zone={zone} />
      {opened.counts.bad > 0 ? <Problems opened={opened} /> : null}
      <Columns opened={opened} stage={stage} />
    </>
  )
}

const figures = [
  { key: 'new', of: 'fresh', tone: 't-ok' },
  { key: 'known', of: 'known', tone: '' },
  { key: 'doubtful', of: 'doubtful', tone: 't-warn' },
  { key: 'bad', of: 'bad', tone: 't-bad' },
] as const

function Figures({ opened }: { opened: Import }) {
  const t = useT()
  const { counts } = opened
  const shown = { ...counts, fresh: counts.result?.stored ?? counts.fresh, known: counts.result?.known ?? counts.known }
  return (
    <dl className="card kpi">
      {figures.map(({ key, of, tone }) => (
        <div key={key}>
          <dt>{t(`terminals.import.${key}_rows`)}</dt>
          <dd className={shown[of] > 0 ? tone : ''}>
            {formatNumber(shown[of], t.locale)}
            <small>{t(`terminals.import.${key}_text`)}</small>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function encodingsOf(t: T, encodings: Readonly<Record<string, number>>): string {
  const parts = Object.entries(encodings).map(([encoding, count]) => {
    const key = `terminals.import.encoding.${encoding}`
    return t.has(key) ? t(key, { count: formatNumber(count, t.locale) }) : encoding
  })
  return formatNames(parts, t.locale)
}

/** A terminal's wall time: shown by its own distance from UTC, whatever the centre's zone. */
function wallTime(ms: number, utcOffsetMinutes: number, t: T): string {
  return formatInstant(ms + utcOffsetMinutes * 60_000, 'UTC', t.locale, 'full')
}

function HowRead({ opened }: { opened: Import; zone: string }) {
  const t = useT()
  const { counts, source, file, utcOffsetMinutes } = opened
  const { firstMs, lastMs, unknownPins, somePins, twice, encodings } = counts
  const kinds = Object.keys(encodings).filter((name) => name !== 'ascii').length
  const name = pick(t, source.name, source.nameEn)
  const size = formatNumber(Math.ceil(file.size / 1024), t.locale)
  const pins = formatNames(somePins, t.locale)
  const list = unknownPins > somePins.length ? t('terminals.import.pins_more', { list: pins }) : pins
  return (
    <Card>
      <div className="said">
        <p>{t('terminals.import.of', { file: file.name, size, name, serial: source.serial })}</p>
        {firstMs === null || lastMs === null ? null : (
          <p>
            {t('terminals.import.span', {
              first: wallTime(firstMs, utcOffsetMinutes, t),
              last: wallTime(lastMs, utcOffsetMinutes, t),
              offset: writeOffset(utcOffsetMinutes),
            })}
          </p>
        )}
        {unknownPins > 0 ? <p className="t-warn">{t('terminals.import.pins', { count: unknownPins, list })}</p> : null}
        {twice > 0 ? <p>{t('terminals.import.twice', { count: twice })}</p> : null}
        <p className="sub">
          {t('terminals.import.encodings', { list: encodingsOf(t, encodings) })}{' '}
          {kinds > 1 ? t('terminals.import.mixed') : null}
        </p>
      </div>
    </Card>
  )
}

type Problem = Import['counts']['problems'][number]

function Problems({ opened }: { opened: Import }) {
  const t = useT()
  const { problems, bad } = opened.counts
  const say = (prefix: 'fields' | 'problem', code: string) => {
    const key = `terminals.import.${prefix}.${code}`
    return t.has(key) ? t(key) : code
  }
  const columns: Column<Problem>[] = [
    { key: 'line', head: t('terminals.import.line'), cell: ({ line }) => formatNumber(line, t.locale) },
    {
      key: 'field',
      head: t('terminals.import.field'),
      cell: ({ field }) => <span className="nw">{say('fields', field)}</span>,
    },
    {
      key: 'value',
      head: t('terminals.import.value'),
      cell: ({ value }) => <span className="raw">{value.trim()}</span>,
    },
    { key: 'remedy', head: t('terminals.import.remedy'), cell: ({ code }) => say('problem', code) },
  ]
  const more = bad > problems.length
  return (
    <Card
      title={t('terminals.import.problems')}
      extra={
        more ? t('terminals.import.problems_kept', { count: bad, shown: problems.length }) : formatNumber(bad, t.locale)
      }
      padded={false}
    >
      <Table
        caption={t('terminals.import.problems')}
        columns={columns}
        rows={problems}
        id={(row) => String(row.line)}
      />
    </Card>
  )
}

type Found = Import['counts']['columns'][number]

function Columns({ opened, stage }: { opened: Import; stage: Stage }) {
  const t = useT()
  const { columns, chosen, layout } = opened.counts
  const meaningOf = (meaning: string) => {
    const key = `terminals.import.column.${meaning}`
    return t.has(key) ? t(key) : meaning
  }
  const samples = Math.max(0, ...columns.map((column) => column.samples.length))
  const shown: Column<Found>[] = [
    { key: 'meaning', head: t('terminals.import.meaning'), cell: ({ meaning }) => meaningOf(meaning) },
    ...Array.from({ length: samples }, (_, index) => ({
      key: `sample${index}`,
      head: index === 0 ? t('terminals.import.sample') : '',
      cell: (column: Found) => <span className="raw">{column.samples[index] ?? ''}</span>,
    })),
  ]
  return (
    <Card title={t('terminals.import.columns')} extra={t(`terminals.import.layout.${layout}`)} padded={false}>
      <Table caption={t('terminals.import.columns')} columns={shown} rows={columns} id={(column) => column.meaning} />
      {stage === 'preview' ? (
        <div className="cb">
          <Form action={`/readers/import?id=${opened.id}`}>
            <input type="hidden" name="id" value={opened.id} />
            <Field as="select" name="layout" label={t('terminals.import.layout.label')} defaultValue={chosen ?? ''}>
              <option value="">{t('terminals.import.layout.auto')}</option>
              {attlogLayouts.map((one) => (
                <option key={one} value={one}>
                  {t(`terminals.import.layout.${one}`)}
                </option>
              ))}
            </Field>
            <p className="foot">
              <Button small name="intent" value="layout">
                {t('terminals.import.layout.again')}
              </Button>
            </p>
          </Form>
        </div>
      ) : null}
    </Card>
  )
}

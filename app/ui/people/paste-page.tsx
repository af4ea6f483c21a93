import './people.css'
import type { PasteColumn, PasteRow } from '#app/domain/people/paste.ts'
import { pasteColumns, pasteLimit } from '#app/domain/people/paste-columns.ts'
import { formatNames } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card, Heading } from '#app/ui/card.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { problemText } from './words.ts'

export type Preview = {
  readonly header: readonly { readonly label: string; readonly column: PasteColumn | null }[]
  readonly missing: readonly PasteColumn[]
  readonly tooMany: boolean
  readonly rows: readonly PasteRow[]
  readonly ready: number
}

export type PasteModel = { readonly text: string; readonly preview: Preview | null }

/** A block of a spreadsheet as people: what would be stored is shown before anything is. */
export function PastePage({ text, preview }: PasteModel) {
  const t = useT()
  const good = preview !== null && preview.rows.length > 0 && preview.ready === preview.rows.length && !preview.tooMany
  return (
    <div className="people paste">
      <Heading title={<Bilingual k="people.paste_title" />} facts={t('people.form.paste.facts')}>
        <ButtonLink to="/people">{t('people.form.paste.back')}</ButtonLink>
      </Heading>
      {preview ? <Verdict preview={preview} good={good} /> : null}
      <Form>
        {preview && preview.rows.length > 0 ? (
          <Table
            caption={t('people.form.paste.rows')}
            columns={columnsOf(t, preview)}
            rows={preview.rows}
            id={(row) => String(row.line)}
          />
        ) : null}
        {good ? (
          <p className="foot">
            <Button look="primary" name="intent" value="save">
              {t('people.form.paste.save', { count: preview.rows.length })}
            </Button>
          </p>
        ) : null}
        <Card>
          <Field
            as="textarea"
            name="text"
            label={t('people.form.paste.text')}
            hint={t('people.form.paste.text_hint', { columns: columnWords(t) })}
            defaultValue={text}
            rows={preview ? 8 : 14}
            wrap="off"
            spellCheck={false}
          />
          <p className="foot">
            <Button look={good ? 'plain' : 'primary'} name="intent" value="preview">
              {t(preview ? 'people.form.paste.again' : 'people.form.paste.preview')}
            </Button>
          </p>
        </Card>
      </Form>
    </div>
  )
}

/** The words that head the columns, as the centre's own lists have them. */
function columnWords(t: T): string {
  return formatNames(
    Object.values(pasteColumns).map((words) => words[0]),
    t.locale,
  )
}

const labelOf = (column: PasteColumn): string => pasteColumns[column][0]

function Verdict({ preview, good }: { preview: Preview; good: boolean }) {
  const t = useT()
  const { missing, rows, ready, tooMany, header } = preview
  const unknown = header.filter((one) => one.column === null && one.label.trim() !== '').map((one) => one.label)
  return (
    <>
      {tooMany ? <Alert tone="bad" title={t('people.form.paste.too_many', { max: pasteLimit })} urgent /> : null}
      {missing.length > 0 && rows.length === 0 ? (
        <Alert
          tone="warn"
          title={t('people.form.paste.missing', { columns: formatNames(missing.map(labelOf), t.locale) })}
          urgent
        />
      ) : null}
      {missing.length === 0 && rows.length === 0 ? (
        <Alert tone="warn" title={t('people.form.paste.empty')} urgent />
      ) : null}
      {good ? <Alert tone="ok" title={t('people.form.paste.good', { count: ready })} /> : null}
      {rows.length > ready ? (
        <Alert tone="warn" title={t('people.form.paste.bad', { count: rows.length - ready })} urgent>
          {t('people.form.paste.bad_means')}
        </Alert>
      ) : null}
      {unknown.length > 0 ? (
        <Alert
          tone="info"
          title={t('people.form.paste.unknown_columns', { columns: formatNames(unknown, t.locale) })}
        />
      ) : null}
    </>
  )
}

function columnsOf(t: T, preview: Preview): Column<PasteRow>[] {
  const used = preview.header.flatMap(({ column }) => (column && column !== 'name' ? [column] : []))
  return [
    { key: 'line', head: t('people.form.paste.line'), cell: (row) => row.line },
    { key: 'name', head: labelOf('name'), cell: (row) => <PersonName name={row.cells.name ?? ''} /> },
    { key: 'result', head: t('people.form.paste.result'), cell: (row) => <Result row={row} /> },
    ...used.map((column) => ({ key: column, head: labelOf(column), cell: (row: PasteRow) => row.cells[column] ?? '' })),
  ]
}

function Result({ row }: { row: PasteRow }) {
  const t = useT()
  if (row.problems.length === 0 && row.notes.length === 0) return <Badge tone="ok">{t('people.form.paste.ok')}</Badge>
  return (
    <ul className="hist">
      {row.problems.length === 0 ? (
        <li>
          <Badge tone="ok">{t('people.form.paste.ok')}</Badge>
        </li>
      ) : null}
      {row.problems.map((problem) => (
        <li key={`${problem.column}${problem.code}`} className="t-bad">
          {problem.column
            ? t('common.form.about', { label: labelOf(problem.column), message: problemText(t, problem) ?? '' })
            : problemText(t, problem)}
        </li>
      ))}
      {row.notes.map((note) => {
        const key = `people.note.${note.code}`
        return (
          <li key={note.code} className="t-warn">
            {t.has(key) ? t(key, { ...note.facts }) : note.code}
          </li>
        )
      })}
    </ul>
  )
}

import { Link } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { formatNames, formatNumber } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { Pager } from '#app/ui/table.tsx'
import type { ListLine, ListModel } from './list-model.ts'
import type { PrintAnswer } from './papers-page.tsx'

type RegisterTableProps = { model: ListModel; answer: PrintAnswer | null }

/** The list with its boxes to tick and, below it, what is to be printed for whom: one form, complete without script. */
export function RegisterTable({ model, answer }: RegisterTableProps) {
  const box = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const count = () => {
    const boxes = box.current?.querySelectorAll<HTMLInputElement>('input[name="person"]') ?? []
    setChosen([...boxes].filter((one) => one.checked).length)
  }
  const prints = model.filter.form !== 'none'
  return (
    <div ref={box} className="pp-main" onChange={count}>
      <Form action="/papers">
        <input type="hidden" name="year" value={model.year} />
        {Object.entries(model.filter).map(([name, value]) => (
          <input type="hidden" name={name} value={value} key={name} />
        ))}
        {answer ? <Refused answer={answer} /> : null}
        <Lines model={model} prints={prints} recount={count} />
        <Pager page={model.page} pages={model.pages} count={model.found} />
        {prints && model.found > 0 ? <PrintBar model={model} chosen={chosen} /> : null}
      </Form>
    </div>
  )
}

function Refused({ answer }: { answer: PrintAnswer }) {
  const t = useT()
  return (
    <Alert tone="bad" title={t(`assessment.papers.refused.${answer.code}`)} urgent>
      {t(`assessment.papers.refused.${answer.code}_do`, answer.facts)}
    </Alert>
  )
}

function Lines({ model, prints, recount }: { model: ListModel; prints: boolean; recount: () => void }) {
  const t = useT()
  return (
    // biome-ignore lint/a11y: a group, not a landmark, that scrolls by keyboard
    <div className="tw" role="group" tabIndex={0} aria-labelledby="pp-caption">
      <table className="tb pp-tb">
        <caption className="vh" id="pp-caption">
          {t('assessment.papers.caption', { year: model.year })}
        </caption>
        <thead>
          <tr>
            {prints ? (
              <th scope="col" className="c no-print">
                <PickPage recount={recount} />
              </th>
            ) : null}
            <th scope="col">{t('assessment.papers.person')}</th>
            <th scope="col">{t('assessment.papers.where')}</th>
            <th scope="col">{t('assessment.papers.form')}</th>
            {prints ? (
              <>
                <th scope="col">{t('assessment.papers.words')}</th>
                <th scope="col">{t('assessment.papers.blanks')}</th>
                <th scope="col" className="no-print">
                  {t('assessment.papers.paper')}
                </th>
              </>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {model.lines.map((line) => (
            <Line key={line.id} line={line} year={model.year} prints={prints} />
          ))}
          {model.lines.length === 0 ? (
            <tr>
              <td colSpan={7}>
                <Empty title={t('assessment.papers.empty')}>{t('assessment.papers.empty_means')}</Empty>
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  )
}

/** Ticks every box of the page; there only when script runs, since without it the box could do nothing. */
function PickPage({ recount }: { recount: () => void }) {
  const t = useT()
  const [live, setLive] = useState(false)
  useEffect(() => setLive(true), [])
  if (!live) return <>{t('assessment.papers.pick')}</>
  return (
    <input
      type="checkbox"
      aria-label={t('assessment.papers.pick_page')}
      title={t('assessment.papers.pick_page')}
      onChange={(event) => {
        const boxes = event.target.form?.querySelectorAll<HTMLInputElement>('input[name="person"]') ?? []
        for (const box of boxes) box.checked = event.target.checked
        recount()
      }}
    />
  )
}

function Line({ line, year, prints }: { line: ListLine; year: number; prints: boolean }) {
  const t = useT()
  const id = `person-${line.id}`
  return (
    <tr>
      {prints ? (
        <td className="c no-print">
          <input
            type="checkbox"
            name="person"
            value={line.id}
            id={id}
            aria-label={t('assessment.papers.pick_one', { name: line.name })}
          />
        </td>
      ) : null}
      <th scope="row">
        <label htmlFor={id}>
          <PersonName name={line.name} />
        </label>
        <div className="mut xs">{line.number}</div>
      </th>
      <td>
        {line.where}
        <div className="mut xs">{t(`assessment.kind.${line.kind}`)}</div>
      </td>
      <td className="nw">{prints ? t(`assessment.form_short.${line.form}`) : t('assessment.papers.appraisal_only')}</td>
      {prints ? <Filled line={line} year={year} /> : null}
    </tr>
  )
}

function Filled({ line, year }: { line: ListLine; year: number }) {
  const t = useT()
  const { words } = line
  return (
    <>
      <td className="nw">
        {words ? (
          t('assessment.papers.wrote', { count: formatNumber(words.count, t.locale), day: words.day })
        ) : (
          <span className="bdg warn">{t('assessment.papers.no_words')}</span>
        )}
      </td>
      <td>
        <Blanks line={line} />
      </td>
      <td className="nw no-print">
        <a
          href={`/papers/register/${line.id}.pdf?year=${year}`}
          target="_blank"
          rel="noreferrer"
          aria-label={t('assessment.papers.open_pdf_of', { name: line.name })}
        >
          {t('assessment.papers.open_pdf')}
        </a>{' '}
        <a
          href={`/papers/register/${line.id}.pdf?year=${year}&download=1`}
          download
          aria-label={t('assessment.papers.save_pdf_of', { name: line.name })}
        >
          {t('assessment.papers.save_pdf')}
        </a>
      </td>
    </>
  )
}

/** Own words are for the person to write; what stands in the record is filled in there. */
function Blanks({ line }: { line: ListLine }) {
  const t = useT()
  const { id, blanks, toRecord } = line
  if (blanks.length === 0) return <span className="bdg ok">{t('assessment.papers.complete')}</span>
  const named = formatNames(blanks, t.locale)
  if (!toRecord) return <span className="pp-blank">{named}</span>
  return (
    <>
      <span className="pp-blank">{named}</span>{' '}
      <Link to={`/people/${id}/edit`} className="nw">
        {t('assessment.problem.fix_record')}
      </Link>
    </>
  )
}

function PrintBar({ model, chosen }: { model: ListModel; chosen: number | null }) {
  const t = useT()
  return (
    <fieldset className="pp-print card">
      <legend className="vh">{t('assessment.papers.print')}</legend>
      <div className="pp-whom">
        <label>
          <input type="radio" name="whom" value="selected" defaultChecked /> {t('assessment.papers.selected')}
          {chosen === null ? null : (
            <span className="mut" role="status">
              {' '}
              {t('assessment.papers.chosen', { count: chosen })}
            </span>
          )}
        </label>
        <label>
          <input type="radio" name="whom" value="filtered" /> {t('assessment.papers.filtered', { count: model.found })}
        </label>
      </div>
      <div className="pp-acts">
        <Button look="primary" name="as" value="pdf">
          {t('assessment.papers.as_pdf')}
        </Button>
        <Button name="as" value="zip">
          {t('assessment.papers.as_zip')}
        </Button>
      </div>
      <p className="mut sm">
        {model.foundBlank > 0 ? `${t('assessment.papers.with_blanks', { count: model.foundBlank })} ` : null}
        {t('assessment.papers.how')} {t('assessment.papers.opinions')}
      </p>
    </fieldset>
  )
}

import { Link, useSearchParams } from '@remix-run/react'
import { fillStates, formChoices } from '#app/domain/assessment/register-list.ts'
import { formatNumber } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { Segments } from '#app/ui/choices.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { addressWith } from '#app/ui/table.tsx'
import type { ListModel } from './list-model.ts'
import { RegisterTable } from './register-table.tsx'
import './papers.css'

export type RecentPrint = {
  readonly id: string
  readonly time: string
  readonly count: number
  readonly kind: 'pdf' | 'zip'
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
}

export type PrintAnswer = {
  readonly code: 'nobody_selected' | 'too_many' | 'no_register'
  readonly facts: Readonly<Record<string, string | number>>
}

/** Why one person's register could not be opened as a PDF. */
export type PaperRefusal = { readonly name: string; readonly texts: readonly string[] }

export type PapersPageProps = {
  readonly model: ListModel
  readonly recent: readonly RecentPrint[]
  readonly refused: PaperRefusal | null
  readonly answer: PrintAnswer | null
  /** Whether whoever looks writes a summary as well. */
  readonly writes: boolean
}

/** HR's page of a year's registers 登记表. */
export function PapersPage({ model, recent, refused, answer, writes }: PapersPageProps) {
  const t = useT()
  const { year, counts, written, ready } = model
  const empty = counts.all + counts.none === 0
  return (
    <div className="papers">
      <Heading
        title={t('assessment.papers.heading', { year })}
        facts={empty ? null : t('assessment.papers.facts', { count: counts.all, written, ready })}
      >
        {writes ? (
          <ButtonLink small to="/papers/mine">
            <Bilingual k="assessment.papers.mine" />
          </ButtonLink>
        ) : null}
      </Heading>
      {refused ? (
        <Alert tone="bad" title={t('assessment.papers.refused.paper', { name: refused.name })} urgent>
          {refused.texts.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Alert>
      ) : null}
      {empty ? <Nobody model={model} /> : <Body model={model} recent={recent} answer={answer} />}
    </div>
  )
}

function Nobody({ model }: { model: ListModel }) {
  const t = useT()
  return (
    <div className="card">
      <Years model={model} />
      <Empty
        title={t('assessment.papers.nobody', { year: model.year })}
        action={<Link to="/people">{t('assessment.papers.nobody_go')}</Link>}
      >
        {t('assessment.papers.nobody_means')}
      </Empty>
    </div>
  )
}

type BodyProps = Pick<PapersPageProps, 'model' | 'recent' | 'answer'>

function Body({ model, recent, answer }: BodyProps) {
  const [search] = useSearchParams()
  const t = useT()
  return (
    <>
      <div className="pp-top">
        <Segments
          label={t('assessment.papers.forms')}
          choices={formChoices.map((form) => ({
            to: addressWith(search, { form: form === 'all' ? null : form, page: null }),
            label: t(`assessment.papers.${form}`, { count: model.counts[form] }),
            current: model.filter.form === form,
          }))}
        />
        <Years model={model} />
      </div>
      <RegisterFilters model={model} />
      <div className="pp-cols">
        <RegisterTable model={model} answer={answer} />
        <div className="pp-side">
          <Without model={model} />
          <Recent recent={recent} />
          <p className="mut sm">{t('assessment.papers.faces')}</p>
        </div>
      </div>
    </>
  )
}

function Years({ model }: { model: ListModel }) {
  const [search] = useSearchParams()
  const t = useT()
  return (
    <Segments
      label={t('assessment.papers.year')}
      choices={model.years.map((year) => ({
        to: addressWith(search, { year: String(year), page: null }),
        label: String(year),
        current: year === model.year,
      }))}
    />
  )
}

function RegisterFilters({ model }: { model: ListModel }) {
  const t = useT()
  const { filter } = model
  const selects = [
    { name: 'unit', any: t('assessment.papers.any_unit'), value: filter.unit, options: model.units },
    { name: 'zone', any: t('assessment.papers.any_zone'), value: filter.zone, options: model.zones },
    {
      name: 'kind',
      any: t('assessment.papers.any_kind'),
      value: filter.kind,
      options: model.kinds.map((kind) => ({ id: kind, name: t(`assessment.kind.${kind}`) })),
    },
    {
      name: 'state',
      any: `${t('assessment.papers.state')}: ${t('assessment.papers.any_state')}`,
      value: filter.state,
      options: fillStates.map((state) => ({ id: state, name: t(`assessment.papers.states.${state}`) })),
    },
  ] as const
  return (
    <form method="get" className="filters" aria-label={t('common.filter.label')}>
      <input type="hidden" name="year" value={model.year} />
      {filter.form === 'all' ? null : <input type="hidden" name="form" value={filter.form} />}
      {selects.map(({ name, any, value, options }) => (
        <select
          className="in"
          name={name}
          defaultValue={value}
          key={`${name}${value}`}
          aria-label={t(`assessment.papers.${name}`)}
        >
          <option value="">{any}</option>
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.name}
            </option>
          ))}
        </select>
      ))}
      <input
        className="in pp-q"
        name="q"
        type="search"
        defaultValue={filter.q}
        key={filter.q}
        placeholder={t('assessment.papers.search')}
        aria-label={t('assessment.papers.search')}
      />
      <button type="submit" className="btn sm">
        {t('common.filter.apply')}
      </button>
      {filter.unit || filter.zone || filter.kind || filter.state || filter.q ? (
        <Link to={`/papers?year=${model.year}`}>{t('common.filter.clear')}</Link>
      ) : null}
    </form>
  )
}

function Without({ model }: { model: ListModel }) {
  const t = useT()
  const [search] = useSearchParams()
  if (model.counts.none === 0) return null
  return (
    <Card title={t('assessment.papers.without', { count: model.counts.none })}>
      <p className="sm">{t('assessment.papers.without_why')}</p>
      <ul className="pp-lines sm">
        {model.without.map(({ kind, count }) => (
          <li key={kind}>
            <Link to={addressWith(search, { form: 'none', kind, page: null, q: null })}>
              {t('assessment.papers.without_line', { kind: t(`assessment.kind.${kind}`), count })}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const tones = { waiting: 'info', running: 'info', done: 'ok', failed: 'bad', cancelled: 'plain' } as const

function Recent({ recent }: { recent: readonly RecentPrint[] }) {
  const t = useT()
  if (recent.length === 0) return null
  return (
    <Card title={t('assessment.papers.recent')}>
      <ul className="pp-lines sm">
        {recent.map(({ id, time, count, kind, state }) => (
          <li key={id}>
            <Link to={`/papers/prints/${id}`}>
              {t('assessment.papers.recent_line', {
                time,
                count: formatNumber(count, t.locale),
                kind: t(`assessment.papers.kinds.${kind}`),
              })}
            </Link>{' '}
            <span className={`bdg ${tones[state]}`}>{t(`assessment.state.${state}`)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

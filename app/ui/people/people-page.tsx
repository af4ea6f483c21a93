import './people.css'
import { Link, useSearchParams } from '@remix-run/react'
import type { ReactNode } from 'react'
import { identityKinds } from '#app/domain/people/person.ts'
import type { PersonRow } from '#app/domain/people/record.ts'
import { formatDay, formatNames } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Empty, Heading } from '#app/ui/card.tsx'
import { Chip, Filters } from '#app/ui/choices.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { addressWith } from '#app/ui/table.tsx'
import { PeopleTable } from './people-table.tsx'
import { kindText, pick } from './words.ts'

export type Choice = { readonly id: string; readonly name: string; readonly nameEn: string }

export type PeopleModel = {
  readonly day: string
  readonly query: {
    readonly q: string
    readonly unit: string
    readonly zone: string
    readonly kind: string
    readonly state: string
    readonly page: number
    /** The whole list for the printer, not a page of it. */
    readonly print: boolean
  }
  readonly rows: readonly PersonRow[]
  readonly count: number
  readonly pages: number
  readonly choices: { readonly units: readonly Choice[]; readonly zones: readonly Choice[] }
  readonly manages: boolean
  /** How many were just added by pasting. */
  readonly added: number | null
}

const states = ['serving', 'coming', 'left', 'all'] as const

export function PeoplePage(model: PeopleModel) {
  const t = useT()
  const [search] = useSearchParams()
  const { query, count, day } = model
  return (
    <div className="people">
      <Heading
        title={<Bilingual k="people.title" />}
        facts={t(query.state === 'serving' ? 'people.facts' : 'people.listed', {
          day: formatDay(day, t.locale),
          count,
        })}
      >
        {query.print ? (
          <ButtonLink to={addressWith(search, { print: null })}>{t('people.list.back')}</ButtonLink>
        ) : (
          <Acts manages={model.manages} />
        )}
      </Heading>
      {model.added === null ? null : <Alert tone="ok" title={t('people.form.paste.done', { count: model.added })} />}
      {query.print ? <p className="sub sm no-print">{t('people.list.print_hint')}</p> : <Find model={model} />}
      {model.rows.length === 0 ? <Nobody model={model} /> : <PeopleTable model={model} />}
    </div>
  )
}

function Acts({ manages }: { manages: boolean }) {
  const t = useT()
  const [search] = useSearchParams()
  return (
    <>
      <ButtonLink to={addressWith(search, { print: '1', page: null })}>{t('people.list.print')}</ButtonLink>
      {manages ? (
        <>
          <ButtonLink to="/people/paste">{t('people.list.paste')}</ButtonLink>
          <ButtonLink to="/people/new" look="primary">
            {t('people.list.add')}
          </ButtonLink>
        </>
      ) : null}
    </>
  )
}

function Find({ model }: { model: PeopleModel }) {
  const t = useT()
  const [search] = useSearchParams()
  const { query, choices } = model
  return (
    <>
      <Filters>
        <input
          className="in q"
          type="search"
          name="q"
          defaultValue={query.q}
          aria-label={t('people.list.search')}
          placeholder={t('people.list.search_hint')}
        />
        <Select name="state" value={query.state} label={t('people.list.state')}>
          {states.map((state) => (
            <option key={state} value={state === 'serving' ? '' : state}>
              {t(`people.state.${state}`)}
            </option>
          ))}
        </Select>
        <Select name="unit" value={query.unit} label={t('people.list.unit')}>
          <Options all={t('people.list.all_units')} of={choices.units} />
        </Select>
        <Select name="zone" value={query.zone} label={t('people.list.zone')}>
          <Options all={t('people.list.all_zones')} of={choices.zones} />
        </Select>
        <Select name="kind" value={query.kind} label={t('people.list.kind')}>
          <option value="">{t('people.list.all_kinds')}</option>
          {identityKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindText(t, kind)}
            </option>
          ))}
        </Select>
        {search.get('sort') ? <input type="hidden" name="sort" value={search.get('sort') ?? ''} /> : null}
      </Filters>
      <Chips model={model} />
    </>
  )
}

type SelectProps = { name: string; value: string; label: string; children: ReactNode }

function Select({ name, value, label, children }: SelectProps) {
  return (
    <select className="in" name={name} defaultValue={value === 'serving' ? '' : value} aria-label={label} key={value}>
      {children}
    </select>
  )
}

function Options({ all, of }: { all: string; of: readonly Choice[] }) {
  const t = useT()
  return (
    <>
      <option value="">{all}</option>
      {of.map((one) => (
        <option key={one.id} value={one.id}>
          {pick(t, one.name, one.nameEn)}
        </option>
      ))}
    </>
  )
}

/** Which filters hold, each with its name. */
function active(t: T, { query, choices }: PeopleModel): { readonly name: string; readonly label: string }[] {
  const named = (list: readonly Choice[], id: string) => {
    const one = list.find((choice) => choice.id === id)
    return one ? pick(t, one.name, one.nameEn) : null
  }
  const found: readonly (readonly [string, string | null])[] = [
    ['q', query.q || null],
    ['state', query.state === 'serving' ? null : t(`people.state.${query.state as 'all'}`)],
    ['unit', named(choices.units, query.unit)],
    ['zone', named(choices.zones, query.zone)],
    ['kind', query.kind ? kindText(t, query.kind) : null],
  ]
  return found.flatMap(([name, label]) => (label ? [{ name, label }] : []))
}

function Chips({ model }: { model: PeopleModel }) {
  const t = useT()
  const [search] = useSearchParams()
  const chips = active(t, model)
  if (chips.length === 0) return null
  return (
    <p className="row chips">
      {chips.map((chip) => (
        <Chip key={chip.name} label={chip.label} without={addressWith(search, { [chip.name]: null, page: null })} />
      ))}
      <Link to="/people">{t('people.list.clear')}</Link>
    </p>
  )
}

function Nobody({ model }: { model: PeopleModel }) {
  const t = useT()
  const what = active(t, model).map((one) => one.label)
  if (what.length > 0)
    return (
      <div className="card">
        <Empty
          title={t('people.list.found_none')}
          action={
            <ButtonLink to={model.query.q ? `/people?state=all&q=${encodeURIComponent(model.query.q)}` : '/people'}>
              {t(model.query.q && what.length > 1 ? 'people.list.found_all' : 'people.list.clear')}
            </ButtonLink>
          }
        >
          {t('people.list.found_none_means', { what: formatNames(what, t.locale) })}
        </Empty>
      </div>
    )
  return (
    <div className="card">
      <Empty
        title={t('people.list.none')}
        action={
          model.manages ? (
            <ButtonLink to="/people/new" look="primary">
              {t('people.list.add')}
            </ButtonLink>
          ) : null
        }
      >
        {t(model.manages ? 'people.list.none_means' : 'people.list.none_scope')}
      </Empty>
    </div>
  )
}

import { Form as GetForm, useSubmit } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { formatInstant } from '#app/i18n/format.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { type Claiming, type DoubtfulModel, hrefOf, named, type Typed } from './model.ts'

type PanelProps = { model: DoubtfulModel; claiming: Claiming; typed: Typed | null }

/** Asks whose a number is: first a search for people, then who it is and for which time. */
export function ClaimPanel({ model, claiming, typed }: PanelProps) {
  const t = useT()
  const { line } = claiming
  const at = (ms: number) => formatInstant(ms, model.zone, t.locale, 'full')
  const facts = { source: named(t, line.source), number: line.subject }
  return (
    <div className="db-claim">
      <Card title={t('doubtful.claim.title', facts)}>
        <p>{t('doubtful.claim.text', { count: line.count, first: at(line.firstMs), last: at(line.lastMs) })}</p>
        {line.terminalName ? (
          <p className="mut">{t('doubtful.claim.terminal_name', { name: line.terminalName })}</p>
        ) : null}
        <Search model={model} claiming={claiming} />
        {claiming.q !== '' && claiming.found.length === 0 ? (
          <p role="status">{t('doubtful.claim.nobody', { q: claiming.q })}</p>
        ) : null}
        {claiming.found.length > 0 ? <Whose model={model} claiming={claiming} typed={typed} /> : null}
      </Card>
    </div>
  )
}

/** Searches by the button; where script runs also a moment after the last letter. */
function Search({ model, claiming }: Omit<PanelProps, 'typed'>) {
  const t = useT()
  const submit = useSubmit()
  const later = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(later.current), [])
  const { line, q } = claiming
  const kept = { show: 'parked', of: line.sourceId, number: line.subject, ...model.filter }
  return (
    <GetForm
      method="get"
      action="/readers/doubtful"
      className="db-find"
      onChange={(event) => {
        const form = event.currentTarget
        clearTimeout(later.current)
        later.current = setTimeout(() => submit(form, { replace: true, preventScrollReset: true }), 300)
      }}
    >
      {Object.entries(kept).map(([name, value]) =>
        value === '' ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
      <Field
        name="find"
        type="search"
        label={t('doubtful.claim.search')}
        hint={t('doubtful.claim.search_hint')}
        defaultValue={q}
        autoComplete="off"
      />
      <Button>{t('doubtful.claim.find')}</Button>
    </GetForm>
  )
}

function Whose({ model, claiming, typed }: PanelProps) {
  const t = useT()
  const { line, q, found } = claiming
  const next = line.nextMs === null ? null : formatInstant(line.nextMs, model.zone, t.locale, 'full')
  const only = found.length === 1 ? found[0]?.id : undefined
  return (
    <Form action={hrefOf(model, 'parked', { of: line.sourceId, number: line.subject, find: q })}>
      <input type="hidden" name="intent" value="claim" />
      <input type="hidden" name="source" value={line.sourceId} />
      <input type="hidden" name="subject" value={line.subject} />
      <fieldset className="db-people">
        <legend>{t('doubtful.claim.who')}</legend>
        {found.map((one) => (
          <label key={one.id}>
            <input
              type="radio"
              name="person"
              value={one.id}
              defaultChecked={(typed?.fields.person ?? only) === one.id}
            />
            <PersonName name={named(t, one)} />
            <span className="mut">
              {[one.staffNumber, one.unit, stateText(t, one.state)].filter(Boolean).join(' · ')}
            </span>
          </label>
        ))}
      </fieldset>
      <Field
        name="from"
        type="datetime-local"
        step={1}
        label={t('doubtful.claim.from')}
        hint={t('doubtful.claim.from_hint')}
        defaultValue={typed?.fields.from ?? ''}
        optional
      />
      <Field
        name="to"
        type="datetime-local"
        step={1}
        label={t('doubtful.claim.to')}
        hint={next ? t('doubtful.claim.to_next', { at: next }) : t('doubtful.claim.to_hint')}
        defaultValue={typed?.fields.to ?? next?.replace(' ', 'T') ?? ''}
        optional
      />
      <div className="foot">
        <Button look="primary">{t('doubtful.claim.submit')}</Button>
        <ButtonLink to={hrefOf(model, 'parked')}>{t('doubtful.claim.cancel')}</ButtonLink>
      </div>
    </Form>
  )
}

function stateText(t: ReturnType<typeof useT>, state: string): string {
  const key = `doubtful.claim.state.${state}`
  return t.has(key) ? t(key) : state
}

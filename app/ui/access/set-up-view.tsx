import './set-up.css'
import type { ReactNode } from 'react'
import { firstRoles, type SetUpProblem, type Typed } from '#app/domain/access/set-up.ts'
import type { Key } from '#app/i18n/catalogue.ts'
import { formatDay } from '#app/i18n/format.ts'
import type { PresetCard } from '#app/ui/access/preset-card.ts'
import { PresetChoices } from '#app/ui/access/preset-choices.tsx'
import { SetUpSteps } from '#app/ui/access/set-up-steps.tsx'
import { Button } from '#app/ui/button.tsx'
import { Heading } from '#app/ui/card.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { LanguageLink } from '#app/ui/shell/language-link.tsx'

type Problem = SetUpProblem | { readonly code: 'code' }

export type SetUpModel = {
  readonly zone: string
  readonly publicUrl: string
  readonly validFrom: string
  readonly presets: readonly PresetCard[]
  readonly typed: Typed
  readonly problems: Readonly<Record<string, Problem | undefined>>
}

/** Everything that has to be known before anybody can sign in, on one page, so that nothing is left half done. */
export function SetUpView(model: SetUpModel) {
  const t = useT()
  const errors = useErrors(model.problems)
  return (
    <div className="setup">
      <header className="setup-bar">
        <b className="logo" aria-hidden="true">
          {t('common.product_short')}
        </b>
        <span>{t('common.product')}</span>
        <LanguageLink />
      </header>
      <main id="main" className="main">
        <Heading title={<Bilingual k="access.set_up.title" />} facts={t('access.set_up.facts')} />
        <div className="setup-columns">
          <SetUpSteps />
          <Form errors={errors} labels={useLabels()}>
            <CodePart model={model} errors={errors} />
            <CentrePart model={model} errors={errors} />
            <AccountsPart model={model} errors={errors} />
            <Part
              number={4}
              title="access.set_up.rules.title"
              note={`${t('access.set_up.rules.note')} ${t('access.set_up.rules.from', {
                day: formatDay(model.validFrom, t.locale, 'full'),
              })}`}
            >
              <PresetChoices presets={model.presets} chosen={model.typed.preset ?? 'four'} error={errors.preset} />
            </Part>
            <div className="foot">
              <Button look="primary">{t('access.set_up.go')}</Button>
              <span className="mut sm">{t('access.set_up.go_note')}</span>
            </div>
          </Form>
        </div>
      </main>
    </div>
  )
}

type Errors = Readonly<Record<string, string | undefined>>
type PartProps = { readonly model: SetUpModel; readonly errors: Errors }

function useErrors(problems: SetUpModel['problems']): Errors {
  const t = useT()
  const entries = Object.entries(problems).map(([field, problem]) => {
    if (!problem) return [field, undefined]
    if (problem.code === 'code') return [field, t('access.set_up.code.wrong')]
    return [field, t(`access.set_up.problem.${problem.code}`, { max: problem.max ?? 0 })]
  })
  return Object.fromEntries(entries)
}

function useLabels(): Record<string, string> {
  const t = useT()
  const accounts = firstRoles.flatMap((role) => [
    [`${role}_number`, `${t(`access.role.${role}`)} · ${t('access.set_up.accounts.number')}`],
    [`${role}_name`, `${t(`access.role.${role}`)} · ${t('access.set_up.accounts.name')}`],
  ])
  return {
    code: t('access.set_up.code.label'),
    name: t('access.set_up.centre.name'),
    name_en: t('access.set_up.centre.name_en'),
    zone: t('access.set_up.centre.zone'),
    public_url: t('access.set_up.centre.public_url'),
    preset: t('access.set_up.rules.title'),
    ...Object.fromEntries(accounts),
  }
}

/** One numbered step, a card of the form. */
function Part(props: { number: number; title: Key; note?: string; children: ReactNode }) {
  return (
    <section className="card setup-part" aria-labelledby={`part-${props.number}`}>
      <div className="ch">
        <span className="num2" aria-hidden="true">
          {props.number}
        </span>
        <h2 id={`part-${props.number}`}>
          <Bilingual k={props.title} />
        </h2>
        {props.note ? <span className="x mut">{props.note}</span> : null}
      </div>
      <div className="cb">{props.children}</div>
    </section>
  )
}

function CodePart({ model, errors }: PartProps) {
  const t = useT()
  return (
    <Part number={1} title="access.set_up.code.title">
      <div className="setup-code">
        <Field
          name="code"
          label={t('access.set_up.code.label')}
          hint={t('access.set_up.code.hint')}
          error={errors.code}
          defaultValue={model.typed.code ?? ''}
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={40}
          required
        />
      </div>
    </Part>
  )
}

function CentrePart({ model, errors }: PartProps) {
  const t = useT()
  const { typed } = model
  const text = (name: 'name' | 'name_en' | 'zone' | 'public_url', hint: Key | null, start = '') => (
    <Field
      name={name}
      label={t(`access.set_up.centre.${name}`)}
      error={errors[name]}
      defaultValue={typed[name] ?? start}
      maxLength={200}
      {...(hint ? { hint: t(hint) } : {})}
    />
  )
  return (
    <Part number={2} title="access.set_up.centre.title">
      <div className="setup-pairs">
        {text('name', 'access.set_up.centre.name_hint')}
        {text('name_en', null)}
        {text('zone', 'access.set_up.centre.zone_hint', model.zone)}
        {text('public_url', 'access.set_up.centre.public_url_hint', model.publicUrl)}
      </div>
    </Part>
  )
}

function AccountsPart({ model, errors }: PartProps) {
  const t = useT()
  return (
    <Part number={3} title="access.set_up.accounts.title" note={t('access.set_up.accounts.note')}>
      <div className="setup-accounts">
        {firstRoles.map((role) => (
          <fieldset key={role}>
            <legend>
              <Bilingual k={`access.role.${role}`} block />
            </legend>
            <p className="sub sm">{t(`access.set_up.accounts.does.${role}`)}</p>
            <Field
              name={`${role}_number`}
              label={t('access.set_up.accounts.number')}
              error={errors[`${role}_number`]}
              defaultValue={model.typed[`${role}_number`] ?? ''}
              autoComplete="off"
              maxLength={40}
            />
            <Field
              name={`${role}_name`}
              label={t('access.set_up.accounts.name')}
              error={errors[`${role}_name`]}
              defaultValue={model.typed[`${role}_name`] ?? ''}
              autoComplete="off"
              maxLength={400}
            />
          </fieldset>
        ))}
      </div>
    </Part>
  )
}

import { type WayProblem, wayKinds, wayReasons } from '#app/domain/devices/alternate.ts'
import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { nameOf } from '#app/ui/enrolment/texts.ts'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import type { AlternatePageProps } from './alternate-page.tsx'

/** A card or a PIN for somebody, with the category of its reason and its days. */
export function GiveCard({ view, typed, problems, path }: AlternatePageProps & { path: string }) {
  const t = useT()
  if (view.person.left) return <p className="sub">{t('alternates.refused.person_left')}</p>
  const said = (problem: WayProblem | undefined) =>
    problem === undefined ? undefined : t(`alternates.problem.${problem}`)
  const errors = Object.fromEntries(Object.entries(problems).map(([name, problem]) => [name, said(problem)]))
  const labels = {
    kind: t('alternates.kind.label'),
    card: t('alternates.card.label'),
    reason: t('alternates.reason.label'),
    other: t('alternates.reason.other_label'),
    from: t('alternates.from.label'),
    to: t('alternates.to.label'),
  }
  return (
    <Card title={<Bilingual k="alternates.give" />} footer={<span className="mut sm">{t('alternates.law')}</span>}>
      <Form action={path} errors={errors} labels={labels}>
        <fieldset id="kind" className="alt-kinds">
          <legend>{labels.kind}</legend>
          {wayKinds.map((kind) => (
            <label key={kind}>
              <input type="radio" name="kind" value={kind} defaultChecked={typed?.kind === kind} />
              <span>
                <b>{t(`alternates.kind.${kind}`)}</b> <small>{t(`alternates.kind.${kind}_text`)}</small>
              </span>
            </label>
          ))}
          {errors.kind === undefined ? null : <p className="err">{errors.kind}</p>}
        </fieldset>
        <Field
          name="card"
          label={labels.card}
          hint={t('alternates.card.hint')}
          error={errors.card}
          defaultValue={typed?.card ?? ''}
          autoComplete="off"
          maxLength={40}
          optional
        />
        <Field as="select" name="reason" label={labels.reason} error={errors.reason} defaultValue={typed?.reason ?? ''}>
          <option value="" />
          {wayReasons.map((reason) => (
            <option key={reason} value={reason}>
              {t(`alternates.reason.${reason}`)}
            </option>
          ))}
        </Field>
        <Field
          name="other"
          label={labels.other}
          hint={t('alternates.reason.other_hint')}
          error={errors.other}
          defaultValue={typed?.other ?? ''}
          optional
        />
        <div className="alt-days">
          <Field
            name="from"
            type="date"
            label={labels.from}
            hint={t('alternates.from.hint')}
            error={errors.from}
            defaultValue={typed?.from ?? ''}
            optional
          />
          <Field
            name="to"
            type="date"
            label={labels.to}
            hint={t('alternates.to.hint')}
            error={errors.to}
            defaultValue={typed?.to ?? ''}
            optional
          />
        </div>
        <p>
          <Button look="primary" name="intent" value="give">
            {t('alternates.submit', { name: nameOf(t, view.person) })}
          </Button>
        </p>
      </Form>
    </Card>
  )
}

import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Segments } from '#app/ui/choices.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import type { AskAct, AskedModel, Focus } from './asked-page.tsx'
import { errorsOf } from './errors.ts'
import type { Refused, Typed } from './model.ts'
import { roleNames, State } from './parts.tsx'
import { RoleFields } from './role-fields.tsx'

type CardProps = { readonly model: AskedModel; readonly refused: Refused | null; readonly typed: Typed }

/** One person or account: what it is now, and what may be asked for it. */
export function FocusCard({ model, focus, refused, typed }: CardProps & { readonly focus: Focus }) {
  const t = useT()
  const self = focus.accountId ? `account=${focus.accountId}` : `person=${focus.personId}`
  const choices = focus.acts.map((act) => ({
    to: `/accounts/asked?${self}&act=${act}`,
    label: t(`accounts.asked.ask.${act}`),
    current: act === focus.act,
  }))
  return (
    <div className="focus">
      <Card
        title={
          <>
            <PersonName name={focus.name} /> <span className="mut">{focus.signIn}</span>
          </>
        }
        extra={<State of={focus} zone={model.zone} />}
      >
        {focus.accountId ? <p>{roleNames(t, focus.roles) || t('accounts.no_roles')}</p> : null}
        {choices.length > 0 ? <Segments label={t('accounts.asked.can')} choices={choices} /> : null}
        {focus.act ? (
          <AskForm model={model} focus={focus} act={focus.act} refused={refused} typed={typed} />
        ) : (
          <p>
            <ButtonLink small to="/accounts/asked">
              {t('accounts.asked.close')}
            </ButtonLink>
          </p>
        )}
      </Card>
    </div>
  )
}

function useLabels() {
  const t = useT()
  return {
    number: t('accounts.asked.number'),
    name: t('accounts.asked.name'),
    role: t('accounts.asked.roles'),
    unit: t('accounts.asked.unit'),
    from: t('accounts.asked.from'),
    to: t('accounts.asked.to'),
    reason: t('accounts.asked.reason'),
  }
}

function tickedOf(typed: Typed, before: readonly string[]): readonly string[] {
  return typed.role === undefined ? before : typed.role.split(' ')
}

type AskFormProps = CardProps & { readonly focus: Focus; readonly act: AskAct }

function AskForm({ model, focus, act, refused, typed }: AskFormProps) {
  const t = useT()
  const withRoles = act === 'account' || act === 'roles'
  const fields = withRoles ? ['role', 'unit', 'from', 'to', 'reason'] : ['reason']
  const errors = errorsOf(t, refused, act, fields)
  const labels = useLabels()
  return (
    <Form errors={errors} labels={labels}>
      <p className="sub sm">{t(`accounts.asked.means.${act}`)}</p>
      <input type="hidden" name="target" value={focus.accountId ?? focus.personId ?? ''} />
      {withRoles ? (
        <RoleFields
          roles={model.askable}
          ticked={tickedOf(typed, act === 'account' ? focus.proposed : [])}
          units={model.units}
          typed={typed}
          errors={errors}
        />
      ) : null}
      <Reason typed={typed} error={errors.reason} optional={act === 'account'} />
      <div className="foot">
        <Button look={act === 'disable' ? 'danger' : 'primary'} name="intent" value={act}>
          {t(`accounts.asked.ask.${act}`)}
        </Button>
        <ButtonLink to="/accounts/asked">{t('accounts.asked.close')}</ButtonLink>
      </div>
    </Form>
  )
}

type ReasonProps = { readonly typed: Typed; readonly error: string | undefined; readonly optional: boolean }

function Reason({ typed, error, optional }: ReasonProps) {
  const t = useT()
  return (
    <Field
      as="textarea"
      name="reason"
      label={t('accounts.asked.reason')}
      hint={t('accounts.asked.reason_hint')}
      defaultValue={typed.reason ?? ''}
      maxLength={500}
      optional={optional}
      error={error}
    />
  )
}

/** For somebody who is not in the register: number and name are typed here. */
export function OutsiderCard({ model, refused, typed }: CardProps) {
  const t = useT()
  const errors = errorsOf(t, refused, 'outsider', ['number', 'name', 'role', 'unit', 'from', 'to', 'reason'])
  const labels = useLabels()
  return (
    <div className="focus">
      <Card title={<Bilingual k="accounts.asked.outsider_title" />}>
        <Form action="/accounts/asked?act=outsider" errors={errors} labels={labels}>
          <p className="sub sm">{t('accounts.asked.outsider_note')}</p>
          <div className="two">
            <Field
              name="number"
              label={labels.number}
              defaultValue={typed.number ?? ''}
              error={errors.number}
              maxLength={20}
              autoComplete="off"
              required
            />
            <Field
              name="name"
              label={labels.name}
              defaultValue={typed.name ?? ''}
              error={errors.name}
              maxLength={100}
              autoComplete="off"
              required
            />
          </div>
          <RoleFields
            roles={model.askable}
            ticked={tickedOf(typed, [])}
            units={model.units}
            typed={typed}
            errors={errors}
          />
          <Reason typed={typed} error={errors.reason} optional />
          <div className="foot">
            <Button look="primary" name="intent" value="outsider">
              {t('accounts.asked.ask.account')}
            </Button>
            <ButtonLink to="/accounts/asked">{t('accounts.asked.close')}</ButtonLink>
          </div>
        </Form>
      </Card>
    </div>
  )
}

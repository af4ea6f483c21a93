import './password.css'
import { Alert } from '#app/ui/alert.tsx'
import { Button } from '#app/ui/button.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { useRootData } from '#app/ui/root-data.tsx'
import { LanguageLink } from '#app/ui/shell/language-link.tsx'

export type PasswordModel = {
  /** The first sign-in: an activation code becomes a password, and nothing else is open before. */
  readonly first: boolean
  readonly home: string
  readonly length: number
  readonly classes: number
  readonly result: {
    readonly done: { readonly ended: number; readonly first: boolean } | null
    readonly problems: readonly string[]
  } | null
}

export function PasswordView(model: PasswordModel) {
  const t = useT()
  const root = useRootData()
  const done = model.result?.done
  const first = model.first && !done
  return (
    <main className="password" id="main">
      <p className="password-top">
        <span className="sub">{root?.visitor?.name}</span>
        <LanguageLink />
      </p>
      <div className="card">
        <div className="cb">
          <h1>
            <Bilingual k={first ? 'access.password.title_first' : 'access.password.title'} />
          </h1>
          {done ? (
            <Done ended={done.ended} home={model.home} />
          ) : (
            <>
              <p className="sub">{t(first ? 'access.password.sub_first' : 'access.password.sub')}</p>
              <PasswordForm model={model} />
              {first ? <Later /> : null}
            </>
          )}
        </div>
      </div>
    </main>
  )
}

function Done({ ended, home }: { ended: number; home: string }) {
  const t = useT()
  return (
    <>
      <Alert tone="ok" title={t('access.password.done')} urgent>
        {ended === 0 ? t('access.password.done_plain') : t('access.password.done_means', { ended, count: ended })}
      </Alert>
      <p className="password-next">
        <a className="btn pri" href={home}>
          {t('common.bar.home')}
        </a>
      </p>
    </>
  )
}

const fieldOf: Readonly<Record<string, string>> = { wrong_current: 'current', not_the_same: 'again' }

function PasswordForm({ model }: { model: PasswordModel }) {
  const t = useT()
  const { first, length, classes } = model
  const errors: Record<string, string> = {}
  for (const problem of model.result?.problems ?? []) {
    const field = fieldOf[problem] ?? 'wanted'
    const key = `access.password.problem.${problem === 'wrong_current' && first ? 'wrong_code' : problem}`
    if (t.has(key)) errors[field] = [errors[field], t(key, { length, classes })].filter(Boolean).join(' ')
  }
  if (Object.keys(errors).length > 0) errors[''] = t('access.password.refused')
  const labels = {
    current: t(first ? 'access.password.current_first' : 'access.password.current'),
    wanted: t('access.password.wanted'),
    again: t('access.password.again'),
  }
  const field = (name: 'current' | 'wanted' | 'again', autoComplete: string, hint: string | null) => (
    <Field
      name={name}
      type="password"
      label={labels[name]}
      autoComplete={autoComplete}
      error={errors[name]}
      maxLength={500}
      required
      {...(hint ? { hint } : {})}
    />
  )
  return (
    <Form errors={errors} labels={labels}>
      {field('current', 'current-password', null)}
      {field('wanted', 'new-password', t('access.password.rule', { length, classes }))}
      {field('again', 'new-password', null)}
      <div className="foot">
        <Button look="primary">{t('access.password.go')}</Button>
        {first ? null : (
          <a className="btn" href={model.home}>
            {t('access.password.keep')}
          </a>
        )}
      </div>
    </Form>
  )
}

function Later() {
  const t = useT()
  const csrf = useRootData()?.csrf ?? ''
  return (
    <form method="post" action="/sign-out" className="password-later">
      <input type="hidden" name="csrf" value={csrf} />
      <Button look="ghost">{t('access.password.later')}</Button>
    </form>
  )
}

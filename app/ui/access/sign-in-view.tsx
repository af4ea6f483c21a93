import './sign-in.css'
import { type KeyboardEvent, useState } from 'react'
import type { Role } from '#app/domain/access/roles.ts'
import { formatDay, formatInstant, formatNames } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button } from '#app/ui/button.tsx'
import { Field } from '#app/ui/field.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { useRootData } from '#app/ui/root-data.tsx'
import { LanguageLink } from '#app/ui/shell/language-link.tsx'

type Refused = {
  readonly code: 'missing' | 'wrong_password' | 'locked' | 'no_role' | 'code_over' | 'posting_over'
  readonly facts: Readonly<Record<string, string | number>>
  readonly number: string
}

export type SignInModel = {
  readonly centre: { readonly name: string; readonly nameEn: string } | null
  readonly zone: string
  readonly to: string | null
  readonly idleMinutes: number
  readonly demo: {
    readonly password: string
    readonly accounts: readonly { readonly role: Role; readonly signIn: string; readonly name: string }[]
  } | null
  readonly refused: Refused | null
}

export function SignInView(model: SignInModel) {
  const t = useT()
  return (
    <div className="signin">
      <Brand centre={model.centre} />
      <main className="signin-form" id="main">
        <div className="signin-top">
          <LanguageLink />
        </div>
        <h2>
          <Bilingual k="access.sign_in.title" />
        </h2>
        <p className="sub">{t('access.sign_in.sub')}</p>
        <Refusal refused={model.refused} zone={model.zone} />
        <PasswordForm model={model} />
        {model.demo ? <DemoAccounts demo={model.demo} to={model.to} /> : null}
        <p className="signin-foot">{t('access.sign_in.foot', { minutes: model.idleMinutes })}</p>
      </main>
    </div>
  )
}

/** Windows as the board draws them: on duty, out, empty, unknown. Decoration only. */
const hall = '........o...' + '........eo..' + '...uu.......'

const tiles: Readonly<Record<string, string>> = { '.': 'on', o: 'out', e: 'empty', u: 'unknown' }

function Brand({ centre }: { centre: SignInModel['centre'] }) {
  const t = useT()
  const name = t.locale === 'en' ? centre?.nameEn || centre?.name : centre?.name
  return (
    <header className="signin-brand">
      <div className="logo" aria-hidden="true">
        {t('common.product_short')}
      </div>
      <h1>
        {name ?? t('common.centre_unnamed')}
        <span className="product">
          <Bilingual k="access.sign_in.product" block />
        </span>
      </h1>
      <div className="hall" aria-hidden="true">
        <div className="g">
          {[...hall].map((tile, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed picture
            <i key={at} className={tiles[tile] ?? 'on'} />
          ))}
        </div>
        <p>
          <Bilingual k="access.sign_in.slogan" block />
        </p>
      </div>
    </header>
  )
}

function Refusal({ refused, zone }: { refused: Refused | null; zone: string }) {
  const t = useT()
  if (!refused || refused.code === 'missing') return null
  const { left = 0, until = 0, ended = 0, last, whom = '' } = refused.facts
  const asked = String(whom).split('|').filter(Boolean)
  const facts = {
    ...refused.facts,
    count: Number(left),
    until: formatInstant(Number(until), zone, t.locale),
    ended: formatInstant(Number(ended), zone, t.locale),
    last: last ? formatDay(String(last), t.locale) : '',
    whom: asked.length > 0 ? formatNames(asked, t.locale) : t('access.sign_in.somebody'),
  }
  const key = refused.code === 'wrong_password' ? 'wrong' : refused.code
  return (
    <div className="signin-refusal">
      <Alert tone="bad" title={t(`access.sign_in.${key}`, facts)} urgent>
        {t(`access.sign_in.${key}_means`, facts)}
      </Alert>
    </div>
  )
}

function PasswordForm({ model }: { model: SignInModel }) {
  const t = useT()
  const { refused } = model
  const wrong = refused?.code === 'wrong_password'
  const missing = refused?.code === 'missing'
  const [caps, setCaps] = useState(false)
  const watch = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'))
  return (
    <form method="post" className="frm" noValidate onKeyDown={watch} onKeyUp={watch}>
      <Hidden to={model.to} />
      <Field
        name="number"
        label={<Bilingual k="access.sign_in.number" />}
        defaultValue={refused?.number ?? ''}
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        required
        maxLength={100}
        error={missing && !refused.number ? t('access.sign_in.number_missing') : null}
        {...(wrong ? { 'aria-invalid': true } : {})}
      />
      <Field
        name="password"
        type="password"
        label={<Bilingual k="access.sign_in.password" />}
        autoComplete="current-password"
        required
        maxLength={500}
        hint={caps ? <b className="t-warn">▲ {t('access.sign_in.caps')}</b> : t('access.sign_in.first')}
        error={missing && refused.number ? t('access.sign_in.password_missing') : null}
        {...(wrong ? { 'aria-invalid': true } : {})}
      />
      <Button look="primary" wide>
        {t('access.sign_in.go')}
      </Button>
      <p className="alt">
        <a href="/kiosk">{t('access.sign_in.kiosk')}</a>
      </p>
    </form>
  )
}

function Hidden({ to }: { to: string | null }) {
  const root = useRootData()
  return (
    <>
      <input type="hidden" name="csrf" value={root?.csrf ?? ''} />
      {to ? <input type="hidden" name="to" value={to} /> : null}
    </>
  )
}

function DemoAccounts({ demo, to }: { demo: NonNullable<SignInModel['demo']>; to: string | null }) {
  const t = useT()
  return (
    <section className="signin-demo" aria-labelledby="demo-accounts">
      <h3 id="demo-accounts">{t('access.sign_in.demo')}</h3>
      <p className="mut sm">{t('access.sign_in.demo_note', { password: demo.password })}</p>
      <ul>
        {demo.accounts.map((account) => (
          <li key={account.role}>
            <form method="post">
              <Hidden to={to} />
              <input type="hidden" name="number" value={account.signIn} />
              <input type="hidden" name="password" value={demo.password} />
              <input type="hidden" name="role" value={account.role} />
              <button type="submit">
                <b>{t(`access.role.${account.role}`)}</b>
                <span>
                  {account.name} <span className="mut">{account.signIn}</span>
                </span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  )
}

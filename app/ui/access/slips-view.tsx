import './set-up.css'
import type { FirstAccount } from '#app/domain/access/set-up.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'

type Slip = FirstAccount & { readonly code: string }

/** The activation slips, shown once and printed one per person. Chinese and English, as who gets one is not known. */
export function SlipsView({ slips, address }: { slips: readonly Slip[]; address: string }) {
  const t = useT()
  return (
    <main className="slips main" id="main">
      <h1>
        <Bilingual k="access.set_up.done.title" />
      </h1>
      <div className="chrome">
        <Alert tone="warn" title={t('access.set_up.done.facts')} urgent>
          {t('access.set_up.done.print')}
        </Alert>
      </div>
      <ul>
        {slips.map((slip) => (
          <li key={slip.signIn}>
            <SlipOf slip={slip} address={address} />
          </li>
        ))}
      </ul>
      <p className="chrome">
        <a className="btn pri" href="/sign-in">
          {t('access.set_up.done.next')}
        </a>
      </p>
    </main>
  )
}

function SlipOf({ slip, address }: { slip: Slip; address: string }) {
  const t = useT()
  return (
    <>
      <p className="head">
        <Bilingual k="access.set_up.done.slip" />
        <span>
          <Bilingual k={`access.role.${slip.role}`} />
        </span>
      </p>
      <h2>
        <PersonName name={slip.name} />
      </h2>
      <dl className="kv">
        <dt>{t('access.set_up.done.number')}</dt>
        <dd>{slip.signIn}</dd>
        <dt>{t('access.set_up.done.code')}</dt>
        <dd className="code">{slip.code}</dd>
        <dt>{t('access.set_up.done.address')}</dt>
        <dd>{address}</dd>
      </dl>
      <p className="sm sub">
        <Bilingual k="access.set_up.done.how" block />
      </p>
    </>
  )
}

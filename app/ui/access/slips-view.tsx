import './set-up.css'
import type { FirstAccount } from '#app/domain/access/set-up.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { SlipList } from './slip-list.tsx'

type Slip = FirstAccount & { readonly code: string; readonly endsAt: number }

/** The activation slips of the set-up, shown once and printed one per person. */
export function SlipsView({ slips, address, zone }: { slips: readonly Slip[]; address: string; zone: string }) {
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
      <SlipList slips={slips} address={address} zone={zone} />
      <p className="chrome">
        <a className="btn pri" href="/sign-in">
          {t('access.set_up.done.next')}
        </a>
      </p>
    </main>
  )
}

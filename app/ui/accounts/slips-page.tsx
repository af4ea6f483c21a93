import './accounts.css'
import { formatInstant } from '#app/i18n/format.ts'
import { SlipList } from '#app/ui/access/slip-list.tsx'
import { Alert } from '#app/ui/alert.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Heading } from '#app/ui/card.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import type { Outcome } from './model.ts'
import { LeftList } from './parts.tsx'

type SlipsPageProps = {
  readonly outcome: Outcome
  readonly address: string
  readonly zone: string
  /** Accounts just made: their roles are still to be given. */
  readonly made: boolean
}

/** The slips of one act, shown once, several to a sheet. */
export function SlipsPage({ outcome, address, zone, made }: SlipsPageProps) {
  const t = useT()
  const { slips, left, done } = outcome
  const until = formatInstant(slips[0]?.endsAt ?? 0, zone, t.locale, 'day_time')
  return (
    <div className="slips-page">
      <div className="no-print stack">
        <Heading
          title={<Bilingual k="accounts.slips.title" />}
          facts={t('accounts.slips.count', { count: slips.length, until })}
        >
          <ButtonLink to="/accounts">{t('accounts.slips.back')}</ButtonLink>
        </Heading>
        <Alert tone="warn" title={t('accounts.slips.once')} urgent>
          {t('accounts.slips.once_means')}
        </Alert>
        {made ? (
          <Alert tone="info" title={t('accounts.done.made', { count: slips.length })}>
            {t('accounts.slips.roles_next')}
          </Alert>
        ) : (
          <Alert tone="ok" title={t('accounts.done.settled', { count: done })} />
        )}
        <LeftList left={left} />
      </div>
      <SlipList slips={slips} address={address} zone={zone} />
    </div>
  )
}

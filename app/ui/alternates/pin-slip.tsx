import type { AlternateView } from '#app/domain/devices/alternate-view.ts'
import { Alert } from '#app/ui/alert.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Heading } from '#app/ui/card.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'

/** The slip with a PIN, shown once; printed it is the slip alone. */
export function PinSlip({ view, pin, path }: { view: AlternateView; pin: string; path: string }) {
  const t = useT()
  const { person, rules } = view
  return (
    <div className="alt-page">
      <div className="no-print alt-page">
        <Heading title={<Bilingual k="alternates.slip.title" />} facts={t('alternates.slip.print')}>
          <ButtonLink small to={path}>
            {t('alternates.slip.back')}
          </ButtonLink>
        </Heading>
        <Alert tone="warn" title={t('alternates.slip.once')} urgent>
          {t('alternates.slip.once_means')}
        </Alert>
      </div>
      <section className="alt-slip" aria-label={t('alternates.slip.title')}>
        <dl>
          <dt>{t('alternates.slip.name')}</dt>
          <dd>
            <PersonName name={person.name} />
          </dd>
          <dt>{t('alternates.slip.number')}</dt>
          <dd className="num">{person.staffNumber}</dd>
          <dt>{t('alternates.slip.pin')}</dt>
          <dd className="num pin">{pin}</dd>
        </dl>
        <p>{t('alternates.slip.how')}</p>
        <p>{t('alternates.slip.secret', rules)}</p>
      </section>
    </div>
  )
}

import './slips.css'
import type { Role } from '#app/domain/access/roles.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'

type Slip = {
  readonly name: string
  readonly signIn: string
  readonly code: string
  readonly endsAt: number
  readonly role?: Role
}

type SlipListProps = { readonly slips: readonly Slip[]; readonly address: string; readonly zone: string }

/** The activation slips 激活条, several to a sheet of A4, to be cut apart. In both languages, as who gets one is not known. */
export function SlipList({ slips, address, zone }: SlipListProps) {
  return (
    <ul className="slip-list">
      {slips.map((slip) => (
        <li key={slip.signIn}>
          <SlipOf slip={slip} address={address} zone={zone} />
        </li>
      ))}
    </ul>
  )
}

function SlipOf({ slip, address, zone }: { slip: Slip; address: string; zone: string }) {
  const t = useT()
  return (
    <>
      <p className="head">
        <Bilingual k="access.set_up.done.slip" />
        {slip.role ? (
          <span>
            <Bilingual k={`access.role.${slip.role}`} />
          </span>
        ) : null}
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
        <dd className="address">{address}</dd>
        <dt>{t('access.set_up.done.until')}</dt>
        <dd>{formatInstant(slip.endsAt, zone, t.locale, 'full').slice(0, 16)}</dd>
      </dl>
      <p className="sm sub how">
        <Bilingual k="access.set_up.done.how" block />
        <Bilingual k="access.set_up.done.late" block />
      </p>
    </>
  )
}

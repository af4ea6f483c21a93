import type { AccountState } from '#app/domain/access/account-state.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { formatDay, formatInstant, formatNames } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import type { Left, Officer, Unit, Wish } from './model.ts'

const tones: Readonly<Record<AccountState, BadgeTone>> = {
  none: 'plain',
  waiting: 'info',
  slip: 'warn',
  slip_over: 'bad',
  active: 'ok',
  locked: 'bad',
  disabled: 'plain',
}

type Stateful = {
  readonly state: AccountState
  readonly codeEndsAt: number | null
  readonly lockedUntil: number | null
}

/** The state with its end where it has one: a slip that works until, a lock that holds until. */
export function State({ of, zone }: { of: Stateful; zone: string }) {
  const t = useT()
  const ends = of.state === 'locked' ? of.lockedUntil : of.state === 'slip' ? of.codeEndsAt : null
  return (
    <span className="acc-state">
      <Badge tone={tones[of.state]}>{t(`accounts.state.${of.state}`)}</Badge>
      {ends === null ? null : (
        <span className="mut xs">{t('accounts.state_until', { until: formatInstant(ends, zone, t.locale) })}</span>
      )}
    </span>
  )
}

export function Who({ name, number }: { name: string; number: string }) {
  return (
    <>
      <PersonName name={name} /> <span className="mut nw">{number}</span>
    </>
  )
}

export function roleNames(t: T, roles: readonly Role[]): string {
  const names = [...new Set(roles)].map((role) => t(`access.role.${role}`))
  return formatNames(names, t.locale)
}

export function spanText(t: T, { startsOn, endsOn }: Pick<Wish, 'startsOn' | 'endsOn'>): string {
  const from = formatDay(startsOn, t.locale, 'full')
  return endsOn
    ? t('accounts.span', { from, to: formatDay(endsOn, t.locale, 'full') })
    : t('accounts.span_from', { from })
}

export function unitName(t: T, units: readonly Unit[], id: string | null): string {
  const unit = units.find((one) => one.id === id)
  if (!unit) return ''
  return t.locale === 'en' ? unit.nameEn : unit.name
}

/** Roles asked for, each with its unit; the days once, when they are the same for all. */
export function Wishes({ wishes, units }: { wishes: readonly Wish[]; units: readonly Unit[] }) {
  const t = useT()
  if (wishes.length === 0) return null
  return (
    <ul className="wishes">
      {wishes.map((wish) => (
        <li key={`${wish.role} ${wish.unitId}`}>
          {t(`access.role.${wish.role}`)} <span className="mut xs">{unitName(t, units, wish.unitId)}</span>
          {wish.endsOn ? <span className="mut xs"> {spanText(t, wish)}</span> : null}
        </li>
      ))}
    </ul>
  )
}

export function officerNames(t: T, officers: readonly Officer[]): string {
  if (officers.length === 0) return t('access.role.security_administrator')
  return formatNames(
    officers.map((one) => `${one.name} ${one.signIn}`),
    t.locale,
  )
}

/** The sentence of a refusal; roles in it have their names. */
export function problemText(t: T, code: string, facts: Readonly<Record<string, string | number>> = {}): string {
  const key = `accounts.problem.${code}`
  const role = `access.role.${facts.role}`
  return t.has(key) ? t(key, { ...facts, ...(t.has(role) ? { role: t(role) } : {}) }) : code
}

/** What was left undone of an act on many, by name. */
export function LeftList({ left }: { left: readonly Left[] }) {
  const t = useT()
  if (left.length === 0) return null
  const rows = left.map((one, at) => ({ ...one, key: `${one.signIn}-${at}` }))
  return (
    <Alert tone="warn" title={t('accounts.done.left', { count: left.length })} urgent>
      <ul>
        {rows.map((one) => (
          <li key={one.key}>
            {one.name ? (
              <b className="inline">
                {one.name} {one.signIn}{' '}
              </b>
            ) : null}
            {problemText(t, one.code, { number: one.signIn })}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

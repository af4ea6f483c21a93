import type { Role } from '#app/domain/access/roles.ts'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { type RootData, useRootData } from '#app/ui/root-data.tsx'
import { onPhone } from './part.ts'

type Visitor = NonNullable<RootData['visitor']>

/** Person and role; opens without script. Plain forms, because another role means another set of pages. */
export function UserMenu() {
  const t = useT()
  const visitor = useRootData()?.visitor
  const roleName = useRoleName()
  if (!visitor) return <a href="/sign-in">{t('common.bar.sign_in')}</a>
  const role = roleName(visitor.role)
  return (
    <details className="menu">
      <summary>
        <span className="av" aria-hidden="true">
          {[...visitor.name][0]}
        </span>
        <span>
          <b>
            <PersonName name={visitor.name} />
          </b>{' '}
          <span className="mut">{role}</span>
          <span className="vh">{t('common.bar.menu')}</span>
        </span>
      </summary>
      <div className="sheet-menu">
        <p className="who">
          <b>{visitor.name}</b>
          <br />
          <span className="sub sm">{t('common.bar.acting_as', { role })}</span>
        </p>
        {visitor.roles.length > 1 ? <RoleSwitch visitor={visitor} /> : null}
        <OtherPages />
        <div className="gr">
          <a href="/accounts/mine">{t('accounts.mine.title')}</a>
          <a href="/password">{t('common.bar.password')}</a>
          <form method="post" action="/sign-out">
            <Token />
            <button type="submit">{t('common.bar.sign_out')}</button>
          </form>
        </div>
      </div>
    </details>
  )
}

/** The pages for which a phone's bar has no room; a desk shows them all in the rail. */
function OtherPages() {
  const t = useT()
  const entries = useRootData()?.navigation.slice(onPhone) ?? []
  if (entries.length === 0) return null
  return (
    <div className="gr rest">
      {entries.map((entry) => (
        <a key={entry.page} href={entry.href}>
          {t(`common.nav.${entry.page}`)}
        </a>
      ))}
    </div>
  )
}

function Token() {
  return <input type="hidden" name="csrf" value={useRootData()?.csrf ?? ''} />
}

function RoleSwitch({ visitor }: { visitor: Visitor }) {
  const t = useT()
  const roleName = useRoleName()
  return (
    <div className="gr">
      <p>{t('common.bar.switch_role')}</p>
      <form method="post" action="/role">
        <Token />
        {visitor.roles.map((role) => (
          <button
            type="submit"
            key={role}
            name="role"
            value={role}
            {...(role === visitor.role ? { 'aria-current': true } : {})}
          >
            {roleName(role)}
          </button>
        ))}
      </form>
    </div>
  )
}

function useRoleName(): (role: Role) => string {
  const t = useT()
  return (role) => {
    const key = `access.role.${role}`
    return t.has(key) ? t(key) : role
  }
}

import './home.css'
import { Link } from '@remix-run/react'
import type { NavigationEntry } from '#app/domain/access/navigation.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { Button } from '#app/ui/button.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'

export type HomeModel = {
  readonly name: string
  readonly role: Role
  readonly roles: readonly Role[]
  readonly pages: readonly NavigationEntry[]
}

/** What one can do with the role one has; the landing of roles whose own pages are not open yet. */
export function HomeView({ name, role, roles, pages }: HomeModel) {
  const t = useT()
  const others = roles.filter((other) => other !== role)
  return (
    <>
      <Heading
        title={t('access.home.hello', { name })}
        facts={t('access.home.acting', { role: t(`access.role.${role}`) })}
      />
      <div className="grid home">
        <Card title={<Bilingual k="access.home.can" />}>
          {pages.length === 0 ? (
            <Empty title={t('access.home.nothing')}>{t('access.home.nothing_means')}</Empty>
          ) : (
            <ul className="ways">
              {pages.map((entry) => (
                <li key={entry.page}>
                  <Link to={entry.href}>
                    <Bilingual k={`common.nav.${entry.page}`} />
                  </Link>
                </li>
              ))}
            </ul>
          )}
          <p className="ways">
            <Link to="/accounts/mine">{t('accounts.mine.title')}</Link>
            <a href="/password">{t('access.home.password')}</a>
          </p>
        </Card>
        {others.length > 0 ? (
          <Card title={<Bilingual k="common.bar.switch_role" />}>
            <p className="sub">{t('access.home.switch_means')}</p>
            <Form action="/role">
              <div className="foot">
                {others.map((other) => (
                  <Button key={other} name="role" value={other}>
                    {t('access.home.switch', { role: t(`access.role.${other}`) })}
                  </Button>
                ))}
              </div>
            </Form>
          </Card>
        ) : null}
      </div>
    </>
  )
}

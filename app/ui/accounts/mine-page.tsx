import './accounts.css'
import type { Role } from '#app/domain/access/roles.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card, Heading } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { browserName } from './browser.ts'
import type { Officer, Unit, Wish } from './model.ts'
import { officerNames, problemText, spanText, unitName } from './parts.tsx'

type Session = {
  readonly id: string
  readonly role: string
  readonly createdAt: number
  readonly seenAt: number
  readonly address: string | null
  readonly userAgent: string | null
}

export type MineModel = {
  readonly zone: string
  readonly signIn: string
  readonly role: Role
  readonly here: string
  readonly grants: readonly (Wish & { readonly id: string })[]
  readonly units: readonly Unit[]
  readonly sessions: readonly Session[]
  readonly security: readonly Officer[]
  readonly done: { readonly code: string | null; readonly count: number }
}

/** One's own account: what one may do, and where one is signed in. */
export function MinePage({ model }: { model: MineModel }) {
  const t = useT()
  return (
    <div className="accounts stack">
      <Heading title={<Bilingual k="accounts.mine.title" />} facts={t('accounts.mine.facts', { number: model.signIn })}>
        <ButtonLink to="/password" document>
          {t('accounts.mine.password')}
        </ButtonLink>
      </Heading>
      <Done done={model.done} />
      <RolesCard model={model} />
      <SessionsCard model={model} />
    </div>
  )
}

function Done({ done }: { done: MineModel['done'] }) {
  const t = useT()
  if (done.code === 'ended')
    return (
      <div role="status">
        <Alert tone="ok" title={t('accounts.done.sessions', { count: done.count })} />
      </div>
    )
  return done.code === 'session_over' ? <Alert tone="info" title={problemText(t, 'session_over')} /> : null
}

function RolesCard({ model }: { model: MineModel }) {
  const t = useT()
  const columns: Column<MineModel['grants'][number]>[] = [
    {
      key: 'role',
      head: t('accounts.mine.role'),
      cell: (grant) => (
        <>
          {t(`access.role.${grant.role}`)}{' '}
          {grant.role === model.role ? <Badge tone="info">{t('accounts.mine.acting')}</Badge> : null}
        </>
      ),
    },
    { key: 'unit', head: t('accounts.col.unit'), cell: (grant) => unitName(t, model.units, grant.unitId) || '–' },
    { key: 'span', head: t('accounts.col.span'), cell: (grant) => spanText(t, grant) },
  ]
  const whom = officerNames(t, model.security)
  return (
    <Card title={<Bilingual k="accounts.mine.roles" />} padded={false}>
      <Table caption={t('accounts.mine.roles')} columns={columns} rows={model.grants} id={(grant) => grant.id} />
      <p className="sub sm note">{t('accounts.mine.roles_means', { whom })}</p>
    </Card>
  )
}

function SessionsCard({ model }: { model: MineModel }) {
  const t = useT()
  const time = (ms: number) => formatInstant(ms, model.zone, t.locale)
  const others = model.sessions.filter((session) => session.id !== model.here).length
  const role = (name: string) => {
    const key = `access.role.${name}`
    return t.has(key) ? t(key) : name
  }
  const columns: Column<Session>[] = [
    { key: 'from', head: t('accounts.mine.from'), cell: (row) => row.address ?? t('accounts.mine.unknown') },
    {
      key: 'device',
      head: t('accounts.mine.device'),
      cell: (row) => (
        <span title={row.userAgent ?? ''}>{browserName(row.userAgent) ?? t('accounts.mine.unknown')}</span>
      ),
    },
    { key: 'role', head: t('accounts.mine.role'), cell: (row) => role(row.role) },
    { key: 'since', head: t('accounts.mine.since'), cell: (row) => time(row.createdAt) },
    { key: 'seen', head: t('accounts.mine.seen'), cell: (row) => time(row.seenAt) },
    {
      key: 'act',
      head: t('accounts.col.act'),
      align: 'right',
      cell: (row) =>
        row.id === model.here ? (
          <Badge tone="info">{t('accounts.mine.here')}</Badge>
        ) : (
          <Button small name="end" value={row.id}>
            {t('accounts.mine.end')} <span className="vh">{time(row.createdAt)}</span>
          </Button>
        ),
    },
  ]
  return (
    <Card title={<Bilingual k="accounts.mine.sessions" />} extra={model.sessions.length} padded={false}>
      <Form>
        <Table caption={t('accounts.mine.sessions')} columns={columns} rows={model.sessions} id={(row) => row.id} />
        <div className="ft">
          {others === 0 ? (
            <span className="sub sm">{t('accounts.mine.only')}</span>
          ) : (
            <>
              <Button name="end" value="others">
                {others === 1 ? t('accounts.mine.end_other') : t('accounts.mine.end_all', { count: others })}
              </Button>
              <span className="sub sm">{t('accounts.mine.strange')}</span>
            </>
          )}
        </div>
      </Form>
    </Card>
  )
}

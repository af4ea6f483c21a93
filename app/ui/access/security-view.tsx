import './security.css'
import type { Key } from '#app/i18n/catalogue.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { type Column, Table } from '#app/ui/table.tsx'

type Locked = {
  readonly id: string
  readonly signIn: string
  readonly displayName: string
  readonly failedSignIns: number
  readonly lockedUntil: number
}

type SessionLine = {
  readonly id: string
  readonly role: string
  readonly createdAt: number
  readonly seenAt: number
  readonly endsAt: number
  readonly address: string | null
  readonly account: { readonly displayName: string; readonly signIn: string }
}

type Database = {
  readonly session: string
  readonly current: string
  readonly superuser: boolean
  readonly owner: boolean
  readonly changesLedgers: boolean
}

export type SecurityModel = {
  readonly zone: string
  readonly mine: string
  readonly transport: 'open' | 'https' | 'here'
  readonly host: string
  readonly database: Database
  readonly locked: readonly Locked[]
  readonly sessions: readonly SessionLine[]
  readonly done: { readonly code: string | null; readonly name: string }
}

export function SecurityView(model: SecurityModel) {
  const t = useT()
  return (
    <div className="security">
      <Heading title={<Bilingual k="access.security.title" />} facts={t('access.security.facts')} />
      <Done done={model.done} />
      <div className="grid">
        <Transport transport={model.transport} host={model.host} />
        <Ledger database={model.database} />
        <LockedCard locked={model.locked} zone={model.zone} />
        <SessionsCard model={model} />
      </div>
    </div>
  )
}

const doneKeys: Readonly<Record<string, { key: Key; tone: 'ok' | 'info' }>> = {
  unlocked: { key: 'access.security.unlocked', tone: 'ok' },
  ended: { key: 'access.security.ended', tone: 'ok' },
  not_locked: { key: 'access.security.not_locked', tone: 'info' },
  session_over: { key: 'access.security.session_over', tone: 'info' },
}

function Done({ done }: { done: SecurityModel['done'] }) {
  const t = useT()
  const found = done.code === null ? undefined : doneKeys[done.code]
  if (!found) return null
  return (
    <div className="note" role="status">
      <Alert tone={found.tone} title={t(found.key, { name: done.name })} />
    </div>
  )
}

function Transport({ transport, host }: { transport: SecurityModel['transport']; host: string }) {
  const t = useT()
  if (transport === 'https')
    return (
      <Alert tone="ok" title={t('access.security.https')}>
        {t('access.security.https_means')}
      </Alert>
    )
  if (transport === 'here')
    return (
      <Alert tone="info" title={t('access.security.http_here')}>
        {t('access.security.http_here_means')}
      </Alert>
    )
  return (
    <Alert tone="warn" title={t('access.security.plain_http')}>
      <p>{t('access.security.plain_http_means', { host })}</p>
      <p>{t('access.security.plain_http_todo')}</p>
    </Alert>
  )
}

function Ledger({ database }: { database: Database }) {
  const t = useT()
  const facts = { role: database.current, session: database.session }
  if (database.changesLedgers)
    return (
      <Alert tone="bad" title={t('access.security.ledger_open')}>
        <p>{t('access.security.ledger_open_means', facts)}</p>
        <p>{t('access.security.owner_todo')}</p>
      </Alert>
    )
  if (database.superuser || database.owner)
    return (
      <Alert tone="warn" title={t('access.security.owner')}>
        <p>{t('access.security.owner_means', facts)}</p>
        <p>{t('access.security.owner_todo')}</p>
      </Alert>
    )
  return (
    <Alert tone="ok" title={t('access.security.ledger_safe')}>
      {t('access.security.ledger_safe_means', facts)}
    </Alert>
  )
}

function LockedCard({ locked, zone }: { locked: readonly Locked[]; zone: string }) {
  const t = useT()
  const columns: Column<Locked>[] = [
    { key: 'who', head: t('access.security.who'), cell: (row) => <PersonName name={row.displayName} /> },
    { key: 'number', head: t('access.security.number'), cell: (row) => row.signIn },
    { key: 'failures', head: t('access.security.failures'), cell: (row) => row.failedSignIns, align: 'right' },
    { key: 'until', head: t('access.security.until'), cell: (row) => formatInstant(row.lockedUntil, zone, t.locale) },
    {
      key: 'act',
      head: t('access.security.act'),
      align: 'right',
      cell: (row) => (
        <Button small name="unlock" value={row.id}>
          {t('access.security.unlock')} <span className="vh">{row.displayName}</span>
        </Button>
      ),
    },
  ]
  return (
    <Card title={<Bilingual k="access.security.locked" />} extra={locked.length} padded={false}>
      {locked.length === 0 ? (
        <Empty title={t('access.security.locked_none')}>{t('access.security.locked_none_means')}</Empty>
      ) : (
        <Form>
          <Table caption={t('access.security.locked')} columns={columns} rows={locked} id={(row) => row.id} />
        </Form>
      )}
    </Card>
  )
}

function SessionsCard({ model }: { model: SecurityModel }) {
  const t = useT()
  const time = (ms: number) => formatInstant(ms, model.zone, t.locale)
  const role = (name: string) => {
    const key = `access.role.${name}`
    return t.has(key) ? t(key) : name
  }
  const columns: Column<SessionLine>[] = [
    {
      key: 'who',
      head: t('access.security.who'),
      cell: (row) => (
        <>
          <PersonName name={row.account.displayName} /> <span className="mut">{row.account.signIn}</span>
        </>
      ),
    },
    { key: 'role', head: t('access.security.role'), cell: (row) => role(row.role) },
    { key: 'since', head: t('access.security.since'), cell: (row) => time(row.createdAt) },
    { key: 'seen', head: t('access.security.seen'), cell: (row) => time(row.seenAt) },
    { key: 'ends', head: t('access.security.ends'), cell: (row) => time(row.endsAt) },
    {
      key: 'from',
      head: t('access.security.from'),
      cell: (row) => row.address ?? t('access.security.unknown_address'),
    },
    {
      key: 'act',
      head: t('access.security.act'),
      align: 'right',
      cell: (row) =>
        row.id === model.mine ? <Badge tone="info">{t('access.security.yours')}</Badge> : <End row={row} />,
    },
  ]
  return (
    <Card title={<Bilingual k="access.security.sessions" />} extra={model.sessions.length} padded={false}>
      <Form>
        <Table caption={t('access.security.sessions')} columns={columns} rows={model.sessions} id={(row) => row.id} />
      </Form>
    </Card>
  )
}

function End({ row }: { row: SessionLine }) {
  const t = useT()
  return (
    <Button small name="end" value={row.id}>
      {t('access.security.end')} <span className="vh">{row.account.displayName}</span>
    </Button>
  )
}

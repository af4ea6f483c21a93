import './accounts.css'
import { Link } from '@remix-run/react'
import type { AccountState } from '#app/domain/access/account-state.ts'
import { type Role, roles } from '#app/domain/access/roles.ts'
import { isUnitRole } from '#app/domain/access/wishes.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { errorsOf } from './errors.ts'
import type { Refused, Request, Typed, Unit, Wish } from './model.ts'
import { State, spanText, unitName } from './parts.tsx'
import { RequestsTable } from './requests-table.tsx'
import { SpanFields } from './role-fields.tsx'

export type Grant = Wish & { readonly id: string }

export type AccountModel = {
  readonly zone: string
  readonly today: string
  readonly account: {
    readonly id: string
    readonly name: string
    readonly signIn: string
    readonly state: AccountState
    readonly codeEndsAt: number | null
    readonly lockedUntil: number | null
    readonly createdAt: number
    readonly lastSignIn: number | null
    readonly rolesHold: boolean
    readonly grants: readonly Grant[]
    readonly requests: readonly Request[]
  }
  readonly units: readonly Unit[]
  /** Gives and ends roles and unlocks: the security administrator, and never for himself. */
  readonly grants: boolean
  readonly asks: boolean
  readonly own: boolean
  readonly ending: Grant | null
  readonly done: string | null
}

type AccountPageProps = { readonly model: AccountModel; readonly refused: Refused | null; readonly typed: Typed }

const doneKeys = ['granted', 'ended', 'unlocked'] as const

export function AccountPage({ model, refused, typed }: AccountPageProps) {
  const t = useT()
  const { account } = model
  const done = doneKeys.find((key) => key === model.done)
  return (
    <div className="accounts stack">
      <Heading title={<PersonName name={account.name} />} facts={account.signIn}>
        {model.asks ? (
          <ButtonLink to={`/accounts/asked?account=${account.id}`}>{t('accounts.one.ask')}</ButtonLink>
        ) : null}
        <ButtonLink to="/accounts">{t('accounts.one.back')}</ButtonLink>
      </Heading>
      {done ? (
        <div role="status">
          <Alert tone="ok" title={t(`accounts.done.${done}`, { name: account.name })} />
        </div>
      ) : null}
      {model.ending ? <EndDialog model={model} grant={model.ending} refused={refused} typed={typed} /> : null}
      <Facts model={model} refused={refused} />
      <GrantsCard model={model} />
      {model.grants ? <GiveCard model={model} refused={refused} typed={typed} /> : null}
      <Card title={<Bilingual k="accounts.one.history" />} padded={false}>
        {account.requests.length === 0 ? (
          <Empty title={t('accounts.one.history_none')} />
        ) : (
          <RequestsTable requests={account.requests} units={model.units} zone={model.zone} />
        )}
      </Card>
    </div>
  )
}

function Facts({ model, refused }: { model: AccountModel; refused: Refused | null }) {
  const t = useT()
  const { account, zone } = model
  const time = (ms: number) => formatInstant(ms, zone, t.locale, 'full').slice(0, 16)
  return (
    <Card>
      <dl className="kv">
        <dt>{t('accounts.col.state')}</dt>
        <dd>
          <State of={account} zone={zone} />
        </dd>
        <dt>{t('accounts.one.since')}</dt>
        <dd>{time(account.createdAt)}</dd>
        <dt>{t('accounts.one.last')}</dt>
        <dd>{account.lastSignIn === null ? t('accounts.one.never') : time(account.lastSignIn)}</dd>
        {account.codeEndsAt === null ? null : (
          <>
            <dt>{t(account.state === 'slip_over' ? 'accounts.one.code_was' : 'accounts.one.code')}</dt>
            <dd>{time(account.codeEndsAt)}</dd>
          </>
        )}
      </dl>
      {account.state === 'locked' ? <Locked model={model} refused={refused} /> : null}
    </Card>
  )
}

function Locked({ model, refused }: { model: AccountModel; refused: Refused | null }) {
  const t = useT()
  if (!model.grants) return <p className="sub sm">{t('accounts.one.unlock_security')}</p>
  return (
    <Form errors={errorsOf(t, refused, 'unlock', [])}>
      <p className="sub sm">{t('accounts.one.unlock_means')}</p>
      <div className="foot">
        <Button name="intent" value="unlock">
          {t('accounts.one.unlock')}
        </Button>
      </div>
    </Form>
  )
}

function GrantsCard({ model }: { model: AccountModel }) {
  const t = useT()
  const { account, today, units } = model
  const columns: Column<Grant>[] = [
    { key: 'role', head: t('accounts.one.role'), cell: (grant) => t(`access.role.${grant.role}`) },
    { key: 'unit', head: t('accounts.col.unit'), cell: (grant) => unitName(t, units, grant.unitId) || '–' },
    { key: 'span', head: t('accounts.col.span'), cell: (grant) => spanText(t, grant) },
    {
      key: 'act',
      head: t('accounts.col.act'),
      align: 'right',
      cell: (grant) => <GrantAct grant={grant} today={today} may={model.grants && !model.own} />,
    },
  ]
  return (
    <Card title={<Bilingual k="accounts.one.grants" />} extra={account.grants.length} padded={false}>
      {account.rolesHold ? null : <Alert tone="warn" title={t('accounts.roles_rest')} />}
      {account.grants.length === 0 ? (
        <Empty title={t('accounts.one.grants_none')} />
      ) : (
        <Table caption={t('accounts.one.grants')} columns={columns} rows={account.grants} id={(grant) => grant.id} />
      )}
    </Card>
  )
}

function GrantAct({ grant, today, may }: { grant: Grant; today: string; may: boolean }) {
  const t = useT()
  if (grant.endsOn !== null && grant.endsOn < today) return <Badge tone="plain">{t('accounts.one.over')}</Badge>
  return (
    <>
      {grant.startsOn > today ? <Badge tone="info">{t('accounts.one.coming')}</Badge> : null}{' '}
      {may ? (
        <Link className="btn sm" to={`?end=${grant.id}`}>
          {t('accounts.one.end')} <span className="vh">{t(`access.role.${grant.role}`)}</span>
        </Link>
      ) : null}
    </>
  )
}

type EndProps = AccountPageProps & { readonly grant: Grant }

function EndDialog({ model, grant, refused, typed }: EndProps) {
  const t = useT()
  const errors = errorsOf(t, refused, 'end', ['last'])
  const labels = { last: t('accounts.one.end_last') }
  const role = t(`access.role.${grant.role}`)
  return (
    <Form errors={errors} labels={labels}>
      <Dialog
        title={t('accounts.one.end_title', { name: model.account.name, role })}
        actions={
          <>
            <Button look="danger" name="intent" value="end">
              {t('accounts.one.end_go')}
            </Button>
            <Button look="danger" name="intent" value="end_now">
              {t('accounts.one.end_now')}
            </Button>
            <Link className="btn" to=".">
              {t('common.dialog.cancel')}
            </Link>
          </>
        }
      >
        <p className="sub">{t('accounts.one.end_means')}</p>
        <input type="hidden" name="grant" value={grant.id} />
        <Field
          name="last"
          type="date"
          label={labels.last}
          hint={t('accounts.one.end_last_hint')}
          defaultValue={typed.last ?? model.today}
          min={model.today}
          error={errors.last}
        />
      </Dialog>
    </Form>
  )
}

function GiveCard({ model, refused, typed }: AccountPageProps) {
  const t = useT()
  const errors = errorsOf(t, refused, 'give', ['role', 'unit', 'from', 'to'])
  const labels = {
    role: t('accounts.one.role'),
    unit: t('accounts.col.unit'),
    from: t('accounts.one.from'),
    to: t('accounts.one.to'),
  }
  if (model.own)
    return (
      <Card title={<Bilingual k="accounts.one.give" />}>
        <p className="sub">{t('accounts.one.give_own')}</p>
      </Card>
    )
  const name = (role: Role) => `${t(`access.role.${role}`)}${isUnitRole(role) ? ' *' : ''}`
  return (
    <Card title={<Bilingual k="accounts.one.give" />}>
      <p className="sub sm">{t('accounts.one.three')}</p>
      <Form errors={errors} labels={labels}>
        <Field as="select" name="role" label={labels.role} defaultValue={typed.role ?? ''} error={errors.role} required>
          <option value="" />
          {roles.map((role) => (
            <option key={role} value={role}>
              {name(role)}
            </option>
          ))}
        </Field>
        <SpanFields units={model.units} typed={typed} errors={errors} />
        <div className="foot">
          <Button look="primary" name="intent" value="give">
            {t('accounts.one.give_go')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}

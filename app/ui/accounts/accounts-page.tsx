import './accounts.css'
import { Link, useSearchParams } from '@remix-run/react'
import { type AccountState, accountStates } from '#app/domain/access/account-state.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button } from '#app/ui/button.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { Filters } from '#app/ui/choices.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { type Column, Pager, Table } from '#app/ui/table.tsx'
import { errorsOf } from './errors.ts'
import type { Line, Outcome, Refused, Task, Unit } from './model.ts'
import { LeftList, roleNames, State, Who } from './parts.tsx'
import { WaitingCard } from './waiting-card.tsx'

export type AccountsModel = {
  readonly zone: string
  readonly makes: boolean
  readonly tasks: readonly Task[]
  readonly units: readonly Unit[]
  /** The request that is about to be sent back, with a place for the reason. */
  readonly refusing: Task | null
  readonly query: { readonly q: string; readonly state: AccountState | null }
  readonly counts: Readonly<Record<AccountState, number>>
  readonly lines: readonly Line[]
  readonly page: { readonly page: number; readonly pages: number; readonly count: number }
  readonly done: string | null
}

type AccountsPageProps = {
  readonly model: AccountsModel
  readonly refused: Refused | null
  readonly outcome: Outcome | null
}

export function AccountsPage({ model, refused, outcome }: AccountsPageProps) {
  const t = useT()
  return (
    <div className="accounts stack">
      <Heading
        title={<Bilingual k="accounts.title" />}
        facts={t(model.makes ? 'accounts.facts_system' : 'accounts.facts_security')}
      />
      {model.done === 'refused' ? (
        <div role="status">
          <Alert tone="ok" title={t('accounts.done.refused')} />
        </div>
      ) : null}
      {refused && refused.act !== 'refuse' ? (
        <Alert tone="bad" title={errorsOf(t, refused, refused.act, [])['']} urgent />
      ) : null}
      {outcome && outcome.done > 0 ? (
        <div role="status">
          <Alert tone="ok" title={t('accounts.done.settled', { count: outcome.done })} />
        </div>
      ) : null}
      {outcome ? <LeftList left={outcome.left} /> : null}
      {model.refusing ? <RefuseDialog task={model.refusing} refused={refused} /> : null}
      <WaitingCard tasks={model.tasks} units={model.units} zone={model.zone} makes={model.makes} />
      <ListCard model={model} />
    </div>
  )
}

function RefuseDialog({ task, refused }: { task: Task; refused: Refused | null }) {
  const t = useT()
  const errors = errorsOf(t, refused, 'refuse', ['reason'])
  const labels = { reason: t('accounts.refuse.reason') }
  const facts = { name: task.name, kind: t(`accounts.kind.${task.kind}`) }
  return (
    <Form errors={errors} labels={labels}>
      <Dialog
        title={t('accounts.refuse.title', facts)}
        actions={
          <>
            <Button look="danger" name="intent" value="refuse">
              {t('accounts.refuse.go')}
            </Button>
            <Link className="btn" to=".">
              {t('common.dialog.cancel')}
            </Link>
          </>
        }
      >
        <p className="sub">{t('accounts.refuse.means')}</p>
        <input type="hidden" name="id" value={task.id} />
        <Field as="textarea" name="reason" label={labels.reason} error={errors.reason} maxLength={500} required />
      </Dialog>
    </Form>
  )
}

function ListCard({ model }: { model: AccountsModel }) {
  const t = useT()
  const [search] = useSearchParams()
  const columns: Column<Line>[] = [
    {
      key: 'who',
      head: t('accounts.col.who'),
      cell: (line) =>
        line.id ? (
          <Link to={`/accounts/${line.id}`}>
            <Who name={line.name} number={line.signIn} />
          </Link>
        ) : (
          <Who name={line.name} number={line.signIn} />
        ),
    },
    { key: 'state', head: t('accounts.col.state'), cell: (line) => <State of={line} zone={model.zone} /> },
    { key: 'roles', head: t('accounts.col.roles'), cell: (line) => <RolesOf line={line} /> },
  ]
  return (
    <Card title={<Bilingual k="accounts.list.title" />} extra={model.page.count}>
      <Filters>
        <input
          className="in"
          type="search"
          name="q"
          key={search.get('q') ?? ''}
          defaultValue={model.query.q}
          aria-label={t('accounts.search')}
          placeholder={t('accounts.search')}
        />
        <label>
          {t('accounts.list.show')}{' '}
          <select className="in" name="state" defaultValue={model.query.state ?? ''}>
            <option value="">{t('accounts.all')}</option>
            {accountStates.map((state) => (
              <option key={state} value={state}>
                {t(`accounts.state.${state}`)} {model.counts[state]}
              </option>
            ))}
          </select>
        </label>
      </Filters>
      <Table
        caption={t('accounts.list.title')}
        columns={columns}
        rows={model.lines}
        id={(line) => line.id ?? line.personId ?? line.signIn}
        empty={<Empty title={t('accounts.found_none')}>{t('accounts.found_none_means')}</Empty>}
      />
      <Pager {...model.page} />
    </Card>
  )
}

function RolesOf({ line }: { line: Line }) {
  const t = useT()
  if (line.roles.length > 0) return <>{roleNames(t, line.roles)}</>
  return line.id ? <span className="t-warn">▲ {t('accounts.no_roles')}</span> : <span className="mut">–</span>
}

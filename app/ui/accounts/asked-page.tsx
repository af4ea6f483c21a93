import './accounts.css'
import { Link } from '@remix-run/react'
import type { AccountState } from '#app/domain/access/account-state.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { Filters } from '#app/ui/choices.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { FocusCard, OutsiderCard } from './ask-cards.tsx'
import { errorsOf } from './errors.ts'
import type { Left, Line, Refused, Request, Typed, Unit } from './model.ts'
import { LeftList, roleNames, State, Who } from './parts.tsx'
import { RequestsTable } from './requests-table.tsx'

export type Without = {
  readonly personId: string
  readonly name: string
  readonly signIn: string
  readonly units: readonly string[]
  readonly requested: boolean
  readonly roles: readonly Role[]
}

export type AskAct = 'account' | 'roles' | 'reset' | 'disable' | 'enable'

export type Focus = {
  readonly personId: string | null
  readonly accountId: string | null
  readonly name: string
  readonly signIn: string
  readonly state: AccountState
  readonly codeEndsAt: number | null
  readonly lockedUntil: number | null
  readonly roles: readonly Role[]
  readonly acts: readonly AskAct[]
  readonly act: AskAct | null
  /** Ticked beforehand when an account is asked for. */
  readonly proposed: readonly Role[]
}

export type AskedModel = {
  readonly zone: string
  readonly mine: string
  readonly askable: readonly Role[]
  readonly people: readonly Without[]
  readonly units: readonly Unit[]
  readonly focus: Focus | null
  readonly outsider: boolean
  readonly found: { readonly q: string; readonly lines: readonly Line[] }
  readonly requests: readonly Request[]
  readonly done: string | null
}

type AskedPageProps = {
  readonly model: AskedModel
  readonly refused: Refused | null
  readonly typed: Typed
  readonly outcome: { readonly asked: number; readonly left: readonly Left[] } | null
}

/** HR's and the units' part: ask, and see what became of it. */
export function AskedPage({ model, refused, typed, outcome }: AskedPageProps) {
  const t = useT()
  return (
    <div className="accounts stack">
      <Heading title={<Bilingual k="accounts.asked.title" />} facts={t('accounts.asked.facts')}>
        {model.outsider ? null : (
          <ButtonLink to="/accounts/asked?act=outsider">{t('accounts.asked.outsider')}</ButtonLink>
        )}
      </Heading>
      <Done done={model.done} />
      {outcome ? <Outcome outcome={outcome} /> : null}
      {model.focus ? <FocusCard model={model} focus={model.focus} refused={refused} typed={typed} /> : null}
      {model.outsider ? <OutsiderCard model={model} refused={refused} typed={typed} /> : null}
      <PeopleCard model={model} refused={refused} />
      <FindCard model={model} />
      <Card title={<Bilingual k="accounts.asked.requests" />} extra={model.requests.length} padded={false}>
        {model.requests.length === 0 ? (
          <Empty title={t('accounts.asked.requests_none')}>{t('accounts.asked.requests_none_means')}</Empty>
        ) : (
          <Form errors={errorsOf(t, refused, 'withdraw', [])}>
            <RequestsTable requests={model.requests} units={model.units} zone={model.zone} mine={model.mine} />
          </Form>
        )}
      </Card>
    </div>
  )
}

function Done({ done }: { done: string | null }) {
  const t = useT()
  if (done === 'asked_it')
    return (
      <div role="status">
        <Alert tone="ok" title={t('accounts.done.asked_it')}>
          {t('accounts.done.asked_it_means')}
        </Alert>
      </div>
    )
  if (done !== 'withdrawn') return null
  return (
    <div role="status">
      <Alert tone="ok" title={t('accounts.done.withdrawn')} />
    </div>
  )
}

function Outcome({ outcome }: { outcome: NonNullable<AskedPageProps['outcome']> }) {
  const t = useT()
  return (
    <>
      {outcome.asked > 0 ? (
        <div role="status">
          <Alert tone="ok" title={t('accounts.done.asked', { count: outcome.asked })}>
            {t('accounts.done.asked_means')}
          </Alert>
        </div>
      ) : null}
      <LeftList left={outcome.left} />
    </>
  )
}

function PeopleCard({ model, refused }: { model: AskedModel; refused: Refused | null }) {
  const t = useT()
  const open = model.people.filter((person) => !person.requested).length
  const columns: Column<Without>[] = [
    { key: 'who', head: t('accounts.col.who'), cell: (person) => <PickPerson person={person} /> },
    { key: 'unit', head: t('accounts.col.unit'), cell: (person) => person.units.join(' ') },
    { key: 'roles', head: t('accounts.col.roles'), cell: (person) => roleNames(t, person.roles) },
    {
      key: 'act',
      head: t('accounts.col.act'),
      align: 'right',
      cell: (person) =>
        person.requested ? (
          <span className="mut">{t('accounts.asked.waiting')}</span>
        ) : (
          <Link className="btn sm" to={`/accounts/asked?person=${person.personId}&act=account`}>
            {t('accounts.asked.choose')} <span className="vh">{person.name}</span>
          </Link>
        ),
    },
  ]
  return (
    <Card title={<Bilingual k="accounts.asked.people" />} extra={model.people.length} padded={false}>
      {model.people.length === 0 ? (
        <Empty title={t('accounts.asked.people_none')}>{t('accounts.asked.people_none_means')}</Empty>
      ) : (
        <Form action="/accounts/asked" errors={errorsOf(t, refused, 'people', [])}>
          <p className="sub sm note">{t('accounts.asked.people_note')}</p>
          <Table
            caption={t('accounts.asked.people')}
            columns={columns}
            rows={model.people}
            id={(person) => person.personId}
          />
          {open > 0 ? (
            <div className="ft">
              <Button look="primary" name="intent" value="people_all">
                {t('accounts.asked.go_all', { count: open })}
              </Button>
              <Button name="intent" value="people">
                {t('accounts.asked.go')}
              </Button>
            </div>
          ) : null}
        </Form>
      )}
    </Card>
  )
}

function PickPerson({ person }: { person: Without }) {
  const t = useT()
  const who = <Who name={person.name} number={person.signIn} />
  if (person.requested) return who
  return (
    <label className="pick">
      <input
        type="checkbox"
        name="person"
        value={person.personId}
        aria-label={t('accounts.asked.pick', { name: person.name })}
      />
      <span>{who}</span>
    </label>
  )
}

function FindCard({ model }: { model: AskedModel }) {
  const t = useT()
  const { q, lines } = model.found
  const columns: Column<Line>[] = [
    { key: 'who', head: t('accounts.col.who'), cell: (line) => <Who name={line.name} number={line.signIn} /> },
    { key: 'state', head: t('accounts.col.state'), cell: (line) => <State of={line} zone={model.zone} /> },
    { key: 'roles', head: t('accounts.col.roles'), cell: (line) => roleNames(t, line.roles) || '–' },
    {
      key: 'act',
      head: t('accounts.col.act'),
      align: 'right',
      cell: (line) => (
        <Link className="btn sm" to={`/accounts/asked?account=${line.id}`}>
          {t('accounts.asked.choose')} <span className="vh">{line.name}</span>
        </Link>
      ),
    },
  ]
  return (
    <Card title={<Bilingual k="accounts.asked.find" />}>
      <Filters>
        <input
          className="in"
          type="search"
          name="q"
          defaultValue={q}
          aria-label={t('accounts.search')}
          placeholder={t('accounts.search')}
        />
      </Filters>
      {q === '' ? (
        <p className="sub sm">{t('accounts.asked.find_hint')}</p>
      ) : (
        <Table
          caption={t('accounts.asked.find')}
          columns={columns}
          rows={lines}
          id={(line) => line.id ?? line.signIn}
          empty={t('accounts.asked.find_none')}
        />
      )}
    </Card>
  )
}

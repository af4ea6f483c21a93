import { Link } from '@remix-run/react'
import { formatInstant } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Button } from '#app/ui/button.tsx'
import { Card, Empty } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { Task, Unit } from './model.ts'
import { Who, Wishes } from './parts.tsx'

type WaitingProps = {
  readonly tasks: readonly Task[]
  readonly units: readonly Unit[]
  readonly zone: string
  /** The system administrator makes accounts; the security administrator settles what concerns them. */
  readonly makes: boolean
}

/** What waits for this administrator: ticked or all of it, settled in one act. */
export function WaitingCard({ tasks, units, zone, makes }: WaitingProps) {
  const t = useT()
  return (
    <Card title={<Bilingual k="accounts.waiting.title" />} extra={tasks.length} padded={false}>
      {tasks.length === 0 ? (
        <Empty title={t('accounts.waiting.none')}>
          {t(makes ? 'accounts.waiting.none_system' : 'accounts.waiting.none_security')}
        </Empty>
      ) : (
        <Form>
          <Table
            caption={t('accounts.waiting.title')}
            columns={taskColumns(t, units, zone)}
            rows={tasks}
            id={(task) => task.id}
          />
          <Acts tasks={tasks} />
        </Form>
      )}
    </Card>
  )
}

function taskColumns(t: T, units: readonly Unit[], zone: string): Column<Task>[] {
  return [
    { key: 'who', head: t('accounts.col.who'), cell: (task) => <Pick task={task} /> },
    {
      key: 'what',
      head: t('accounts.col.what'),
      cell: (task) => (
        <>
          <b>{t(`accounts.kind.${task.kind}`)}</b>
          <Wishes wishes={task.payload.roles} units={units} />
        </>
      ),
    },
    { key: 'reason', head: t('accounts.col.reason'), cell: (task) => task.reason ?? '–' },
    {
      key: 'asked',
      head: t('accounts.col.asked'),
      cell: (task) => (
        <>
          <Who name={task.requester.name} number={task.requester.signIn} />
          <div className="mut xs nw">{formatInstant(task.requestedAt, zone, t.locale)}</div>
        </>
      ),
    },
    {
      key: 'act',
      head: t('accounts.col.act'),
      align: 'right',
      cell: (task) => (
        <Link className="btn sm" to={`?refuse=${task.id}`}>
          {t('accounts.waiting.refuse')} <span className="vh">{task.name}</span>
        </Link>
      ),
    },
  ]
}

function Pick({ task }: { task: Task }) {
  const t = useT()
  if (task.why)
    return (
      <>
        <Who name={task.name} number={task.signIn} />
        <div className="t-warn xs">▲ {t(`accounts.waiting.${task.why}`)}</div>
      </>
    )
  return (
    <label className="pick">
      <input type="checkbox" name="id" value={task.id} aria-label={t('accounts.waiting.pick', { name: task.name })} />
      <span>
        <Who name={task.name} number={task.signIn} />
      </span>
    </label>
  )
}

/** Making accounts, and settling what concerns them: all in one act, or what is ticked. */
function Acts({ tasks }: { tasks: readonly Task[] }) {
  const t = useT()
  const mine = tasks.filter((task) => task.why === null)
  const make = mine.filter((task) => task.kind === 'account').length
  const settle = mine.length - make
  return (
    <div className="ft">
      <ActPair
        act="make"
        first
        count={make}
        all={make === 1 ? t('accounts.waiting.make_it') : t('accounts.waiting.make_all', { count: make })}
        some={t('accounts.waiting.make')}
      />
      <ActPair
        act="settle"
        first={make === 0}
        count={settle}
        all={settle === 1 ? t('accounts.waiting.settle_it') : t('accounts.waiting.settle_all', { count: settle })}
        some={t('accounts.waiting.settle')}
      />
      {make > 0 ? <span className="sub sm">{t('accounts.waiting.shown_once')}</span> : null}
      {mine.some((task) => task.kind === 'reset') ? (
        <span className="sub sm">{t('accounts.waiting.resets')}</span>
      ) : null}
    </div>
  )
}

type ActPairProps = {
  readonly act: 'make' | 'settle'
  readonly first: boolean
  readonly count: number
  readonly all: string
  readonly some: string
}

function ActPair({ act, first, count, all, some }: ActPairProps) {
  if (count === 0) return null
  return (
    <>
      <Button look={first ? 'primary' : 'plain'} name="intent" value={`${act}_all`}>
        {all}
      </Button>
      {count > 1 ? (
        <Button name="intent" value={act}>
          {some}
        </Button>
      ) : null}
    </>
  )
}

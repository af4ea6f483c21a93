import { formatInstant } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { useT } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { Request, Unit } from './model.ts'
import { Who, Wishes } from './parts.tsx'

const tones: Readonly<Record<Request['state'], BadgeTone>> = {
  waiting: 'info',
  done: 'ok',
  refused: 'warn',
  withdrawn: 'plain',
}

type RequestsTableProps = {
  readonly requests: readonly Request[]
  readonly units: readonly Unit[]
  readonly zone: string
  /** Whose waiting requests may be withdrawn here; nobody's without. */
  readonly mine?: string
}

/** What was asked, of whom, and what became of it. */
export function RequestsTable({ requests, units, zone, mine }: RequestsTableProps) {
  const t = useT()
  return (
    <Table
      caption={t('accounts.asked.requests')}
      columns={columnsOf(t, units, zone, mine)}
      rows={requests}
      id={(request) => request.id}
    />
  )
}

function columnsOf(t: T, units: readonly Unit[], zone: string, mine: string | undefined): Column<Request>[] {
  return [
    { key: 'who', head: t('accounts.col.who'), cell: (one) => <Who name={one.name} number={one.signIn} /> },
    {
      key: 'what',
      head: t('accounts.col.what'),
      cell: (one) => (
        <>
          <b>{t(`accounts.kind.${one.kind}`)}</b>
          <Wishes wishes={one.payload.roles} units={units} />
          {one.reason ? <div className="mut xs">{one.reason}</div> : null}
        </>
      ),
    },
    {
      key: 'asked',
      head: t('accounts.col.asked'),
      cell: (one) => (
        <>
          <Who name={one.requester.name} number={one.requester.signIn} />
          <div className="mut xs nw">{formatInstant(one.requestedAt, zone, t.locale)}</div>
        </>
      ),
    },
    {
      key: 'became',
      head: t('accounts.col.became'),
      cell: (one) => <Became request={one} zone={zone} withdraws={mine === one.requestedBy} />,
    },
  ]
}

function Became({ request, zone, withdraws }: { request: Request; zone: string; withdraws: boolean }) {
  const t = useT()
  const { state, settler, settledAt, answer } = request
  return (
    <>
      <Badge tone={tones[state]}>{t(`accounts.request_state.${state}`)}</Badge>{' '}
      {settler && settledAt !== null && state !== 'withdrawn' ? (
        <span className="mut xs">
          {t('accounts.asked.by', { name: settler.name, time: formatInstant(settledAt, zone, t.locale) })}
        </span>
      ) : null}
      {answer ? <div className="sm">{answer}</div> : null}
      {state === 'waiting' && withdraws ? (
        <Button small name="withdraw" value={request.id}>
          {t('accounts.asked.withdraw')} <span className="vh">{request.name}</span>
        </Button>
      ) : null}
    </>
  )
}

import './security.css'
import { formatInstant, formatNumber } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Empty, Heading } from '#app/ui/card.tsx'
import { Filters } from '#app/ui/choices.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { type Column, Pager, Table } from '#app/ui/table.tsx'

export type AuditEntry = {
  readonly id: string
  readonly at: number
  readonly iso: string
  /** An account id, or "agent:…", "kiosk:…", "system". */
  readonly actor: string
  readonly role: string | null
  readonly action: string
  readonly subject: string | null
  readonly detail: string
  readonly address: string | null
}

export type ChainState = {
  readonly state: 'ok' | 'none' | 'broken'
  readonly entries: number
  readonly seals: number
  /** Entries that no seal covers yet. */
  readonly open: number
  /** The first seal that does not match. */
  readonly brokenAt: number | null
  readonly hashes: readonly string[]
}

export type AuditModel = {
  readonly zone: string
  readonly at: number
  readonly query: {
    readonly from: string | null
    readonly to: string | null
    readonly bad: boolean
    readonly actor: string | null
    readonly action: string | null
    readonly page: number
  }
  readonly total: number
  readonly pages: number
  readonly choices: { readonly actors: readonly string[]; readonly actions: readonly string[] }
  readonly names: Readonly<Record<string, string | undefined>>
  readonly chain: ChainState
  readonly entries: readonly AuditEntry[]
}

export function AuditView(model: AuditModel) {
  const t = useT()
  return (
    <div className="audit">
      <Heading title={<Bilingual k="access.audit.title" />} facts={t('access.audit.facts')} />
      <Chain chain={model.chain} at={model.at} zone={model.zone} />
      <AuditFilters model={model} />
      {model.query.bad ? <Alert tone="warn" title={t('access.audit.bad_day')} /> : null}
      <Entries model={model} />
      <Pager page={model.query.page} pages={model.pages} count={model.total} />
    </div>
  )
}

function Chain({ chain, at, zone }: { chain: ChainState; at: number; zone: string }) {
  const t = useT()
  if (chain.state === 'broken')
    return (
      <Alert tone="bad" title={t('access.audit.chain_broken')} urgent>
        {t('access.audit.chain_broken_means', { seq: chain.brokenAt ?? 0 })}
      </Alert>
    )
  const time = formatInstant(at, zone, t.locale, 'time')
  const facts = { entries: formatNumber(chain.entries, t.locale), seals: chain.seals, time }
  return (
    <div className="card audit-chain">
      <Badge tone={chain.state === 'ok' ? 'ok' : 'info'}>
        {t(chain.state === 'ok' ? 'access.audit.chain' : 'access.audit.chain_none')}
      </Badge>
      <span className="sub sm">
        {chain.state === 'ok' ? t('access.audit.chain_facts', facts) : t('access.audit.chain_none_means')}{' '}
        {chain.open > 0 ? t('access.audit.chain_open', { count: chain.open }) : null}
      </span>
      {chain.hashes.map((hash) => (
        <code className="hash" key={hash}>
          {hash.slice(0, 4)}…{hash.slice(-2)}
        </code>
      ))}
    </div>
  )
}

/** The name of who acted, as far as this centre knows it; entries themselves hold ids only. */
function actorName(t: T, names: AuditModel['names'], actor: string): string {
  const [kind, id] = actor.split(':')
  if (actor === 'system') return t('access.audit.system')
  if (kind === 'agent' || kind === 'kiosk') return `${t(`access.audit.${kind}`)} ${(id ?? '').slice(-6)}`
  return names[actor] ?? t('access.audit.unknown')
}

function actionName(t: T, action: string): string {
  const key = `access.audit.does.${action.replaceAll('.', '_')}`
  return t.has(key) ? t(key) : action
}

function AuditFilters({ model }: { model: AuditModel }) {
  const t = useT()
  const { query, choices, names } = model
  return (
    <Filters>
      <label>
        {t('access.audit.from')}
        <input className="in" type="date" name="from" defaultValue={query.from ?? ''} />
      </label>
      <label>
        {t('access.audit.to')}
        <input className="in" type="date" name="to" defaultValue={query.to ?? ''} />
      </label>
      <label>
        {t('access.audit.actor')}
        <select className="in" name="actor" defaultValue={query.actor ?? ''}>
          <option value="">{t('access.audit.all_actors')}</option>
          {choices.actors.map((actor) => (
            <option key={actor} value={actor}>
              {actorName(t, names, actor)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('access.audit.action')}
        <select className="in" name="action" defaultValue={query.action ?? ''}>
          <option value="">{t('access.audit.all_actions')}</option>
          {choices.actions.map((action) => (
            <option key={action} value={action}>
              {actionName(t, action)}
            </option>
          ))}
        </select>
      </label>
    </Filters>
  )
}

function Entries({ model }: { model: AuditModel }) {
  const t = useT()
  const columns: Column<AuditEntry>[] = [
    { key: 'time', head: t('access.audit.time'), cell: (row) => <Time row={row} zone={model.zone} /> },
    { key: 'actor', head: t('access.audit.actor'), cell: (row) => <Actor row={row} names={model.names} /> },
    { key: 'subject', head: t('access.audit.subject'), cell: (row) => <What row={row} names={model.names} /> },
    { key: 'source', head: t('access.audit.source'), cell: (row) => row.address ?? '–' },
    { key: 'entry', head: t('access.audit.entry'), cell: (row) => <code className="mut xs">{row.id.slice(-8)}</code> },
  ]
  return (
    <Table
      caption={t('access.audit.title')}
      columns={columns}
      rows={model.entries}
      id={(row) => row.id}
      empty={<Empty title={t('access.audit.empty')}>{t('access.audit.empty_means')}</Empty>}
    />
  )
}

function Time({ row, zone }: { row: AuditEntry; zone: string }) {
  const t = useT()
  return (
    <time className="nw" dateTime={row.iso}>
      {formatInstant(row.at, zone, t.locale, 'full')}
    </time>
  )
}

function Actor({ row, names }: { row: AuditEntry; names: AuditModel['names'] }) {
  const t = useT()
  const role = `access.role.${row.role}`
  return (
    <>
      <PersonName name={actorName(t, names, row.actor)} />
      {t.has(role) ? <div className="mut xs">{t(role)}</div> : null}
    </>
  )
}

function What({ row, names }: { row: AuditEntry; names: AuditModel['names'] }) {
  const t = useT()
  const about = row.subject && row.subject !== row.actor ? (names[row.subject] ?? `…${row.subject.slice(-8)}`) : ''
  return (
    <div className="what">
      <b>{actionName(t, row.action)}</b> {about}
      {row.detail ? <span className="mut xs">{row.detail}</span> : null}
    </div>
  )
}

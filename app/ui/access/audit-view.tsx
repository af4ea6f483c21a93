import './security.css'
import { formatInstant, formatNames, formatNumber } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
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
  readonly detail: readonly (readonly [key: string, value: string])[]
  readonly address: string | null
}

export type ChainState = {
  /** When it was last checked. */
  readonly at: number
  readonly ok: boolean
  readonly seals: number
  readonly sealedEntries: number
  /** Entries that no seal covers yet. */
  readonly waiting: number
  /** The first seal that does not fit. */
  readonly brokenAt: number | null
  /** The newest seals. */
  readonly hashes: readonly string[]
}

export type AuditModel = {
  readonly zone: string
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
      <Chain chain={model.chain} zone={model.zone} />
      <AuditFilters model={model} />
      {model.query.bad ? <Alert tone="warn" title={t('access.audit.bad_day')} /> : null}
      <Entries model={model} />
      <Pager page={model.query.page} pages={model.pages} count={model.total} />
    </div>
  )
}

function Chain({ chain, zone }: { chain: ChainState; zone: string }) {
  const t = useT()
  if (!chain.ok)
    return (
      <Alert tone="bad" title={t('access.audit.chain_broken')} urgent>
        {t('access.audit.chain_broken_means', { seq: chain.brokenAt ?? 0 })}
      </Alert>
    )
  const sealed = chain.seals > 0
  const time = formatInstant(chain.at, zone, t.locale, 'time')
  const facts = { entries: formatNumber(chain.sealedEntries, t.locale), seals: chain.seals, time }
  return (
    <div className="card audit-chain">
      <Badge tone={sealed ? 'ok' : 'info'}>{t(sealed ? 'access.audit.chain' : 'access.audit.chain_none')}</Badge>
      <span className="sub sm">
        {sealed ? t('access.audit.chain_facts', facts) : t('access.audit.chain_none_means')}{' '}
        {chain.waiting > 0 ? t('access.audit.chain_open', { count: chain.waiting }) : null}
      </span>
      {chain.hashes.map((hash) => (
        <code className="hash" key={hash}>
          {hash.slice(0, 4)}…{hash.slice(-2)}
        </code>
      ))}
      <ButtonLink to="/audit?verify=now" small>
        {t('access.audit.verify')}
      </ButtonLink>
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

/** A detail in words where the catalogues have them; roles have names, instants stand in the centre's zone. */
function detailText(t: T, zone: string, [key, value]: AuditEntry['detail'][number]): string {
  const label = `access.audit.detail.${key}`
  return `${t.has(label) ? t(label) : key} ${valueText(t, zone, value)}`
}

function valueText(t: T, zone: string, value: string): string {
  const words = value.split(' ').map((word) => wordOf(t, word))
  if (!words.includes(null)) return formatNames(words.map(String), t.locale)
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return formatInstant(Date.parse(value), zone, t.locale, 'full')
  return isId(value) ? shortId(value) : value
}

/** A role or a kind of request by its name. */
function wordOf(t: T, code: string): string | null {
  const key = [`access.role.${code}`, `accounts.kind.${code}`].find((one) => t.has(one))
  return key !== undefined && t.has(key) ? t(key) : null
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

function shortId(id: string): string {
  return `…${id.slice(-8)}`
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
    { key: 'subject', head: t('access.audit.subject'), cell: (row) => <What row={row} model={model} /> },
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

function What({ row, model }: { row: AuditEntry; model: AuditModel }) {
  const t = useT()
  const { names, zone } = model
  return (
    <div className="what">
      <b>{actionName(t, row.action)}</b> <About row={row} names={names} />
      {row.detail.length > 0 ? (
        <span className="mut xs">{row.detail.map((one) => detailText(t, zone, one)).join(' · ')}</span>
      ) : null}
    </div>
  )
}

/** The person it was done to, or the end of the thing's id; nothing when somebody did it to himself. */
function About({ row, names }: { row: AuditEntry; names: AuditModel['names'] }) {
  const { subject } = row
  if (!subject || row.actor.endsWith(subject)) return null
  return names[subject] ? <PersonName name={names[subject]} /> : <code className="id">{shortId(subject)}</code>
}

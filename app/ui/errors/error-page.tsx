import { isRouteErrorResponse, useLocation } from '@remix-run/react'
import type { Key } from '#app/i18n/catalogue.ts'
import { translator } from '#app/i18n/translator.ts'
import { type Incident, incidentOf } from '#app/ui/errors/incident.ts'
import { useT } from '#app/ui/locale.tsx'
import { useDocument, useRootData } from '#app/ui/root-data.tsx'
import { LanguageLink } from '#app/ui/shell/language-link.tsx'

type Kind = 'not_found' | 'forbidden' | 'form_token' | 'bad_request' | 'unauthorized' | 'too_many' | 'incident'

const kinds: readonly Kind[] = [
  'not_found',
  'forbidden',
  'form_token',
  'bad_request',
  'unauthorized',
  'too_many',
  'incident',
]

const byStatus: Readonly<Record<number, Kind>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'bad_request',
  429: 'too_many',
}

/** A thrown response may name its page by `data({ code: 'form_token' }, { status: 403 })`; else the status decides. */
export function kindOf(error: unknown): Kind {
  if (!isRouteErrorResponse(error)) return 'incident'
  const code: unknown = (error.data as { code?: unknown } | null)?.code
  return kinds.find((kind) => kind === code) ?? byStatus[error.status] ?? 'incident'
}

/** What happened, what it means, what to do: the whole page, with nothing that could fail again. */
export function ErrorPage({ error, framed = false }: { error: unknown; framed?: boolean }) {
  const kind = kindOf(error)
  const body = <ErrorText kind={kind} />
  if (framed) return <div className="oops">{body}</div>
  return (
    <main className="oops" id="main">
      <Brand />
      {body}
    </main>
  )
}

function Brand() {
  const t = useT()
  return (
    <div className="brand">
      <b aria-hidden="true">{t('common.product_short')}</b>
      <span>{t('common.product')}</span>
      <LanguageLink />
    </div>
  )
}

function ErrorText({ kind }: { kind: Kind }) {
  const t = useT()
  const { what, todo } = useSentences(kind)
  const title: Key = `common.error.${kind}.title`
  return (
    <section className="card">
      <div className="cb">
        <h1>{t(title)}</h1>
        <p>{what}</p>
        <p>{t(`common.error.${kind}.means`)}</p>
        <p>{todo}</p>
        {kind === 'incident' ? <IncidentFacts /> : null}
        <WaysBack kind={kind} />
        {t.locale === 'en' ? null : (
          <p className="two" lang="en">
            {translator('en')(title)}
          </p>
        )}
      </div>
    </section>
  )
}

function useSentences(kind: Kind): { what: string; todo: string } {
  const t = useT()
  const { pathname } = useLocation()
  const role = useRootData()?.visitor?.role
  const incident = useIncident()
  if (kind === 'incident')
    return incident
      ? { what: t('common.error.incident.what', incident), todo: t('common.error.incident.todo', incident) }
      : { what: t('common.error.incident.what_untimed'), todo: t('common.error.incident.todo_unnumbered') }
  const roleKey = `access.role.${role}`
  if (kind === 'forbidden' && t.has(roleKey))
    return {
      what: t('common.error.forbidden.what_role', { role: t(roleKey) }),
      todo: t('common.error.forbidden.todo'),
    }
  return { what: t(`common.error.${kind}.what`, { path: pathname }), todo: t(`common.error.${kind}.todo`) }
}

/** Written into the document, or brought by the answer to a page that was already open. */
function useIncident(): Incident | undefined {
  const { incident } = useDocument()
  return incident ?? (typeof document === 'undefined' ? undefined : incidentOf(document.cookie))
}

function IncidentFacts() {
  const t = useT()
  const incident = useIncident()
  if (!incident) return null
  return (
    <dl className="kv">
      <dt>{t('common.error.incident.number')}</dt>
      <dd>{incident.number}</dd>
      <dt>{t('common.error.incident.time')}</dt>
      <dd>{incident.time}</dd>
    </dl>
  )
}

/** Plain links: they work without script and even when the page's own code is what failed. */
function WaysBack({ kind }: { kind: Kind }) {
  const t = useT()
  const { pathname } = useLocation()
  const signIn = `/sign-in?to=${encodeURIComponent(pathname)}`
  return (
    <div className="acts">
      <a className="btn pri" href={kind === 'unauthorized' ? signIn : '/'}>
        {t(kind === 'unauthorized' ? 'common.error.sign_in' : 'common.error.back')}
      </a>
      {kind === 'incident' || kind === 'too_many' ? (
        <a className="btn" href={pathname}>
          {t('common.error.retry')}
        </a>
      ) : null}
    </div>
  )
}

import {
  type ActionFunctionArgs,
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type LoaderFunctionArgs,
} from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { now } from '#app/clock.server.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { incident } from '#app/server/incident.server.ts'
import { withoutPadding } from '#app/server/padding.ts'
import { type Incident, incidentCookie } from '#app/ui/errors/incident.ts'
import { DocumentContext, type DocumentFacts } from '#app/ui/root-data.tsx'

const RENDER_MS = 10_000
const ZONE = 'Asia/Shanghai'

/** A fault is met before its page is drawn, under the same context: the page then prints the number. */
const incidents = new WeakMap<AppLoadContext, Incident>()

export function handleError(error: unknown, args: LoaderFunctionArgs | ActionFunctionArgs): void {
  const { request, context } = args
  if (request.signal.aborted) return
  const number = incident(error, { request, context })
  incidents.set(context, { number, time: formatInstant(now(), ZONE, 'zh-CN', 'full') })
}

/** A page that was already open asks for data only: the number then travels in a cookie of half a minute. */
export function handleDataRequest(response: Response, { context }: LoaderFunctionArgs | ActionFunctionArgs): Response {
  const found = incidents.get(context)
  if (found) response.headers.append('Set-Cookie', incidentCookie(found))
  return response
}

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  const facts: DocumentFacts = {
    locale: localeOf(request),
    nonce: context.nonce,
    incident: incidents.get(context),
  }
  headers.set('Content-Type', 'text/html; charset=utf-8')
  headers.set('Content-Language', facts.locale)
  headers.append('Vary', 'Cookie')
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  return render(request.url, status, headers, remix, facts)
}

function render(
  url: string,
  status: number,
  headers: Headers,
  remix: EntryContext,
  facts: DocumentFacts,
): Promise<Response> {
  const nonce = facts.nonce ? { nonce: facts.nonce } : {}
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <DocumentContext.Provider value={facts}>
        <RemixServer context={remix} url={url} {...nonce} />
      </DocumentContext.Provider>,
      {
        ...nonce,
        onAllReady() {
          const body = withoutPadding()
          resolve(new Response(createReadableStreamFromReadable(body), { status, headers }))
          pipe(body)
          clearTimeout(timer)
        },
        onShellError: reject,
      },
    )
    const timer = setTimeout(abort, RENDER_MS)
  })
}

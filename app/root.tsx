import '#app/ui/styles/tokens.css'
import '#app/ui/styles/base.css'
import '#app/ui/styles/shell.css'
import '#app/ui/styles/menu.css'
import '#app/ui/styles/panels.css'
import '#app/ui/styles/controls.css'
import '#app/ui/styles/marks.css'
import '#app/ui/styles/tables.css'
import '#app/ui/styles/feedback.css'
import '#app/ui/styles/floating.css'
import '#app/ui/styles/print.css'
import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError } from '@remix-run/react'
import type { ReactNode } from 'react'
import { anonymousCsrf } from '#app/auth/csrf.server.ts'
import { scopeFor } from '#app/auth/guard.server.ts'
import { kioskOrNull } from '#app/auth/kiosk.server.ts'
import { type Visitor, visitorOrNull } from '#app/auth/visitor.server.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { rareCharactersOf } from '#app/db/rare-names.server.ts'
import { waitingCounts } from '#app/db/waiting.server.ts'
import { navigation } from '#app/domain/access/navigation.ts'
import { env } from '#app/env.server.ts'
import { nameFontKey } from '#app/fonts/name-font.server.ts'
import { known, languageCookieHeader, localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { ErrorPage } from '#app/ui/errors/error-page.tsx'
import icon from '#app/ui/favicon.svg'
import { LocaleProvider } from '#app/ui/locale.tsx'
import { type RootData, useDocument, useRootData } from '#app/ui/root-data.tsx'

const DEFAULT_ZONE = 'Asia/Shanghai'

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await visitorOrNull(args)
  const centre = visitor
    ? { name: visitor.centre.name, nameEn: visitor.centre.nameEn ?? '', zone: visitor.centre.zone }
    : null
  const anonymous = visitor ? null : anonymousCsrf(args)
  const root: RootData = {
    locale: localeOf(args.request),
    centre,
    visitor: visitor ? { name: visitor.name, role: visitor.role, roles: visitor.roles } : null,
    csrf: visitor?.csrf ?? anonymous?.token ?? '',
    navigation: visitor ? navigation(visitor.role) : [],
    counts: visitor ? await countsOf(visitor) : {},
    nameFont: await nameFontOf(visitor?.centreId ?? (await kioskOrNull(args))?.centreId ?? null),
    demo: env.DEMO ? { now: now(), zone: centre?.zone ?? DEFAULT_ZONE } : null,
  }
  return data(root, { headers: cookies(args.request, anonymous?.setCookie ?? null) })
}

/** The number of the font with the rare characters of this centre's names; null when it has none. */
async function nameFontOf(centreId: string | null): Promise<string | null> {
  return centreId === null ? null : nameFontKey(await rareCharactersOf(prisma, centreId))
}

async function countsOf(visitor: Visitor): Promise<Record<string, number>> {
  const { centreId, accountId, personId, role, centre } = visitor
  const looksAfter = { readers: visitor.can('readers.manage'), security: visitor.can('security.manage') }
  const leave = await scopeFor(visitor, 'leave.decide')
  return await waitingCounts(prisma, { centreId, accountId, personId, role, centre, ...looksAfter, leave }, now())
}

function cookies(request: Request, anonymous: string | null): Headers {
  const headers = new Headers()
  const asked = known(new URL(request.url).searchParams.get('lang'))
  if (asked) headers.append('Set-Cookie', languageCookieHeader(asked))
  if (anonymous) headers.append('Set-Cookie', anonymous)
  return headers
}

export function Layout({ children }: { children: ReactNode }) {
  const { locale: fallback, nonce } = useDocument()
  const root = useRootData()
  const locale = root?.locale ?? fallback
  // Browsers hide the nonce from scripts, so the taking over finds another value than the server wrote.
  const scripts = { ...(nonce ? { nonce } : {}), suppressHydrationWarning: true }
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href={icon} type="image/svg+xml" />
        <Meta />
        <Links />
        {root?.nameFont ? <link rel="stylesheet" href={`/people/name-font/${root.nameFont}.css`} /> : null}
      </head>
      <body>
        <LocaleProvider locale={locale}>{children}</LocaleProvider>
        <IncidentNote />
        <ScrollRestoration {...scripts} />
        <Scripts {...scripts} />
      </body>
    </html>
  )
}

/** Carries the incident's number to the script that takes over the page. */
function IncidentNote() {
  const { incident } = useDocument()
  if (!incident) return null
  return <data id="incident" value={incident.number} data-time={incident.time} hidden />
}

export function meta({ data: root }: { data: RootData | undefined }) {
  const t = translator(root?.locale ?? 'zh-CN')
  return [{ title: t('common.product') }]
}

export default function App() {
  return <Outlet />
}

export function ErrorBoundary() {
  return <ErrorPage error={useRouteError()} />
}

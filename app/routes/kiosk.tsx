import '#app/ui/devices/greeting-panel.css'
import '#app/ui/devices/kiosk.css'
import '#app/ui/devices/kiosk-pair.css'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { anonymousCsrf } from '#app/auth/csrf.server.ts'
import { kioskCookie, kioskOrNull, publicRoute, readAnonymousForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { kioskView } from '#app/db/kiosk-view.server.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { pairKiosk } from '#app/services/devices/pair-kiosk.server.ts'
import { KioskPairing, type PairingProblem } from '#app/ui/devices/kiosk-pairing.tsx'
import { KioskScreen } from '#app/ui/devices/kiosk-screen.tsx'

/** Public because a screen that is not paired yet must be able to ask; what is shown needs the screen's own token. */
export const handle = { access: 'public' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  publicRoute(args)
  const title = translator(localeOf(args.request))('devices.kiosk.title')
  const kiosk = await kioskOrNull(args)
  if (kiosk === null) {
    const { token, setCookie } = anonymousCsrf(args)
    return data({ title, view: null, csrf: token }, setCookie === null ? {} : { headers: { 'Set-Cookie': setCookie } })
  }
  return data(
    { title, view: await kioskView(prisma, kiosk, now()), csrf: '' },
    { headers: { 'Cache-Control': 'no-store' } },
  )
}

export async function action(args: ActionFunctionArgs) {
  publicRoute(args)
  const form = await readAnonymousForm(args)
  const code = String(form.get('code') ?? '').trim()
  const problem = codeProblem(code)
  if (problem !== null) return data({ problem, code }, { status: 400 })
  const paired = await pairKiosk({ code, address: args.context.address ?? null }, now())
  if (!paired.ok) return data({ problem: paired.code, code }, { status: 400 })
  return redirect('/kiosk', { headers: { 'Set-Cookie': kioskCookie(paired.value.token) } })
}

function codeProblem(code: string): PairingProblem | null {
  if (code === '') return 'empty'
  return /^[A-Za-z0-9]{8}$/.test(code.replace(/[\s-]/g, '')) ? null : 'malformed'
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function Kiosk() {
  const { view, csrf } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (view === null) return <KioskPairing csrf={csrf} problem={answer?.problem ?? null} code={answer?.code ?? ''} />
  return (
    <>
      <noscript>
        <meta httpEquiv="refresh" content="5" />
      </noscript>
      <KioskScreen first={view} events="/kiosk/events" />
    </>
  )
}

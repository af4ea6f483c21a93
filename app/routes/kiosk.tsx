import '#app/ui/devices/greeting-panel.css'
import '#app/ui/devices/kiosk.css'
import '#app/ui/devices/kiosk-claim.css'
import '#app/ui/devices/kiosk-pair.css'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { anonymousCsrf } from '#app/auth/csrf.server.ts'
import { kioskCookie, kioskOrNull, publicRoute, readAnonymousForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { kioskView } from '#app/db/kiosk-view.server.ts'
import { silentState } from '#app/domain/devices/alternate-answer.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { pairKiosk } from '#app/services/devices/pair-kiosk.server.ts'
import { KioskPairing, type PairingProblem } from '#app/ui/devices/kiosk-pairing.tsx'
import { KioskScreen } from '#app/ui/devices/kiosk-screen.tsx'
import { answerClaim, kioskState } from './api.kiosk/claim.ts'

/** Public because a screen that is not paired yet must be able to ask; what is shown needs the screen's own token. */
export const handle = { access: 'public' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  publicRoute(args)
  const title = translator(localeOf(args.request))('devices.kiosk.title')
  const { token, setCookie } = anonymousCsrf(args)
  const headers = new Headers(setCookie === null ? {} : { 'Set-Cookie': setCookie })
  const kiosk = await kioskOrNull(args)
  if (kiosk === null) return data({ title, view: null, state: silentState, pad: false, csrf: token }, { headers })
  headers.set('Cache-Control', 'no-store')
  const [view, state] = await Promise.all([kioskView(prisma, kiosk, now()), kioskState(kiosk, now())])
  const pad = new URL(args.request.url).searchParams.get('way') === 'number'
  return data({ title, view, state, pad, csrf: token }, { headers })
}

export async function action(args: ActionFunctionArgs) {
  publicRoute(args)
  const form = await readAnonymousForm(args)
  if (form.get('intent') === 'claim') return claim(args, form)
  const code = String(form.get('code') ?? '').trim()
  const problem = codeProblem(code)
  if (problem !== null) return data({ problem, code, claim: null }, { status: 400 })
  const paired = await pairKiosk({ code, address: args.context.address ?? null }, now())
  if (!paired.ok) return data({ problem: paired.code, code, claim: null }, { status: 400 })
  return redirect('/kiosk', { headers: { 'Set-Cookie': kioskCookie(paired.value.token) } })
}

/** The same as the screen's script does, for a browser without one; a screen that is not paired is asked for its code. */
async function claim(args: ActionFunctionArgs, form: FormData) {
  const kiosk = await kioskOrNull(args)
  if (kiosk === null) throw redirect('/kiosk')
  const answer = await answerClaim(kiosk, form, args.context.address ?? null, now())
  const status = answer.code === 'claimed' || answer.code === 'already' ? 200 : 400
  return data({ problem: null, code: '', claim: answer }, { status })
}

function codeProblem(code: string): PairingProblem | null {
  if (code === '') return 'empty'
  return /^[A-Za-z0-9]{8}$/.test(code.replace(/[\s-]/g, '')) ? null : 'malformed'
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function Kiosk() {
  const { view, state, pad, csrf } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (view === null) return <KioskPairing csrf={csrf} problem={answer?.problem ?? null} code={answer?.code ?? ''} />
  const claim = answer?.claim ?? null
  const again = claim !== null ? '9; url=/kiosk' : pad ? '60; url=/kiosk' : '5'
  return (
    <>
      <noscript>
        <meta httpEquiv="refresh" content={again} />
      </noscript>
      <KioskScreen first={view} state={state} answer={claim} pad={pad} csrf={csrf} events="/kiosk/events" />
    </>
  )
}

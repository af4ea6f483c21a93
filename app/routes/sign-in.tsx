import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { type MetaFunction, useActionData, useLoaderData } from '@remix-run/react'
import { sessionCookieName, writeCookie } from '#app/auth/cookies.server.ts'
import { publicRoute, readAnonymousForm, toSetUpWhenEmpty } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { addressOf, visitorOrNull } from '#app/auth/visitor.server.ts'
import { now } from '#app/clock.server.ts'
import { oneAccountPerRole } from '#app/db/accounts.server.ts'
import { onlyCentre } from '#app/db/centres.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { demoPassword } from '#app/domain/access/demo.ts'
import { landing } from '#app/domain/access/navigation.ts'
import { safePath } from '#app/domain/access/safe-path.ts'
import { defaultAccessSettings } from '#app/domain/access/settings.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { env } from '#app/env.server.ts'
import { signIn } from '#app/services/access/sign-in.server.ts'
import { SignInView } from '#app/ui/access/sign-in-view.tsx'
import { pageTitle } from '#app/ui/access/title.ts'

export const handle = { access: 'public' } satisfies RouteAccess

const defaultZone = 'Asia/Shanghai'

export async function loader(args: LoaderFunctionArgs) {
  publicRoute(args)
  await toSetUpWhenEmpty()
  const to = safePath(new URL(args.request.url).searchParams.get('to'))
  const visitor = await visitorOrNull(args)
  if (visitor) throw redirect(visitor.mustChangePassword ? '/password' : (to ?? landing(visitor.role)))
  const centre = await onlyCentre(prisma)
  const zone = centre?.zone ?? defaultZone
  return {
    centre: centre ? { name: centre.name, nameEn: centre.nameEn } : null,
    zone,
    to,
    idleMinutes: defaultAccessSettings.idle_minutes,
    demo: env.DEMO
      ? { password: demoPassword, accounts: await oneAccountPerRole(prisma, civilOf(now(), zone).day) }
      : null,
  }
}

export async function action(args: ActionFunctionArgs) {
  publicRoute(args)
  const form = await readAnonymousForm(args)
  const text = (name: string) => String(form.get(name) ?? '')
  const number = text('number').normalize('NFKC').trim()
  if (number === '' || text('password') === '') return again({ code: 'missing', facts: {} }, number, 400)
  const result = await signIn({
    signIn: number.slice(0, 100),
    password: text('password').slice(0, 500),
    at: now(),
    address: addressOf(args),
    userAgent: args.request.headers.get('user-agent'),
    role: text('role') || null,
  })
  if (!result.ok) return again(result, number, result.code === 'wrong_password' ? 401 : 403)
  const { secret, role, mustChangePassword } = result.value
  const to = mustChangePassword ? '/password' : (safePath(text('to')) ?? landing(role))
  return redirect(to, { headers: { 'Set-Cookie': writeCookie(sessionCookieName, secret) } })
}

type Refused = {
  readonly code: 'missing' | 'wrong_password' | 'locked' | 'no_role' | 'code_over' | 'posting_over'
  readonly facts: Readonly<Record<string, string | number>>
}

/** The form once more with what was typed, except the password. */
function again(refused: Refused, number: string, status: number) {
  return data({ code: refused.code, facts: refused.facts, number }, { status })
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'access.sign_in.title')

export default function SignIn() {
  return <SignInView {...useLoaderData<typeof loader>()} refused={useActionData<typeof action>() ?? null} />
}

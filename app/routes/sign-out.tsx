import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { clearCookie, sessionCookieName } from '#app/auth/cookies.server.ts'
import { guard, publicRoute, readForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { signOut } from '#app/services/access/sign-out.server.ts'

export const handle = { access: 'public', action: 'session.end' } satisfies RouteAccess

/** Signing out changes something, so a link cannot do it. */
export function loader(args: LoaderFunctionArgs) {
  publicRoute(args)
  return redirect('/')
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'session.end')
  await readForm(args, visitor)
  await signOut(visitor, now())
  return redirect('/sign-in', { headers: { 'Set-Cookie': clearCookie(sessionCookieName) } })
}

/** Never drawn itself; a route without a page would answer a refused form with bare data instead of the page that explains it. */
export default function Page() {
  return null
}

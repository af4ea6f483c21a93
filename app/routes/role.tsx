import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { guard, publicRoute, readForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { landing } from '#app/domain/access/navigation.ts'
import { switchRole } from '#app/services/access/switch-role.server.ts'

export const handle = { access: 'public', action: 'role.switch' } satisfies RouteAccess

export function loader(args: LoaderFunctionArgs) {
  publicRoute(args)
  return redirect('/')
}

/** Changes the role that the session acts in, and goes to where that role works. */
export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'role.switch')
  const form = await readForm(args, visitor)
  const switched = await switchRole(visitor, String(form.get('role') ?? ''))
  if (!switched.ok) throw data({ code: 'forbidden', role: visitor.role }, { status: 403 })
  return redirect(landing(switched.value))
}

/** Never drawn itself; a route without a page would answer a refused form with bare data instead of the page that explains it. */
export default function Page() {
  return null
}

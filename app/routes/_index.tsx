import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { landing } from '#app/domain/access/navigation.ts'

export const handle = { access: 'home.read' } satisfies RouteAccess

/** The bare address leads to where the role's work is. */
export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'home.read')
  return redirect(landing(visitor.role))
}

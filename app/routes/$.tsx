import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { publicRoute } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'

export const handle = { access: 'public' } satisfies RouteAccess

/** Every address without a page. Throwing is what gives the answer its status and its page. */
export function loader(args: LoaderFunctionArgs) {
  publicRoute(args)
  throw data({ code: 'not_found' }, { status: 404 })
}

export function action(args: LoaderFunctionArgs) {
  publicRoute(args)
  throw data({ code: 'not_found' }, { status: 404 })
}

export default function NotFound() {
  return null
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { guardDemo } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { eventStream } from '#app/live/event-stream.server.ts'

export const handle = { access: 'demo' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  guardDemo(args)
  return eventStream(args.context, { filter: (event) => event.topic !== 'result', retryMs: 2000 })
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { eventStream } from '#app/live/event-stream.server.ts'

export const handle = { access: 'register.print' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const visitor = await guard(args, 'register.print', { resource: true })
  return eventStream(args.context, {
    filter: (event) => event.topic === 'resync' || (event.topic === 'print' && event.centreId === visitor.centreId),
    retryMs: 2000,
    holder: visitor.sessionId,
  })
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { eventStream } from '#app/live/event-stream.server.ts'

export const handle = { access: 'readers.read' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const visitor = await guard(args, 'readers.read', { resource: true })
  return eventStream(args.context, {
    filter: (event) => (event.topic === 'resync' || event.centreId === visitor.centreId) && event.topic !== 'result',
    retryMs: 3000,
  })
}

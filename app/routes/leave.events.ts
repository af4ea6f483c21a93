import type { LoaderFunctionArgs } from '@remix-run/node'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { eventStream } from '#app/live/event-stream.server.ts'

export const handle = { access: 'leave.see' } satisfies RouteAccess

/** Tells the pages of leave that some request of the centre changed; what of it the reader may see the page asks again. */
export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'leave.see', { resource: true })
  return eventStream(args.context, {
    filter: (event) =>
      (event.topic === 'leave' || event.topic === 'resync') && (!event.centreId || event.centreId === visitor.centreId),
    holder: visitor.sessionId,
    retryMs: 3000,
  })
}

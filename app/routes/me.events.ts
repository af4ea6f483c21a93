import type { LoaderFunctionArgs } from '@remix-run/node'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { eventStream } from '#app/live/event-stream.server.ts'

export const handle = { access: 'me.read' } satisfies RouteAccess

const topics: readonly string[] = ['source', 'result', 'leave', 'resync']

/** Tells my page that my result, a reader or some leave changed. Other people's punches are not told. */
export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'me.read', { resource: true })
  return eventStream(args.context, {
    filter: (event) =>
      topics.includes(event.topic) &&
      (!event.centreId || event.centreId === visitor.centreId) &&
      (event.topic !== 'result' || !event.id || event.id === visitor.personId),
    holder: visitor.sessionId,
    retryMs: 3000,
  })
}

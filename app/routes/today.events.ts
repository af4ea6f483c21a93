import type { LoaderFunctionArgs } from '@remix-run/node'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { eventStream } from '#app/live/event-stream.server.ts'

export const handle = { access: 'board.read' } satisfies RouteAccess

/** A punch carries its greeting and is not for the board; the result it leads to is. */
const topics: readonly string[] = ['source', 'result', 'resync']

/** Tells the board that something of its centre changed; what changed it asks its own loader, in its own scope. */
export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'board.read', { resource: true })
  return eventStream(args.context, {
    filter: (event) => topics.includes(event.topic) && (!event.centreId || event.centreId === visitor.centreId),
    retryMs: 3000,
    holder: visitor.sessionId,
  })
}

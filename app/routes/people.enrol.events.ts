import type { LoaderFunctionArgs } from '@remix-run/node'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { eventStream } from '#app/live/event-stream.server.ts'

export const handle = { access: 'enrolment.manage' } satisfies RouteAccess

const heard: readonly string[] = ['command', 'source', 'person']

/** Tells an open enrolment page that a step, a reader or a register of fingers changed. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const visitor = await guard(args, 'enrolment.manage', { resource: true })
  return eventStream(args.context, {
    filter: (event) => event.topic === 'resync' || (event.centreId === visitor.centreId && heard.includes(event.topic)),
    retryMs: 2000,
  })
}

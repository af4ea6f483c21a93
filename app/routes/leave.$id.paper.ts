import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { leaveById } from '#app/db/leave.server.ts'
import { storedFileOf } from '#app/db/leave-words.server.ts'

export const handle = { access: 'leave.see' } satisfies RouteAccess

/** The scan of a paper slip, for whoever may see the request that it belongs to. */
export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'leave.see', { resource: true })
  const id = args.params.id ?? ''
  const view = /^[0-9a-f-]{36}$/i.test(id) ? await leaveById(prisma, visitor, id, now()) : null
  const file = view?.paper ? await storedFileOf(prisma, visitor.centreId, view.paper.id) : null
  if (!file) throw data({ code: 'not_found' }, { status: 404 })
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      'Content-Type': file.mediaType,
      'Content-Length': String(file.size),
      'Content-Disposition': `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'Cache-Control': 'private, no-store',
    },
  })
}

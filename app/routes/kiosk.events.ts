import type { LoaderFunctionArgs } from '@remix-run/node'
import { guardKiosk } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { firstGreeting, greetingByKey, onStoredHere } from '#app/db/greetings.server.ts'
import { kioskView } from '#app/db/kiosk-view.server.ts'
import { subscribe } from '#app/live/events.server.ts'
import { kioskStream } from './kiosk.events/stream.ts'

export const handle = { access: 'kiosk' } satisfies RouteAccess

/** A greeting goes out as it comes in; the whole view follows, gathered, and once in a while for what time alone changes. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const kiosk = await guardKiosk(args)
  const centre = { id: kiosk.centreId, zone: kiosk.zone }
  return kioskStream(kiosk, {
    closed: args.context.closed,
    view: () => kioskView(prisma, kiosk, now()),
    storedHere: onStoredHere,
    first: (key) => firstGreeting(prisma, centre, key, now()),
    greeting: (key) => greetingByKey(prisma, centre, key, now()),
    subscribe,
  })
}

import '#app/ui/hall/hall.css'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { hallView } from '#app/db/hall-structure.server.ts'
import { filterHall } from '#app/domain/hall/filter.ts'
import { isHallKind } from '#app/domain/hall/input.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { pageTitle } from '#app/ui/access/title.ts'
import { HallPage, type HallPageModel } from '#app/ui/hall/hall-page.tsx'

export const handle = { access: 'hall.manage' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs): Promise<HallPageModel> {
  const visitor = await guard(args, 'hall.manage')
  const search = new URL(args.request.url).searchParams
  const tab = search.get('tab') ?? ''
  const kind = isHallKind(tab) ? tab : 'windows'
  const q = (search.get('q') ?? '').slice(0, 100)
  const asked = search.get('state')
  const state = asked === 'ended' || asked === 'all' ? asked : 'open'
  const { day } = civilOf(now(), visitor.centre.zone)
  const whole = await hallView(prisma, visitor.centreId, day)
  const used = filterHall(whole, { q: '', state: 'open', day })
  return {
    kind,
    q,
    state,
    day,
    view: filterHall(whole, { q, state: kind === 'groups' ? 'all' : state, day }),
    counts: {
      windows: used.windows.length,
      zones: used.zones.length,
      units: used.units.length,
      groups: used.groups.length,
    },
    all: whole[kind].length,
    done: search.get('done'),
  }
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'hall.title')

export default function Hall() {
  return <HallPage {...useLoaderData<typeof loader>()} />
}

import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { openAlarms } from '#app/db/alarms.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { loadHall } from '#app/db/hall.server.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { wallModel } from '#app/ui/today/wall-model.ts'
import { WallPage } from '#app/ui/today/wall-page.tsx'

export const handle = { access: 'board.wall' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'board.wall')
  const t = translator(localeOf(args.request))
  const { zone } = visitor.centre
  const at = now()
  const hall = await loadHall(prisma, { id: visitor.centreId, zone }, visitor.scope, at)
  const title = t('common.title', { page: t('attendance.wall.title'), product: t('common.product') })
  // A reader that says nothing has its own line at the foot, with its windows; there is no room to say it twice.
  const told = hall.hall.acts.some((act) => act.kind === 'silent')
  const alarms = told ? [] : (await openAlarms(prisma, visitor.centreId)).filter((alarm) => alarm.out)
  return { title, model: wallModel(hall, t), alarms, at, zone }
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title ?? '' }]

export default function WallRoute() {
  const { model, alarms, at, zone } = useLoaderData<typeof loader>()
  return <WallPage model={model} alarms={alarms} at={at} zone={zone} />
}

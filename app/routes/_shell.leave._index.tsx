import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { leavesOfPerson } from '#app/db/leave.server.ts'
import { lastOpinions } from '#app/db/leave-words.server.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { MinePage, NobodyLeave } from '#app/ui/leave/mine-page.tsx'
import { doneFacts } from './_shell.leave.waiting/detail.server.ts'

export const handle = { access: 'leave.request' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'leave.request')
  const t = translator(localeOf(args.request))
  const title = t('common.title', { page: t('leave.mine.title'), product: t('common.product') })
  const { centreId, personId, centre } = visitor
  if (personId === null) return { title, model: null }
  const today = civilOf(now(), centre.zone).day
  const lines = await leavesOfPerson(prisma, centreId, personId, today)
  const ended = lines.filter(({ state }) => state === 'returned' || state === 'refused').map(({ id }) => id)
  const opinions = await lastOpinions(prisma, centreId, ended)
  const leaves = lines.map((line) => ({ ...line, note: opinions.get(line.id) ?? null }))
  const done = await doneFacts(t, visitor, new URL(args.request.url).searchParams)
  return { title, model: { leaves, today, zone: centre.zone, done } }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function LeaveMine() {
  const { model } = useLoaderData<typeof loader>()
  return model ? <MinePage model={model} /> : <NobodyLeave />
}

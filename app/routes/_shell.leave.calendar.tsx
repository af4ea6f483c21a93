import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { calendarOf, yearsOf } from '#app/db/calendar.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { onLeave } from '#app/db/leave.server.ts'
import type { OnLeave } from '#app/domain/leave/view.ts'
import { addDays, isCivilDay, monthDays } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { monthOfLeave } from '#app/ui/leave/calendar-model.ts'
import { type CalendarModel, LeaveCalendarPage } from '#app/ui/leave/calendar-page.tsx'

export const handle = { access: 'leave.read' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'leave.read')
  const t = translator(localeOf(args.request))
  const title = t('common.title', { page: t('leave.calendar.title'), product: t('common.product') })
  const search = new URL(args.request.url).searchParams
  const today = civilOf(now(), visitor.centre.zone).day
  const month = monthAsked(search.get('month') ?? '', today)
  const days = monthDays(month)
  const first = days[0] ?? today
  const last = days.at(-1) ?? today
  const [calendar, leaves] = await Promise.all([
    calendarOf(prisma, visitor.centreId, yearsOf(days)),
    onLeave(prisma, visitor.scope, first, last),
  ])
  const plain = search.get('plain') === '1'
  const model: CalendarModel = {
    ...monthOfLeave(
      days,
      plain ? leaves.filter(({ state }) => state === 'approved').map(withoutKind) : leaves,
      calendar,
      days.includes(today) ? today : '',
    ),
    month,
    before: addDays(first, -1).slice(0, 7),
    after: addDays(last, 1).slice(0, 7),
    today,
    plain,
  }
  return { title, model }
}

/** What everybody may see says nothing of the kind, in the page's data neither. */
function withoutKind(leave: OnLeave): OnLeave {
  return { ...leave, kind: 'other_leave' }
}

function monthAsked(text: string, today: string): string {
  const known = isCivilDay(`${text}-01`) && text >= '2020-01' && text <= '2099-11'
  return known ? text : today.slice(0, 7)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function LeaveCalendar() {
  const { model } = useLoaderData<typeof loader>()
  return <LeaveCalendarPage model={model} />
}

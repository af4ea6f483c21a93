import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { guard, scopeFor, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { readersOf } from '#app/db/board.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { leavesOfPerson, waitingLeaveCount } from '#app/db/leave.server.ts'
import { lastOpinions } from '#app/db/leave-words.server.ts'
import { monthOfPerson } from '#app/db/month.server.ts'
import { judgedDay } from '#app/db/my-day.server.ts'
import { personCard } from '#app/db/people.server.ts'
import type { LeaveLine } from '#app/domain/leave/view.ts'
import { isCivilDay } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import type { MyLeaves } from '#app/ui/me/leave-card.tsx'
import { MePage, NobodyPage } from '#app/ui/me/me-page.tsx'
import { meModel, meWhy } from '#app/ui/me/page-model.ts'

export const handle = { access: 'me.read' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'me.read')
  const t = translator(localeOf(args.request))
  const title = t('common.title', { page: t('attendance.me.title'), product: t('common.product') })
  const { centreId, personId } = visitor
  if (personId === null) return { title, model: null, why: null, leaves: null }
  const at = now()
  const centre = { id: centreId, zone: visitor.centre.zone }
  const today = civilOf(at, centre.zone)
  const asked = askedOf(new URL(args.request.url).searchParams, today.day)
  const [card, judged, readers, month, whyDay, leaves] = await Promise.all([
    personCard(prisma, centreId, personId, today.day),
    judgedDay(prisma, centre, personId, today.day, at),
    readersOf(prisma, centreId),
    monthOfPerson(prisma, centreId, personId, asked.month),
    asked.why ? judgedDay(prisma, centre, personId, asked.why.day, at) : null,
    leavesFor(visitor, personId, today.day),
  ])
  if (!card) throw data({ code: 'not_found' }, { status: 404 })
  const source = {
    t,
    card,
    judged,
    readers: readers.map(plainReader(centre.zone, today.day)),
    today,
    zone: centre.zone,
  }
  const why = asked.why ? meWhy(source, asked.why, whyDay) : null
  return { title, model: meModel(source, { ...month, month: asked.month }), why, leaves }
}

/** Leave under way, and how much of others' leave waits for the visitor. */
async function leavesFor(visitor: Visitor, personId: string, today: string): Promise<MyLeaves> {
  const { centreId, centre } = visitor
  const [lines, scope] = await Promise.all([
    leavesOfPerson(prisma, centreId, personId, today),
    scopeFor(visitor, 'leave.decide'),
  ])
  const open = lines.filter((line) => isOpen(line, today))
  const [opinions, waiting] = await Promise.all([
    lastOpinions(
      prisma,
      centreId,
      open.map(({ id }) => id),
    ),
    scope ? waitingLeaveCount(prisma, { ...visitor, scope }, today) : 0,
  ])
  const told = open.map((line) => ({ ...line, note: opinions.get(line.id) ?? null }))
  return { open: told, waiting, papers: visitor.can('register.write'), today, zone: centre.zone }
}

function isOpen({ state, period }: LeaveLine, today: string): boolean {
  return state === 'approved' ? period.lastDay >= today : ['draft', 'submitted', 'returned'].includes(state)
}

type Reader = Awaited<ReturnType<typeof readersOf>>[number]

/** Since when a reader does not answer, as a second of today; null when it answers. */
function plainReader(zone: string, day: string) {
  return ({ id, name, nameEn, state, stateSince }: Reader) => {
    const since = stateSince ? civilOf(stateSince.getTime(), zone) : null
    const down = state === 'offline' || state === 'fault'
    return { id, name, nameEn, downSince: down ? (since?.day === day ? since.second : 0) : null }
  }
}

type Asked = { month: string; why: { day: string; half: 'am' | 'pm' | null } | null }

function askedOf(search: URLSearchParams, today: string): Asked {
  const [, day = '', half] = /^(\d{4}-\d{2}-\d{2})(?:-(am|pm))?$/.exec(search.get('why') ?? '') ?? []
  const why: Asked['why'] =
    isCivilDay(day) && day <= today ? { day, half: half === 'am' || half === 'pm' ? half : null } : null
  const month = search.get('month') ?? (why ?? { day: today }).day.slice(0, 7)
  const known = isCivilDay(`${month}-01`) && month >= '2000-01' && month <= '2099-12'
  return { why, month: known ? month : today.slice(0, 7) }
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title ?? '' }]

export default function MeRoute() {
  const { model, why, leaves } = useLoaderData<typeof loader>()
  return model && leaves ? <MePage model={model} why={why} leaves={leaves} /> : <NobodyPage />
}

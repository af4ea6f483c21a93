import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { guard, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { openAlarms } from '#app/db/alarms.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { whatIsThere } from '#app/db/first-steps.server.ts'
import { loadHall } from '#app/db/hall.server.ts'
import { mayAskWhy, readsLeaveKind } from '#app/domain/duty/ask-why.ts'
import type { Hall } from '#app/domain/duty/hall.ts'
import { firstSteps } from '#app/domain/hall/first-steps.ts'
import { formatDay } from '#app/i18n/format.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { type T, translator } from '#app/i18n/translator.ts'
import type { Handle } from '#app/ui/shell/bar.tsx'
import { todayModel } from '#app/ui/today/model.ts'
import { rollModel } from '#app/ui/today/roll-model.ts'
import { RollPage } from '#app/ui/today/roll-page.tsx'
import { inLocale } from '#app/ui/today/texts.ts'
import { TodayPage } from '#app/ui/today/today-page.tsx'
import { type WhyView, whyView } from '#app/ui/today/why-model.ts'

export const handle = { access: 'board.read', place: 'attendance.today.title' } satisfies RouteAccess & Handle

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'board.read')
  const t = translator(localeOf(args.request))
  const search = new URL(args.request.url).searchParams
  const hall = await loadHall(prisma, { id: visitor.centreId, zone: visitor.centre.zone }, visitor.scope, now())
  const title = t('common.title', { page: t('attendance.today.title'), product: t('common.product') })
  const tactful = !readsLeaveKind(visitor.role)
  if (search.get('view') === 'roll') return { view: 'roll' as const, title, roll: rollModel(hall, t, tactful) }
  const mayAsk = askedBy(visitor, hall)
  const model = todayModel(hall, {
    t,
    q: search.get('q')?.slice(0, 100) ?? '',
    tactful,
    readers: visitor.can('readers.read'),
    mayAsk,
    whole: visitor.scope.reach === 'centre',
  })
  const asked = search.get('why')
  const why = asked ? whyOf(hall, asked, mayAsk, t) : null
  const first = visitor.can('hall.manage') ? firstSteps(await whatIsThere(prisma, visitor.centreId)) : []
  const alarms = (await openAlarms(prisma, visitor.centreId)).filter((alarm) => alarm.out)
  return { view: 'board' as const, title, model, why, wall: visitor.can('board.wall'), first, alarms }
}

function askedBy(visitor: Visitor, hall: Hall): (personId: string) => boolean {
  const chiefOf = new Set([...hall.chiefs].flatMap(([windowId, id]) => (id === visitor.personId ? [windowId] : [])))
  const asker = { role: visitor.role, personId: visitor.personId, chiefOf }
  return (personId) => mayAskWhy(asker, personId, hall.posts)
}

/** A person outside the scope does not exist for the visitor; one inside whom he may not ask about is refused. */
function whyOf(hall: Hall, personId: string, mayAsk: (personId: string) => boolean, t: T): WhyView {
  const person = hall.people.find((one) => one.id === personId)
  const day = hall.days.get(personId)
  if (!person || !day) throw data({ code: 'not_found' }, { status: 404 })
  if (!mayAsk(personId)) throw data({ code: 'forbidden' }, { status: 403 })
  const readers = new Map(hall.readers.map((reader) => [reader.id, inLocale(t, reader)]))
  return whyView({
    t,
    facts: day.facts,
    result: day.result,
    ruleName: hall.rules.get(day.result.ruleVersion) ?? '',
    reader: (id) => readers.get(id) ?? id,
    title: t('attendance.why.title_day', { name: person.name, day: formatDay(hall.day, t.locale) }),
    halves: ['am', 'pm'],
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title ?? '' }]

export default function TodayRoute() {
  const loaded = useLoaderData<typeof loader>()
  if (loaded.view === 'roll') return <RollPage model={loaded.roll} />
  return (
    <TodayPage model={loaded.model} why={loaded.why} wall={loaded.wall} first={loaded.first} alarms={loaded.alarms} />
  )
}

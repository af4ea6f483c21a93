import '#app/ui/alternates/alternates.css'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { alternateView } from '#app/db/alternate-view.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { personName } from '#app/db/enrolment-view.server.ts'
import { readWay, type WayForm, type WayProblems } from '#app/domain/devices/alternate.ts'
import type { Refusal } from '#app/domain/result.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { endWay } from '#app/services/devices/end-way.server.ts'
import { giveWay } from '#app/services/devices/give-way.server.ts'
import { AlternatePage, type AlternateRefusal } from '#app/ui/alternates/alternate-page.tsx'

export const handle = { access: 'alternates.manage' } satisfies RouteAccess

const id = z.uuid()

function personOf(args: LoaderFunctionArgs | ActionFunctionArgs): string {
  const known = id.safeParse(args.params.id)
  if (!known.success) throw data({ code: 'not_found' }, { status: 404 })
  return known.data
}

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'alternates.manage')
  const view = await alternateView(prisma, { id: visitor.centreId, zone: visitor.centre.zone }, personOf(args), now())
  if (view === null) throw data({ code: 'not_found' }, { status: 404 })
  const search = new URL(args.request.url).searchParams
  const t = translator(localeOf(args.request))
  const title = `${t('alternates.title')} · ${view.person.name}`
  return { title, view, ending: search.get('end'), done: search.get('done') }
}

function byOf({ centreId, centre, accountId, role, address }: Visitor) {
  return { centreId, zone: centre.zone, accountId, role, address }
}

type Answer = {
  readonly typed: WayForm | null
  readonly problems: WayProblems
  readonly refused: AlternateRefusal | null
  /** Shown once; the answer of a form is kept nowhere. */
  readonly pin: string | null
}

const nothing: Answer = { typed: null, problems: {}, refused: null, pin: null }

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'alternates.manage')
  const form = await readForm(args, visitor)
  const personId = personOf(args)
  if ((await personName(prisma, visitor.centreId, personId)) === null) {
    throw data({ code: 'not_found' }, { status: 404 })
  }
  const intent = form.get('intent')
  if (intent === 'give') return give(visitor, personId, form)
  if (intent === 'end') return end(visitor, personId, form)
  throw data({ code: 'bad_request' }, { status: 400 })
}

async function give(visitor: Visitor, personId: string, form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '')
  const typed: WayForm = {
    kind: text('kind'),
    card: text('card'),
    reason: text('reason'),
    other: text('other'),
    from: text('from'),
    to: text('to'),
  }
  const { way, problems } = readWay(typed, now(), visitor.centre.zone)
  if (way === null) return data({ ...nothing, typed, problems }, { status: 400 })
  const given = await giveWay(byOf(visitor), { personId, way }, now())
  if (!given.ok) return data({ ...nothing, typed, refused: await refusalOf(visitor, given) }, { status: 400 })
  const { pin } = given.value
  if (pin === null) return redirect(`/people/${personId}/alternate?done=card`)
  return data({ ...nothing, pin }, { headers: { 'Cache-Control': 'no-store' } })
}

async function end(visitor: Visitor, personId: string, form: FormData) {
  const wayId = id.safeParse(form.get('way'))
  if (!wayId.success) throw data({ code: 'bad_request' }, { status: 400 })
  const ended = await endWay(byOf(visitor), { personId, wayId: wayId.data }, now())
  if (ended.ok) return redirect(`/people/${personId}/alternate?done=ended`)
  if (ended.code === 'way_unknown') throw data({ code: 'not_found' }, { status: 404 })
  return data({ ...nothing, refused: { code: ended.code, name: '' } }, { status: 400 })
}

/** Whose card it is may be told here: only who looks after everybody gives cards. */
async function refusalOf(
  visitor: Visitor,
  refusal: Refusal<'person_left' | 'way_overlaps' | 'card_taken'>,
): Promise<AlternateRefusal> {
  const holder = String(refusal.facts.person ?? '')
  const known = holder === '' ? null : await personName(prisma, visitor.centreId, holder)
  return { code: refusal.code, name: known?.name ?? '' }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function Alternate() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as Answer | undefined
  return <AlternatePage {...page} {...(answer ?? nothing)} />
}

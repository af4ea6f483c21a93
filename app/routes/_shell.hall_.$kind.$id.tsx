import '#app/ui/hall/hall.css'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { hallPage } from '#app/db/hall-page.server.ts'
import { type HallFacts, type HallKind, hallInputs, isHallKind } from '#app/domain/hall/input.ts'
import { problemsOf } from '#app/domain/people/person-input.ts'
import { readDay } from '#app/domain/people/read-day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { endHall, reopenHall } from '#app/services/hall/end-hall.server.ts'
import { endingOf } from '#app/services/hall/ending.ts'
import { saveHall } from '#app/services/hall/save-hall.server.ts'
import { HallRecordPage } from '#app/ui/hall/hall-record.tsx'
import { type HallRecordModel, type Problems, problemOf, type Typed } from '#app/ui/hall/model.ts'

export const handle = { access: 'hall.manage' } satisfies RouteAccess

type Which = { readonly kind: HallKind; readonly id: string | null }

function notFound() {
  return data({ code: 'not_found' }, { status: 404 })
}

function which(params: Readonly<Record<string, string | undefined>>): Which {
  const { kind, id } = params
  if (!isHallKind(kind) || !id) throw notFound()
  return { kind, id: id === 'new' ? null : id.toLowerCase() }
}

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'hall.manage')
  const { kind, id } = which(args.params)
  const search = new URL(args.request.url).searchParams
  const { day } = civilOf(now(), visitor.centre.zone)
  const page = await hallPage(prisma, { id: visitor.centreId, zone: visitor.centre.zone }, kind, id, day)
  if (!page) throw notFound()
  const t = translator(localeOf(args.request))
  const title = id === null ? t(`hall.${kind}.add`) : t('hall.page_title', { name: page.name })
  const on = dayOr(search.get('on'), day)
  const asks = search.get('act') === 'end' && page.record !== null && page.endedOn === null
  const found = asks && page.record ? await endingOf(prisma, visitor.centreId, page.record, on) : null
  const { record: _record, ...rest } = page
  const model: HallRecordModel = { ...rest, ending: found ? { on, found } : null, done: search.get('done') }
  return { title, model }
}

function dayOr(text: string | null, otherwise: string): string {
  const read = readDay(text ?? '')
  return read.ok && read.value !== null ? read.value : otherwise
}

type Answer = { readonly problems: Problems; readonly typed: Typed }

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'hall.manage')
  const form = await readForm(args, visitor)
  const at = which(args.params)
  const intent = String(form.get('intent') ?? '')
  if (intent === 'save') return save(visitor, at, form)
  if (at.id !== null && intent === 'reopen') return reopen(visitor, at.kind, at.id)
  if (at.id !== null && (intent === 'end' || intent === 'look')) return end(visitor, at.kind, at.id, form, intent)
  throw data({ code: 'bad_request' }, { status: 400 })
}

function byOf({ centreId, accountId, role, address }: Visitor) {
  return { centreId, accountId, role, address }
}

function textsOf(form: FormData): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, value] of form)
    if (typeof value === 'string' && name !== 'csrf' && name !== 'windowId') texts[name] = value.slice(0, 500)
  texts.windowIds = form.getAll('windowId').map(String).slice(0, 1000).join(',')
  return texts
}

function answer(problems: Problems, typed: Typed, status: number) {
  const body: Answer = { problems, typed }
  return data(body, { status })
}

async function save(visitor: Visitor, { kind, id }: Which, form: FormData) {
  const typed = textsOf(form)
  const read = hallInputs[kind].safeParse(typed)
  if (!read.success) return answer(problemsOf(read.error), typed, 400)
  const facts = { kind, input: read.data } as HallFacts
  const saved = await saveHall(byOf(visitor), { facts, id, version: typed.version ?? '' }, now())
  if (saved.ok) throw redirect(`/hall/${kind}/${saved.value.id}?done=${id === null ? 'added' : 'saved'}`)
  if (saved.code === 'hall_unknown') throw notFound()
  return answer(problemOf(saved), typed, 409)
}

async function end(visitor: Visitor, kind: HallKind, id: string, form: FormData, intent: 'end' | 'look') {
  const read = readDay(String(form.get('on') ?? ''))
  const { day } = civilOf(now(), visitor.centre.zone)
  if (!read.ok) return answer({ on: { code: read.code, facts: read.facts } }, {}, 400)
  const on = read.value ?? day
  if (intent === 'look') throw redirect(`/hall/${kind}/${id}?act=end&on=${on}`)
  const ended = await endHall(byOf(visitor), { kind, id, on }, now())
  if (ended.ok) throw redirect(kind === 'groups' ? '/hall?tab=groups&done=groups' : `/hall/${kind}/${id}?done=ended`)
  if (ended.code === 'hall_unknown') throw notFound()
  return answer(problemOf(ended), {}, 409)
}

async function reopen(visitor: Visitor, kind: HallKind, id: string) {
  const done = await reopenHall(byOf(visitor), { kind, id }, now())
  if (done.ok) throw redirect(`/hall/${kind}/${id}?done=reopened`)
  if (done.code === 'hall_unknown') throw notFound()
  return answer(problemOf(done), {}, 409)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function HallRecordRoute() {
  const { model } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const typed = answered && Object.keys(answered.typed).length > 0 ? answered.typed : model.typed
  return <HallRecordPage model={{ ...model, typed }} problems={answered?.problems ?? {}} />
}

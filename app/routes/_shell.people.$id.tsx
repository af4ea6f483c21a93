import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { accountOf } from '#app/db/accounts-list.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { readersHolding } from '#app/db/enrolment-people.server.ts'
import { leavesOfPerson } from '#app/db/leave.server.ts'
import { monthOfPerson } from '#app/db/month.server.ts'
import { peopleChoices } from '#app/db/people-list.server.ts'
import { type PersonRecord, personRecord, revealed } from '#app/db/person-record.server.ts'
import { postPartners } from '#app/db/post-partners.server.ts'
import { historyOf } from '#app/db/record-changes.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { characterFacts } from '#app/domain/people/characters/parse.ts'
import { rareCharacters } from '#app/domain/people/characters/rare.ts'
import { leavingOf } from '#app/domain/people/leaving.ts'
import { isCivilDay } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { missingGlyphs } from '#app/pdf/paper-text.ts'
import { monthView } from '#app/ui/me/month-model.ts'
import type { ActModel } from '#app/ui/people/person-act.tsx'
import type { Reveal } from '#app/ui/people/person-head.tsx'
import { PersonPage, type PersonView } from '#app/ui/people/person-page.tsx'
import { actOf, doAct, postingTyped, startOf, typedAct } from './people.form/acts.ts'
import { byOf, isId } from './people.form/by.ts'

export const handle = { access: 'people.read', action: 'people.manage' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'people.read')
  const t = translator(localeOf(args.request))
  const { record, day } = await recordOf(visitor, args.params.id)
  const search = new URL(args.request.url).searchParams
  const view = viewOf(search.get('view'), visitor)
  const month = monthAsked(search.get('month'), day)
  const [found, more, act] = await Promise.all([
    monthOfPerson(prisma, visitor.centreId, record.id, month),
    aroundOf(visitor, record, day, view),
    actModel(visitor, record, search, day),
  ])
  return {
    title: t('common.title', { page: record.name, product: t('common.product') }),
    model: {
      record,
      day,
      zone: visitor.centre.zone,
      view,
      month: monthView({ t, month, today: day, ...found }),
      shapes: shapesOf(record.name),
      missing: rareCharacters([record.name]).length > 0 ? missingGlyphs(record.name) : [],
      may: mayOf(visitor),
      act,
      done: search.get('done'),
      ...more,
    },
  }
}

async function recordOf(visitor: Visitor, id: string | undefined): Promise<{ record: PersonRecord; day: string }> {
  const { day } = civilOf(now(), visitor.centre.zone)
  const record = isId(id) ? await personRecord(prisma, visitor.scope, id, day) : null
  if (!record) throw data({ code: 'not_found' }, { status: 404 })
  return { record, day }
}

const views: readonly PersonView[] = ['overview', 'record', 'leave', 'history']

function viewOf(text: string | null, visitor: Visitor): PersonView {
  const view = views.find((one) => one === text) ?? 'overview'
  return view === 'leave' && !visitor.can('leave.read') ? 'overview' : view
}

function monthAsked(text: string | null, day: string): string {
  const known = text !== null && isCivilDay(`${text}-01`) && text >= '2000-01' && text <= '2099-12'
  return known ? text : day.slice(0, 7)
}

function mayOf(visitor: Visitor) {
  return {
    manage: visitor.can('people.manage'),
    reveal: visitor.can('people.reveal'),
    enrol: visitor.can('enrolment.manage'),
    print: visitor.can('register.print'),
    account: visitor.can('accounts.request'),
  }
}

function shapesOf(name: string) {
  return rareCharacters([name]).map((character) => ({ character, parts: characterFacts().get(character)?.parts ?? [] }))
}

/** What other parts of the program know of a person, as far as the visitor may see it. */
async function aroundOf(visitor: Visitor, { id, postings }: PersonRecord, day: string, view: PersonView) {
  const { centreId } = visitor
  const manages = visitor.can('people.manage')
  const [partners, leaves, account, history, readers] = await Promise.all([
    postPartners(prisma, centreId, id, day),
    visitor.can('leave.read') ? leavesOfPerson(prisma, centreId, id, day) : null,
    visitor.can('accounts.request') ? accountOf(prisma, centreId, id, now()) : null,
    view === 'history' ? historyOf(prisma, centreId, id) : [],
    manages ? readersHolding(prisma, centreId, id) : 0,
  ])
  return {
    partners,
    history,
    leaving: manages ? leavingOf({ postings, readers, account }, day) : null,
    // A draft is its writer's alone.
    leaves: leaves?.filter((one) => one.state !== 'draft').map(leaveFact) ?? null,
    account: account && { ...account, roles: account.roles.map((one) => one.role) },
  }
}

type Leave = Awaited<ReturnType<typeof leavesOfPerson>>[number]

function leaveFact({ id, number, kind, period, workingHalves, state }: Leave) {
  return { id, number, kind, period, workingHalves, state }
}

type Choices = ActModel['choices']

async function choicesOf(visitor: Visitor, day: string): Promise<Choices> {
  const { units, windows } = await peopleChoices(prisma, visitor.centreId, day)
  return { units, windows }
}

/** The act that the address asks for, with the form as it begins. */
async function actModel(
  visitor: Visitor,
  record: PersonRecord,
  search: URLSearchParams,
  day: string,
): Promise<ActModel | null> {
  const act = visitor.can('people.manage') ? actOf(search.get('act')) : null
  if (!act) return null
  const on = search.get('on') ?? ''
  const posting = record.postings.find((one) => one.id === on)
  const seen = posting ? JSON.stringify(postingTyped(posting)) : ''
  const typed = startOf(act, record, on, day)
  return { act, on, typed, problems: {}, seen, choices: await choicesOf(visitor, day) }
}

type Answer = { readonly act: ActModel | null; readonly revealed: Reveal | null }

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'people.manage')
  const form = await readForm(args, visitor)
  const { record, day } = await recordOf(visitor, args.params.id)
  const intent = String(form.get('intent') ?? '')
  if (intent === 'reveal') return reveal(visitor, record, String(form.get('field') ?? ''), day)
  const act = actOf(intent)
  if (!act) throw data({ code: 'bad_request' }, { status: 400 })
  const typed = typedAct(form)
  const [on, seen] = ['on', 'seen'].map((name) => String(form.get(name) ?? '')) as [string, string]
  const outcome = await doAct(act, { by: byOf(visitor), personId: record.id, on, seen, at: now() }, typed)
  if (outcome === null) throw data({ code: 'not_found' }, { status: 404 })
  if ('done' in outcome) return redirect(`/people/${record.id}?done=${act}`)
  const choices = await choicesOf(visitor, day)
  const answer: Answer = { act: { act, on, typed, problems: outcome.problems, seen, choices }, revealed: null }
  return data(answer, { status: 400 })
}

/** A whole number, once, for who may see it; the look is written down and the page is kept nowhere. */
async function reveal(visitor: Visitor, record: PersonRecord, field: string, day: string) {
  if (!visitor.can('people.reveal')) throw data({ code: 'forbidden' }, { status: 403 })
  if (field !== 'phone' && field !== 'idNumber') throw data({ code: 'bad_request' }, { status: 400 })
  const value = await inTransaction((tx) => revealed(tx, byOf(visitor), visitor.scope, record.id, field, day))
  const answer: Answer = { act: null, revealed: { field, value } }
  return data(answer, { headers: { 'Cache-Control': 'no-store' } })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function Person() {
  const { model } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return <PersonPage {...model} act={answer?.act ?? model.act} revealed={answer?.revealed ?? null} />
}

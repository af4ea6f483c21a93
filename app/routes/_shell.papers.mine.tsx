import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { isRouteErrorResponse, useActionData, useLoaderData, useRouteError } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { ownRegister } from '#app/db/annual-registers.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { registerPeople } from '#app/db/register-people.server.ts'
import { documentOf, missingFields, type RegisterFacts } from '#app/domain/assessment/register.ts'
import { writableYears, yearAtHand } from '#app/domain/assessment/summary.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { fontNotes, missingIn, registerExtent } from '#app/pdf/registers.ts'
import { saveSummary } from '#app/services/assessment/save-summary.server.ts'
import { pageTitle } from '#app/ui/access/title.ts'
import { ErrorPage } from '#app/ui/errors/error-page.tsx'
import { type Kept, KeptWords } from '#app/ui/papers/kept-words.tsx'
import { formModel, type MineModel, type PaperNotes } from '#app/ui/papers/mine-model.ts'
import { MinePage } from '#app/ui/papers/mine-page.tsx'
import type { WordsAnswer } from '#app/ui/papers/own-words.tsx'
import type { Handle } from '#app/ui/shell/bar.tsx'
import { keepTyped, wordsOf } from './papers/typed.ts'

export const handle = { access: 'register.write', place: 'assessment.mine.title' } satisfies RouteAccess & Handle

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'register.write')
  const search = new URL(args.request.url).searchParams
  const model = await modelOf(visitor, search.get('year'), args.request)
  return { model, justSaved: search.has('saved'), fresh: search.has('fresh') }
}

async function modelOf(visitor: Visitor, asked: string | null, request: Request): Promise<MineModel> {
  const { personId, centreId, centre, scope } = visitor
  if (personId === null) return { state: 'nobody' }
  const { years, year, today } = yearsOf(visitor, asked)
  const query = { year, today, personIds: [personId] }
  const [person] = await registerPeople(prisma, { id: centreId, name: centre.name }, scope, query)
  if (!person) return { state: 'not_here', year, years }
  const { facts, identityKind: kind } = person
  if (facts === null) return { state: 'none', kind, year, years }
  return formModel({
    t: translator(localeOf(request)),
    zone: centre.zone,
    today,
    year,
    years,
    writable: writableYears(today).includes(year),
    kind,
    facts,
    missing: missingFields(facts),
    register: await ownRegister(prisma, { centreId, personId, year }),
    paper: notesOf(facts),
    keepsRecords: visitor.can('people.manage'),
  })
}

function notesOf(facts: RegisterFacts): PaperNotes {
  const document = documentOf(facts)
  const bad = missingIn(document)
  if (bad.length > 0) return { pages: 2, fonts: [], bad }
  return { pages: registerExtent(document).pages, fonts: fontNotes(document), bad }
}

function yearsOf(visitor: Visitor, asked: string | null) {
  const today = civilOf(now(), visitor.centre.zone).day
  const latest = Number(today.slice(0, 4))
  const years = [latest - 1, latest]
  return { today, years, year: years.find((one) => String(one) === asked) ?? yearAtHand(today) }
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'register.write').catch(keepTyped(args.request))
  const copy = args.request.clone()
  const form = await readForm(args, visitor).catch(keepTyped(copy))
  const { personId, centreId, accountId, role, address, centre } = visitor
  const typed = wordsOf(form)
  // Somebody else has signed in on this machine: the words are not his, and they are shown, not saved.
  if (personId === null || form.get('person') !== personId) return keepTyped(form)(data(null, { status: 403 }))
  const year = Number(form.get('year'))
  const revision = Number(form.get('revision')) || 0
  const today = civilOf(now(), centre.zone).day
  if (!writableYears(today).includes(year)) return refused({ typed, revision, problem: { code: 'year_closed' } }, 409)
  const by = { accountId, role, address }
  const saved = await saveSummary({ centreId, personId, year, revision, ...typed, ...by }, now())
  if (saved.ok) return redirect(`/papers/mine?year=${year}&saved`)
  if (saved.code === 'too_long') {
    const { field, over, limit } = saved.facts
    const facts = { field: field === 'training' ? field : 'summary', over: Number(over), limit: Number(limit) } as const
    return refused({ typed, revision, problem: { code: 'too_long', ...facts } }, 422)
  }
  const time = formatInstant(Number(saved.facts.savedAt), centre.zone, translator(localeOf(args.request)).locale)
  return refused({ typed, revision, problem: { code: 'changed_meanwhile', time } }, 409)
}

function refused(answer: WordsAnswer, status: number) {
  return data(answer, { status })
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'assessment.mine.title')

export default function Mine() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() ?? null
  return <MinePage {...page} answer={answer} />
}

export function ErrorBoundary() {
  const error = useRouteError()
  const kept = isRouteErrorResponse(error) ? (error.data as { kept?: Kept } | null)?.kept : undefined
  return kept ? <KeptWords kept={kept} /> : <ErrorPage error={error} framed />
}

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { zonesOf } from '#app/db/board.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { printJob, recentPrintJobs } from '#app/db/print-jobs.server.ts'
import { registerPeople } from '#app/db/register-people.server.ts'
import { filterRegisters, type RegisterFilter, readRegisterFilter } from '#app/domain/assessment/register-list.ts'
import { yearAtHand } from '#app/domain/assessment/summary.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { paperOf } from '#app/services/assessment/print-paper.ts'
import { requestPrint } from '#app/services/assessment/request-print.server.ts'
import { pageTitle } from '#app/ui/access/title.ts'
import { listModel } from '#app/ui/papers/list-model.ts'
import { PapersPage, type PrintAnswer } from '#app/ui/papers/papers-page.tsx'
import { problemText } from '#app/ui/papers/problem-text.ts'
import type { Handle } from '#app/ui/shell/bar.tsx'

export const handle = { access: 'register.print', place: 'assessment.title' } satisfies RouteAccess & Handle

/** Years that can be chosen: this one and the two before it. */
const yearsBack = 2
/** A print that is done within this time needs no page of its own to wait on. */
const patienceMs = 900

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'register.print')
  const t = translator(localeOf(args.request))
  const search = new URL(args.request.url).searchParams
  const { year, years, today } = yearsOf(visitor, search.get('year'))
  const [people, zones, recent] = await Promise.all([
    registerPeople(prisma, centreOf(visitor), visitor.scope, { year, today }),
    zonesOf(prisma, visitor.centreId),
    recentPrintJobs(prisma, visitor.centreId, 5),
  ])
  const filter = readRegisterFilter((name) => search.get(name))
  const page = Number(search.get('page') ?? 1) || 1
  const { zone } = visitor.centre
  const model = listModel({ t, zone, people, zones, filter, year, years, page })
  const asked = people.find((person) => person.id === search.get('refused'))
  const refused = asked ? paperOf(asked).problems.map((problem) => problemText(t, problem, year)) : []
  return {
    model,
    writes: visitor.personId !== null && visitor.can('register.write'),
    refused: asked && refused.length > 0 ? { name: asked.name, texts: refused } : null,
    recent: recent.map(({ id, createdAt, personIds, kind, state }) => {
      const time = formatInstant(createdAt.getTime(), zone, t.locale)
      return { id, time, count: personIds.length, kind, state }
    }),
  }
}

function centreOf({ centreId, centre }: Visitor) {
  return { id: centreId, name: centre.name }
}

function yearsOf(visitor: Visitor, asked: string | null) {
  const today = civilOf(now(), visitor.centre.zone).day
  const latest = Number(today.slice(0, 4))
  const years = Array.from({ length: yearsBack + 1 }, (_, index) => latest - yearsBack + index)
  const year = years.find((one) => String(one) === asked) ?? yearAtHand(today)
  return { today, years, year }
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'register.print')
  const form = await readForm(args, visitor)
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : null
  }
  const { year, today } = yearsOf(visitor, text('year'))
  const personIds =
    text('whom') === 'filtered'
      ? await filtered(visitor, readRegisterFilter(text), year, today)
      : form.getAll('person').map(String)
  if (!personIds.every(isId)) throw data({ code: 'not_found' }, { status: 404 })
  const { accountId, role, address, scope } = visitor
  const kind = text('as') === 'zip' ? 'zip' : 'pdf'
  const by = { accountId, role, address }
  const asked = await requestPrint({ centre: centreOf(visitor), scope, kind, year, today, personIds, ...by }, now())
  if (asked.ok) {
    await ended(visitor.centreId, asked.value.id)
    return redirect(`/papers/prints/${asked.value.id}`)
  }
  if (asked.code === 'person_unknown') throw data({ code: 'not_found' }, { status: 404 })
  const answer: PrintAnswer = { code: asked.code, facts: asked.facts }
  return data(answer, { status: 400 })
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

async function filtered(visitor: Visitor, filter: RegisterFilter, year: number, today: string): Promise<string[]> {
  const people = await registerPeople(prisma, centreOf(visitor), visitor.scope, { year, today })
  return filterRegisters(people, filter).map((person) => person.id)
}

/** Waits a moment, so that a few sheets are simply there when the page opens. */
async function ended(centreId: string, id: string): Promise<void> {
  const until = performance.now() + patienceMs
  while (performance.now() < until) {
    const job = await printJob(prisma, centreId, id)
    if (!job || !['waiting', 'running'].includes(job.state)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'assessment.title')

export default function Papers() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() ?? null
  return <PapersPage {...page} answer={answer} />
}

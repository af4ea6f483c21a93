import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { type MetaFunction, useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { requestsOf } from '#app/db/access-requests.server.ts'
import { publicUrlOf, securityAmong } from '#app/db/account-lookup.server.ts'
import { accountLines } from '#app/db/accounts-list.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { unitChoices } from '#app/db/role-grants.server.ts'
import { isAccountState } from '#app/domain/access/account-state.ts'
import { answersTo, countStates, pageOf } from '#app/domain/access/find-accounts.ts'
import { maySettle } from '#app/domain/access/requests.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { makeAccounts } from '#app/services/access/make-accounts.server.ts'
import { refuseRequest } from '#app/services/access/refuse-request.server.ts'
import { settleRequests } from '#app/services/access/settle-requests.server.ts'
import { pageTitle } from '#app/ui/access/title.ts'
import { AccountsPage } from '#app/ui/accounts/accounts-page.tsx'
import type { Outcome, Refused, Task } from '#app/ui/accounts/model.ts'
import { SlipsPage } from '#app/ui/accounts/slips-page.tsx'

export const handle = { access: 'accounts.read', action: 'accounts.settle' } satisfies RouteAccess

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'accounts.read')
  const at = now()
  const { zone } = visitor.centre
  const { day } = civilOf(at, zone)
  const search = new URL(args.request.url).searchParams
  const [tasks, all, units] = await Promise.all([
    tasksOf(visitor, day),
    accountLines(prisma, visitor.scope, day, at),
    unitChoices(prisma, visitor.centreId),
  ])
  const q = (search.get('q') ?? '').slice(0, 100)
  const asked = search.get('state') ?? ''
  const state = isAccountState(asked) ? asked : null
  const found = all.filter((line) => answersTo(line, q))
  const shown = state === null ? found : found.filter((line) => line.state === state)
  const { rows, ...page } = pageOf(shown, Number(search.get('page') ?? 1))
  return {
    zone,
    makes: visitor.can('accounts.manage'),
    tasks,
    units,
    refusing: tasks.find((task) => task.id === search.get('refuse')) ?? null,
    query: { q, state },
    counts: countStates(found),
    lines: rows.map(({ reading: _reading, initials: _initials, ...line }) => line),
    page,
    done: search.get('done'),
  }
}

/** The waiting requests that are this visitor's work; his own are shown, and why another must settle them. */
async function tasksOf(visitor: Visitor, day: string): Promise<Task[]> {
  const { centreId } = visitor
  const rows = await requestsOf(prisma, centreId, { state: 'waiting' })
  const ids = rows.flatMap((row) => (row.accountId ? [row.accountId] : []))
  const security = await securityAmong(prisma, centreId, ids, day)
  return rows.flatMap((row): Task[] => {
    const forSecurity = row.accountId !== null && security.has(row.accountId)
    const allowed = maySettle({ ...row, forSecurity }, visitor)
    if (allowed.ok) return [{ ...row, why: null }]
    return allowed.code === 'not_your_work' ? [] : [{ ...row, why: allowed.code }]
  })
}

type Answer = {
  readonly refused: Refused | null
  readonly outcome: (Outcome & { readonly address: string; readonly made: boolean }) | null
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'accounts.settle')
  const form = await readForm(args, visitor)
  const intent = String(form.get('intent') ?? '')
  const ids = form
    .getAll('id')
    .map(String)
    .filter((id) => uuid.test(id))
  if (intent === 'refuse') return await sendBack(visitor, ids[0], String(form.get('reason') ?? ''))
  const [act, all] = intent.split('_')
  if (act !== 'make' && act !== 'settle') throw data({ code: 'bad_request' }, { status: 400 })
  const which = all === 'all' ? 'all' : ids
  const address = (await publicUrlOf(prisma, visitor.centreId)) ?? new URL(args.request.url).origin
  return act === 'make' ? await make(visitor, which, address) : await settle(visitor, which, address)
}

function whenOf(visitor: Visitor) {
  const at = now()
  return { at, today: civilOf(at, visitor.centre.zone).day }
}

async function make(visitor: Visitor, ids: readonly string[] | 'all', address: string) {
  if (!visitor.can('accounts.manage')) return no({ act: 'make', code: 'not_your_work', facts: {} })
  const made = await makeAccounts({ ...visitor, ...whenOf(visitor) }, ids)
  if (!made.ok) return no({ act: 'make', code: made.code, facts: made.facts })
  const { slips, linked, left } = made.value
  return yes({ done: slips.length + linked, slips, left, address, made: true })
}

async function settle(visitor: Visitor, ids: readonly string[] | 'all', address: string) {
  const settled = await settleRequests({ ...visitor, ...whenOf(visitor) }, ids)
  if (!settled.ok) return no({ act: 'settle', code: settled.code, facts: settled.facts })
  return yes({ ...settled.value, address, made: false })
}

async function sendBack(visitor: Visitor, id: string | undefined, reason: string) {
  if (!id) throw data({ code: 'not_found' }, { status: 404 })
  const refused = await refuseRequest({ ...visitor, ...whenOf(visitor) }, id, reason)
  if (refused.ok) return redirect('/accounts?done=refused')
  return no({ act: 'refuse', code: refused.code, facts: refused.facts })
}

function yes(outcome: NonNullable<Answer['outcome']>) {
  const answer: Answer = { refused: null, outcome }
  return data(answer, { headers: { 'Cache-Control': 'no-store' } })
}

function no(refused: Refused) {
  const answer: Answer = { refused, outcome: null }
  return data(answer, { status: refused.code === 'not_your_work' ? 403 : 400 })
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'accounts.title')

export default function Accounts() {
  const model = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const outcome = answer?.outcome ?? null
  if (outcome && outcome.slips.length > 0)
    return <SlipsPage outcome={outcome} address={outcome.address} zone={model.zone} made={outcome.made} />
  return <AccountsPage model={model} refused={answer?.refused ?? null} outcome={outcome} />
}

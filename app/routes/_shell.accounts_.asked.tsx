import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { type MetaFunction, useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { requestsOf } from '#app/db/access-requests.server.ts'
import { accountLines, peopleWithout } from '#app/db/accounts-list.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { unitChoices } from '#app/db/role-grants.server.ts'
import { answersTo } from '#app/domain/access/find-accounts.ts'
import { isRequestKind, mayAsk, requestKinds } from '#app/domain/access/requests.ts'
import { askableRoles, readWishes } from '#app/domain/access/wish-form.ts'
import { rolesByDuty } from '#app/domain/access/wishes.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { withdrawRequest } from '#app/services/access/refuse-request.server.ts'
import { requestAccount, requestAccounts, requestOutsider } from '#app/services/access/request-account.server.ts'
import { requestChange } from '#app/services/access/request-change.server.ts'
import { pageTitle } from '#app/ui/access/title.ts'
import { AskedPage, type Focus } from '#app/ui/accounts/asked-page.tsx'
import type { Left, Refused, Typed } from '#app/ui/accounts/model.ts'

export const handle = { access: 'accounts.request', place: 'accounts.asked.title' } satisfies RouteAccess & {
  place: string
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'accounts.request')
  const { at, today } = whenOf(visitor)
  const search = new URL(args.request.url).searchParams
  const { scope, centreId, accountId } = visitor
  const q = (search.get('q') ?? '').trim().slice(0, 100)
  const own = scope.reach === 'centre' ? {} : { requestedBy: accountId }
  const [people, lines, units, requests] = await Promise.all([
    peopleWithout(prisma, scope, today),
    accountLines(prisma, scope, today, at),
    unitChoices(prisma, centreId),
    requestsOf(prisma, centreId, own, 100),
  ])
  const unit = scope.reach === 'unit' ? scope.unitId : null
  const accounts = lines.filter((line) => line.id !== null)
  return {
    zone: visitor.centre.zone,
    mine: accountId,
    askable: askableRoles(scope.reach),
    people: people.map(({ duties, reading: _r, initials: _i, ...person }) => ({
      ...person,
      roles: rolesByDuty(duties),
    })),
    units: unit === null ? units : units.filter((one) => one.id === unit),
    focus: focusOf(search, lines, people),
    outsider: search.get('act') === 'outsider',
    found: { q, lines: q === '' ? [] : accounts.filter((line) => answersTo(line, q)).slice(0, 50) },
    requests,
    done: search.get('done'),
  }
}

function whenOf(visitor: Visitor) {
  const at = now()
  return { at, today: civilOf(at, visitor.centre.zone).day }
}

type Lines = Awaited<ReturnType<typeof accountLines>>
type People = Awaited<ReturnType<typeof peopleWithout>>

/** The person or account the address speaks of; one that the scope does not reach is unknown. */
function focusOf(search: URLSearchParams, lines: Lines, people: People): Focus | null {
  const [person, account] = [search.get('person'), search.get('account')]
  if (person === null && account === null) return null
  const line = lines.find((one) => (account === null ? one.personId === person : one.id === account))
  if (!line) throw data({ code: 'not_found' }, { status: 404 })
  const known = line.id === null ? null : { disabled: line.state === 'disabled' }
  const acts = line.state === 'waiting' ? [] : requestKinds.filter((kind) => mayAsk(kind, known))
  const asked = search.get('act') ?? ''
  const act = isRequestKind(asked) && acts.includes(asked) ? asked : null
  const duties = people.find((one) => one.personId === line.personId)?.duties
  return {
    personId: line.personId,
    accountId: line.id,
    name: line.name,
    signIn: line.signIn,
    state: line.state,
    codeEndsAt: line.codeEndsAt,
    lockedUntil: line.lockedUntil,
    roles: line.roles,
    acts,
    act: acts.length === 1 ? (acts[0] ?? null) : act,
    proposed: duties ? rolesByDuty(duties) : [],
  }
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'accounts.request')
  const form = await readForm(args, visitor)
  const withdraw = String(form.get('withdraw') ?? '')
  if (uuid.test(withdraw)) return await takeBack(visitor, withdraw)
  const intent = String(form.get('intent') ?? '')
  if (intent === 'people' || intent === 'people_all') return await many(visitor, intent, form)
  if (intent === 'outsider') return await outsider(visitor, form)
  if (isRequestKind(intent)) return await one(visitor, intent, form)
  throw data({ code: 'bad_request' }, { status: 400 })
}

function asking(visitor: Visitor) {
  return { ...visitor, ...whenOf(visitor) }
}

async function takeBack(visitor: Visitor, id: string) {
  const taken = await withdrawRequest({ ...visitor, at: now() }, id)
  if (taken.ok) return redirect('/accounts/asked?done=withdrawn')
  return again({ act: 'withdraw', code: taken.code, facts: taken.facts }, {})
}

async function many(visitor: Visitor, intent: 'people' | 'people_all', form: FormData) {
  const by = asking(visitor)
  const ticked = form.getAll('person').map(String)
  const all = async () => (await peopleWithout(prisma, visitor.scope, by.today)).filter((person) => !person.requested)
  const ids = intent === 'people' ? ticked : (await all()).map((person) => person.personId)
  const valid = ids.filter((id) => uuid.test(id))
  const asked = await requestAccounts(by, valid, { reason: null })
  if (!asked.ok) return again({ act: 'people', code: asked.code, facts: asked.facts }, {})
  const left: readonly Left[] = asked.value.skipped
  return data({ refused: null, typed: {}, outcome: { asked: asked.value.asked, left } })
}

function typedOf(form: FormData): Typed {
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .normalize('NFC')
      .trim()
      .slice(0, 500)
  const names = ['number', 'name', 'unit', 'from', 'to', 'reason'] as const
  const role = form.getAll('role').map(String).join(' ')
  return { role, ...Object.fromEntries(names.map((name) => [name, text(name)])) }
}

function wishesOf(typed: Typed, today: string) {
  const { role = '', unit = '', from = '', to = '' } = typed
  return readWishes({ roles: role.split(' ').filter(Boolean), unit, from, to }, today)
}

async function outsider(visitor: Visitor, form: FormData) {
  const by = asking(visitor)
  const typed = typedOf(form)
  const { number = '', name = '', reason } = typed
  const wishes = wishesOf(typed, by.today)
  if (!wishes.ok) return again({ act: 'outsider', code: wishes.code, facts: wishes.facts }, typed)
  const who = { signIn: number.normalize('NFKC'), name, roles: wishes.value }
  const asked = await requestOutsider(by, who, reason || null)
  if (asked.ok) return redirect('/accounts/asked?done=asked_it')
  return again({ act: 'outsider', code: asked.code, facts: asked.facts }, typed)
}

async function one(visitor: Visitor, kind: Focus['acts'][number], form: FormData) {
  const by = asking(visitor)
  const target = String(form.get('target') ?? '')
  if (!uuid.test(target)) throw data({ code: 'not_found' }, { status: 404 })
  const typed = typedOf(form)
  const needsRoles = kind === 'account' || kind === 'roles'
  const wishes = needsRoles ? wishesOf(typed, by.today) : null
  if (wishes && !wishes.ok) return again({ act: kind, code: wishes.code, facts: wishes.facts }, typed)
  const roles = wishes?.ok ? wishes.value : []
  const reason = typed.reason || null
  const asked =
    kind === 'account'
      ? await requestAccount(by, target, { roles, reason })
      : await requestChange(by, { accountId: target, kind, roles, reason })
  if (asked.ok) return redirect('/accounts/asked?done=asked_it')
  if (asked.code === 'unknown') throw data({ code: 'not_found' }, { status: 404 })
  return again({ act: kind, code: asked.code, facts: asked.facts }, typed)
}

function again(refused: Refused, typed: Typed) {
  return data({ refused, typed, outcome: null }, { status: 400 })
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'accounts.asked.title')

export default function Asked() {
  const model = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <AskedPage
      model={model}
      refused={answer?.refused ?? null}
      typed={answer?.typed ?? {}}
      outcome={answer?.outcome ?? null}
    />
  )
}

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { type MetaFunction, useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { accountDetail } from '#app/db/accounts-list.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { unitChoices } from '#app/db/role-grants.server.ts'
import { readWishes } from '#app/domain/access/wish-form.ts'
import { isCivilDay } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { endGrant, grantRole } from '#app/services/access/grant-role.server.ts'
import { unlockAccount } from '#app/services/access/unlock-account.server.ts'
import { pageTitle } from '#app/ui/access/title.ts'
import { AccountPage } from '#app/ui/accounts/account-page.tsx'
import type { Refused, Typed } from '#app/ui/accounts/model.ts'

export const handle = {
  access: 'accounts.read',
  action: 'roles.grant',
  place: 'accounts.title',
} satisfies RouteAccess & { place: string }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

async function found(visitor: Visitor, id: string | undefined) {
  const at = now()
  const { day } = civilOf(at, visitor.centre.zone)
  const account = id && uuid.test(id) ? await accountDetail(prisma, visitor.centreId, id, day, at) : null
  if (!account) throw data({ code: 'not_found' }, { status: 404 })
  return { account, day }
}

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'accounts.read')
  const { account, day } = await found(visitor, args.params.id)
  const search = new URL(args.request.url).searchParams
  const grants = visitor.can('roles.grant')
  return {
    zone: visitor.centre.zone,
    today: day,
    account,
    units: await unitChoices(prisma, visitor.centreId),
    grants,
    asks: visitor.can('accounts.request'),
    own: account.id === visitor.accountId,
    ending: grants ? (account.grants.find((grant) => grant.id === search.get('end')) ?? null) : null,
    done: search.get('done'),
  }
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'roles.grant')
  const form = await readForm(args, visitor)
  const { account, day } = await found(visitor, args.params.id)
  const text = (name: string) => String(form.get(name) ?? '').slice(0, 100)
  const intent = text('intent')
  if (intent === 'unlock') {
    const result = await unlockAccount(visitor, account.id, now())
    return result.ok ? back(account.id, 'unlocked') : again({ act: 'unlock', code: result.code, facts: {} }, {})
  }
  if (intent === 'give') return await give(visitor, account.id, day, text)
  if (intent === 'end' || intent === 'end_now') return await end(visitor, account, day, intent, text)
  throw data({ code: 'bad_request' }, { status: 400 })
}

type Text = (name: string) => string

async function give(visitor: Visitor, accountId: string, today: string, text: Text) {
  const typed = { role: text('role'), unit: text('unit'), from: text('from'), to: text('to') }
  const read = readWishes({ ...typed, roles: [typed.role] }, today)
  const wish = read.ok ? read.value[0] : undefined
  if (!wish) return again({ act: 'give', ...refusedOf(read) }, typed)
  const given = await grantRole({ ...visitor, today }, accountId, wish)
  return given.ok ? back(accountId, 'granted') : again({ act: 'give', ...refusedOf(given) }, typed)
}

async function end(
  visitor: Visitor,
  account: { id: string; grants: readonly { id: string }[] },
  today: string,
  intent: 'end' | 'end_now',
  text: Text,
) {
  const typed = { last: text('last') }
  const grant = account.grants.find((one) => one.id === text('grant'))
  if (!grant) throw data({ code: 'not_found' }, { status: 404 })
  if (intent === 'end' && !isCivilDay(typed.last)) return again({ act: 'end', code: 'before_start', facts: {} }, typed)
  const ended = await endGrant({ ...visitor, today }, grant.id, intent === 'end' ? typed.last : null)
  return ended.ok ? back(account.id, 'ended') : again({ act: 'end', ...refusedOf(ended) }, typed)
}

function refusedOf(result: { ok: boolean; code?: string; facts?: Refused['facts'] }): Pick<Refused, 'code' | 'facts'> {
  return { code: result.code ?? 'roles_missing', facts: result.facts ?? {} }
}

function back(id: string, done: string) {
  return redirect(`/accounts/${id}?done=${done}`)
}

function again(refused: Refused, typed: Typed) {
  return data({ refused, typed }, { status: 400 })
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'accounts.title')

export default function Account() {
  const answer = useActionData<typeof action>()
  const model = useLoaderData<typeof loader>()
  return <AccountPage model={model} refused={answer?.refused ?? null} typed={answer?.typed ?? {}} />
}

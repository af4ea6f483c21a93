import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { guard, readForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { accountSecrets } from '#app/db/accounts.server.ts'
import { accessSettingsOf } from '#app/db/centres.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { grantsOfAccount, officers, unitChoices } from '#app/db/role-grants.server.ts'
import { sessionsOfAccount } from '#app/db/sessions.server.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { endOwnSessions } from '#app/services/access/end-own-sessions.server.ts'
import { pageTitle } from '#app/ui/access/title.ts'
import { MinePage } from '#app/ui/accounts/mine-page.tsx'

export const handle = {
  access: 'home.read',
  action: 'session.end',
  place: 'accounts.mine.title',
} satisfies RouteAccess & { place: string }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'home.read')
  const { centreId, accountId, sessionId, role } = visitor
  const at = now()
  const { day } = civilOf(at, visitor.centre.zone)
  const settings = await accessSettingsOf(prisma, centreId)
  const [account, grants, sessions, security, units] = await Promise.all([
    accountSecrets(prisma, centreId, accountId),
    grantsOfAccount(prisma, centreId, accountId),
    sessionsOfAccount(prisma, centreId, accountId, at, settings.idle_minutes * 60_000),
    officers(prisma, centreId, 'security_administrator', day),
    unitChoices(prisma, centreId),
  ])
  const search = new URL(args.request.url).searchParams
  return {
    zone: visitor.centre.zone,
    signIn: account.signIn,
    role,
    here: sessionId,
    grants: grants.filter((grant) => grant.endsOn === null || grant.endsOn >= day),
    units,
    security,
    sessions: sessions.map(({ createdAt, seenAt, ...row }) => ({
      ...row,
      createdAt: createdAt.getTime(),
      seenAt: seenAt.getTime(),
    })),
    done: { code: search.get('done'), count: Number(search.get('n') ?? 0) || 0 },
  }
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'session.end')
  const form = await readForm(args, visitor)
  const end = String(form.get('end') ?? '')
  if (end !== 'others' && !uuid.test(end)) throw data({ code: 'bad_request' }, { status: 400 })
  const ended = await endOwnSessions(visitor, end === 'others' ? null : end, now())
  return redirect(`/accounts/mine?done=${ended.ok ? `ended&n=${ended.value}` : ended.code}`)
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'accounts.mine.title')

export default function Mine() {
  return <MinePage model={useLoaderData<typeof loader>()} />
}

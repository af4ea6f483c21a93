import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { overHttps } from '#app/auth/cookies.server.ts'
import { guard, readForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { accountNames, lockedAccounts } from '#app/db/accounts.server.ts'
import { accessSettingsOf, databaseRole } from '#app/db/centres.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { liveSessions, sessionOwner } from '#app/db/sessions.server.ts'
import { env } from '#app/env.server.ts'
import { plainHttpBeyondHere } from '#app/server/plain-http.ts'
import { endSessionOf } from '#app/services/access/end-session.server.ts'
import { unlockAccount } from '#app/services/access/unlock-account.server.ts'
import { SecurityView } from '#app/ui/access/security-view.tsx'
import { pageTitle } from '#app/ui/access/title.ts'

export const handle = { access: 'security.read', action: 'security.manage' } satisfies RouteAccess

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'security.read')
  const at = now()
  const settings = await accessSettingsOf(prisma, visitor.centreId)
  const [locked, sessions, database] = await Promise.all([
    lockedAccounts(prisma, visitor.centreId, at),
    liveSessions(prisma, visitor.centreId, at, settings.idle_minutes * 60_000),
    databaseRole(prisma),
  ])
  const query = new URL(args.request.url).searchParams
  return {
    zone: visitor.centre.zone,
    mine: visitor.sessionId,
    transport: plainHttpBeyondHere(env) ? ('open' as const) : overHttps() ? ('https' as const) : ('here' as const),
    host: env.HOST,
    database,
    locked: locked.map((row) => ({ ...row, lockedUntil: row.lockedUntil?.getTime() ?? at })),
    sessions: sessions.map(({ createdAt, seenAt, endsAt, ...row }) => ({
      ...row,
      createdAt: createdAt.getTime(),
      seenAt: seenAt.getTime(),
      endsAt: endsAt.getTime(),
    })),
    done: { code: query.get('done'), name: await nameOf(visitor.centreId, query.get('account')) },
  }
}

async function nameOf(centreId: string, id: string | null): Promise<string> {
  if (id === null || !uuid.test(id)) return ''
  return (await accountNames(prisma, centreId, [id])).get(id) ?? ''
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'security.manage')
  const form = await readForm(args, visitor)
  const [unlock, end] = [form.get('unlock'), form.get('end')].map((value) => String(value ?? ''))
  if (unlock && uuid.test(unlock)) {
    const result = await unlockAccount(visitor, unlock, now())
    return back(result.ok ? 'unlocked' : result.code, unlock)
  }
  if (end && uuid.test(end)) {
    const owner = await sessionOwner(prisma, visitor.centreId, end)
    const result = await endSessionOf(visitor, end, now())
    return back(result.ok ? 'ended' : result.code, owner ?? '')
  }
  throw data({ code: 'bad_request' }, { status: 400 })
}

function back(code: string, account: string) {
  return redirect(`/security?${new URLSearchParams({ done: code, account })}`)
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'access.security.title')

export default function Security() {
  return <SecurityView {...useLoaderData<typeof loader>()} />
}

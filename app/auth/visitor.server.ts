import { now } from '#app/clock.server.ts'
import { type Grant, grantsOn } from '#app/db/accounts.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { hashSecret } from '#app/db/secrets.server.ts'
import { type SessionRow, sessionByToken, setSessionRole, touchSession } from '#app/db/sessions.server.ts'
import { type Action, can } from '#app/domain/access/can.ts'
import { firstRole } from '#app/domain/access/navigation.ts'
import type { Role, Scope } from '#app/domain/access/roles.ts'
import { presenceCookie, sessionOver, worthTouching } from '#app/domain/access/session.ts'
import { readAccessSettings } from '#app/domain/access/settings.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { readCookie, sessionCookieName } from './cookies.server.ts'
import { sessionCsrf } from './csrf.server.ts'

/** Who is asking, in the role they act in now. */
export type Visitor = {
  readonly accountId: string
  readonly sessionId: string
  readonly personId: string | null
  readonly name: string
  readonly role: Role
  readonly roles: readonly Role[]
  readonly centreId: string
  readonly centre: { readonly name: string; readonly nameEn: string; readonly zone: string }
  /** How far the action reaches that the guard allowed; outside a guard only the visitor's own things. */
  readonly scope: Scope
  readonly can: (action: Action) => boolean
  readonly csrf: string
  readonly address: string | null
  readonly mustChangePassword: boolean
  /** The dispatching unit of a unit role. */
  readonly unitId: string | null
}

type Asked = { readonly request: Request; readonly context?: unknown }

const nobodyId = '00000000-0000-0000-0000-000000000000'
const known = new WeakMap<object, Promise<Visitor | null>>()

function keyOf({ request, context }: Asked): object {
  return typeof context === 'object' && context !== null ? context : request
}

/** The visitor behind the session cookie, or null. Asked once per request, however many loaders want to know. */
export function visitorOrNull(args: Asked): Promise<Visitor | null> {
  const key = keyOf(args)
  const found = known.get(key) ?? load(args)
  known.set(key, found)
  return found
}

/** The network address of the request, as the server saw it. */
export function addressOf({ context }: Asked): string | null {
  const address = (context as { address?: unknown } | null | undefined)?.address
  return typeof address === 'string' ? address : null
}

async function load(args: Asked): Promise<Visitor | null> {
  const secret = readCookie(args.request, sessionCookieName)
  if (!secret) return null
  const row = await sessionByToken(prisma, hashSecret(secret))
  if (!row || row.account.disabledAt) return null
  const at = now()
  const times = { seenAt: row.seenAt.getTime(), endsAt: row.endsAt.getTime(), endedAt: row.endedAt?.getTime() ?? null }
  if (sessionOver(times, at, readAccessSettings(row.centre.settings)) !== null) return null
  if (isUse(args.request) && worthTouching(times, at)) await touchSession(prisma, row.centreId, row.id, at)
  const grants = await grantsOn(prisma, row.centreId, row.accountId, civilOf(at, row.centre.zone).day)
  const role = await roleNow(row, grants)
  return role === null ? null : visitorOf(row, role, grants, addressOf(args))
}

/**
 * Whether a person is behind a request: a form, a whole page, or data for a page that was just touched.
 * A board that refreshes itself is nobody's doing and must not keep its session from idling out 超时退出.
 */
function isUse(request: Request): boolean {
  const asksForPage = request.headers.get('accept')?.includes('text/html') ?? false
  return request.method !== 'GET' || asksForPage || readCookie(request, presenceCookie.name) !== null
}

/** The role of the session while it is still granted; otherwise the first one that is. */
async function roleNow(row: SessionRow, grants: readonly Grant[]): Promise<Role | null> {
  const held = grants.map((grant) => grant.role)
  const current = held.find((role) => role === row.role)
  if (current) return current
  const next = firstRole(held)
  if (next) await setSessionRole(prisma, row.centreId, row.id, next)
  return next
}

function visitorOf(row: SessionRow, role: Role, grants: readonly Grant[], address: string | null): Visitor {
  const { personId, displayName, mustChangePassword } = row.account
  return {
    accountId: row.accountId,
    sessionId: row.id,
    personId,
    name: displayName,
    role,
    roles: [...new Set(grants.map((grant) => grant.role))],
    centreId: row.centreId,
    centre: { name: row.centre.name, nameEn: row.centre.nameEn, zone: row.centre.zone },
    scope: { centreId: row.centreId, reach: 'self', personId: personId ?? nobodyId },
    can: (action) => !mustChangePassword && can(role, action) !== null,
    csrf: sessionCsrf(row.id),
    address,
    mustChangePassword,
    unitId: grants.find((grant) => grant.role === role)?.unitId ?? null,
  }
}

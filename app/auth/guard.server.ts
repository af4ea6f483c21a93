import { data, redirect } from '@remix-run/node'
import { now } from '#app/clock.server.ts'
import { windowsOfPerson } from '#app/db/accounts.server.ts'
import { anyCentre } from '#app/db/centres.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { type Action, can, type Reach } from '#app/domain/access/can.ts'
import type { Scope } from '#app/domain/access/roles.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { env } from '#app/env.server.ts'
import { type Visitor, visitorOrNull } from './visitor.server.ts'

export { guardAgent } from './agent.server.ts'
export { readAnonymousForm, readForm } from './csrf.server.ts'
export { guardKiosk, kioskCookie, kioskOrNull } from './kiosk.server.ts'
export type { Visitor } from './visitor.server.ts'

type Asked = { readonly request: Request; readonly context?: unknown }
type Options = { readonly resource?: boolean }

/** Allowed even before the first password is changed: changing it, and going away. */
const beforePassword: readonly Action[] = ['password.change', 'session.end']

/**
 * The first line of each loader and action that is not public. Answers who is asking, with the scope of this action;
 * otherwise throws: to sign in, to change the password, or 403.
 */
export async function guard(args: Asked, action: Action, options: Options = {}): Promise<Visitor> {
  const visitor = await visitorOrNull(args)
  if (!visitor) throw await toSignIn(args.request, options)
  if (visitor.mustChangePassword && !beforePassword.includes(action)) {
    throw options.resource ? refusal('must_change_password', 403) : redirect('/password')
  }
  const reach = can(visitor.role, action)
  if (reach === null) throw data({ code: 'forbidden', action, role: visitor.role }, { status: 403 })
  return { ...visitor, scope: await scopeOf(visitor, reach) }
}

/** Says that a loader or action is open to everybody, so that leaving the guard out is never an oversight. */
export function publicRoute(_args: Asked): void {}

/** Exists only in the demo; elsewhere the address is unknown. */
export function guardDemo(_args: Asked): void {
  if (!env.DEMO) throw data({ code: 'not_found' }, { status: 404 })
}

/** On an empty database every page leads to the set-up. */
export async function toSetUpWhenEmpty(): Promise<void> {
  if (!(await anyCentre(prisma))) throw redirect('/set-up')
}

async function toSignIn(request: Request, options: Options): Promise<unknown> {
  if (options.resource) return refusal('unauthorized', 401)
  await toSetUpWhenEmpty()
  const { pathname, search } = new URL(request.url)
  const wanted = request.method === 'GET' && pathname !== '/' ? `?to=${encodeURIComponent(pathname + search)}` : ''
  return redirect(`/sign-in${wanted}`)
}

function refusal(code: string, status: number) {
  return data({ code }, { status })
}

/** How far an action would reach for a visitor, outside the action's own page; null when it is not his at all. */
export async function scopeFor(visitor: Visitor, action: Action): Promise<Scope | null> {
  const reach = can(visitor.role, action)
  if (reach === null || (reach === 'unit' && visitor.unitId === null)) return null
  return await scopeOf(visitor, reach)
}

async function scopeOf(visitor: Visitor, reach: Reach): Promise<Scope> {
  const { centreId, personId, unitId } = visitor
  if (reach === 'centre') return { centreId, reach }
  if (reach === 'windows') return { centreId, reach, windowIds: await windowsOf(visitor) }
  if (reach === 'unit') {
    if (unitId === null) throw refusal('forbidden', 403)
    return { centreId, reach, unitId }
  }
  return personId === null ? visitor.scope : { centreId, reach, personId }
}

async function windowsOf(visitor: Visitor): Promise<string[]> {
  if (visitor.personId === null) return []
  const { day } = civilOf(now(), visitor.centre.zone)
  return await windowsOfPerson(prisma, visitor.centreId, visitor.personId, day)
}

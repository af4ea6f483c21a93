import { sessionCookieName } from '#app/auth/cookies.server.ts'
import { sessionCsrf } from '#app/auth/csrf.server.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { hashSecret, newSecret } from '#app/db/secrets.server.ts'
import { createSession } from '#app/db/sessions.server.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { action as newAction } from '#app/routes/_shell.leave.new.tsx'
import { action as decideAction } from '#app/routes/_shell.leave.waiting.tsx'
import { type Answer, ask, post } from '#test/routes/requests.ts'
import type { Fixture } from '#test/support/fixture.ts'

export type Entered = { readonly cookie: string; readonly csrf: string }

/** A session of the fixture's own account of a role, with the token of its forms. */
export async function enter(fixture: Fixture, role: Role): Promise<Entered> {
  const at = now()
  const secret = newSecret()
  const sessionId = await createSession(prisma, {
    centreId: fixture.centreId,
    accountId: fixture.accountIds[role],
    tokenHash: hashSecret(secret),
    role,
    at,
    endsAt: at + 3_600_000,
    address: null,
    userAgent: null,
  })
  return { cookie: `${sessionCookieName}=${secret}`, csrf: sessionCsrf(sessionId) }
}

/** A slip of half a day of private leave for person b, whose window needs a stand-in. */
export function slip(fixture: Fixture, fields: Record<string, string> = {}): Record<string, string> {
  return {
    kind: 'private',
    from: '2026-11-26',
    from_half: 'am',
    to: '2026-11-26',
    to_half: 'am',
    reason: '家里有事',
    destination: '桐城',
    leaves_town: 'yes',
    phone: '138 0000 8103',
    stand_in: fixture.personIds[0],
    handover: '印章一枚',
    ...fields,
  }
}

/** Sends the form of a new request. */
export async function send(who: Entered, intent: string, fields: Record<string, string>): Promise<Answer> {
  return await ask(newAction, post('/leave/new', { csrf: who.csrf, intent, ...fields }, who.cookie))
}

/** Asks for leave and returns the request's id. */
export async function asked(who: Entered, fields: Record<string, string>): Promise<string> {
  const answer = await send(who, 'submit', fields)
  const id = /id=([0-9a-f-]{36})/.exec(answer.location ?? '')?.[1]
  if (!id) throw new Error(`not sent: ${answer.status} ${JSON.stringify(answer.body)}`, { cause: answer.fault })
  return id
}

export async function decide(who: Entered, id: string, act: string, note = ''): Promise<Answer> {
  const { revision } = await prisma.leaveRequest.findFirstOrThrow({ where: { id }, select: { revision: true } })
  const fields = { csrf: who.csrf, id, act, note, revision: String(revision), party: '' }
  return await ask(decideAction, post('/leave/waiting', fields, who.cookie))
}

import { sessionCookieName } from '#app/auth/cookies.server.ts'
import { sessionCsrf } from '#app/auth/csrf.server.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { hashSecret, newSecret } from '#app/db/secrets.server.ts'
import { createSession } from '#app/db/sessions.server.ts'
import type { Role } from '#app/domain/access/roles.ts'
import type { LoadContext } from '#app/server/load-context.ts'

export const site = 'http://window.test'

/** What the server would say about a request; ended by the test. */
export function contextOf(closed = new AbortController()): LoadContext {
  return { nonce: 'n', closed: closed.signal, requestId: 'test', address: '10.8.1.22' }
}

export type SignedIn = {
  readonly accountId: string
  readonly sessionId: string
  readonly cookie: string
  readonly csrf: string
}

let made = 0

/** An account with these roles and a session that acts in the first one. */
export async function signedIn(
  centreId: string,
  roles: readonly [Role, ...Role[]],
  unitId?: string,
): Promise<SignedIn> {
  const at = now()
  const accountId = newId()
  made += 1
  await prisma.account.create({
    data: {
      centreId,
      id: accountId,
      signIn: `t${made}-${accountId.slice(-8)}`,
      displayName: '试用',
      createdAt: new Date(at),
    },
  })
  for (const role of roles) {
    await prisma.roleGrant.create({
      data: { centreId, id: newId(), accountId, role, unitId: unitId ?? null, startsOn: new Date('2020-01-01') },
    })
  }
  const secret = newSecret()
  const sessionId = await createSession(prisma, {
    centreId,
    accountId,
    tokenHash: hashSecret(secret),
    role: roles[0],
    at,
    endsAt: at + 3_600_000,
    address: '10.8.1.22',
    userAgent: null,
  })
  return { accountId, sessionId, cookie: `${sessionCookieName}=${secret}`, csrf: sessionCsrf(sessionId) }
}

export function get(path: string, cookie = ''): Request {
  return new Request(site + path, { headers: { cookie } })
}

export function post(path: string, fields: Record<string, string>, cookie = ''): Request {
  return new Request(site + path, { method: 'POST', body: new URLSearchParams(fields), headers: { cookie } })
}

export type Answer = {
  readonly status: number
  readonly location: string | null
  readonly setCookie: string | null
  readonly body: unknown
  /** The code of a refusal. */
  readonly code: string | null
  /** A fault, as against a refusal. */
  readonly fault: unknown
}

type WithInit = { type?: string; data?: unknown; init?: ResponseInit | null }

async function bodyOf(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (type.includes('json')) return await response.json()
  return type.startsWith('text/event-stream') ? null : await response.text()
}

async function answerOf(value: unknown): Promise<Answer> {
  if (value instanceof Response) {
    return found(value.status, value.headers, await bodyOf(value))
  }
  const wrapped = value as WithInit | null
  if (wrapped?.type === 'DataWithResponseInit') {
    return found(wrapped.init?.status ?? 200, new Headers(wrapped.init?.headers), wrapped.data)
  }
  return found(200, new Headers(), value)
}

function found(status: number, headers: Headers, body: unknown): Answer {
  const code = (body as { code?: unknown } | null | undefined)?.code
  const setCookie = headers.get('set-cookie')
  return {
    status,
    location: headers.get('location'),
    setCookie,
    body,
    code: typeof code === 'string' ? code : null,
    fault: null,
  }
}

type Handler = (args: { request: Request; params: Record<string, string>; context: LoadContext }) => unknown

/** Calls a loader or action as Remix would, and says what came of it, returned or thrown. */
export async function ask(handler: unknown, request: Request, params: Record<string, string> = {}): Promise<Answer> {
  const closing = new AbortController()
  try {
    return await answerOf(await (handler as Handler)({ request, params, context: contextOf(closing) }))
  } catch (thrown) {
    if (thrown instanceof Error) return { ...found(500, new Headers(), null), fault: thrown }
    return await answerOf(thrown)
  } finally {
    closing.abort()
  }
}

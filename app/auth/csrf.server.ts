import { data } from '@remix-run/node'
import { newSecret, sameText, sealFor } from '#app/db/secrets.server.ts'
import { anonymousCookieName, readCookie, writeCookie } from './cookies.server.ts'

type Asked = { readonly request: Request; readonly context?: unknown }

export const csrfField = 'csrf'

/** The token of a session's forms; another session's or site's form cannot know it. */
export function sessionCsrf(sessionId: string): string {
  return sealFor('csrf session', sessionId)
}

function anonymousToken(secret: string): string {
  return sealFor('csrf anonymous', secret)
}

const made = new WeakMap<object, string>()

/** The token of forms before there is a session (sign-in, set-up, pairing): bound to a cookie of its own. */
export function anonymousCsrf({ request, context }: Asked): { token: string; setCookie: string | null } {
  const present = readCookie(request, anonymousCookieName)
  if (present) return { token: anonymousToken(present), setCookie: null }
  // Root and page each ask while one request is answered: both must name the same cookie.
  const key = typeof context === 'object' && context !== null ? context : request
  const secret = made.get(key) ?? newSecret()
  made.set(key, secret)
  return { token: anonymousToken(secret), setCookie: writeCookie(anonymousCookieName, secret) }
}

function refuseForm(): never {
  throw data({ code: 'form_token' }, { status: 403 })
}

async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData()
  } catch {
    throw data({ code: 'bad_request' }, { status: 400 })
  }
}

function textOf(form: FormData, name: string): string | null {
  const value = form.get(name)
  return typeof value === 'string' ? value : null
}

/** Reads the form of a signed-in person, and only if it carries the token of this session. */
export async function readForm(args: Asked, visitor: { readonly csrf: string }): Promise<FormData> {
  const form = await formOf(args.request)
  const token = textOf(form, csrfField)
  if (token === null || !sameText(token, visitor.csrf)) refuseForm()
  return form
}

/** Reads a form from before there is a session, and only if it carries the token of its cookie. */
export async function readAnonymousForm(args: Asked): Promise<FormData> {
  const form = await formOf(args.request)
  const token = textOf(form, csrfField)
  const secret = readCookie(args.request, anonymousCookieName)
  if (token === null || secret === null || !sameText(token, anonymousToken(secret))) refuseForm()
  return form
}

import { env } from '#app/env.server.ts'

export const sessionCookieName = 'ws_session'
export const kioskCookieName = 'ws_kiosk'
export const anonymousCookieName = 'ws_form'

/** Cookies are Secure exactly when the centre's public address is https; on plain http they could not be sent back. */
export function overHttps(): boolean {
  return env.PUBLIC_URL?.startsWith('https://') ?? false
}

/** Reads one cookie of a request. */
export function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}

/** A Set-Cookie header for a secret that no script may read and no other site may send. Without a time it ends with the browser. */
export function writeCookie(name: string, value: string, seconds: number | null = null): string {
  const parts = [`${name}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Lax']
  if (seconds !== null) parts.push(`Max-Age=${seconds}`)
  if (overHttps()) parts.push('Secure')
  return parts.join('; ')
}

/** A Set-Cookie header that makes the browser forget it. */
export function clearCookie(name: string): string {
  return writeCookie(name, '', 0)
}

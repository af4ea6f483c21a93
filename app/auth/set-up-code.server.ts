import { sameText } from '#app/db/secrets.server.ts'
import { plainCode } from '#app/domain/access/password.ts'
import { env } from '#app/env.server.ts'

/**
 * Whether this is the one-time set-up code, however it was typed. The server prints it at its start:
 * whoever can read its console may set it up. Without a code nobody may.
 */
export function isSetUpCode(typed: string): boolean {
  return env.SET_UP_CODE !== undefined && sameText(plainCode(typed), plainCode(env.SET_UP_CODE))
}

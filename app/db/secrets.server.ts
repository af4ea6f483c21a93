import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { env } from '#app/env.server.ts'

/** A secret for a cookie or a pairing: 32 random bytes, written so that an address can carry it. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a secret. It has 256 random bits, so a plain SHA-256 cannot be searched backwards. */
export function hashSecret(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret).digest())
}

/** A keyed seal over a text; the purpose keeps one use from standing in for another. */
export function sealFor(purpose: string, text: string): string {
  return createHmac('sha256', env.SESSION_KEY).update(`${purpose}\n${text}`).digest('base64url')
}

/** Compares without telling by time where the difference is. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()]
  return timingSafeEqual(left, right)
}

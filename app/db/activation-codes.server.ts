import { randomBytes } from 'node:crypto'
import { activationCode, plainCode } from '#app/domain/access/password.ts'
import { hashCode } from './password-hash.server.ts'

/** What an activation slip 激活条 prints: shown once, kept nowhere. */
export type PrintedSlip = {
  readonly accountId: string
  readonly name: string
  readonly signIn: string
  readonly code: string
  readonly endsAt: number
}

export type FreshCode = { readonly code: string; readonly hash: string }

export async function freshCode(): Promise<FreshCode> {
  const code = activationCode(randomBytes(12))
  return { code, hash: await hashCode(plainCode(code)) }
}

export function freshCodes(count: number): Promise<FreshCode[]> {
  return Promise.all(Array.from({ length: count }, freshCode))
}

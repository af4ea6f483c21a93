import { ok, type Result, refuse } from '#app/domain/result.ts'
import type { Role } from './roles.ts'

/** What can be asked of whoever looks after accounts 账号申请. */
export const requestKinds = ['account', 'roles', 'reset', 'disable', 'enable'] as const

export type RequestKind = (typeof requestKinds)[number]

export type RequestState = 'waiting' | 'done' | 'refused' | 'withdrawn'

/** Whether a text names a kind of request. */
export function isRequestKind(text: string): text is RequestKind {
  return (requestKinds as readonly string[]).includes(text)
}

export type Asked = {
  readonly kind: RequestKind
  readonly requestedBy: string
  /** The account it is for; null while there is none. */
  readonly accountId: string | null
  /** Whether that account is a security administrator's now: his own reset needs another administrator. */
  readonly forSecurity: boolean
}

export type Settler = { readonly accountId: string; readonly role: Role }

/**
 * Whose work a request is 谁来办理: the system administrator makes accounts and cannot give rights; the security
 * administrator gives rights and resets, and makes no account; either may disable and enable (decisions: roles, one list).
 */
export function settlersOf(kind: RequestKind, forSecurity: boolean): readonly Role[] {
  if (kind === 'account') return ['system_administrator']
  if (kind === 'roles') return ['security_administrator']
  if (kind === 'reset')
    return forSecurity ? ['security_administrator', 'system_administrator'] : ['security_administrator']
  return ['system_administrator', 'security_administrator']
}

export type SettleRefusal = 'not_your_work' | 'own_request' | 'own_account'

/** Whether this person may settle this request 双人办理: it is his work, he did not ask it, and it is not about himself. */
export function maySettle(asked: Asked, by: Settler): Result<null, SettleRefusal> {
  if (!settlersOf(asked.kind, asked.forSecurity).includes(by.role)) return refuse('not_your_work')
  if (asked.requestedBy === by.accountId) return refuse('own_request')
  if (asked.accountId === by.accountId) return refuse('own_account')
  return ok(null)
}

/** What may be asked of an account in its state: whoever cannot sign in asks for a reset, a disabled one to be enabled. */
export function mayAsk(kind: RequestKind, account: { readonly disabled: boolean } | null): boolean {
  if (account === null) return kind === 'account'
  if (kind === 'account') return false
  return account.disabled ? kind === 'enable' : kind !== 'enable'
}

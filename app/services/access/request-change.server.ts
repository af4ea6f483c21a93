import { type Asking, ask, type WishRefusal, wishesRefused } from '#app/db/access-asking.server.ts'
import { accountForRequest } from '#app/db/account-lookup.server.ts'
import { grantsOfAccount } from '#app/db/role-grants.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { mayAsk, type RequestKind } from '#app/domain/access/requests.ts'
import type { RoleWish } from '#app/domain/access/wishes.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type ChangeAsked = {
  readonly accountId: string
  readonly kind: Exclude<RequestKind, 'account'>
  readonly roles?: readonly RoleWish[]
  readonly reason: string | null
}

export type ChangeRefusal = 'unknown' | 'not_now' | 'reason_missing' | 'roles_missing' | 'already_waiting' | WishRefusal

function incomplete({ kind, roles = [], reason }: ChangeAsked): ChangeRefusal | null {
  if (kind === 'roles' && roles.length === 0) return 'roles_missing'
  return reason === null ? 'reason_missing' : null
}

/** Asks for roles, for a reset, or that an account be disabled or enabled again; another person settles it. */
export async function requestChange(by: Asking, wanted: ChangeAsked): Promise<Result<null, ChangeRefusal>> {
  const { accountId, kind, reason, roles = [] } = wanted
  return await inTransaction(async (tx) => {
    const account = await accountForRequest(tx, by.scope, accountId, by.today)
    if (!account) return refuse('unknown')
    const missing = mayAsk(kind, account) ? incomplete(wanted) : 'not_now'
    if (missing) return refuse(missing)
    const held = await grantsOfAccount(tx, by.centreId, accountId)
    const refused = await wishesRefused(tx, by, roles, held)
    if (refused) return refused
    const again = await ask(tx, by, { kind, accountId, personId: account.personId, roles, reason })
    return again ? refuse(again) : ok(null)
  })
}

/** A new one-time code for somebody who cannot sign in any more 重置密码. */
export function requestReset(by: Asking, accountId: string, reason: string | null) {
  return requestChange(by, { accountId, kind: 'reset', reason })
}

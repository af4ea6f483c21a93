import { unlock } from '#app/db/accounts.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

type Unlocking = {
  readonly centreId: string
  readonly accountId: string
  readonly role: Role
  readonly address: string | null
}

/** Frees an account of its lock before the time is over (security administrator). */
export async function unlockAccount(by: Unlocking, id: string, at: number): Promise<Result<null, 'not_locked'>> {
  const { centreId, accountId: actor, role, address } = by
  return await inTransaction(async (tx) => {
    if (!(await unlock(tx, centreId, id, at))) return refuse('not_locked')
    await audit(tx, { centreId, actor, role, action: 'account.unlocked', subject: id, address })
    return ok(null)
  })
}

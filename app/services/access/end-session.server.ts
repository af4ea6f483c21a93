import { audit } from '#app/db/audit.server.ts'
import { endSession } from '#app/db/sessions.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

type Ending = {
  readonly centreId: string
  readonly accountId: string
  readonly role: Role
  readonly address: string | null
}

/** Ends somebody's session from outside (security administrator). */
export async function endSessionOf(by: Ending, id: string, at: number): Promise<Result<null, 'session_over'>> {
  const { centreId, accountId: actor, role, address } = by
  return await inTransaction(async (tx) => {
    if (!(await endSession(tx, centreId, id, at, 'ended_by_security'))) return refuse('session_over')
    await audit(tx, { centreId, actor, role, action: 'session.ended', subject: id, address })
    return ok(null)
  })
}

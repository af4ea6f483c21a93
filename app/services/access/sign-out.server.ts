import { audit } from '#app/db/audit.server.ts'
import { endSession } from '#app/db/sessions.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { Role } from '#app/domain/access/roles.ts'

type Leaving = {
  readonly centreId: string
  readonly accountId: string
  readonly sessionId: string
  readonly role: Role
  readonly address: string | null
}

/** Ends the visitor's own session. */
export async function signOut(visitor: Leaving, at: number): Promise<void> {
  const { centreId, sessionId, address, role } = visitor
  await inTransaction(async (tx) => {
    const ended = await endSession(tx, centreId, sessionId, at, 'signed_out')
    if (ended)
      await audit(tx, { centreId, actor: visitor.accountId, role, action: 'sign_out', subject: sessionId, address })
  })
}

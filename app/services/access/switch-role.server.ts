import { audit } from '#app/db/audit.server.ts'
import { setSessionRole } from '#app/db/sessions.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

type Switching = {
  readonly centreId: string
  readonly accountId: string
  readonly sessionId: string
  readonly role: Role
  readonly roles: readonly Role[]
  readonly address: string | null
}

/** Changes the role a session acts in to another that the person holds today; rights are never merged. */
export async function switchRole(visitor: Switching, wanted: string): Promise<Result<Role, 'role_not_held'>> {
  const role = visitor.roles.find((held) => held === wanted)
  if (!role) return refuse('role_not_held')
  const { centreId, sessionId, accountId, address } = visitor
  await inTransaction(async (tx) => {
    await setSessionRole(tx, centreId, sessionId, role)
    const detail = { from: visitor.role, to: role }
    await audit(tx, { centreId, actor: accountId, role, action: 'role.switched', subject: sessionId, detail, address })
  })
  return ok(role)
}

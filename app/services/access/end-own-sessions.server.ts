import { audit } from '#app/db/audit.server.ts'
import type { By } from '#app/db/record-changes.server.ts'
import { endOtherSessions, endOwnSession } from '#app/db/sessions.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

type Mine = By & { readonly sessionId: string }

/** Ends one's own sessions elsewhere, one or all 退出其他登录; the one that asks goes on. Answers how many. */
export async function endOwnSessions(by: Mine, id: string | null, at: number): Promise<Result<number, 'session_over'>> {
  const { centreId, accountId, sessionId, role, address } = by
  return await inTransaction(async (tx) => {
    const ended =
      id === null
        ? await endOtherSessions(tx, { centreId, accountId, sessionId }, at, 'ended_by_self')
        : await endOwnSession(tx, { centreId, accountId, sessionId }, id, at)
    if (ended === 0) return refuse('session_over')
    const detail = { sessions_ended: ended }
    const subject = id ?? accountId
    await audit(tx, { centreId, actor: accountId, role, action: 'session.ended', subject, detail, address })
    return ok(ended)
  })
}

import { lockWaiting, settleRow } from '#app/db/access-requests.server.ts'
import { securityAmong } from '#app/db/account-lookup.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { publish } from '#app/db/events.server.ts'
import type { By } from '#app/db/record-changes.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { maySettle, type SettleRefusal } from '#app/domain/access/requests.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

type Settling = By & { readonly at: number; readonly today: CivilDay }

/** Says no to a request, with the reason that the one who asked will read 退回申请. */
export async function refuseRequest(
  by: Settling,
  id: string,
  reason: string,
): Promise<Result<null, SettleRefusal | 'already_settled' | 'answer_missing'>> {
  if (reason.trim() === '') return refuse('answer_missing')
  return await inTransaction(async (tx) => {
    const request = (await lockWaiting(tx, by.centreId, [id]))[0]
    if (!request) return refuse('already_settled')
    const { accountId } = request
    const security = await securityAmong(tx, by.centreId, accountId ? [accountId] : [], by.today)
    const allowed = maySettle({ ...request, forSecurity: accountId !== null && security.has(accountId) }, by)
    if (!allowed.ok) return allowed
    const answer = reason.trim().slice(0, 500)
    await settleRow(tx, by.centreId, id, { state: 'refused', settledBy: by.accountId, at: by.at, answer })
    await note(tx, by, 'access.refused', id, request.kind)
    return ok(null)
  })
}

/** Takes back what one asked oneself and nobody has settled yet 撤回. */
export async function withdrawRequest(
  by: By & { readonly at: number },
  id: string,
): Promise<Result<null, 'already_settled' | 'not_yours'>> {
  return await inTransaction(async (tx) => {
    const request = (await lockWaiting(tx, by.centreId, [id]))[0]
    if (!request) return refuse('already_settled')
    if (request.requestedBy !== by.accountId) return refuse('not_yours')
    await settleRow(tx, by.centreId, id, { state: 'withdrawn', settledBy: by.accountId, at: by.at })
    await note(tx, by, 'access.withdrawn', id, request.kind)
    return ok(null)
  })
}

async function note(tx: Tx, by: By, action: string, id: string, kind: string): Promise<void> {
  const { centreId, accountId: actor, role, address } = by
  await audit(tx, { centreId, actor, role, action, subject: id, detail: { kind }, address })
  await publish(tx, { topic: 'access', centreId, id })
}

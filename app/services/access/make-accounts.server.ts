import { addRequest, lockWaiting, type RequestRow, requestsOf, settleRow } from '#app/db/access-requests.server.ts'
import { linkAccount, unlinkedAccount } from '#app/db/account-lookup.server.ts'
import { createAccount } from '#app/db/accounts.server.ts'
import { type FreshCode, freshCodes, type PrintedSlip } from '#app/db/activation-codes.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { publish } from '#app/db/events.server.ts'
import type { By } from '#app/db/record-changes.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { codeEnd } from '#app/domain/access/activation.ts'
import { maySettle, type SettleRefusal } from '#app/domain/access/requests.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

type Settling = By & { readonly at: number }

export type NotMade = {
  readonly name: string
  readonly signIn: string
  readonly code: SettleRefusal | 'number_taken' | 'already_settled'
}

/** `linked` counts accounts that were there already and now belong to their person; they need no slip. */
export type Made = {
  readonly slips: readonly PrintedSlip[]
  readonly linked: number
  readonly left: readonly NotMade[]
}

/**
 * Makes the accounts that were asked for, one or many in one act 开账号, and answers their slips once. The roles that
 * were asked with them go on to the security administrator as a request of the same person. Everything or nothing.
 */
export async function makeAccounts(by: Settling, ids: readonly string[] | 'all'): Promise<Result<Made, 'nobody'>> {
  const wanted = ids === 'all' ? await allWaiting(by.centreId) : [...new Set(ids)]
  if (wanted.length === 0) return refuse('nobody')
  const codes = await freshCodes(wanted.length)
  return await inTransaction(async (tx) => {
    const requests = (await lockWaiting(tx, by.centreId, wanted)).filter((request) => request.kind === 'account')
    const slips: PrintedSlip[] = []
    const left: NotMade[] = []
    for (const [index, request] of requests.entries()) {
      const made = await makeOne(tx, by, request, codes[index] as FreshCode)
      if (made.ok && made.value) slips.push(made.value)
      if (!made.ok) left.push({ name: request.name, signIn: request.signIn, code: made.code })
    }
    const gone = Array.from({ length: wanted.length - requests.length }, goneMeanwhile)
    return ok({ slips, linked: requests.length - slips.length - left.length, left: [...left, ...gone] })
  })
}

function goneMeanwhile(): NotMade {
  return { name: '', signIn: '', code: 'already_settled' }
}

async function allWaiting(centreId: string): Promise<string[]> {
  const rows = await requestsOf(prisma, centreId, { kinds: ['account'], state: 'waiting' })
  return rows.map((row) => row.id)
}

async function makeOne(
  tx: Tx,
  by: Settling,
  request: RequestRow,
  code: FreshCode,
): Promise<Result<PrintedSlip | null, SettleRefusal | 'number_taken'>> {
  const { centreId, accountId: actor, role, address, at } = by
  const allowed = maySettle({ ...request, forSecurity: false }, by)
  if (!allowed.ok) return allowed
  const { name, signIn, personId } = request
  const endsAt = codeEnd(at)
  const account = { centreId, signIn, name, personId, passwordHash: code.hash, codeEndsAt: endsAt, createdAt: at }
  const id = await createAccount(tx, account)
  if (id === null) return await linkOne(tx, by, request)
  await settleRow(tx, centreId, request.id, { state: 'done', settledBy: actor, at, accountId: id })
  const detail = { request: request.id }
  await audit(tx, { centreId, actor, role, action: 'account.created', subject: id, detail, address })
  await passOnRoles(tx, by, request, id)
  await publish(tx, { topic: 'access', centreId, id: request.id })
  return ok({ accountId: id, name, signIn, code: code.code, endsAt })
}

/** The number signs in already: to the person's own account of the set-up, which is joined to him, or to somebody else. */
async function linkOne(
  tx: Tx,
  by: Settling,
  request: RequestRow,
): Promise<Result<null, SettleRefusal | 'number_taken'>> {
  const { centreId, accountId: actor, role, address, at } = by
  const { personId, signIn, name } = request
  const id = personId === null ? null : await unlinkedAccount(tx, centreId, signIn, name)
  if (id === by.accountId) return refuse('own_account')
  if (id === null || personId === null || !(await linkAccount(tx, centreId, id, personId))) {
    return refuse('number_taken', { number: signIn })
  }
  await settleRow(tx, centreId, request.id, { state: 'done', settledBy: actor, at, accountId: id })
  const detail = { request: request.id, person: personId }
  await audit(tx, { centreId, actor, role, action: 'account.linked', subject: id, detail, address })
  await passOnRoles(tx, by, request, id)
  await publish(tx, { topic: 'access', centreId, id: request.id })
  return ok(null)
}

/** Whoever makes accounts gives no rights: the roles wait for the security administrator, asked by who asked first. */
async function passOnRoles(tx: Tx, by: Settling, request: RequestRow, accountId: string): Promise<void> {
  const { centreId, accountId: actor, role, address, at } = by
  const { payload, personId, requestedBy, reason } = request
  const { roles } = payload
  if (roles.length === 0) return
  const id = await addRequest(tx, {
    centreId,
    kind: 'roles',
    personId,
    accountId,
    payload: { roles },
    reason,
    requestedBy,
    at,
  })
  const detail = { request: request.id, roles: roles.map((wish) => wish.role).join(' ') }
  await audit(tx, { centreId, actor, role, action: 'access.passed_on', subject: id ?? accountId, detail, address })
}

import { lockWaiting, type RequestRow, requestsOf, settleRow } from '#app/db/access-requests.server.ts'
import { lockAccounts, saveCode, securityAmong, setDisabled } from '#app/db/account-lookup.server.ts'
import { type FreshCode, freshCodes, type PrintedSlip } from '#app/db/activation-codes.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { publish } from '#app/db/events.server.ts'
import type { By } from '#app/db/record-changes.server.ts'
import { addGrant, grantsOfAccount, lockOffices, othersHolding } from '#app/db/role-grants.server.ts'
import { endAllSessions } from '#app/db/sessions.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { codeEnd } from '#app/domain/access/activation.ts'
import { maySettle, type SettleRefusal, settlersOf } from '#app/domain/access/requests.ts'
import { judgeWishes, type WishProblem } from '#app/domain/access/wishes.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type Settling = By & { readonly at: number; readonly today: CivilDay }

type Stood = SettleRefusal | WishProblem | 'already_settled' | 'last_administrator'

export type NotSettled = { readonly name: string; readonly signIn: string; readonly code: Stood }

export type Settled = {
  readonly done: number
  readonly slips: readonly PrintedSlip[]
  readonly left: readonly NotSettled[]
}

/**
 * Settles requests about accounts that exist, one or many in one act 办理: gives the roles asked for, prints a new code,
 * disables, enables. What cannot be done stays waiting and is named; of two people at once, one finds it settled.
 */
export async function settleRequests(by: Settling, ids: readonly string[] | 'all'): Promise<Result<Settled, 'nobody'>> {
  const wanted = ids === 'all' ? await allMine(by) : [...new Set(ids)]
  if (wanted.length === 0) return refuse('nobody')
  const codes = await freshCodes(await resetsAmong(by.centreId, wanted))
  return await inTransaction(async (tx) => {
    const requests = (await lockWaiting(tx, by.centreId, wanted)).filter((request) => request.kind !== 'account')
    await lockAccounts(tx, by.centreId, requests.flatMap(accountOf))
    const security = await securityAmong(tx, by.centreId, requests.flatMap(accountOf), by.today)
    const slips: PrintedSlip[] = []
    const left: NotSettled[] = []
    for (const request of requests) {
      const done = await settleOne(tx, by, request, security, codes)
      if (!done.ok) left.push({ name: request.name, signIn: request.signIn, code: done.code })
      else if (done.value) slips.push(done.value)
    }
    const done = requests.length - left.length
    const gone = Array.from({ length: wanted.length - requests.length }, goneMeanwhile)
    return ok({ done, slips, left: [...left, ...gone] })
  })
}

function accountOf(request: RequestRow): string[] {
  return request.accountId ? [request.accountId] : []
}

function goneMeanwhile(): NotSettled {
  return { name: '', signIn: '', code: 'already_settled' }
}

async function allMine(by: Settling): Promise<string[]> {
  const rows = await requestsOf(prisma, by.centreId, { state: 'waiting' })
  const mine = rows.filter((row) => row.kind !== 'account' && settlersOf(row.kind, false).includes(by.role))
  return mine.filter((row) => row.requestedBy !== by.accountId && row.accountId !== by.accountId).map((row) => row.id)
}

async function resetsAmong(centreId: string, ids: readonly string[]): Promise<number> {
  return (await requestsOf(prisma, centreId, { ids, kinds: ['reset'] })).length
}

async function settleOne(
  tx: Tx,
  by: Settling,
  request: RequestRow,
  security: ReadonlySet<string>,
  codes: FreshCode[],
): Promise<Result<PrintedSlip | null, Stood>> {
  const { accountId, id } = request
  if (accountId === null) return refuse('not_your_work')
  const forSecurity = security.has(accountId)
  const allowed = maySettle({ ...request, forSecurity }, by)
  if (!allowed.ok) return allowed
  const result = await carryOut(tx, by, { ...request, accountId }, codes)
  if (!result.ok) return result
  await settleRow(tx, by.centreId, id, { state: 'done', settledBy: by.accountId, at: by.at })
  await publish(tx, { topic: 'access', centreId: by.centreId, id })
  return result
}

type OfAccount = RequestRow & { readonly accountId: string }

async function carryOut(
  tx: Tx,
  by: Settling,
  request: OfAccount,
  codes: FreshCode[],
): Promise<Result<PrintedSlip | null, Stood>> {
  if (request.kind === 'roles') return await giveRoles(tx, by, request)
  if (request.kind === 'reset') return await reset(tx, by, request, codes)
  if (request.kind === 'disable') return await disable(tx, by, request)
  await setDisabled(tx, by.centreId, request.accountId, null)
  await note(tx, by, 'account.enabled', request)
  return ok(null)
}

/** Gives what is asked and not held yet; one role that may not be given stops the whole request. */
async function giveRoles(tx: Tx, by: Settling, request: OfAccount): Promise<Result<null, Stood>> {
  const { centreId, accountId: grantedBy } = by
  const { accountId, payload } = request
  const held = await grantsOfAccount(tx, centreId, accountId)
  const { give, problems } = judgeWishes(payload.roles, held, by.today)
  const first = problems.find(({ problem }) => problem !== 'already_held')
  if (first) return refuse(first.problem)
  for (const wish of give) {
    await addGrant(tx, { ...wish, centreId, accountId, grantedBy })
    await note(tx, by, 'role.granted', request, { role: wish.role, from: wish.startsOn })
  }
  return ok(null)
}

async function reset(
  tx: Tx,
  by: Settling,
  request: OfAccount,
  codes: FreshCode[],
): Promise<Result<PrintedSlip | null, Stood>> {
  const { accountId, name, signIn } = request
  const code = codes.pop()
  if (!code) throw new Error('fewer codes than resets')
  const endsAt = codeEnd(by.at)
  await saveCode(tx, by.centreId, accountId, { hash: code.hash, endsAt })
  const sessions = await endAllSessions(tx, by.centreId, accountId, by.at, 'password_reset')
  await note(tx, by, 'account.reset', request, { sessions_ended: sessions })
  return ok({ accountId, name, signIn, code: code.code, endsAt })
}

async function disable(tx: Tx, by: Settling, request: OfAccount): Promise<Result<null, Stood>> {
  const { accountId } = request
  if (await lastOfOffice(tx, by, accountId)) return refuse('last_administrator')
  await setDisabled(tx, by.centreId, accountId, by.at)
  const sessions = await endAllSessions(tx, by.centreId, accountId, by.at, 'account_disabled')
  await note(tx, by, 'account.disabled', request, { sessions_ended: sessions })
  return ok(null)
}

/** Without a system and a security administrator nobody could ever make or unlock an account again. */
async function lastOfOffice(tx: Tx, by: Settling, accountId: string): Promise<boolean> {
  const held = await grantsOfAccount(tx, by.centreId, accountId)
  for (const role of ['system_administrator', 'security_administrator'] as const) {
    if (!held.some((grant) => grant.role === role && (grant.endsOn === null || grant.endsOn >= by.today))) continue
    await lockOffices(tx, by.centreId)
    if ((await othersHolding(tx, by.centreId, role, accountId, by.today)) === 0) return true
  }
  return false
}

async function note(
  tx: Tx,
  by: Settling,
  action: string,
  request: OfAccount,
  detail: Record<string, string | number> = {},
): Promise<void> {
  const { centreId, accountId: actor, role, address } = by
  const subject = request.accountId
  await audit(tx, { centreId, actor, role, action, subject, detail: { ...detail, request: request.id }, address })
}

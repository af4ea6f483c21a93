import {
  type AccountForSignIn,
  accountBySignIn,
  grantsOn,
  lockAccountRow,
  saveAttempts,
  termsOf,
} from '#app/db/accounts.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { verifyPassword } from '#app/db/password-hash.server.ts'
import { officers } from '#app/db/role-grants.server.ts'
import { hashSecret, newSecret } from '#app/db/secrets.server.ts'
import { createSession } from '#app/db/sessions.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { codeOver } from '#app/domain/access/activation.ts'
import { type Attempts, afterFailure, isLocked, noAttempts, triesLeft } from '#app/domain/access/lockout.ts'
import { firstRole } from '#app/domain/access/navigation.ts'
import { plainCode } from '#app/domain/access/password.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { lastServed, rolesHold } from '#app/domain/access/service-term.ts'
import { sessionEnd } from '#app/domain/access/session.ts'
import { type AccessSettings, defaultAccessSettings, readAccessSettings } from '#app/domain/access/settings.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'

export type SignInRequest = {
  readonly signIn: string
  readonly password: string
  readonly at: number
  readonly address: string | null
  readonly userAgent: string | null
  /** The role to begin in, if the person holds it. */
  readonly role?: string | null
}

export type SignedIn = { readonly secret: string; readonly role: Role; readonly mustChangePassword: boolean }

type SignInRefusal = 'wrong_password' | 'locked' | 'no_role' | 'code_over' | 'posting_over'

// Staff numbers that do not exist are counted here, so that their answers are the same as for those that do.
const strangers = new Map<string, Attempts>()
const strangersKept = 10_000

/**
 * Signs in by staff number and password. Every answer takes as long and reads the same whether the number exists or not.
 * Failures are counted with the row locked, so that many at once count as many.
 */
export async function signIn(request: SignInRequest): Promise<Result<SignedIn, SignInRefusal>> {
  const account = await accountBySignIn(prisma, request.signIn)
  const typed = account?.mustChangePassword ? plainCode(request.password) : request.password
  const right = await verifyPassword(typed, account?.passwordHash ?? null)
  if (!account) return strangerFails(request)
  return await inTransaction(async (tx) => {
    const fresh = await lockAccountRow(tx, account.centreId, account.id)
    const settings = readAccessSettings(fresh.centre.settings)
    const attempts = attemptsOf(fresh)
    // Somebody changed the password while it was compared: what was compared no longer counts.
    const stillRight = right && fresh.passwordHash === account.passwordHash
    if (isLocked(attempts, request.at)) return await refusedWhileLocked(tx, fresh, attempts, request)
    if (!stillRight) return await failed(tx, fresh, afterFailure(attempts, request.at, settings), request, settings)
    const codeEndsAt = fresh.codeEndsAt?.getTime() ?? null
    if (fresh.mustChangePassword && codeOver(codeEndsAt, request.at)) return await refusedAfterCode(tx, fresh, request)
    return await succeeded(tx, fresh, request, settings)
  })
}

function attemptsOf(account: AccountForSignIn): Attempts {
  return { failures: account.failedSignIns, lockedUntil: account.lockedUntil?.getTime() ?? null }
}

function strangerFails(request: SignInRequest): Result<SignedIn, SignInRefusal> {
  const before = strangers.get(request.signIn) ?? noAttempts
  if (isLocked(before, request.at)) return refuse('locked', { until: before.lockedUntil ?? 0 })
  const after = afterFailure(before, request.at, defaultAccessSettings)
  strangers.delete(request.signIn)
  strangers.set(request.signIn, after)
  const oldest = strangers.keys().next()
  if (strangers.size > strangersKept && !oldest.done) strangers.delete(oldest.value)
  return refusalAfter(after, defaultAccessSettings)
}

function refusalAfter(after: Attempts, settings: AccessSettings): Result<SignedIn, SignInRefusal> {
  if (after.lockedUntil !== null) return refuse('locked', { until: after.lockedUntil })
  return refuse('wrong_password', {
    left: triesLeft(after.failures, settings),
    attempts: settings.attempts,
    minutes: settings.lock_minutes,
  })
}

async function refusedWhileLocked(
  tx: Tx,
  account: AccountForSignIn,
  attempts: Attempts,
  request: SignInRequest,
): Promise<Result<SignedIn, SignInRefusal>> {
  await write(tx, account, request, 'sign_in.refused_locked')
  return refuse('locked', { until: attempts.lockedUntil ?? 0 })
}

async function failed(
  tx: Tx,
  account: AccountForSignIn,
  after: Attempts,
  request: SignInRequest,
  settings: AccessSettings,
): Promise<Result<SignedIn, SignInRefusal>> {
  await saveAttempts(tx, account.centreId, account.id, after)
  await write(tx, account, request, 'sign_in.failed', { failures: after.failures })
  if (after.lockedUntil !== null) {
    await write(tx, account, request, 'account.locked', { until: new Date(after.lockedUntil).toISOString() })
  }
  return refusalAfter(after, settings)
}

/** The code was right and is too old. Only whoever holds the slip learns so, and whom to ask for another. */
async function refusedAfterCode(
  tx: Tx,
  account: AccountForSignIn,
  request: SignInRequest,
): Promise<Result<SignedIn, SignInRefusal>> {
  await write(tx, account, request, 'sign_in.code_over')
  const ended = account.codeEndsAt?.getTime() ?? request.at
  return refuse('code_over', { ended, whom: await whomToAsk(tx, account, request.at, ['hr', 'system_administrator']) })
}

/** Names and numbers of those who can help, as one text: "唐慧 20001|王敏 20002". */
async function whomToAsk(tx: Tx, account: AccountForSignIn, at: number, order: readonly Role[]): Promise<string> {
  const { day } = civilOf(at, account.centre.zone)
  for (const role of order) {
    const found = await officers(tx, account.centreId, role, day, account.id)
    if (found.length > 0) return found.map((one) => `${one.name} ${one.signIn}`).join('|')
  }
  return ''
}

/** The password is right and no role works: the posting is over, or nothing was granted for today. */
async function refusedWithoutRole(
  tx: Tx,
  account: AccountForSignIn,
  request: SignInRequest,
): Promise<Result<SignedIn, SignInRefusal>> {
  const { day } = civilOf(request.at, account.centre.zone)
  const terms = await termsOf(tx, account.centreId, account.id)
  await write(tx, account, request, 'sign_in.no_role')
  if (!rolesHold(terms, day)) {
    const whom = await whomToAsk(tx, account, request.at, ['hr'])
    return refuse('posting_over', { last: lastServed(terms, day) ?? day, whom })
  }
  return refuse('no_role', { whom: await whomToAsk(tx, account, request.at, ['security_administrator']) })
}

async function succeeded(
  tx: Tx,
  account: AccountForSignIn,
  request: SignInRequest,
  settings: AccessSettings,
): Promise<Result<SignedIn, SignInRefusal>> {
  const { centreId, id: accountId } = account
  const grants = await grantsOn(tx, centreId, accountId, civilOf(request.at, account.centre.zone).day)
  const held = grants.map((grant) => grant.role)
  const role = held.find((one) => one === request.role) ?? firstRole(held)
  if (role === null) return await refusedWithoutRole(tx, account, request)
  const secret = newSecret()
  await saveAttempts(tx, centreId, accountId, noAttempts)
  const sessionId = await createSession(tx, {
    centreId,
    accountId,
    tokenHash: hashSecret(secret),
    role,
    at: request.at,
    endsAt: sessionEnd(request.at, settings),
    address: request.address,
    userAgent: request.userAgent,
  })
  const { address } = request
  await audit(tx, { centreId, actor: accountId, role, action: 'sign_in', subject: sessionId, address })
  return ok({ secret, role, mustChangePassword: account.mustChangePassword })
}

async function write(
  tx: Tx,
  account: AccountForSignIn,
  request: SignInRequest,
  action: string,
  detail: Record<string, string | number> = {},
): Promise<void> {
  const { centreId, id } = account
  await audit(tx, { centreId, actor: id, action, subject: id, detail, address: request.address })
}

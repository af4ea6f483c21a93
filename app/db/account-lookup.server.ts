import type { Scope } from '#app/domain/access/roles.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { inForceOn } from './accounts.server.ts'
import type { PrismaClient } from './generated/client.ts'
import { personInScope } from './people.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** Which of these numbers somebody signs in with already, anywhere on this server: a number is unique and never reused. */
export async function signInTaken(db: Db, numbers: readonly string[]): Promise<Set<string>> {
  const rows = await db.account.findMany({ where: { signIn: { in: [...numbers] } }, select: { signIn: true } })
  return new Set(rows.map((row) => row.signIn))
}

/**
 * The account without a person that signs in with this number and bears this name, in this centre: the set-up's own,
 * whose owner comes into the register later.
 */
export async function unlinkedAccount(db: Db, centreId: string, signIn: string, name: string): Promise<string | null> {
  const row = await db.account.findFirst({
    where: { centreId, signIn, displayName: name, personId: null },
    select: { id: true },
  })
  return row?.id ?? null
}

/** Joins an account to its person; false when either has been joined meanwhile. */
export async function linkAccount(tx: Tx, centreId: string, id: string, personId: string): Promise<boolean> {
  if ((await tx.account.count({ where: { centreId, personId } })) > 0) return false
  const changed = await tx.account.updateMany({ where: { centreId, id, personId: null }, data: { personId } })
  return changed.count === 1
}

export type AccountForRequest = { readonly id: string; readonly personId: string | null; readonly disabled: boolean }

/** An account that somebody with this scope may ask something for; null beyond it. */
export async function accountForRequest(
  db: Db,
  scope: Scope,
  id: string,
  day: CivilDay,
): Promise<AccountForRequest | null> {
  const whose = scope.reach === 'centre' ? {} : { person: personInScope(scope, day) }
  const row = await db.account.findFirst({
    where: { centreId: scope.centreId, id, ...whose },
    select: { id: true, personId: true, disabledAt: true },
  })
  return row ? { id: row.id, personId: row.personId, disabled: row.disabledAt !== null } : null
}

/** Takes account rows for itself, in one order for everybody, so that two who give roles at once come one after the other. */
export async function lockAccounts(tx: Tx, centreId: string, ids: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    select 1 from account where centre_id = ${centreId}::uuid and id = any(${[...ids]}::uuid[]) order by id for update`
}

/** Which of these accounts hold the security administrator's role on a day. */
export async function securityAmong(
  db: Db,
  centreId: string,
  ids: readonly string[],
  day: CivilDay,
): Promise<Set<string>> {
  const rows = await db.roleGrant.findMany({
    where: { centreId, accountId: { in: [...ids] }, role: 'security_administrator', ...inForceOn(day) },
    select: { accountId: true },
  })
  return new Set(rows.map((row) => row.accountId))
}

/** Puts a one-time code in the place of a password, and frees the account of its lock. */
export async function saveCode(
  tx: Tx,
  centreId: string,
  id: string,
  code: { readonly hash: string; readonly endsAt: number },
): Promise<void> {
  await tx.account.update({
    where: { centreId_id: { centreId, id } },
    data: {
      passwordHash: code.hash,
      mustChangePassword: true,
      codeEndsAt: new Date(code.endsAt),
      failedSignIns: 0,
      lockedUntil: null,
    },
  })
}

export async function setDisabled(tx: Tx, centreId: string, id: string, at: number | null): Promise<void> {
  await tx.account.update({
    where: { centreId_id: { centreId, id } },
    data: { disabledAt: at === null ? null : new Date(at) },
  })
}

/** The address that a slip tells people to open; null when the centre has set none. */
export async function publicUrlOf(db: Db, centreId: string): Promise<string | null> {
  const centre = await db.centre.findUniqueOrThrow({ where: { id: centreId }, select: { publicUrl: true } })
  return centre.publicUrl
}

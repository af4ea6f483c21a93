import { type Role, roles } from '#app/domain/access/roles.ts'
import { rolesHold, type Term } from '#app/domain/access/service-term.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { fromDate, toDate } from './dates.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type AccountForSignIn = {
  readonly centreId: string
  readonly id: string
  readonly displayName: string
  readonly passwordHash: string | null
  readonly mustChangePassword: boolean
  readonly failedSignIns: number
  readonly lockedUntil: Date | null
  readonly codeEndsAt: Date | null
  readonly centre: { readonly zone: string; readonly settings: Prisma.JsonValue }
}

const forSignIn = {
  centreId: true,
  id: true,
  displayName: true,
  passwordHash: true,
  mustChangePassword: true,
  failedSignIns: true,
  lockedUntil: true,
  codeEndsAt: true,
  centre: { select: { zone: true, settings: true } },
} as const

/** The account a staff number signs in to; a disabled one is as good as none. */
export function accountBySignIn(db: Db, signIn: string): Promise<AccountForSignIn | null> {
  return db.account.findFirst({ where: { signIn, disabledAt: null }, select: forSignIn })
}

/** Takes the row for itself until the transaction ends, so that two failures at once count as two. */
export async function lockAccountRow(tx: Tx, centreId: string, id: string): Promise<AccountForSignIn> {
  await tx.$queryRaw`select 1 from account where centre_id = ${centreId}::uuid and id = ${id}::uuid for update`
  return tx.account.findUniqueOrThrow({ where: { centreId_id: { centreId, id } }, select: forSignIn })
}

export type AccountSecrets = {
  readonly signIn: string
  readonly displayName: string
  readonly passwordHash: string | null
  readonly mustChangePassword: boolean
}

/** What changing one's own password needs to know. */
export function accountSecrets(db: Db, centreId: string, id: string): Promise<AccountSecrets> {
  return db.account.findUniqueOrThrow({
    where: { centreId_id: { centreId, id } },
    select: { signIn: true, displayName: true, passwordHash: true, mustChangePassword: true },
  })
}

export async function saveAttempts(
  tx: Tx,
  centreId: string,
  id: string,
  attempts: { failures: number; lockedUntil: number | null },
): Promise<void> {
  await tx.account.update({
    where: { centreId_id: { centreId, id } },
    data: {
      failedSignIns: attempts.failures,
      lockedUntil: attempts.lockedUntil === null ? null : new Date(attempts.lockedUntil),
    },
  })
}

export async function savePassword(tx: Tx, centreId: string, id: string, passwordHash: string): Promise<void> {
  await tx.account.update({
    where: { centreId_id: { centreId, id } },
    data: { passwordHash, mustChangePassword: false, codeEndsAt: null },
  })
}

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text)
}

export type Grant = { readonly role: Role; readonly unitId: string | null }

/** Turns stored grants into roles; a role the program does not know gives nothing. */
export function knownGrants(rows: readonly { role: string; unitId: string | null }[]): Grant[] {
  return rows.flatMap(({ role, unitId }) => (isRole(role) ? [{ role, unitId }] : []))
}

/** The condition that a dated row is in force on a day, both ends included. */
export function inForceOn(day: CivilDay) {
  const date = toDate(day)
  return { startsOn: { lte: date }, OR: [{ endsOn: null }, { endsOn: { gte: date } }] }
}

const withTerms = {
  account: { select: { person: { select: { postings: { select: { startsOn: true, endsOn: true } } } } } },
} as const

/** The postings of whoever an account belongs to; none for an account without a person. */
export async function termsOf(db: Db, centreId: string, accountId: string): Promise<Term[]> {
  const rows = await db.posting.findMany({
    where: { centreId, person: { account: { id: accountId } } },
    select: { startsOn: true, endsOn: true },
  })
  return rows.map(termOf)
}

function termOf(row: { startsOn: Date; endsOn: Date | null }): Term {
  return { startsOn: fromDate(row.startsOn), endsOn: row.endsOn ? fromDate(row.endsOn) : null }
}

/** The roles that work on a day: granted for it, and of nobody whose posting is over. Asked anew for every request. */
export async function grantsOn(db: Db, centreId: string, accountId: string, day: CivilDay): Promise<Grant[]> {
  const rows = await db.roleGrant.findMany({
    where: { centreId, accountId, ...inForceOn(day) },
    select: { role: true, unitId: true, ...withTerms },
    orderBy: { role: 'asc' },
  })
  const terms = (rows[0]?.account.person?.postings ?? []).map(termOf)
  return rolesHold(terms, day) ? knownGrants(rows) : []
}

/** The windows a person answers for or works at on a day: appointed as chief representative, or holding a post. */
export async function windowsOfPerson(db: Db, centreId: string, personId: string, day: CivilDay): Promise<string[]> {
  const where = { centreId, personId, ...inForceOn(day) }
  const [appointed, posted] = await Promise.all([
    db.chiefAppointment.findMany({ where, select: { windowId: true } }),
    db.windowPost.findMany({ where, select: { windowId: true } }),
  ])
  const ids = [...appointed, ...posted].map((row) => row.windowId)
  return [...new Set(ids.filter((id) => id !== null))]
}

export type NewAccount = {
  readonly centreId: string
  readonly signIn: string
  readonly name: string
  readonly personId: string | null
  readonly passwordHash: string
  readonly codeEndsAt: number
  readonly createdAt: number
}

/**
 * Makes an account without a role and with a code that must become a password at the first sign-in; answers its id,
 * or null when the number or the person already has one, in this centre or on this server.
 */
export async function createAccount(tx: Tx, account: NewAccount): Promise<string | null> {
  const id = newId()
  const { centreId, signIn, personId, passwordHash } = account
  const made = await tx.account.createMany({
    data: {
      centreId,
      id,
      signIn,
      personId,
      displayName: account.name,
      passwordHash,
      mustChangePassword: true,
      codeEndsAt: new Date(account.codeEndsAt),
      createdAt: new Date(account.createdAt),
    },
    skipDuplicates: true,
  })
  return made.count === 1 ? id : null
}

export type LockedAccount = {
  readonly id: string
  readonly signIn: string
  readonly displayName: string
  readonly failedSignIns: number
  readonly lockedUntil: Date | null
}

/** Accounts that refuse to try at this moment. */
export function lockedAccounts(db: Db, centreId: string, now: number): Promise<LockedAccount[]> {
  return db.account.findMany({
    where: { centreId, lockedUntil: { gt: new Date(now) } },
    select: { id: true, signIn: true, displayName: true, failedSignIns: true, lockedUntil: true },
    orderBy: { lockedUntil: 'desc' },
    take: 200,
  })
}

/** Frees an account of its lock; false when there is no such locked account in this centre. */
export async function unlock(tx: Tx, centreId: string, id: string, now: number): Promise<boolean> {
  const changed = await tx.account.updateMany({
    where: { centreId, id, lockedUntil: { gt: new Date(now) } },
    data: { failedSignIns: 0, lockedUntil: null },
  })
  return changed.count === 1
}

/** Names for account ids, for lists that store ids only. */
export async function accountNames(db: Db, centreId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.account.findMany({
    where: { centreId, id: { in: [...ids] } },
    select: { id: true, displayName: true },
  })
  return new Map(rows.map((row) => [row.id, row.displayName]))
}

/** One account of each role, the first by staff number: what a demo offers its visitors. */
export async function oneAccountPerRole(
  db: Db,
  day: CivilDay,
): Promise<{ role: Role; signIn: string; name: string }[]> {
  const rows = await db.roleGrant.findMany({
    where: { ...inForceOn(day), account: { disabledAt: null } },
    select: { role: true, account: { select: { signIn: true, displayName: true } } },
    orderBy: { account: { signIn: 'asc' } },
  })
  return roles.flatMap((role) => {
    const row = rows.find((candidate) => candidate.role === role)
    return row ? [{ role, signIn: row.account.signIn, name: row.account.displayName }] : []
  })
}

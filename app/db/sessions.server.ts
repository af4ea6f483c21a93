import type { Role } from '#app/domain/access/roles.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type NewSession = {
  readonly centreId: string
  readonly accountId: string
  readonly tokenHash: Uint8Array<ArrayBuffer>
  readonly role: Role
  readonly at: number
  readonly endsAt: number
  readonly address: string | null
  readonly userAgent: string | null
}

export async function createSession(tx: Tx, session: NewSession): Promise<string> {
  const id = newId()
  await tx.session.create({
    data: {
      centreId: session.centreId,
      id,
      tokenHash: session.tokenHash,
      accountId: session.accountId,
      role: session.role,
      createdAt: new Date(session.at),
      seenAt: new Date(session.at),
      endsAt: new Date(session.endsAt),
      address: session.address,
      userAgent: session.userAgent?.slice(0, 300) ?? null,
    },
  })
  return id
}

const withAccount = {
  account: {
    select: { personId: true, displayName: true, disabledAt: true, mustChangePassword: true },
  },
  centre: { select: { name: true, nameEn: true, zone: true, settings: true } },
} satisfies Prisma.SessionInclude

export type SessionRow = Prisma.SessionGetPayload<{ include: typeof withAccount }>

/** The session behind a cookie, with its account and centre, ended or not; the caller decides whether it still counts. */
export function sessionByToken(db: Db, tokenHash: Uint8Array<ArrayBuffer>): Promise<SessionRow | null> {
  return db.session.findUnique({ where: { tokenHash }, include: withAccount })
}

export async function touchSession(db: Db, centreId: string, id: string, at: number): Promise<void> {
  await db.session.updateMany({ where: { centreId, id, endedAt: null }, data: { seenAt: new Date(at) } })
}

export async function setSessionRole(tx: Tx, centreId: string, id: string, role: Role): Promise<void> {
  await tx.session.update({ where: { centreId_id: { centreId, id } }, data: { role } })
}

/** Ends one session for good; false when there is none to end in this centre. */
export async function endSession(tx: Tx, centreId: string, id: string, at: number, reason: string): Promise<boolean> {
  const changed = await tx.session.updateMany({
    where: { centreId, id, endedAt: null },
    data: { endedAt: new Date(at), endReason: reason },
  })
  return changed.count === 1
}

/** Ends the other sessions of an account, for example when its password changes; answers how many. */
export async function endOtherSessions(
  tx: Tx,
  keep: { centreId: string; accountId: string; sessionId: string },
  at: number,
  reason: string,
): Promise<number> {
  const changed = await tx.session.updateMany({
    where: { centreId: keep.centreId, accountId: keep.accountId, endedAt: null, NOT: { id: keep.sessionId } },
    data: { endedAt: new Date(at), endReason: reason },
  })
  return changed.count
}

/** Ends one other session of the same account; 0 when there is none such. */
export async function endOwnSession(
  tx: Tx,
  mine: { centreId: string; accountId: string; sessionId: string },
  id: string,
  at: number,
): Promise<number> {
  const { centreId, accountId, sessionId } = mine
  if (id === sessionId) return 0
  const changed = await tx.session.updateMany({
    where: { centreId, accountId, id, endedAt: null },
    data: { endedAt: new Date(at), endReason: 'ended_by_self' },
  })
  return changed.count
}

/** Ends every session of an account; answers how many. */
export async function endAllSessions(
  tx: Tx,
  centreId: string,
  accountId: string,
  at: number,
  reason: string,
): Promise<number> {
  const changed = await tx.session.updateMany({
    where: { centreId, accountId, endedAt: null },
    data: { endedAt: new Date(at), endReason: reason },
  })
  return changed.count
}

/** The sessions of one account that could still be used now, the newest first. */
export function sessionsOfAccount(db: Db, centreId: string, accountId: string, now: number, idleMs: number) {
  return db.session.findMany({
    where: {
      centreId,
      accountId,
      endedAt: null,
      endsAt: { gt: new Date(now) },
      seenAt: { gt: new Date(now - idleMs) },
    },
    select: { id: true, role: true, createdAt: true, seenAt: true, address: true, userAgent: true },
    orderBy: { seenAt: 'desc' },
    take: 50,
  })
}

/** Sessions that could still be used now: not ended, not too old, not idle too long. The newest first. */
export function liveSessions(db: Db, centreId: string, now: number, idleMs: number) {
  return db.session.findMany({
    where: {
      centreId,
      endedAt: null,
      endsAt: { gt: new Date(now) },
      seenAt: { gt: new Date(now - idleMs) },
      account: { disabledAt: null },
    },
    select: {
      id: true,
      role: true,
      createdAt: true,
      seenAt: true,
      endsAt: true,
      address: true,
      account: { select: { displayName: true, signIn: true } },
    },
    orderBy: { seenAt: 'desc' },
    take: 500,
  })
}

/** The account a session belongs to, in this centre only. */
export async function sessionOwner(db: Db, centreId: string, id: string): Promise<string | null> {
  const row = await db.session.findUnique({
    where: { centreId_id: { centreId, id } },
    select: { accountId: true },
  })
  return row?.accountId ?? null
}

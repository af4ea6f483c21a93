import type { Role } from '#app/domain/access/roles.ts'
import type { Held, RoleWish } from '#app/domain/access/wishes.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { inForceOn, knownGrants } from './accounts.server.ts'
import { fromDate, toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type HeldGrant = Held & { readonly id: string }

function heldOf(row: {
  id: string
  role: string
  unitId: string | null
  startsOn: Date
  endsOn: Date | null
}): HeldGrant[] {
  const { id, startsOn, endsOn } = row
  const span = { startsOn: fromDate(startsOn), endsOn: endsOn ? fromDate(endsOn) : null }
  return knownGrants([row]).map((grant) => ({ ...grant, id, ...span }))
}

/** What an account holds or will hold, and held before: every grant it ever had. */
export async function grantsOfAccount(db: Db, centreId: string, accountId: string): Promise<HeldGrant[]> {
  const rows = await db.roleGrant.findMany({
    where: { centreId, accountId },
    select: { id: true, role: true, unitId: true, startsOn: true, endsOn: true },
    orderBy: [{ startsOn: 'asc' }, { role: 'asc' }],
  })
  return rows.flatMap(heldOf)
}

export async function addGrant(
  tx: Tx,
  grant: RoleWish & { readonly centreId: string; readonly accountId: string; readonly grantedBy: string | null },
): Promise<string> {
  const id = newId()
  await tx.roleGrant.create({
    data: {
      centreId: grant.centreId,
      id,
      accountId: grant.accountId,
      role: grant.role,
      unitId: grant.unitId,
      startsOn: toDate(grant.startsOn),
      endsOn: grant.endsOn ? toDate(grant.endsOn) : null,
      grantedBy: grant.grantedBy,
    },
  })
  return id
}

/** One grant with the account it belongs to; null when this centre has none such. */
export async function grantById(
  db: Db,
  centreId: string,
  id: string,
): Promise<(HeldGrant & { readonly accountId: string }) | null> {
  const row = await db.roleGrant.findUnique({ where: { centreId_id: { centreId, id } } })
  const held = row ? heldOf(row)[0] : undefined
  return row && held ? { ...held, accountId: row.accountId } : null
}

export async function endGrantOn(tx: Tx, centreId: string, id: string, lastDay: CivilDay): Promise<void> {
  await tx.roleGrant.update({ where: { centreId_id: { centreId, id } }, data: { endsOn: toDate(lastDay) } })
}

/** Takes a grant back that never worked a whole day; what was given and taken stands in the audit. */
export async function takeBackGrant(tx: Tx, centreId: string, id: string): Promise<void> {
  await tx.roleGrant.delete({ where: { centreId_id: { centreId, id } } })
}

/** One at a time may ask who is the last in an office, so that two who leave at once are not both let go. */
export async function lockOffices(tx: Tx, centreId: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`offices ${centreId}`}))`
}

/** How many enabled accounts other than this one hold a role on a day. */
export function othersHolding(db: Db, centreId: string, role: Role, accountId: string, day: CivilDay): Promise<number> {
  return db.account.count({
    where: { centreId, disabledAt: null, NOT: { id: accountId }, grants: { some: { role, ...inForceOn(day) } } },
  })
}

export type Officer = { readonly name: string; readonly signIn: string }

/** Whom to ask, by name and number: the first who hold the role today and can sign in. */
export async function officers(
  db: Db,
  centreId: string,
  role: Role,
  day: CivilDay,
  except: string | null = null,
): Promise<Officer[]> {
  const rows = await db.account.findMany({
    where: {
      centreId,
      disabledAt: null,
      ...(except ? { NOT: { id: except } } : {}),
      grants: { some: { role, ...inForceOn(day) } },
    },
    select: { displayName: true, signIn: true },
    orderBy: [{ mustChangePassword: 'asc' }, { signIn: 'asc' }],
    take: 3,
  })
  return rows.map((row) => ({ name: row.displayName, signIn: row.signIn }))
}

export function unitChoices(db: Db, centreId: string): Promise<{ id: string; name: string; nameEn: string }[]> {
  return db.dispatchingUnit.findMany({
    where: { centreId, endedOn: null },
    select: { id: true, name: true, nameEn: true },
    orderBy: [{ position: 'asc' }, { name: 'asc' }],
  })
}

/** Which of these units the centre has. */
export async function knownUnits(db: Db, centreId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.dispatchingUnit.findMany({ where: { centreId, id: { in: [...ids] } }, select: { id: true } })
  return new Set(rows.map((row) => row.id))
}

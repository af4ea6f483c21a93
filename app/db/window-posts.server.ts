import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { Post } from '#app/domain/people/person.ts'
import type { DaySpan } from '#app/domain/people/posting.ts'
import type { HeldSpan, Holder, WindowSpan } from '#app/domain/people/posting-rules.ts'
import { fromDate, toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import { spanOf } from './postings.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

const orNull = (day: CivilDay | null) => (day === null ? null : toDate(day))

export type LockedWindow = WindowSpan & { readonly id: string }

/** Takes a window for this transaction, so that two who fill it come one after the other; null when unknown. */
export async function lockWindow(tx: Tx, centreId: string, windowId: string): Promise<LockedWindow | null> {
  const rows = await tx.$queryRaw<{ id: string; number: string; opensOn: Date; closesOn: Date | null }[]>`
    SELECT id, number, opens_on AS "opensOn", closes_on AS "closesOn" FROM "window"
     WHERE centre_id = ${centreId}::uuid AND id = ${windowId}::uuid FOR UPDATE`
  const row = rows[0]
  if (!row) return null
  return {
    id: row.id,
    number: row.number,
    opensOn: fromDate(row.opensOn),
    closesOn: row.closesOn ? fromDate(row.closesOn) : null,
  }
}

type HolderRow = {
  id: string
  startsOn: Date
  endsOn: Date | null
  person: { name: string; staffNumber: string }
}

function holder(row: HolderRow): Holder {
  return { id: row.id, name: row.person.name, staffNumber: row.person.staffNumber, ...spanOf(row) }
}

const withPerson = { person: { select: { name: true, staffNumber: true } } } as const

/** Everybody who ever held or will hold the A post of a window. */
export async function aPostHolders(db: Db, centreId: string, windowId: string): Promise<Holder[]> {
  const rows = await db.windowPost.findMany({ where: { centreId, windowId, post: 'a' }, include: withPerson })
  return rows.map(holder)
}

/** Everybody who ever was or will be chief representative of a window. */
export async function chiefHolders(db: Db, centreId: string, windowId: string): Promise<Holder[]> {
  const rows = await db.chiefAppointment.findMany({ where: { centreId, windowId }, include: withPerson })
  return rows.map(holder)
}

/** A person's posts at one window; without a window, those of the same kind that have none. */
export async function ownPosts(
  db: Db,
  centreId: string,
  personId: string,
  at: { readonly windowId: string | null; readonly post: string },
): Promise<HeldSpan[]> {
  const where = at.windowId === null ? { windowId: null, post: at.post } : { windowId: at.windowId }
  const rows = await db.windowPost.findMany({
    where: { centreId, personId, ...where },
    include: { window: { select: { number: true } } },
  })
  return rows.map((row) => ({ id: row.id, what: row.window?.number ?? row.post, ...spanOf(row) }))
}

type NewPost = DaySpan & { readonly post: Post; readonly windowId: string | null }

/** Stores a post that the rules allow. */
export async function addWindowPost(tx: Tx, centreId: string, personId: string, post: NewPost): Promise<string> {
  const id = newId()
  const days = { startsOn: toDate(post.startsOn), endsOn: orNull(post.endsOn) }
  await tx.windowPost.create({
    data: { centreId, id, personId, post: post.post, windowId: post.windowId, ...days },
  })
  return id
}

/** Stores an appointment that the rules allow. */
export async function addChief(
  tx: Tx,
  centreId: string,
  personId: string,
  chief: DaySpan & { readonly windowId: string },
): Promise<string> {
  const id = newId()
  const days = { startsOn: toDate(chief.startsOn), endsOn: orNull(chief.endsOn) }
  await tx.chiefAppointment.create({ data: { centreId, id, personId, windowId: chief.windowId, ...days } })
  return id
}

/** Stores a membership that the rules allow. */
export async function addGroup(
  tx: Tx,
  centreId: string,
  personId: string,
  group: DaySpan & { readonly group: string },
): Promise<string> {
  const id = newId()
  const days = { startsOn: toDate(group.startsOn), endsOn: orNull(group.endsOn) }
  await tx.personGroup.create({ data: { centreId, id, personId, group: group.group, ...days } })
  return id
}

export type HeldRecord = 'window_post' | 'chief_appointment' | 'person_group'
export type StoredHeld = DaySpan & { readonly id: string; readonly personId: string; readonly what: string }

const window = { window: { select: { number: true } } } as const

/** One post, appointment or membership; null for an unknown id. */
export async function heldById(db: Db, centreId: string, record: HeldRecord, id: string): Promise<StoredHeld | null> {
  const where = { where: { centreId_id: { centreId, id } } }
  if (record === 'window_post') {
    const row = await db.windowPost.findUnique({ ...where, include: window })
    return row && { id, personId: row.personId, what: row.window?.number ?? row.post, ...spanOf(row) }
  }
  if (record === 'chief_appointment') {
    const row = await db.chiefAppointment.findUnique({ ...where, include: window })
    return row && { id, personId: row.personId, what: row.window.number, ...spanOf(row) }
  }
  const row = await db.personGroup.findUnique(where)
  return row && { id, personId: row.personId, what: row.group, ...spanOf(row) }
}

/** Sets the last day of a post, appointment or membership. */
export async function endHeld(
  tx: Tx,
  centreId: string,
  record: HeldRecord,
  id: string,
  endsOn: CivilDay | null,
): Promise<void> {
  const change = { where: { centreId_id: { centreId, id } }, data: { endsOn: orNull(endsOn) } }
  if (record === 'window_post') await tx.windowPost.update(change)
  else if (record === 'chief_appointment') await tx.chiefAppointment.update(change)
  else await tx.personGroup.update(change)
}

/** Takes back what has not begun yet; its history stays. */
export async function takeBackHeld(tx: Tx, centreId: string, record: HeldRecord, id: string): Promise<void> {
  const which = { where: { centreId_id: { centreId, id } } }
  if (record === 'window_post') await tx.windowPost.delete(which)
  else if (record === 'chief_appointment') await tx.chiefAppointment.delete(which)
  else await tx.personGroup.delete(which)
}

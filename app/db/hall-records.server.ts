import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { HallFacts, HallInput, HallKind } from '#app/domain/hall/input.ts'
import { fromDate, toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { RecordName, Value } from './record-changes.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export const recordNames: Readonly<Record<HallKind, RecordName>> = {
  windows: 'window',
  zones: 'zone',
  units: 'unit',
  groups: 'window_group',
}

/** Lets one transaction of a centre at a time change what the hall is made of. */
export async function lockHall(tx: Tx, centreId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('hall ' || ${centreId}, 0))`
}

export type HallRecord<Kind extends HallKind = HallKind> = {
  readonly id: string
  readonly kind: Kind
  readonly input: HallInput[Kind]
  readonly endedOn: CivilDay | null
}

const orNull = (date: Date | null): CivilDay | null => (date === null ? null : fromDate(date))

type Readers = { [Kind in HallKind]: (db: Db, centreId: string, id: string) => Promise<HallRecord<Kind> | null> }

const readers: Readers = {
  async zones(db, centreId, id) {
    const row = await db.zone.findUnique({ where: { centreId_id: { centreId, id } } })
    if (!row) return null
    const { code, name, nameEn, position } = row
    return { id, kind: 'zones', input: { code, name, nameEn, position }, endedOn: orNull(row.endedOn) }
  },
  async units(db, centreId, id) {
    const row = await db.dispatchingUnit.findUnique({ where: { centreId_id: { centreId, id } } })
    if (!row) return null
    const { name, shortName, nameEn, position, contact, phone } = row
    const assessmentMode = row.assessmentMode as 'a' | 'b' | 'c'
    const input = { name, shortName, nameEn, position, assessmentMode, contact, phone }
    return { id, kind: 'units', input, endedOn: orNull(row.endedOn) }
  },
  async windows(db, centreId, id) {
    const row = await db.window.findUnique({ where: { centreId_id: { centreId, id } } })
    if (!row) return null
    const { zoneId, number, name, nameEn, position, phone } = row
    const input = { zoneId, number, name, nameEn, position, phone, opensOn: fromDate(row.opensOn) }
    return { id, kind: 'windows', input, endedOn: orNull(row.closesOn) }
  },
  async groups(db, centreId, id) {
    const row = await db.windowGroup.findUnique({
      where: { centreId_id: { centreId, id } },
      include: { members: { select: { windowId: true }, orderBy: { window: { number: 'asc' } } } },
    })
    if (!row) return null
    const { name, nameEn, minStaff } = row
    const windowIds = row.members.map((one) => one.windowId)
    return { id, kind: 'groups', input: { name, nameEn, minStaff, windowIds }, endedOn: null }
  },
}

/** One zone, unit, window or group as its form says it; null for an unknown id. */
export async function hallRecord(db: Db, centreId: string, kind: HallKind, id: string): Promise<HallRecord | null> {
  return /^[0-9a-f-]{36}$/iu.test(id) ? readers[kind](db, centreId, id) : null
}

/** The same as words for its history: a zone by its code, windows by their numbers. */
export async function hallWords(db: Db, centreId: string, facts: HallFacts): Promise<Record<string, Value>> {
  if (facts.kind === 'windows') {
    const { zoneId, ...rest } = facts.input
    const zone = await db.zone.findUnique({ where: { centreId_id: { centreId, id: zoneId } }, select: { code: true } })
    return { zone: zone?.code ?? '', ...rest }
  }
  if (facts.kind !== 'groups') return { ...facts.input }
  const { windowIds, ...rest } = facts.input
  const rows = await db.window.findMany({
    where: { centreId, id: { in: windowIds } },
    orderBy: { number: 'asc' },
    select: { number: true },
  })
  return { ...rest, windows: rows.map((row) => row.number).join(' ') }
}

/** Stores something new or anew; answers its id. */
export async function storeHall(tx: Tx, centreId: string, known: string | null, facts: HallFacts): Promise<string> {
  const id = known ?? newId()
  const at = { where: { centreId_id: { centreId, id } } }
  const key = { centreId, id }
  if (facts.kind === 'zones') {
    await tx.zone.upsert({ ...at, create: { ...key, ...facts.input }, update: facts.input })
  } else if (facts.kind === 'units') {
    await tx.dispatchingUnit.upsert({ ...at, create: { ...key, ...facts.input }, update: facts.input })
  } else if (facts.kind === 'windows') {
    const columns = { ...facts.input, opensOn: toDate(facts.input.opensOn) }
    await tx.window.upsert({ ...at, create: { ...key, ...columns }, update: columns })
  } else {
    const { windowIds, ...columns } = facts.input
    await tx.windowGroup.upsert({ ...at, create: { ...key, ...columns }, update: columns })
    await setMembers(tx, centreId, id, windowIds)
  }
  return id
}

async function setMembers(tx: Tx, centreId: string, groupId: string, windowIds: readonly string[]): Promise<void> {
  await tx.windowGroupMember.deleteMany({ where: { centreId, groupId } })
  await tx.windowGroupMember.createMany({ data: windowIds.map((windowId) => ({ centreId, groupId, windowId })) })
}

/** Sets or takes away the last day of a zone, unit or window. */
export async function setEnd(
  tx: Tx,
  centreId: string,
  kind: Exclude<HallKind, 'groups'>,
  id: string,
  day: CivilDay | null,
): Promise<void> {
  const end = day === null ? null : toDate(day)
  const at = { where: { centreId_id: { centreId, id } } }
  if (kind === 'zones') await tx.zone.update({ ...at, data: { endedOn: end } })
  else if (kind === 'units') await tx.dispatchingUnit.update({ ...at, data: { endedOn: end } })
  else await tx.window.update({ ...at, data: { closesOn: end } })
}

/** Takes a window group away; its windows stay. */
export async function removeGroup(tx: Tx, centreId: string, id: string): Promise<void> {
  await tx.windowGroupMember.deleteMany({ where: { centreId, groupId: id } })
  await tx.windowGroup.delete({ where: { centreId_id: { centreId, id } } })
}

/** Another record of the same kind with the same key: code, name or number; null when there is none. */
export async function namesakeOf(
  db: Db,
  centreId: string,
  facts: HallFacts,
  own: string | null,
): Promise<{ readonly name: string; readonly endedOn: CivilDay | null } | null> {
  const not = own === null ? {} : { id: { not: own } }
  if (facts.kind === 'zones') {
    const row = await db.zone.findFirst({ where: { centreId, code: facts.input.code, ...not } })
    return row && { name: row.name, endedOn: orNull(row.endedOn) }
  }
  if (facts.kind === 'units') {
    const { name, shortName } = facts.input
    const row = await db.dispatchingUnit.findFirst({ where: { centreId, OR: [{ name }, { shortName }], ...not } })
    return row && { name: row.name, endedOn: orNull(row.endedOn) }
  }
  if (facts.kind === 'windows') {
    const row = await db.window.findFirst({ where: { centreId, number: facts.input.number, ...not } })
    return row && { name: row.name, endedOn: orNull(row.closesOn) }
  }
  const row = await db.windowGroup.findFirst({ where: { centreId, name: facts.input.name, ...not } })
  return row && { name: row.name, endedOn: null }
}

/** The earliest post or appointment at a window; null when it never had any. */
export async function firstHolding(
  db: Db,
  centreId: string,
  windowId: string,
): Promise<{ readonly name: string; readonly startsOn: CivilDay } | null> {
  const ask = {
    where: { centreId, windowId },
    orderBy: { startsOn: 'asc' as const },
    select: { startsOn: true, person: { select: { name: true } } },
  }
  const found = [await db.windowPost.findFirst(ask), await db.chiefAppointment.findFirst(ask)]
  const first = found.filter((row) => row !== null).sort((a, b) => a.startsOn.getTime() - b.startsOn.getTime())[0]
  return first ? { name: first.person.name, startsOn: fromDate(first.startsOn) } : null
}

/** Whether all these windows are the centre's. */
export async function windowsKnown(db: Db, centreId: string, ids: readonly string[]): Promise<boolean> {
  return (await db.window.count({ where: { centreId, id: { in: [...ids] } } })) === ids.length
}

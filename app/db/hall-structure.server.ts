import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { GroupRow, HallView, Somebody, UnitLine, WindowRow, ZoneLine } from '#app/domain/hall/view.ts'
import type { PasteLookup } from '#app/domain/people/paste.ts'
import { fromDate, toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import { onDay } from './people.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

const orNull = (date: Date | null): CivilDay | null => (date === null ? null : fromDate(date))

/** Everything of which the hall is made, in use and ended, with who is there on a day. */
export async function hallView(db: Db, centreId: string, day: CivilDay): Promise<HallView> {
  const [zones, units, windows, groups] = await Promise.all([
    zoneLines(db, centreId),
    unitLines(db, centreId, day),
    windowRows(db, centreId, day),
    groupRows(db, centreId, day),
  ])
  return { zones: zones.map((zone) => withCounts(zone, windows, day)), units, windows, groups }
}

type BareZone = Omit<ZoneLine, 'windows' | 'people'>

async function zoneLines(db: Db, centreId: string): Promise<BareZone[]> {
  const rows = await db.zone.findMany({ where: { centreId }, orderBy: [{ position: 'asc' }, { code: 'asc' }] })
  return rows.map(({ id, code, name, nameEn, endedOn }) => ({ id, code, name, nameEn, endedOn: orNull(endedOn) }))
}

function withCounts(zone: BareZone, windows: readonly WindowRow[], day: CivilDay): ZoneLine {
  const open = windows.filter((one) => one.zone.id === zone.id && (one.closesOn === null || one.closesOn >= day))
  const people = new Set(open.flatMap((one) => [one.aPost, one.chief, ...one.bPosts].map((who) => who?.id)))
  people.delete(undefined)
  return { ...zone, windows: open.length, people: people.size }
}

async function unitLines(db: Db, centreId: string, day: CivilDay): Promise<UnitLine[]> {
  const rows = await db.dispatchingUnit.findMany({
    where: { centreId },
    orderBy: [{ position: 'asc' }, { name: 'asc' }],
    include: { _count: { select: { postings: { where: onDay(day) } } } },
  })
  return rows.map(({ _count, centreId: _centre, position: _position, ...row }) => ({
    ...row,
    assessmentMode: row.assessmentMode as UnitLine['assessmentMode'],
    endedOn: orNull(row.endedOn),
    people: _count.postings,
  }))
}

const who = { person: { select: { id: true, name: true } } } as const

async function windowRows(db: Db, centreId: string, day: CivilDay): Promise<WindowRow[]> {
  const rows = await db.window.findMany({
    where: { centreId },
    orderBy: [{ zone: { position: 'asc' } }, { position: 'asc' }, { number: 'asc' }],
    include: {
      zone: { select: { id: true, code: true, name: true, nameEn: true } },
      posts: { where: { ...onDay(day), post: { in: ['a', 'b'] } }, select: { post: true, ...who } },
      chiefAppointments: { where: onDay(day), select: who },
      groupMembers: { select: { group: { select: { name: true } } } },
    },
  })
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    name: row.name,
    nameEn: row.nameEn,
    zone: row.zone,
    phone: row.phone,
    opensOn: fromDate(row.opensOn),
    closesOn: orNull(row.closesOn),
    aPost: row.posts.find((one) => one.post === 'a')?.person ?? null,
    bPosts: row.posts.filter((one) => one.post === 'b').map((one) => one.person),
    chief: row.chiefAppointments[0]?.person ?? null,
    groups: row.groupMembers.map((one) => one.group.name),
  }))
}

async function groupRows(db: Db, centreId: string, day: CivilDay): Promise<GroupRow[]> {
  const rows = await db.windowGroup.findMany({
    where: { centreId },
    orderBy: { name: 'asc' },
    include: {
      members: {
        orderBy: { window: { number: 'asc' } },
        select: {
          window: {
            select: { id: true, number: true, posts: { where: onDay(day), select: { personId: true } } },
          },
        },
      },
    },
  })
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    nameEn: row.nameEn,
    minStaff: row.minStaff,
    windows: row.members.map(({ window: { id, number } }) => ({ id, number })),
    people: new Set(row.members.flatMap(({ window }) => window.posts.map((post) => post.personId))).size,
  }))
}

/** The words of a pasted table: units by full or short name, windows by number, as far as they are in use on a day. */
export async function pasteLookup(db: Db, centreId: string, day: CivilDay): Promise<PasteLookup> {
  const [units, windows] = await Promise.all([
    db.dispatchingUnit.findMany({
      where: { centreId, OR: [{ endedOn: null }, { endedOn: { gte: toDate(day) } }] },
      select: { id: true, name: true, shortName: true },
    }),
    db.window.findMany({ where: { centreId }, select: { id: true, number: true } }),
  ])
  const unitIds = new Map([
    ...units.map((unit) => [unit.shortName, unit.id] as const),
    ...units.map((unit) => [unit.name, unit.id] as const),
  ])
  const windowIds = new Map(windows.map((window) => [window.number.toUpperCase(), window.id]))
  return { unitId: (name) => unitIds.get(name) ?? null, windowId: (number) => windowIds.get(number) ?? null }
}

type Held = { readonly startsOn: Date; readonly person: Somebody }

/** Who still holds a post or an appointment at a window after a day, each person once. */
export async function holdersAfter(db: Db, centreId: string, windowId: string, day: CivilDay): Promise<Somebody[]> {
  const later = { where: { centreId, windowId, OR: [{ endsOn: null }, { endsOn: { gt: toDate(day) } }] } }
  const select = { startsOn: true, ...who }
  const [posts, chiefs]: Held[][] = await Promise.all([
    db.windowPost.findMany({ ...later, select }),
    db.chiefAppointment.findMany({ ...later, select }),
  ])
  return [...new Map([...(posts ?? []), ...(chiefs ?? [])].map(({ person }) => [person.id, person])).values()]
}

/** Who is still posted by a unit after a day. */
export async function postedAfter(db: Db, centreId: string, unitId: string, day: CivilDay): Promise<Somebody[]> {
  const rows = await db.posting.findMany({
    where: { centreId, unitId, OR: [{ endsOn: null }, { endsOn: { gt: toDate(day) } }] },
    orderBy: { person: { reading: 'asc' } },
    select: who,
  })
  return [...new Map(rows.map(({ person }) => [person.id, person])).values()]
}

/** Windows of a zone that stay open after a day. */
export async function openAfter(db: Db, centreId: string, zoneId: string, day: CivilDay): Promise<string[]> {
  const rows = await db.window.findMany({
    where: { centreId, zoneId, OR: [{ closesOn: null }, { closesOn: { gt: toDate(day) } }] },
    orderBy: { number: 'asc' },
    select: { number: true },
  })
  return rows.map((row) => row.number)
}

/** Readers that stand in a zone. */
export async function readersIn(db: Db, centreId: string, zoneId: string): Promise<string[]> {
  const rows = await db.source.findMany({ where: { centreId, zoneId, retiredAt: null }, select: { name: true } })
  return rows.map((row) => row.name)
}

/** The groups that count on a window, each with how many other windows it has. */
export async function groupsWith(
  db: Db,
  centreId: string,
  windowId: string,
): Promise<{ readonly name: string; readonly minStaff: number; readonly others: number }[]> {
  const rows = await db.windowGroup.findMany({
    where: { centreId, members: { some: { windowId } } },
    select: { name: true, minStaff: true, _count: { select: { members: true } } },
  })
  return rows.map((row) => ({ name: row.name, minStaff: row.minStaff, others: row._count.members - 1 }))
}

/** Accounts whose unit role speaks for a unit after a day. */
export function unitGrantsAfter(db: Db, centreId: string, unitId: string, day: CivilDay): Promise<number> {
  return db.roleGrant.count({
    where: { centreId, unitId, OR: [{ endsOn: null }, { endsOn: { gt: toDate(day) } }] },
  })
}

import type { Scope } from '#app/domain/access/roles.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { GroupLine, WindowLine, ZoneLine } from '#app/domain/duty/hall.ts'
import type { PostFacts, PostKind } from '#app/domain/duty/window.ts'
import { toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import { onDay } from './people.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** The zones of the centre in their order. */
export async function zonesOf(db: Db, centreId: string): Promise<ZoneLine[]> {
  return db.zone.findMany({
    where: { centreId },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    select: { id: true, code: true, name: true, nameEn: true },
  })
}

/** Windows that exist on a day and that the scope may see, in the order of the hall. */
export async function windowsOn(db: Db, scope: Scope, day: CivilDay): Promise<WindowLine[]> {
  const on = toDate(day)
  return db.window.findMany({
    where: {
      centreId: scope.centreId,
      opensOn: { lte: on },
      OR: [{ closesOn: null }, { closesOn: { gte: on } }],
      ...windowInScope(scope, day),
    },
    orderBy: [{ zone: { position: 'asc' } }, { position: 'asc' }, { number: 'asc' }],
    select: { id: true, number: true, name: true, nameEn: true, phone: true, zoneId: true },
  })
}

function windowInScope(scope: Scope, day: CivilDay) {
  if (scope.reach === 'centre') return {}
  if (scope.reach === 'windows') return { id: { in: [...scope.windowIds] } }
  const person =
    scope.reach === 'self' ? { id: scope.personId } : { postings: { some: { ...onDay(day), unitId: scope.unitId } } }
  return { posts: { some: { ...onDay(day), person } } }
}

/** Who holds which post at these windows on a day. */
export async function postsOn(
  db: Db,
  centreId: string,
  windowIds: readonly string[],
  day: CivilDay,
): Promise<PostFacts[]> {
  const rows = await db.windowPost.findMany({
    where: { centreId, windowId: { in: [...windowIds] }, ...onDay(day) },
    orderBy: [{ startsOn: 'asc' }, { id: 'asc' }],
    select: { windowId: true, personId: true, post: true },
  })
  return rows.flatMap(({ windowId, personId, post }) =>
    windowId === null ? [] : [{ windowId, personId, post: post as PostKind }],
  )
}

/** The chief representative of each of these windows on a day. */
export async function chiefsOn(
  db: Db,
  centreId: string,
  windowIds: readonly string[],
  day: CivilDay,
): Promise<Map<string, string>> {
  const rows = await db.chiefAppointment.findMany({
    where: { centreId, windowId: { in: [...windowIds] }, ...onDay(day) },
    select: { windowId: true, personId: true },
  })
  return new Map(rows.map((row) => [row.windowId, row.personId]))
}

/** Groups of windows with their minimum staff; a group counts when all its windows are seen. */
export async function groupsOf(db: Db, centreId: string, windowIds: readonly string[]): Promise<GroupLine[]> {
  const seen = new Set(windowIds)
  const rows = await db.windowGroup.findMany({
    where: { centreId },
    orderBy: { name: 'asc' },
    select: { id: true, name: true, minStaff: true, members: { select: { windowId: true } } },
  })
  return rows
    .map(({ members, ...group }) => ({ ...group, windowIds: members.map((member) => member.windowId) }))
    .filter((group) => group.windowIds.length > 0 && group.windowIds.every((id) => seen.has(id)))
}

/** Which readers each of these people is enrolled on at an instant. */
export async function readersOfPeople(
  db: Db,
  centreId: string,
  personIds: readonly string[],
  atMs: number,
): Promise<Map<string, string[]>> {
  const at = new Date(atMs)
  const rows = await db.enrolment.findMany({
    where: {
      centreId,
      personId: { in: [...personIds] },
      startsAt: { lte: at },
      OR: [{ endsAt: null }, { endsAt: { gt: at } }],
      source: { retiredAt: null },
    },
    distinct: ['personId', 'sourceId'],
    select: { personId: true, sourceId: true },
  })
  const readers = new Map<string, string[]>()
  for (const row of rows) readers.set(row.personId, [...(readers.get(row.personId) ?? []), row.sourceId])
  return readers
}

export type ReaderLine = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly state: string
  readonly stateSince: Date | null
  readonly lastPunchAt: Date | null
}

/** The readers in use. */
export async function readersOf(db: Db, centreId: string): Promise<ReaderLine[]> {
  return db.source.findMany({
    where: { centreId, kind: 'reader', retiredAt: null },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, nameEn: true, state: true, stateSince: true, lastPunchAt: true },
  })
}

export type Stretch = { readonly from: number; readonly to: number }

/** Punches of each reader in each of these stretches of time, by the stretch's place in the list. */
export async function punchesPerStretch(
  db: Db,
  centreId: string,
  stretches: readonly Stretch[],
): Promise<{ sourceId: string; stretch: number; count: number }[]> {
  return db.$queryRaw<{ sourceId: string; stretch: number; count: number }[]>`
    SELECT p.source_id AS "sourceId", (s.place - 1)::int AS stretch, count(*)::int AS count
      FROM unnest(${stretches.map((one) => new Date(one.from).toISOString())}::timestamptz[],
                  ${stretches.map((one) => new Date(one.to).toISOString())}::timestamptz[])
           WITH ORDINALITY AS s (starts, ends, place)
     CROSS JOIN LATERAL (SELECT v.source_id FROM counted_punch v
                          WHERE v.centre_id = ${centreId}::uuid AND v.at >= s.starts AND v.at < s.ends OFFSET 0) p
     GROUP BY 1, 2`
}

import type { Scope } from '#app/domain/access/roles.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { PersonLine } from '#app/domain/duty/hall.ts'
import { toDate } from './dates.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** What holds on a day: begun, and not ended before it. */
export function onDay(day: CivilDay) {
  const on = toDate(day)
  return { startsOn: { lte: on }, OR: [{ endsOn: null }, { endsOn: { gte: on } }] }
}

/** Permission as part of the query: whom a scope may see on a day. */
export function personInScope(scope: Scope, day: CivilDay): Prisma.PersonWhereInput {
  if (scope.reach === 'centre') return {}
  if (scope.reach === 'self') return { id: scope.personId }
  if (scope.reach === 'unit') return { postings: { some: { ...onDay(day), unitId: scope.unitId } } }
  return { windowPosts: { some: { ...onDay(day), windowId: { in: [...scope.windowIds] } } } }
}

/** Everybody in service on a day whom the scope may see, in the order of their readings. */
export async function peopleInService(db: Db, scope: Scope, day: CivilDay): Promise<PersonLine[]> {
  return db.person.findMany({
    where: {
      AND: [{ centreId: scope.centreId, postings: { some: onDay(day) } }, personInScope(scope, day)],
    },
    orderBy: [{ reading: 'asc' }, { staffNumber: 'asc' }],
    select: {
      id: true,
      staffNumber: true,
      name: true,
      nameEn: true,
      reading: true,
      initials: true,
      identityKind: true,
    },
  })
}

export type PersonCard = PersonLine & {
  readonly inService: boolean
  /** First day of the earliest posting that has not ended, or null when there is none. */
  readonly startsOn: Date | null
  readonly posts: readonly {
    readonly post: string
    readonly window: { readonly number: string; readonly name: string; readonly nameEn: string } | null
  }[]
  readonly chiefOf: readonly string[]
}

/** One person with the posts of a day; null when the centre has no such person. */
export async function personCard(
  db: Db,
  centreId: string,
  personId: string,
  day: CivilDay,
): Promise<PersonCard | null> {
  const row = await db.person.findUnique({
    where: { centreId_id: { centreId, id: personId } },
    include: {
      postings: { where: { OR: [{ endsOn: null }, { endsOn: { gte: toDate(day) } }] }, orderBy: { startsOn: 'asc' } },
      windowPosts: {
        where: onDay(day),
        orderBy: { post: 'asc' },
        select: { post: true, window: { select: { number: true, name: true, nameEn: true } } },
      },
      chiefAppointments: { where: onDay(day), select: { window: { select: { number: true } } } },
    },
  })
  if (!row) return null
  const posting = row.postings[0]
  return {
    id: row.id,
    staffNumber: row.staffNumber,
    name: row.name,
    nameEn: row.nameEn,
    reading: row.reading,
    initials: row.initials,
    identityKind: row.identityKind,
    inService: posting !== undefined && posting.startsOn <= toDate(day),
    startsOn: posting?.startsOn ?? null,
    posts: row.windowPosts,
    chiefOf: row.chiefAppointments.map((one) => one.window.number),
  }
}

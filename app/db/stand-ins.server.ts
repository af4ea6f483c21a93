import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { PersonName } from '#app/domain/leave/view.ts'
import type { PrismaClient } from './generated/client.ts'
import { onDay } from './people.server.ts'
import type { Tx } from './transaction.server.ts'

/** Who could stand in for a person on a day 替岗人选: everybody in service with a post in one of the same window groups. */
export async function standInsFor(
  db: Tx | PrismaClient,
  centreId: string,
  personId: string,
  day: CivilDay,
): Promise<PersonName[]> {
  const posts = await db.windowPost.findMany({
    where: { centreId, personId, ...onDay(day), windowId: { not: null } },
    select: { windowId: true },
  })
  const own = posts.flatMap(({ windowId }) => windowId ?? [])
  if (own.length === 0) return []
  const groups = await db.windowGroupMember.findMany({
    where: { centreId, windowId: { in: own } },
    select: { groupId: true },
  })
  const members = await db.windowGroupMember.findMany({
    where: { centreId, groupId: { in: groups.map(({ groupId }) => groupId) } },
    select: { windowId: true },
  })
  const windows = [...new Set([...own, ...members.map(({ windowId }) => windowId)])]
  return await db.person.findMany({
    where: {
      centreId,
      id: { not: personId },
      postings: { some: onDay(day) },
      windowPosts: { some: { ...onDay(day), windowId: { in: windows } } },
    },
    orderBy: [{ reading: 'asc' }, { staffNumber: 'asc' }],
    select: { id: true, staffNumber: true, name: true, nameEn: true },
  })
}

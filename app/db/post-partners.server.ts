import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { PrismaClient } from './generated/client.ts'
import { onDay } from './people.server.ts'
import type { Tx } from './transaction.server.ts'

export type PostPartner = { readonly id: string; readonly name: string; readonly nameEn: string }

/** Who holds the other of the A and B posts at this person's windows on a day 互为 AB 岗. */
export async function postPartners(
  db: Tx | PrismaClient,
  centreId: string,
  personId: string,
  day: CivilDay,
): Promise<PostPartner[]> {
  const own = await db.windowPost.findMany({
    where: { centreId, personId, post: { in: ['a', 'b'] }, ...onDay(day) },
    select: { windowId: true, post: true },
  })
  const opposite = own.flatMap(({ windowId, post }) => (windowId ? [{ windowId, post: post === 'a' ? 'b' : 'a' }] : []))
  if (opposite.length === 0) return []
  const people = await db.person.findMany({
    where: {
      centreId,
      id: { not: personId },
      windowPosts: { some: { AND: [onDay(day), { OR: opposite }] } },
    },
    select: { id: true, name: true, nameEn: true },
    orderBy: { reading: 'asc' },
  })
  return people
}

import type { Prisma, PrismaClient } from './generated/client.ts'

type Waiting = { readonly readers: boolean; readonly security: boolean }

/** What waits for the visitor behind an item of the navigation: readers that do not answer, accounts that are locked. */
export async function waitingCounts(
  db: PrismaClient,
  centreId: string,
  looksAfter: Waiting,
  now: number,
): Promise<Record<string, number>> {
  const silent: Prisma.SourceWhereInput = { centreId, retiredAt: null, state: { in: ['offline', 'fault'] } }
  const [readers, security] = await Promise.all([
    looksAfter.readers ? db.source.count({ where: silent }) : 0,
    looksAfter.security ? db.account.count({ where: { centreId, lockedUntil: { gt: new Date(now) } } }) : 0,
  ])
  return { readers, security }
}

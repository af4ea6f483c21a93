import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

export type CoverageLine = {
  readonly id: string
  readonly personId: string
  readonly kind: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly note: string | null
  readonly standInId: string | null
}

/** Approved absences that touch [from, to), by their end. */
export async function coveragesBetween(
  db: Tx | PrismaClient,
  centreId: string,
  from: number,
  to: number,
): Promise<CoverageLine[]> {
  return db.coverage.findMany({
    where: { centreId, startsAt: { lt: new Date(to) }, endsAt: { gt: new Date(from) } },
    orderBy: [{ endsAt: 'asc' }, { id: 'asc' }],
    select: { id: true, personId: true, kind: true, startsAt: true, endsAt: true, note: true, standInId: true },
  })
}

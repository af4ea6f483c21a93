import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** Where people punch themselves: an outage of these makes slots pending. */
const kinds = ['reader', 'terminal']

/** Readers and terminals of a centre by name. */
export async function outageSources(db: Db, centreId: string) {
  return db.source.findMany({
    where: { centreId, kind: { in: kinds } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, nameEn: true },
  })
}

export async function isPunchedAt(db: Db, centreId: string, id: string): Promise<boolean> {
  return (await db.source.count({ where: { centreId, id, kind: { in: kinds } } })) === 1
}

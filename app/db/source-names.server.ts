import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type SourceName = { readonly name: string; readonly nameEn: string; readonly zoneId: string | null }

/** Names a reader and says where it stands; false when the centre has no such reader. */
export async function nameSource(tx: Tx, centreId: string, id: string, named: SourceName): Promise<boolean> {
  const { count } = await tx.source.updateMany({ where: { centreId, id, kind: 'reader' }, data: named })
  return count === 1
}

/** Takes a reader out of use at an instant, or back into use with null; false when it already is, or is none of the centre's. */
export async function setRetired(tx: Tx, centreId: string, id: string, atMs: number | null): Promise<boolean> {
  const { count } = await tx.source.updateMany({
    where: { centreId, id, kind: 'reader', retiredAt: atMs === null ? { not: null } : null },
    data: { retiredAt: atMs === null ? null : new Date(atMs) },
  })
  return count === 1
}

export async function zoneIsOurs(db: Db, centreId: string, id: string): Promise<boolean> {
  return (await db.zone.count({ where: { centreId, id } })) === 1
}

export type NamingChoices = {
  readonly reader: SourceName & { readonly id: string; readonly serial: string }
  readonly zones: readonly {
    readonly id: string
    readonly code: string
    readonly name: string
    readonly nameEn: string
  }[]
}

/** A reader as it is named now, and the zones it may stand in; null when the centre has no such reader. */
export async function namingChoices(db: Db, centreId: string, id: string): Promise<NamingChoices | null> {
  const reader = await db.source.findFirst({
    where: { centreId, id, kind: 'reader' },
    select: { id: true, serial: true, name: true, nameEn: true, zoneId: true },
  })
  if (reader === null) return null
  const zones = await db.zone.findMany({
    where: { centreId, OR: [{ endedOn: null }, ...(reader.zoneId ? [{ id: reader.zoneId }] : [])] },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    select: { id: true, code: true, name: true, nameEn: true },
  })
  return { reader, zones }
}

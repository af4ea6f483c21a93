import { isStranger, type ModuleIdentity, mergedIdentity } from '#app/domain/devices/reader-identity.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

const newestFirst = [{ seenAt: 'desc' }, { id: 'desc' }] as const

/**
 * Keeps what a module says it is 模块身份, when that is new. The first is accepted by itself, and so is one that was accepted
 * before (the old module is back); any other waits for a person. Answers whether something was new.
 */
export async function noteIdentity(
  tx: Tx,
  centreId: string,
  sourceId: string,
  said: ModuleIdentity,
  atMs: number,
): Promise<boolean> {
  const [latest] = await tx.readerIdentity.findMany({
    where: { centreId, sourceId },
    orderBy: [...newestFirst],
    take: 1,
  })
  const merged = mergedIdentity(latest ?? null, said)
  if (merged === null) return false
  const accepted = await tx.readerIdentity.findMany({ where: { centreId, sourceId, acceptedAt: { not: null } } })
  const known = latest === undefined || accepted.some((one) => !isStranger(one, merged))
  const at = new Date(atMs)
  const data = { centreId, id: newId(), sourceId, seenAt: at, ...merged, acceptedAt: known ? at : null }
  await tx.readerIdentity.create({ data })
  return true
}

/** What a module says it is, when nobody has accepted that, beside what was accepted last. */
export type Stranger = { readonly sourceId: string; readonly is: ModuleIdentity; readonly was: ModuleIdentity | null }

/** The sources of a centre whose module is another than the accepted one. */
export async function strangers(db: Db, centreId: string): Promise<Stranger[]> {
  const rows = await db.readerIdentity.findMany({ where: { centreId }, orderBy: [...newestFirst] })
  const sources = [...new Set(rows.map((row) => row.sourceId))]
  return sources.flatMap((sourceId) => {
    const own = rows.filter((row) => row.sourceId === sourceId)
    const [is] = own
    if (is === undefined || is.acceptedAt !== null) return []
    return [{ sourceId, is, was: own.find((row) => row.acceptedAt !== null) ?? null }]
  })
}

/** A person says that the module is the right one; null when none waits for that. */
export async function acceptNewest(
  tx: Tx,
  centreId: string,
  sourceId: string,
  by: { readonly accountId: string; readonly atMs: number },
): Promise<ModuleIdentity | null> {
  const [latest] = await tx.readerIdentity.findMany({
    where: { centreId, sourceId },
    orderBy: [...newestFirst],
    take: 1,
  })
  if (latest === undefined || latest.acceptedAt !== null) return null
  await tx.readerIdentity.update({
    where: { centreId_id: { centreId, id: latest.id } },
    data: { acceptedAt: new Date(by.atMs), acceptedBy: by.accountId },
  })
  return latest
}

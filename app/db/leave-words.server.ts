import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

/** The opinion with which each of these requests last came back or was refused 退回意见, by request. */
export async function lastOpinions(
  db: Tx | PrismaClient,
  centreId: string,
  requestIds: readonly string[],
): Promise<Map<string, string>> {
  if (requestIds.length === 0) return new Map()
  const rows = await db.leaveDecision.findMany({
    where: { centreId, requestId: { in: [...requestIds] }, act: { in: ['returned', 'refused'] }, note: { not: null } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { requestId: true, note: true },
  })
  return new Map(rows.flatMap(({ requestId, note }) => (note === null ? [] : [[requestId, note] as const])))
}

/** A stored file of the centre with its bytes 附件; null when the centre has none of this id. */
export async function storedFileOf(db: Tx | PrismaClient, centreId: string, id: string) {
  return await db.storedFile.findUnique({
    where: { centreId_id: { centreId, id } },
    select: { bytes: true, mediaType: true, name: true, size: true },
  })
}

import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** Serial numbers are free to invent, so the list has an end; the longest silent go first. */
const most = 100
const keptMs = 30 * 86_400_000

/** Notes that a terminal calls that nobody allowed 未登记终端: by whom, from where, how often; nothing of what it sent. */
export async function noteKnock(
  db: Db,
  knock: { readonly serial: string; readonly address: string | null; readonly nowMs: number },
): Promise<void> {
  const { serial, address } = knock
  const now = new Date(knock.nowMs)
  await db.$executeRaw`
    INSERT INTO terminal_knock (serial, first_at, last_at, count, address)
    VALUES (${serial}, ${now}, ${now}, 1, ${address})
    ON CONFLICT (serial) DO UPDATE
       SET last_at = excluded.last_at, count = least(terminal_knock.count + 1, 1000000), address = excluded.address`
  // Whoever floods the list pushes others off it; a terminal that really is there calls again within seconds.
  await db.$executeRaw`
    DELETE FROM terminal_knock WHERE serial IN (
      SELECT serial FROM terminal_knock
       WHERE last_at < ${new Date(knock.nowMs - keptMs)}
          OR serial IN (SELECT serial FROM terminal_knock ORDER BY last_at DESC, serial OFFSET ${most})
         FOR UPDATE SKIP LOCKED)`
}

/** The terminals that knocked, the last to do so first. */
export async function listKnocks(db: Db) {
  return db.terminalKnock.findMany({ orderBy: { lastAt: 'desc' }, take: most })
}

export async function forgetKnock(tx: Tx, serial: string): Promise<void> {
  await tx.terminalKnock.deleteMany({ where: { serial } })
}

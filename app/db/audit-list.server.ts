import { type AuditVerdict, verifyAudit } from './audit-seal.server.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export const auditPageSize = 50

export type AuditFilter = {
  /** Epoch milliseconds, from inclusive, to exclusive. */
  readonly from: number | null
  readonly to: number | null
  readonly actor: string | null
  readonly action: string | null
}

function condition(centreId: string, filter: AuditFilter): Prisma.AuditEntryWhereInput {
  return {
    centreId,
    ...(filter.actor === null ? {} : { actor: filter.actor }),
    ...(filter.action === null ? {} : { action: filter.action }),
    at: {
      ...(filter.from === null ? {} : { gte: new Date(filter.from) }),
      ...(filter.to === null ? {} : { lt: new Date(filter.to) }),
    },
  }
}

/** One page of the log, the newest first, and how many entries the filter finds. */
export async function auditPage(db: Db, centreId: string, filter: AuditFilter, page: number) {
  const where = condition(centreId, filter)
  const [total, entries] = await Promise.all([
    db.auditEntry.count({ where }),
    db.auditEntry.findMany({
      where,
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      skip: (page - 1) * auditPageSize,
      take: auditPageSize,
    }),
  ])
  return { total, entries }
}

/** The actors and actions that the log knows, for the filter's choices. */
export async function auditChoices(db: Db, centreId: string): Promise<{ actors: string[]; actions: string[] }> {
  const [actors, actions] = await Promise.all([
    db.auditEntry.groupBy({ by: ['actor'], where: { centreId }, orderBy: { actor: 'asc' }, take: 500 }),
    db.auditEntry.groupBy({ by: ['action'], where: { centreId }, orderBy: { action: 'asc' } }),
  ])
  return { actors: actors.map((row) => row.actor), actions: actions.map((row) => row.action) }
}

export type Checked = { readonly at: number; readonly verdict: AuditVerdict }

const checked = new Map<string, { readonly at: number; readonly verdict: Promise<AuditVerdict> }>()
const checkedFor = 3_600_000

/** What the check of the chain said, at most an hour ago: it reads the whole log, so it is not repeated with every page. */
export async function auditVerdict(centreId: string, now: number, afresh: boolean): Promise<Checked> {
  const known = checked.get(centreId)
  if (known && !afresh && now - known.at < checkedFor) return { at: known.at, verdict: await known.verdict }
  const fresh = { at: now, verdict: verifyAudit(centreId) }
  checked.set(centreId, fresh)
  fresh.verdict.catch(() => checked.delete(centreId))
  return { at: now, verdict: await fresh.verdict }
}

/** The newest seals' hashes, oldest first, for the eye to compare with an earlier print. */
export async function newestSeals(db: Db, centreId: string): Promise<string[]> {
  const rows = await db.auditSeal.findMany({
    where: { centreId },
    orderBy: { seq: 'desc' },
    take: 5,
    select: { hash: true },
  })
  return rows.map((row) => Buffer.from(row.hash).toString('hex')).reverse()
}

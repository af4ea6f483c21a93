import type { Numbers } from '#app/domain/devices/spool-ranges.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

/** How far a spool is stored: the highest number, the time of the punch that has it, and whose spool it is. */
export type SpoolRow = {
  readonly agentId: string
  readonly agentRevoked: boolean
  readonly through: number
  readonly lastAt: Date
}

export type GapRow = Numbers & {
  readonly id: string
  readonly agentId: string
  readonly epoch: string
  readonly fromAt: Date | null
  readonly toAt: Date | null
  readonly lostAt: Date | null
}

export type SpoolOf = { readonly centreId: string; readonly agentId: string; readonly epoch: string }

/** The spool's state, held until the transaction ends; null when no punch of it was ever noted. */
export async function lockSpool(tx: Tx, { centreId, epoch }: SpoolOf): Promise<SpoolRow | null> {
  type Row = Omit<SpoolRow, 'through'> & { through: bigint }
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT s.agent_id AS "agentId", a.revoked_at IS NOT NULL AS "agentRevoked", s.through, s.last_at AS "lastAt"
      FROM spool_state s JOIN agent a ON a.centre_id = s.centre_id AND a.id = s.agent_id
     WHERE s.centre_id = ${centreId}::uuid AND s.epoch = ${epoch}::uuid
       FOR UPDATE OF s`
  return row === undefined ? null : { ...row, through: Number(row.through) }
}

type Ledger = { readonly through: number; readonly lastAt: Date; readonly gaps: readonly Omit<NewGap, 'notedAt'>[] }
export type NewGap = Numbers & { readonly notedAt: Date; readonly fromAt: Date | null; readonly toAt: Date | null }

/** What the punches themselves say of a spool that has no state yet: the highest number and the holes below it. */
export async function readLedger(tx: Tx, { centreId, epoch }: SpoolOf): Promise<Ledger | null> {
  type Row = { seq: bigint; at: Date; before: bigint | null; beforeAt: Date | null }
  const rows = await tx.$queryRaw<Row[]>`
    WITH numbered AS (
      SELECT p.seq, p.at, lag(p.seq) OVER w AS before, lag(p.at) OVER w AS "beforeAt",
             row_number() OVER (ORDER BY p.seq DESC, p.at DESC) = 1 AS last
        FROM punch p
       WHERE p.centre_id = ${centreId}::uuid AND p.spool_epoch = ${epoch}::uuid
         AND p.source_id IN (SELECT s.id FROM source s WHERE s.centre_id = ${centreId}::uuid)
      WINDOW w AS (ORDER BY p.seq, p.at)
    )
    SELECT seq, at, before, "beforeAt" FROM numbered WHERE last OR seq > coalesce(before, 0) + 1 ORDER BY seq, at`
  const last = rows.at(-1)
  if (last === undefined) return null
  const gaps = rows.flatMap(({ seq, at, before, beforeAt }) => {
    const [first, end] = [Number(before ?? 0) + 1, Number(seq) - 1]
    return first <= end ? [{ first, last: end, fromAt: beforeAt, toAt: at }] : []
  })
  return { through: Number(last.seq), lastAt: last.at, gaps }
}

/** Begins a spool's state; another delivery that began it at the same time wins, and false is answered. */
export async function addSpool(tx: Tx, spool: SpoolOf, through: number, lastAt: Date): Promise<boolean> {
  const { count } = await tx.spoolState.createMany({ data: [{ ...spool, through, lastAt }], skipDuplicates: true })
  return count === 1
}

export async function moveSpool(tx: Tx, spool: SpoolOf, through: number, lastAt: Date): Promise<void> {
  const { centreId, epoch } = spool
  await tx.spoolState.updateMany({ where: { centreId, epoch }, data: { through, lastAt } })
}

/** Makes a spool and its gaps another agent's. */
export async function giveSpool(tx: Tx, { centreId, agentId, epoch }: SpoolOf): Promise<void> {
  await tx.spoolState.updateMany({ where: { centreId, epoch }, data: { agentId } })
  await tx.spoolGap.updateMany({ where: { centreId, epoch }, data: { agentId } })
}

export async function addGap(tx: Tx, { centreId, agentId, epoch }: SpoolOf, gap: NewGap): Promise<void> {
  const { first, last, notedAt, fromAt, toAt } = gap
  await tx.spoolGap.create({ data: { centreId, id: newId(), agentId, epoch, first, last, notedAt, fromAt, toAt } })
}

/** Gaps that wait or were given up, held until the transaction ends: of one spool, or of all spools of an agent. */
export async function lockGaps(tx: Tx, of: { centreId: string; agentId?: string; epoch?: string }): Promise<GapRow[]> {
  type Row = Omit<GapRow, 'first' | 'last'> & { first: bigint; last: bigint }
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, agent_id AS "agentId", epoch, first, last, from_at AS "fromAt", to_at AS "toAt", lost_at AS "lostAt"
      FROM spool_gap
     WHERE centre_id = ${of.centreId}::uuid AND filled_at IS NULL
       AND (${of.epoch ?? null}::uuid IS NULL OR epoch = ${of.epoch ?? null}::uuid)
       AND (${of.agentId ?? null}::uuid IS NULL OR agent_id = ${of.agentId ?? null}::uuid)
     ORDER BY epoch, first FOR UPDATE`
  return rows.map((row) => ({ ...row, first: Number(row.first), last: Number(row.last) }))
}

export type GapPiece = Numbers & {
  readonly fromAt: Date | null
  readonly toAt: Date | null
  readonly lostAt: Date | null
}

/**
 * Puts pieces in the place of a gap; none means that its last number has come. The row itself becomes the first piece
 * before the others are added: two gaps never share a number, not even for a moment.
 */
export async function splitGap(
  tx: Tx,
  centreId: string,
  gap: GapRow,
  pieces: readonly GapPiece[],
  nowMs: number,
): Promise<void> {
  const [own, ...others] = pieces
  const where = { centreId_id: { centreId, id: gap.id } }
  const data = own === undefined ? { filledAt: new Date(nowMs), lostAt: null } : own
  await tx.spoolGap.update({ where, data })
  if (others.length === 0) return
  const { agentId, epoch } = gap
  const { notedAt } = await tx.spoolGap.findUniqueOrThrow({ where, select: { notedAt: true } })
  await tx.spoolGap.createMany({
    data: others.map((one) => ({ centreId, id: newId(), agentId, epoch, notedAt, ...one })),
  })
}

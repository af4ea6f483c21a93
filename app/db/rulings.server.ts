import { punchKey } from './day-facts.server.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** The parts of a punch's key, as `punchKey` joins them. */
export type PunchRef = {
  readonly sourceId: string
  readonly spoolEpoch: string
  readonly seq: string
  readonly atMs: number
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const keyShape = new RegExp(`^(${uuid}):(${uuid}):(\\d{1,18}):(-?\\d{1,15})$`, 'iu')

/** A key that came back from a page, taken apart; null for anything else. */
export function punchRef(key: string): PunchRef | null {
  const [, sourceId, spoolEpoch, seq, at] = keyShape.exec(key) ?? []
  if (!sourceId || !spoolEpoch || !seq || !at) return null
  return { sourceId, spoolEpoch, seq, atMs: Number(at) }
}

export type PunchInDoubt = {
  readonly key: string
  readonly sourceId: string
  readonly spoolEpoch: string
  readonly seq: bigint
  readonly recordedMs: number
  readonly receivedMs: number
  readonly offsetMs: number | null
  readonly subject: string
  readonly quarantine: string
}

/** Punches in quarantine by their keys, in the order of the keys' rows; others are left out. */
export async function punchesInDoubt(db: Db, centreId: string, refs: readonly PunchRef[]): Promise<PunchInDoubt[]> {
  type Row = Omit<PunchInDoubt, 'key' | 'recordedMs' | 'receivedMs'> & { readonly at: Date; readonly receivedAt: Date }
  const rows = await db.$queryRaw<Row[]>`
    SELECT p.source_id AS "sourceId", p.spool_epoch AS "spoolEpoch", p.seq, p.at, p.received_at AS "receivedAt",
           p.offset_ms AS "offsetMs", p.subject, p.quarantine
      FROM unnest(${refs.map((ref) => ref.sourceId)}::uuid[], ${refs.map((ref) => ref.spoolEpoch)}::uuid[],
                  ${refs.map((ref) => ref.seq)}::bigint[], ${refs.map((ref) => new Date(ref.atMs).toISOString())}::timestamptz[])
           AS k (source_id, spool_epoch, seq, at)
      JOIN punch p ON p.centre_id = ${centreId}::uuid AND p.source_id = k.source_id AND p.spool_epoch = k.spool_epoch
                  AND p.seq = k.seq AND p.at = k.at AND p.quarantine IS NOT NULL
     ORDER BY p.source_id, p.spool_epoch, p.seq, p.at`
  return rows.map(({ at, receivedAt, ...row }) => ({
    ...row,
    key: punchKey({ ...row, atMs: at.getTime() }),
    recordedMs: at.getTime(),
    receivedMs: receivedAt.getTime(),
  }))
}

export type NewRuling = {
  readonly punch: PunchInDoubt
  readonly decision: 'release' | 'reject'
  /** When it counts; null for one that was rejected. */
  readonly countsMs: number | null
}

/**
 * Writes rulings into the ledger and answers how many were the first for their punch. Two people at once: the later one
 * waits here for the earlier and then finds that his is not the first.
 */
export async function addRulings(
  tx: Tx,
  centreId: string,
  rulings: readonly NewRuling[],
  by: { readonly reason: string; readonly accountId: string; readonly atMs: number },
): Promise<number> {
  const punches = rulings.map(({ punch }) => punch)
  const instants = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  return tx.$executeRaw`
    INSERT INTO punch_ruling (centre_id, source_id, spool_epoch, seq, at, decision, counts_at, reason, decided_by, decided_at)
    SELECT ${centreId}::uuid, k.source_id, k.spool_epoch, k.seq, k.at, k.decision, k.counts_at, ${by.reason},
           ${by.accountId}::uuid, ${new Date(by.atMs)}
      FROM unnest(${punches.map((one) => one.sourceId)}::uuid[], ${punches.map((one) => one.spoolEpoch)}::uuid[],
                  ${punches.map((one) => String(one.seq))}::bigint[],
                  ${punches.map((one) => instants(one.recordedMs))}::timestamptz[],
                  ${rulings.map((one) => one.decision)}::text[], ${rulings.map((one) => instants(one.countsMs))}::timestamptz[])
           AS k (source_id, spool_epoch, seq, at, decision, counts_at)
     ORDER BY k.source_id, k.spool_epoch, k.seq, k.at
    ON CONFLICT DO NOTHING`
}

export type EarlierRuling = { readonly by: string; readonly atMs: number; readonly decision: string }

/** Who ruled on one of these punches already, the latest first; null when nobody has. */
export async function earlierRuling(
  db: Db,
  centreId: string,
  punches: readonly PunchInDoubt[],
): Promise<EarlierRuling | null> {
  const row = await db.punchRuling.findFirst({
    where: {
      centreId,
      OR: punches.map((one) => ({
        sourceId: one.sourceId,
        spoolEpoch: one.spoolEpoch,
        seq: one.seq,
        at: new Date(one.recordedMs),
      })),
    },
    orderBy: { decidedAt: 'desc' },
  })
  if (row === null) return null
  const account = await db.account.findFirst({ where: { centreId, id: row.decidedBy }, select: { displayName: true } })
  return { by: account?.displayName ?? '', atMs: row.decidedAt.getTime(), decision: row.decision }
}

export type HeldAt = { readonly sourceId: string; readonly subject: string; readonly atMs: number }

/** Who held each of these slots at its instant; null where nobody did. */
export async function holdersAt(db: Db, centreId: string, asked: readonly HeldAt[]): Promise<(string | null)[]> {
  if (asked.length === 0) return []
  const rows = await db.$queryRaw<{ personId: string | null }[]>`
    SELECT e.person_id AS "personId"
      FROM unnest(${asked.map((one) => one.sourceId)}::uuid[], ${asked.map((one) => one.subject)}::text[],
                  ${asked.map((one) => new Date(one.atMs).toISOString())}::timestamptz[])
           WITH ORDINALITY AS k (source_id, subject, at, place)
      LEFT JOIN enrolment e ON e.centre_id = ${centreId}::uuid AND e.source_id = k.source_id AND e.subject = k.subject
                           AND k.at >= e.starts_at AND (e.ends_at IS NULL OR k.at < e.ends_at)
     ORDER BY k.place`
  return rows.map((row) => row.personId)
}

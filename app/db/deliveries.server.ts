import type { QuarantineCode } from '#app/domain/devices/quarantine.ts'
import { type RuleLine, ruleLines } from './rule-sets.server.ts'
import type { Tx } from './transaction.server.ts'

export type NewPunch = {
  readonly sourceId: string
  readonly seq: number
  readonly atMs: number
  readonly subject: string
  readonly score: number | null
  readonly offsetMs: number | null
  readonly quarantine: QuarantineCode | null
}

export type Standing = {
  readonly zone: string
  readonly rules: readonly RuleLine[]
  /** The delivering agent's own readers among the serials it speaks of. */
  readonly ids: ReadonlyMap<string, string>
}

/** What a delivery must know of its centre before anything is stored: zone, rule sets, and the agent's readers. */
export async function standingOf(
  tx: Tx,
  centreId: string,
  agentId: string,
  serials: Iterable<string>,
): Promise<Standing> {
  type Row = { zone: string; rules: RuleLine[]; sources: [serial: string, id: string][] }
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT c.zone, ${ruleLines(centreId)} AS rules,
           (SELECT coalesce(json_agg(json_build_array(s.serial, s.id)), '[]') FROM source s
             WHERE s.centre_id = c.id AND s.serial = ANY(${[...new Set(serials)]}::text[])
               AND s.agent_id = ${agentId}::uuid) AS sources
      FROM centre c WHERE c.id = ${centreId}::uuid`
  if (row === undefined) throw new Error(`there is no centre ${centreId}`)
  return { zone: row.zone, rules: row.rules, ids: new Map(row.sources) }
}

export type DeliveredRows = {
  readonly centreId: string
  readonly agentId: string
  readonly epoch: string
  readonly punches: readonly NewPunch[]
  readonly atMs: number
}

/**
 * Adds punches to the ledger and answers which were new, each with the person who held the slot at the punch's own time
 * (null for nobody, and for a punch in quarantine). One statement for any number: the primary key is the punch key, so a
 * replay inserts nothing. Rows go in by sequence, so that two deliveries of the same rows never wait in a ring. The same
 * statement notes that the agent was heard and moves its readers' last punch forward, never back: a backlog does not
 * make a reader look silent.
 */
export async function storePunches(tx: Tx, delivery: DeliveredRows): Promise<Map<number, string | null>> {
  const { centreId, agentId, epoch } = delivery
  const rows = [...delivery.punches].sort((a, b) => a.seq - b.seq)
  const received = new Date(delivery.atMs)
  const [stored] = await tx.$queryRaw<{ seqs: number[]; owners: (string | null)[] }[]>`
    WITH fresh AS (
      INSERT INTO punch (centre_id, source_id, spool_epoch, seq, at, subject, score, offset_ms, received_at, quarantine)
      SELECT ${centreId}::uuid, p.source_id, ${epoch}::uuid, p.seq, p.at, p.subject, p.score, p.offset_ms,
             ${received}::timestamptz, p.quarantine
        FROM unnest(
          ${rows.map((row) => row.sourceId)}::uuid[], ${rows.map((row) => row.seq)}::bigint[],
          ${rows.map((row) => new Date(row.atMs).toISOString())}::timestamptz[], ${rows.map((row) => row.subject)}::text[],
          ${rows.map((row) => row.score)}::int[], ${rows.map((row) => row.offsetMs)}::int[],
          ${rows.map((row) => row.quarantine)}::text[]
        ) AS p (source_id, seq, at, subject, score, offset_ms, quarantine)
      ON CONFLICT DO NOTHING
      RETURNING source_id, seq, at, subject, quarantine
    ), seen AS (
      UPDATE agent SET seen_at = ${received}::timestamptz WHERE centre_id = ${centreId}::uuid AND id = ${agentId}::uuid
      RETURNING id
    ), latest AS (
      SELECT source_id, max(at) AS at FROM fresh WHERE quarantine IS NULL GROUP BY source_id ORDER BY source_id
    ), moved AS (
      -- Reading "seen" puts the agent's row before the readers': whoever writes both does it in this order.
      UPDATE source s SET last_punch_at = l.at FROM latest l
       WHERE (SELECT count(*) FROM seen) >= 0 AND s.centre_id = ${centreId}::uuid AND s.id = l.source_id
         AND (s.last_punch_at IS NULL OR s.last_punch_at < l.at)
    )
    SELECT coalesce(json_agg(f.seq), '[]') AS seqs, coalesce(json_agg(e.person_id), '[]') AS owners
      FROM fresh f
      LEFT JOIN enrolment e ON e.centre_id = ${centreId}::uuid AND e.source_id = f.source_id AND e.subject = f.subject
                           AND f.at >= e.starts_at AND (e.ends_at IS NULL OR f.at < e.ends_at) AND f.quarantine IS NULL`
  return new Map(stored?.seqs.map((seq, index) => [seq, stored.owners[index] ?? null]))
}

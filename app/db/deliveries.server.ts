import type { CivilDay } from '#app/domain/attendance/day.ts'
import { live, summaryFrom } from '#app/domain/devices/batch.ts'
import type { QuarantineCode } from '#app/domain/devices/quarantine.ts'
import { deliveryPool } from './client.server.ts'
import { standingVersion } from './delivery-standing.server.ts'
import { liveChannel } from './events.server.ts'
import { Prisma } from './generated/client.ts'
import { cardAsJson } from './person-card.server.ts'
import type { Tx } from './transaction.server.ts'

export type NewPunch = {
  readonly seq: number
  readonly serial: string
  readonly atMs: number
  readonly subject: string
  readonly score: number | null
  readonly offsetMs: number | null
  readonly quarantine: QuarantineCode | null
  /** The attendance day it belongs to. */
  readonly day: CivilDay
}

export type DeliveredRows = {
  readonly centreId: string
  readonly agentId: string
  readonly epoch: string
  /** Ascending, without a gap. */
  readonly punches: readonly NewPunch[]
  readonly atMs: number
  /** The standing by which `quarantine` and `day` were found. */
  readonly version: string
}

/** A punch of somebody who stands at the reader now, as the screens need it. */
export type LivePunch = {
  readonly seq: number
  readonly sourceId: string
  readonly atMs: number
  readonly subject: string
  readonly quarantine: QuarantineCode | null
  readonly day: CivilDay
  readonly personId: string | null
  readonly person: {
    readonly name: string
    readonly nameEn: string
    readonly reading: string
    readonly post: string | null
    readonly window: { readonly number: string; readonly name: string; readonly nameEn: string } | null
  } | null
}

export type Stored = { readonly stored: number; readonly quarantined: number; readonly live: readonly LivePunch[] }

/**
 * Stores a delivery that needs no decision, in one statement and so one transaction and one way to the database: the agent
 * may speak, the readers are its own, the rules are those by which the rows were made, and the numbers follow on what is
 * stored or are all known. Otherwise nothing is stored and the answer is null.
 */
export async function storeStraight(rows: DeliveredRows): Promise<Stored | null> {
  const { text, values } = statement(rows, false)
  const { rows: answer } = await deliveryPool.query<Answer>({ name: 'deliver', text, values })
  return storedOf(answer)
}

/** As storeStraight, in a transaction that has settled all of that and noted the numbers. */
export async function storeNoted(tx: Tx, rows: DeliveredRows): Promise<Stored> {
  const stored = storedOf(await tx.$queryRaw<Answer[]>(statement(rows, true)))
  if (stored === null) throw new Error('a delivery that was made ready could not be stored')
  return stored
}

type Answer = { ready: boolean; stored: number; quarantined: number; live: LivePunch[] }

function storedOf([answer]: readonly Answer[]): Stored | null {
  if (!answer?.ready) return null
  const { stored, quarantined, live } = answer
  return { stored, quarantined, live }
}

/**
 * The whole of a delivery: rows (the primary key is the punch key, so a replay inserts nothing), how far the spool is stored,
 * that the agent was heard, the readers' last punch (never moved back: a backlog does not make a reader look silent), the
 * touched person-days as stale, and the events. What is judged afterwards may fail and is found again by its stale day.
 */
function statement(delivery: DeliveredRows, noted: boolean): Prisma.Sql {
  const { centreId, agentId, punches } = delivery
  const [first, last] = [punches[0], punches.at(-1)]
  if (first === undefined || last === undefined) throw new Error('a delivery without punches')
  return Prisma.sql`
    WITH incoming AS MATERIALIZED (
      SELECT s.id AS source_id, p.seq, timestamptz 'epoch' + p.at_ms * interval '1 millisecond' AS at, p.subject, p.score,
             p.offset_ms, p.quarantine
        FROM unnest(
          ${punches.map((row) => row.serial)}::text[], ${punches.map((row) => row.seq)}::bigint[],
          ${punches.map((row) => row.atMs)}::bigint[], ${punches.map((row) => row.subject)}::text[],
          ${punches.map((row) => row.score)}::int[], ${punches.map((row) => row.offsetMs)}::float8[],
          ${punches.map((row) => row.quarantine)}::text[]
        ) AS p (serial, seq, at_ms, subject, score, offset_ms, quarantine)
        JOIN source s ON s.centre_id = ${centreId}::uuid AND s.serial = p.serial AND s.agent_id = ${agentId}::uuid
    ${accountParts(delivery, first, last, noted)}
    ${ledgerParts(delivery)}
    ${newsParts(delivery, first)}
    )
    SELECT EXISTS (SELECT 1 FROM ready) AS ready, c.stored::int AS stored, c.quarantined::int AS quarantined,
           (SELECT count(*) FROM told)::int AS told,
           (SELECT coalesce(json_agg(json_build_object('seq', o.seq, 'sourceId', o.source_id, 'subject', o.subject,
                     'atMs', (extract(epoch FROM o.at) * 1000)::bigint, 'quarantine', o.quarantine, 'day', o.day,
                     'personId', o.person_id, 'person', ${cardAsJson(centreId)}) ORDER BY o.seq), '[]')
              FROM owned o WHERE o.few AND o.recent) AS live
      FROM counted c`
}

/** Whether the agent may speak and the numbers follow: "ready" has a row then. */
function accountParts(delivery: DeliveredRows, first: NewPunch, last: NewPunch, noted: boolean): Prisma.Sql {
  const { centreId, agentId, epoch, punches, version } = delivery
  const [received, lastAt] = [new Date(delivery.atMs).toISOString(), new Date(last.atMs).toISOString()]
  return Prisma.sql`
    ), heard AS (
      UPDATE agent SET seen_at = ${received}::timestamptz
       WHERE centre_id = ${centreId}::uuid AND id = ${agentId}::uuid AND revoked_at IS NULL
         AND ${standingVersion(centreId)} = ${version} AND (SELECT count(*) FROM incoming) = ${punches.length}::int
      RETURNING id
    ), reached AS (
      UPDATE spool_state SET through = ${last.seq}::bigint, last_at = ${lastAt}::timestamptz
       WHERE centre_id = ${centreId}::uuid AND epoch = ${epoch}::uuid AND agent_id = (SELECT id FROM heard)
         AND through = ${first.seq}::bigint - 1
      RETURNING epoch
    ), ready AS MATERIALIZED (
      SELECT true AS ready FROM reached
      UNION ALL
      SELECT true FROM heard WHERE ${noted}::boolean
      UNION ALL
      SELECT true FROM spool_state s
       WHERE s.centre_id = ${centreId}::uuid AND s.epoch = ${epoch}::uuid AND s.agent_id = (SELECT id FROM heard)
         AND s.through >= ${last.seq}::bigint
         AND NOT EXISTS (SELECT 1 FROM spool_gap g
                          WHERE g.centre_id = s.centre_id AND g.epoch = s.epoch AND g.filled_at IS NULL
                            AND g.first <= ${last.seq}::bigint AND g.last >= ${first.seq}::bigint)`
}

/** The rows themselves, and the readers' last punch. */
function ledgerParts(delivery: DeliveredRows): Prisma.Sql {
  const { centreId, epoch } = delivery
  const received = new Date(delivery.atMs).toISOString()
  return Prisma.sql`
    ), fresh AS (
      INSERT INTO punch (centre_id, source_id, spool_epoch, seq, at, subject, score, offset_ms, received_at, quarantine)
      SELECT ${centreId}::uuid, source_id, ${epoch}::uuid, seq, at, subject, score, offset_ms, ${received}::timestamptz,
             quarantine
        FROM incoming WHERE EXISTS (SELECT 1 FROM ready) ORDER BY seq
      ON CONFLICT DO NOTHING
      RETURNING source_id, seq, at, subject, quarantine
    ), latest AS (
      SELECT source_id, max(at) AS at FROM fresh WHERE quarantine IS NULL GROUP BY source_id ORDER BY source_id
    ), moved AS (
      -- The agent's row was written before: whoever writes both does it in this order.
      UPDATE source s SET last_punch_at = l.at FROM latest l
       WHERE s.centre_id = ${centreId}::uuid AND s.id = l.source_id AND (s.last_punch_at IS NULL OR s.last_punch_at < l.at)
    ), counted AS MATERIALIZED (
      SELECT count(*) AS stored, count(quarantine) AS quarantined FROM fresh`
}

/** Whose punches the new ones are, the days they touch, and what is told of them. */
function newsParts(delivery: DeliveredRows, first: NewPunch): Prisma.Sql {
  const { centreId, epoch, punches } = delivery
  const received = new Date(delivery.atMs).toISOString()
  return Prisma.sql`
    ), owned AS MATERIALIZED (
      -- The numbers of a batch ascend by one, so each has its place in it.
      SELECT f.*, (${punches.map((row) => row.day)}::date[])[f.seq - ${first.seq}::bigint + 1] AS day, e.person_id, abs(extract(epoch FROM f.at - ${received}::timestamptz)) * 1000 <= ${live.withinMs}::int AS recent,
             c.stored <= ${live.batchUpTo}::int AS few, c.stored < ${summaryFrom}::int AS each
        FROM counted c CROSS JOIN fresh f
        LEFT JOIN enrolment e ON e.centre_id = ${centreId}::uuid AND e.source_id = f.source_id AND e.subject = f.subject
                             AND f.at >= e.starts_at AND (e.ends_at IS NULL OR f.at < e.ends_at) AND f.quarantine IS NULL
    ), stale AS (
      INSERT INTO stale_day (centre_id, person_id, day)
      SELECT DISTINCT ${centreId}::uuid, person_id, day FROM owned WHERE person_id IS NOT NULL ORDER BY person_id, day
      ON CONFLICT (centre_id, person_id, day) DO UPDATE SET day = excluded.day WHERE false
    ), told AS MATERIALIZED (
      SELECT pg_notify(${liveChannel}, payload::text) FROM (
        SELECT json_build_object('topic', 'punch', 'centreId', ${centreId}::uuid, 'sourceId', source_id,
                 'id', concat_ws(':', source_id, ${epoch}::uuid, seq, (extract(epoch FROM at) * 1000)::bigint),
                 'greet', CASE WHEN recent THEN 1 ELSE 0 END) AS payload FROM owned WHERE each
        UNION ALL
        SELECT json_build_object('topic', 'punch', 'centreId', ${centreId}::uuid, 'count', stored)
          FROM counted WHERE stored >= ${summaryFrom}::int
        UNION ALL
        SELECT json_build_object('topic', 'result', 'centreId', ${centreId}::uuid, 'stale', count(*))
          FROM owned WHERE person_id IS NOT NULL AND NOT (few AND recent) HAVING count(*) > 0
      ) AS events`
}

import type {
  DecidedLine,
  DoubtfulLine,
  ParkedLine,
  SourceChoice,
  WaitingCount,
} from '#app/domain/devices/doubtful-view.ts'
import { punchKey } from './day-facts.server.ts'
import { likelyAt, undecided } from './doubt-sql.server.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** What a list is narrowed to. Times are instants; a source is one of the centre's. */
export type DoubtFilter = {
  readonly sourceId?: string | null
  readonly from?: number | null
  readonly to?: number | null
}

const shown = 200

/** What waits for a ruling, narrowed to what was most likely made in a time and at a source. */
function waiting(centreId: string, filter: DoubtFilter): Prisma.Sql {
  const { sourceId, from, to } = filter
  const at = likelyAt('p')
  return Prisma.sql`p.centre_id = ${centreId}::uuid AND ${undecided('p')}
    AND ${sourceId ? Prisma.sql`p.source_id = ${sourceId}::uuid` : Prisma.sql`true`}
    AND ${from ? Prisma.sql`${at} >= ${new Date(from)}` : Prisma.sql`true`}
    AND ${to ? Prisma.sql`${at} < ${new Date(to)}` : Prisma.sql`true`}`
}

/** How many punches of a centre wait for somebody to confirm, release or reject them 待处理打卡. */
export async function waitingRulings(db: Db, centreId: string): Promise<number> {
  const { claims, quarantined } = await countWaiting(db, centreId, {})
  return claims + quarantined
}

/** The same apart: claims made at a kiosk, and punches whose time is in doubt. */
export async function countWaiting(db: Db, centreId: string, filter: DoubtFilter): Promise<WaitingCount> {
  const [row] = await db.$queryRaw<WaitingCount[]>`
    SELECT count(*) FILTER (WHERE p.quarantine = 'unconfirmed')::int AS claims,
           count(*) FILTER (WHERE p.quarantine <> 'unconfirmed')::int AS quarantined
      FROM punch p WHERE ${waiting(centreId, filter)}`
  return row ?? { claims: 0, quarantined: 0 }
}

type Row = Omit<DoubtfulLine, 'key'> & { readonly sourceId: string; readonly spoolEpoch: string; readonly seq: bigint }

/**
 * Punches in quarantine that nobody has ruled on: the claims of kiosks, or those whose time is in doubt. The oldest first,
 * for somebody stands at the kiosk and waits; at most 200 at once.
 */
export async function doubtfulPunches(
  db: Db,
  centreId: string,
  kind: 'claims' | 'quarantined',
  filter: DoubtFilter = {},
): Promise<DoubtfulLine[]> {
  const unconfirmed = Prisma.sql`p.quarantine = 'unconfirmed'`
  const rows = await db.$queryRaw<Row[]>`
    SELECT p.source_id AS "sourceId", p.spool_epoch AS "spoolEpoch", p.seq, p.quarantine, p.subject,
           (extract(epoch FROM p.at) * 1000)::float8 AS "recordedMs", p.offset_ms AS "offsetMs",
           (extract(epoch FROM p.received_at) * 1000)::float8 AS "receivedMs",
           json_build_object('name', s.name, 'nameEn', s.name_en) AS source,
           CASE WHEN n.id IS NOT NULL THEN json_build_object(
             'id', n.id, 'name', n.name, 'nameEn', n.name_en, 'staffNumber', n.staff_number) END AS person,
           CASE WHEN c.kiosk_id IS NOT NULL THEN json_build_object('kiosk', k.name, 'way', w.kind) END AS claim
      FROM punch p
      JOIN source s ON s.centre_id = p.centre_id AND s.id = p.source_id
      LEFT JOIN kiosk_claim c ON c.centre_id = p.centre_id AND c.source_id = p.source_id
                             AND c.spool_epoch = p.spool_epoch AND c.seq = p.seq AND c.at = p.at
      LEFT JOIN kiosk k ON k.centre_id = c.centre_id AND k.id = c.kiosk_id
      LEFT JOIN alternate_way w ON w.centre_id = c.centre_id AND w.id = c.way_id
      LEFT JOIN enrolment e ON e.centre_id = p.centre_id AND e.source_id = p.source_id AND e.subject = p.subject
                           AND ${likelyAt('p')} >= e.starts_at AND (e.ends_at IS NULL OR ${likelyAt('p')} < e.ends_at)
      LEFT JOIN person n ON n.centre_id = e.centre_id AND n.id = e.person_id
     WHERE ${waiting(centreId, filter)} AND ${kind === 'claims' ? unconfirmed : Prisma.sql`NOT (${unconfirmed})`}
     ORDER BY p.received_at, p.seq, p.at
     LIMIT ${shown}`
  return rows.map(({ sourceId, spoolEpoch, seq, ...line }) => ({
    ...line,
    key: punchKey({ sourceId, spoolEpoch, seq, atMs: line.recordedMs }),
  }))
}

/** How far back a reader's unknown numbers are looked for; what a terminal or file brought may be older. */
const lookBackMs = 200 * 86_400_000

/** Numbers that punched and that nobody held then 未认领, with all their punches kept until somebody says whose they are. */
export async function parkedSubjects(
  db: Db,
  centre: { readonly id: string; readonly zone: string },
  nowMs: number,
  filter: DoubtFilter = {},
): Promise<ParkedLine[]> {
  const { sourceId, from, to } = filter
  return db.$queryRaw<ParkedLine[]>`
    SELECT p.source_id AS "sourceId", json_build_object('name', s.name, 'nameEn', s.name_en) AS source, p.subject,
           u.name AS "terminalName", p.count, p.days, p.first AS "firstMs", p.last AS "lastMs",
           (SELECT (extract(epoch FROM min(e.starts_at)) * 1000)::float8 FROM enrolment e
             WHERE e.centre_id = s.centre_id AND e.source_id = p.source_id AND e.subject = p.subject
               AND extract(epoch FROM e.starts_at) * 1000 > p.first) AS "nextMs"
      FROM (SELECT v.centre_id, v.source_id, v.subject, count(*)::int AS count,
                   count(DISTINCT (v.at AT TIME ZONE ${centre.zone})::date)::int AS days,
                   (extract(epoch FROM min(v.at)) * 1000)::float8 AS first,
                   (extract(epoch FROM max(v.at)) * 1000)::float8 AS last
              FROM counted_punch v
              JOIN source o ON o.centre_id = v.centre_id AND o.id = v.source_id
             WHERE v.centre_id = ${centre.id}::uuid AND o.kind <> 'kiosk'
               AND (v.at >= ${new Date(nowMs - lookBackMs)} OR o.kind <> 'reader')
               AND ${sourceId ? Prisma.sql`v.source_id = ${sourceId}::uuid` : Prisma.sql`true`}
               AND ${from ? Prisma.sql`v.at >= ${new Date(from)}` : Prisma.sql`true`}
               AND ${to ? Prisma.sql`v.at < ${new Date(to)}` : Prisma.sql`true`}
               AND NOT EXISTS (SELECT 1 FROM enrolment e
                                WHERE e.centre_id = v.centre_id AND e.source_id = v.source_id AND e.subject = v.subject
                                  AND v.at >= e.starts_at AND (e.ends_at IS NULL OR v.at < e.ends_at))
             GROUP BY v.centre_id, v.source_id, v.subject) p
      JOIN source s ON s.centre_id = p.centre_id AND s.id = p.source_id
      LEFT JOIN terminal_user u ON u.centre_id = p.centre_id AND u.source_id = p.source_id AND u.pin = p.subject
     ORDER BY p.last DESC, p.subject
     LIMIT ${shown}`
}

/** What was decided since an instant, the latest first; at most 200. */
export async function decidedPunches(
  db: Db,
  centreId: string,
  sinceMs: number,
  filter: DoubtFilter = {},
): Promise<DecidedLine[]> {
  const { sourceId } = filter
  type Row = Omit<DecidedLine, 'key'> & { readonly sourceId: string; readonly spoolEpoch: string; readonly seq: bigint }
  const rows = await db.$queryRaw<Row[]>`
    SELECT p.source_id AS "sourceId", p.spool_epoch AS "spoolEpoch", p.seq, r.decision, p.quarantine, p.subject, r.reason,
           (extract(epoch FROM p.at) * 1000)::float8 AS "recordedMs",
           (extract(epoch FROM r.counts_at) * 1000)::float8 AS "countsMs",
           (extract(epoch FROM r.decided_at) * 1000)::float8 AS "decidedMs",
           json_build_object('name', s.name, 'nameEn', s.name_en) AS source, coalesce(a.display_name, '') AS by,
           CASE WHEN n.id IS NOT NULL THEN json_build_object('name', n.name, 'nameEn', n.name_en) END AS person
      FROM punch_ruling r
      JOIN punch p ON p.centre_id = r.centre_id AND p.source_id = r.source_id AND p.spool_epoch = r.spool_epoch
                  AND p.seq = r.seq AND p.at = r.at
      JOIN source s ON s.centre_id = p.centre_id AND s.id = p.source_id
      LEFT JOIN account a ON a.centre_id = r.centre_id AND a.id = r.decided_by
      LEFT JOIN enrolment e ON e.centre_id = p.centre_id AND e.source_id = p.source_id AND e.subject = p.subject
                           AND coalesce(r.counts_at, ${likelyAt('p')}) >= e.starts_at
                           AND (e.ends_at IS NULL OR coalesce(r.counts_at, ${likelyAt('p')}) < e.ends_at)
      LEFT JOIN person n ON n.centre_id = e.centre_id AND n.id = e.person_id
     WHERE r.centre_id = ${centreId}::uuid AND r.decided_at >= ${new Date(sinceMs)}
       AND ${sourceId ? Prisma.sql`r.source_id = ${sourceId}::uuid` : Prisma.sql`true`}
     ORDER BY r.decided_at DESC, p.seq DESC
     LIMIT ${shown}`
  return rows.map(({ sourceId, spoolEpoch, seq, ...line }) => ({
    ...line,
    key: punchKey({ sourceId, spoolEpoch, seq, atMs: line.recordedMs }),
  }))
}

/** The sources that a list may be narrowed to. */
export async function doubtSources(db: Db, centreId: string): Promise<SourceChoice[]> {
  return db.source.findMany({
    where: { centreId, kind: { in: ['reader', 'terminal', 'kiosk', 'file'] }, retiredAt: null },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, nameEn: true },
  })
}

/** The names of the agents, for what is said of their spools. */
export async function agentNames(db: Db, centreId: string): Promise<Map<string, string>> {
  const rows = await db.agent.findMany({ where: { centreId }, select: { id: true, name: true } })
  return new Map(rows.map((row) => [row.id, row.name]))
}

import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/**
 * Marks person-days whose facts changed; a backlog of thousands of punches leaves one row per person and day. One that is on
 * the list already is held until the transaction ends: whoever judges it meanwhile does not see the fact yet, and must leave
 * it there. Everything that marks does it so.
 */
export async function markStale(
  tx: Tx,
  centreId: string,
  days: readonly { readonly personId: string; readonly day: CivilDay }[],
): Promise<void> {
  const unique = [...new Map(days.map((one) => [`${one.personId} ${one.day}`, one])).entries()].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  if (unique.length === 0) return
  await tx.$executeRaw`
    INSERT INTO stale_day (centre_id, person_id, day)
    SELECT ${centreId}::uuid, d.person_id, d.day
      FROM unnest(${unique.map(([, one]) => one.personId)}::uuid[], ${unique.map(([, one]) => one.day)}::date[])
        AS d (person_id, day)
    ON CONFLICT (centre_id, person_id, day) DO UPDATE SET day = excluded.day WHERE false`
}

/**
 * Makes writers of one person's day wait for each other, so that the later one sees the earlier one's punch.
 * Held until the transaction ends; keys are taken in order, so that two deliveries never wait in a ring.
 */
export async function lockPersonDays(tx: Tx, keys: readonly string[]): Promise<void> {
  const sorted = [...new Set(keys)].sort()
  if (sorted.length === 0) return
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(${sorted}::text[]) WITH ORDINALITY AS k (key, place)
     ORDER BY place`
}

export type RecentPunch = {
  readonly sourceId: string
  readonly spoolEpoch: string
  readonly seq: bigint
  readonly at: Date
  readonly subject: string
  readonly quarantine: string | null
  readonly personId: string | null
}

/** The last punches between two instants, newest first, with whoever held the slot then; of one source or of all. */
export async function lastPunches(
  db: Db,
  where: { centreId: string; sourceId: string | null; from: number; to: number; limit: number },
): Promise<RecentPunch[]> {
  return db.$queryRaw<RecentPunch[]>`
    SELECT p.source_id AS "sourceId", p.spool_epoch AS "spoolEpoch", p.seq, p.at, p.subject, p.quarantine,
           e.person_id AS "personId"
      FROM punch p
      LEFT JOIN enrolment e ON e.centre_id = p.centre_id AND e.source_id = p.source_id AND e.subject = p.subject
                           AND p.at >= e.starts_at AND (e.ends_at IS NULL OR p.at < e.ends_at)
     WHERE p.centre_id = ${where.centreId}::uuid AND p.at >= ${new Date(where.from)} AND p.at < ${new Date(where.to)}
       AND (${where.sourceId}::uuid IS NULL OR p.source_id = ${where.sourceId}::uuid)
     ORDER BY p.at DESC, p.seq DESC
     LIMIT ${where.limit}`
}

/** One punch by the key that events carry (see `punchKey`), with whoever held the slot then; null when there is none. */
export async function punchByKey(db: Db, centreId: string, key: string): Promise<RecentPunch | null> {
  const [sourceId, epoch, seq, atMs] = key.split(':')
  const rows = await db.$queryRaw<RecentPunch[]>`
    SELECT p.source_id AS "sourceId", p.spool_epoch AS "spoolEpoch", p.seq, p.at, p.subject, p.quarantine,
           e.person_id AS "personId"
      FROM punch p
      LEFT JOIN enrolment e ON e.centre_id = p.centre_id AND e.source_id = p.source_id AND e.subject = p.subject
                           AND p.at >= e.starts_at AND (e.ends_at IS NULL OR p.at < e.ends_at)
     WHERE p.centre_id = ${centreId}::uuid AND p.source_id = ${sourceId}::uuid AND p.spool_epoch = ${epoch}::uuid
       AND p.seq = ${seq}::bigint AND p.at = ${new Date(Number(atMs))}`
  return rows[0] ?? null
}

/** How many people have punched in [from, to), whoever the reader. */
export async function peoplePunched(db: Db, centreId: string, from: number, to: number): Promise<number> {
  const rows = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(DISTINCT e.person_id) AS count
      FROM counted_punch p
      JOIN enrolment e ON e.centre_id = p.centre_id AND e.source_id = p.source_id AND e.subject = p.subject
                      AND p.at >= e.starts_at AND (e.ends_at IS NULL OR p.at < e.ends_at)
     WHERE p.centre_id = ${centreId}::uuid AND p.at >= ${new Date(from)} AND p.at < ${new Date(to)}`
  return Number(rows[0]?.count ?? 0)
}

export type PunchTally = { readonly sourceId: string; readonly bucket: number; readonly count: number }

/** Punches of each source per bucket of time in [from, to): the bars on a reader's card. */
export async function punchTally(
  db: Db,
  centreId: string,
  from: number,
  to: number,
  bucketMs: number,
): Promise<PunchTally[]> {
  const rows = await db.$queryRaw<{ sourceId: string; bucket: number; count: bigint }[]>`
    SELECT source_id AS "sourceId",
           floor((extract(epoch FROM at) * 1000 - ${from}::float8) / ${bucketMs}::float8)::int AS bucket, count(*) AS count
      FROM punch
     WHERE centre_id = ${centreId}::uuid AND at >= ${new Date(from)} AND at < ${new Date(to)}
     GROUP BY 1, 2`
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

import { countedOf, undecided } from './doubt-sql.server.ts'
import { Prisma } from './generated/client.ts'

export type PunchRow = [sourceId: string, spoolEpoch: string, seq: number, recordedMs: number]

/** A punch in quarantine that nobody has ruled on, and the time in which its slot was the person's. */
export type DoubtRow = [
  ...punch: PunchRow,
  receivedMs: number,
  offsetMs: number | null,
  quarantine: string,
  heldFromMs: number,
  heldToMs: number | null,
]

export type PunchesRow = {
  /** False when no punch of the centre was in doubt or released that could touch the day: then nothing was left out. */
  readonly doubted: boolean
  readonly punches: readonly [...punch: PunchRow, countsMs: number][]
  readonly doubts: readonly DoubtRow[]
}

/** An attendance day of a centre in instants, [from, to). */
type Day = { readonly centreId: string; readonly from: Date; readonly to: Date }

/** An instant as milliseconds since 1970; columns hold whole ones. */
export function ms(column: string): Prisma.Sql {
  return Prisma.raw(`(extract(epoch FROM ${column}) * 1000)::bigint`)
}

/** Whether anything of the day was or is in doubt: what came into quarantine since it began, or was let count on it. */
function doubted({ centreId, from, to }: Day): Prisma.Sql {
  return Prisma.sql`(
    EXISTS (SELECT 1 FROM punch d
             WHERE d.centre_id = ${centreId}::uuid AND d.quarantine IS NOT NULL AND d.received_at >= ${from}) OR
    EXISTS (SELECT 1 FROM punch_ruling u
             WHERE u.centre_id = ${centreId}::uuid AND u.counts_at >= ${from} AND u.counts_at < ${to}))`
}

/**
 * The columns of a person's punches on a day where none is in doubt, for a row "q" of people. Planning the view and the
 * doubts costs a third of the whole statement, so a day without any is spared it, and says by "doubted" that it was one.
 */
export function plainPunches(day: Day): Prisma.Sql {
  return Prisma.sql`${doubted(day)} AS doubted, '[]'::json AS doubts,
           (SELECT coalesce(json_agg(json_build_array(p.source_id, p.spool_epoch, p.seq, ${ms('p.at')}, ${ms('p.at')})
                                     ORDER BY p.at, p.source_id, p.spool_epoch, p.seq), '[]')
              FROM enrolment e
              JOIN punch p ON p.centre_id = e.centre_id AND p.source_id = e.source_id AND p.subject = e.subject
                          AND p.at >= e.starts_at AND (e.ends_at IS NULL OR p.at < e.ends_at)
             WHERE e.centre_id = ${day.centreId}::uuid AND e.person_id = q.id
               AND p.at >= ${day.from} AND p.at < ${day.to} AND p.quarantine IS NULL) AS punches`
}

/**
 * The same with what was released, at the time for which it was, and what still waits. A punch in doubt was made before it
 * was received, so all that could touch the day came since it began; the caller decides when each was most likely made.
 */
export function doubtedPunches(day: Day): Prisma.Sql {
  const { centreId, from, to } = day
  return Prisma.sql`${doubted(day)} AS doubted,
           (SELECT coalesce(json_agg(json_build_array(p.source_id, p.spool_epoch, p.seq, ${ms('p.recorded_at')}, ${ms('p.at')})
                                     ORDER BY p.at, p.source_id, p.spool_epoch, p.seq), '[]')
              FROM enrolment e
              CROSS JOIN LATERAL (${countedOf('e', Prisma.sql`v.at >= ${from} AND v.at < ${to}`)}) p
             WHERE e.centre_id = ${centreId}::uuid AND e.person_id = q.id) AS punches,
           (SELECT coalesce(json_agg(json_build_array(d.source_id, d.spool_epoch, d.seq, ${ms('d.at')}, ${ms('d.received_at')},
                                                      d.offset_ms, d.quarantine, ${ms('e.starts_at')}, ${ms('e.ends_at')})), '[]')
              FROM punch d
              JOIN enrolment e ON e.centre_id = d.centre_id AND e.source_id = d.source_id AND e.subject = d.subject
             WHERE d.centre_id = ${centreId}::uuid AND e.person_id = q.id AND d.received_at >= ${from} AND ${undecided('d')}
           ) AS doubts`
}

/** Days on which something was in doubt when this process last looked. Only what is asked first depends on it. */
const known = new Set<string>()
const kept = 400

const keyOf = ({ centreId, from }: Day) => `${centreId} ${from.getTime()}`

/** Reads a day's rows in the cheap way first, or in the whole way where doubts were met before. */
export async function readPunches<Row extends { readonly doubted: boolean }>(
  day: Day,
  read: (columns: Prisma.Sql) => Promise<Row[]>,
): Promise<Row[]> {
  const key = keyOf(day)
  if (!known.has(key)) {
    const rows = await read(plainPunches(day))
    if (!rows.some((row) => row.doubted)) return rows
    const [oldest] = known
    if (known.size >= kept && oldest !== undefined) known.delete(oldest)
    known.add(key)
  }
  return read(doubtedPunches(day))
}

import { isLive, summaryFrom } from '#app/domain/devices/batch.ts'
import type { QuarantineCode } from '#app/domain/devices/quarantine.ts'
import { punchKey } from './day-facts.server.ts'
import { markDoubtful } from './doubtful-days.server.ts'
import { type LiveEvent, publish } from './events.server.ts'
import { attendanceDays, type CentreZone } from './greetings.server.ts'
import { judgeLive, type LivePunchOf } from './live-judgement.server.ts'
import { markStale } from './punches.server.ts'
import type { Tx } from './transaction.server.ts'

export type RecordRow = {
  readonly subject: string
  readonly atMs: number
  readonly state: number | null
  readonly verify: number | null
  readonly offsetMs: number | null
  readonly quarantine: QuarantineCode | null
}

export type FreshRecord = {
  readonly seq: number
  readonly atMs: number
  readonly subject: string
  /** Who held the number then; null for nobody, and in quarantine. */
  readonly personId: string | null
}

type At = { readonly centreId: string; readonly sourceId: string; readonly nowMs: number }

/** No statement takes more rows than this. */
const atOnce = 5000

/**
 * Adds a terminal's records to the ledger and answers which were new. What makes a record one and the same is number, time and state
 * (the terminal has no sequence; a state it does not know is 255); one without a state is known when any of that number and time is. Rows go in by time, so that two
 * deliveries of the same rows never wait in a ring. The last punch moves forward, never back.
 */
export async function storeRecords(tx: Tx, at: At, records: readonly RecordRow[]): Promise<FreshRecord[]> {
  const fresh: FreshRecord[] = []
  for (let from = 0; from < records.length; from += atOnce) {
    fresh.push(...(await storeSome(tx, at, records.slice(from, from + atOnce))))
  }
  return fresh
}

async function storeSome(
  tx: Tx,
  { centreId, sourceId, nowMs }: At,
  rows: readonly RecordRow[],
): Promise<FreshRecord[]> {
  type Row = { seq: number; at: number; subject: string; person: string | null }
  const [stored] = await tx.$queryRaw<{ fresh: Row[] }[]>`
    WITH given AS (
      SELECT DISTINCT ON (r.at, r.subject, coalesce(r.state, 255)) r.*,
             bool_or(r.state IS NOT NULL) OVER (PARTITION BY r.at, r.subject) AS told
        FROM unnest(
        ${rows.map((row) => row.subject)}::text[], ${rows.map((row) => new Date(row.atMs).toISOString())}::timestamptz[],
        ${rows.map((row) => row.state)}::int[], ${rows.map((row) => row.verify)}::int[],
        ${rows.map((row) => row.offsetMs)}::float8[], ${rows.map((row) => row.quarantine)}::text[]
      ) AS r (subject, at, state, verify, offset_ms, quarantine)
      ORDER BY r.at, r.subject, coalesce(r.state, 255)
    ), unknown AS (
      SELECT g.* FROM given g
       WHERE (g.state IS NOT NULL OR NOT g.told)
         AND NOT EXISTS (SELECT 1 FROM punch p
                          WHERE p.centre_id = ${centreId}::uuid AND p.source_id = ${sourceId}::uuid
                            AND p.subject = g.subject AND p.at = g.at AND (g.state IS NULL OR p.state = g.state))
       ORDER BY g.at, g.subject, g.state
    ), fresh AS (
      INSERT INTO punch (centre_id, source_id, spool_epoch, seq, at, subject, offset_ms, received_at, quarantine, state, verify)
      SELECT ${centreId}::uuid, ${sourceId}::uuid, ${sourceId}::uuid, nextval('terminal_punch_seq'), u.at, u.subject, u.offset_ms,
             ${new Date(nowMs)}::timestamptz, u.quarantine, coalesce(u.state, 255), u.verify
        FROM unknown u
      ON CONFLICT DO NOTHING
      RETURNING seq, at, subject, quarantine
    ), moved AS (
      UPDATE source s SET last_punch_at = l.at
        FROM (SELECT max(at) AS at FROM fresh WHERE quarantine IS NULL) l
       WHERE s.centre_id = ${centreId}::uuid AND s.id = ${sourceId}::uuid AND l.at IS NOT NULL
         AND (s.last_punch_at IS NULL OR s.last_punch_at < l.at)
    )
    SELECT coalesce(json_agg(json_build_object(
             'seq', f.seq, 'at', extract(epoch FROM f.at) * 1000, 'subject', f.subject, 'person', e.person_id) ORDER BY f.seq), '[]') AS fresh
      FROM fresh f
      LEFT JOIN enrolment e ON e.centre_id = ${centreId}::uuid AND e.source_id = ${sourceId}::uuid AND e.subject = f.subject
                           AND f.at >= e.starts_at AND (e.ends_at IS NULL OR f.at < e.ends_at) AND f.quarantine IS NULL`
  return (stored?.fresh ?? []).map(({ seq, at, subject, person }) => ({
    seq,
    atMs: Number(at),
    subject,
    personId: person,
  }))
}

const keyOf = (sourceId: string, row: FreshRecord) => punchKey({ ...row, sourceId, spoolEpoch: sourceId })

/**
 * What follows from new records: people who stand at the terminal are judged in this transaction, of everything else the touched days
 * are noted for the recomputation; and the pages are told.
 */
export async function followRecords(
  tx: Tx,
  centre: CentreZone,
  sourceId: string,
  fresh: readonly FreshRecord[],
  nowMs: number,
): Promise<void> {
  if (fresh.length === 0) return
  const dayOf = await attendanceDays(
    tx,
    centre,
    fresh.map((row) => row.atMs),
  )
  const owned = fresh.flatMap((row): LivePunchOf[] =>
    row.personId === null ? [] : [{ ...row, personId: row.personId, day: dayOf(row.atMs), key: keyOf(sourceId, row) }],
  )
  const isNow = (row: LivePunchOf) => isLive(row.atMs, fresh.length, nowMs)
  const results = await judgeLive(tx, centre, owned.filter(isNow), nowMs)
  const late = owned.filter((row) => !isNow(row))
  await markStale(tx, centre.id, late)
  await markDoubtful(tx, centre, nowMs)
  const stale: LiveEvent[] = late.length > 0 ? [{ topic: 'result', centreId: centre.id, stale: late.length }] : []
  await publish(tx, ...results, ...stale, ...punchEvents(centre.id, sourceId, fresh, nowMs))
}

function punchEvents(centreId: string, sourceId: string, fresh: readonly FreshRecord[], nowMs: number): LiveEvent[] {
  if (fresh.length >= summaryFrom) return [{ topic: 'punch', centreId, count: fresh.length }]
  return fresh.map((row) => {
    const greet = isLive(row.atMs, 1, nowMs) ? 1 : 0
    return { topic: 'punch', centreId, id: keyOf(sourceId, row), sourceId, greet }
  })
}

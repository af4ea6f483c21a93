import { likelyAt, undecided } from './doubt-sql.server.ts'
import { publish } from './events.server.ts'
import { attendanceDays } from './greetings.server.ts'
import { markStale } from './punches.server.ts'
import type { Tx } from './transaction.server.ts'

/**
 * Has the days judged again that punches received at this instant put in doubt, so that a day that was judged already becomes
 * pending. For whoever stores punches, in the transaction that does it, when some of them went into quarantine.
 */
export async function markDoubtful(
  tx: Tx,
  centre: { readonly id: string; readonly zone: string },
  receivedMs: number,
): Promise<void> {
  const rows = await tx.$queryRaw<{ personId: string; likelyMs: number }[]>`
    SELECT e.person_id AS "personId", (extract(epoch FROM ${likelyAt('p')}) * 1000)::float8 AS "likelyMs"
      FROM punch p
      JOIN enrolment e ON e.centre_id = p.centre_id AND e.source_id = p.source_id AND e.subject = p.subject
                      AND ${likelyAt('p')} >= e.starts_at AND (e.ends_at IS NULL OR ${likelyAt('p')} < e.ends_at)
     WHERE p.centre_id = ${centre.id}::uuid AND p.received_at = ${new Date(receivedMs)} AND ${undecided('p')}`
  if (rows.length === 0) return
  const dayOf = await attendanceDays(
    tx,
    centre,
    rows.map((row) => row.likelyMs),
  )
  await markStale(
    tx,
    centre.id,
    rows.map(({ personId, likelyMs }) => ({ personId, day: dayOf(likelyMs) })),
  )
  await publish(tx, { topic: 'result', centreId: centre.id, stale: rows.length })
}

import { clockLimits } from '#app/domain/devices/quarantine.ts'
import { Prisma } from './generated/client.ts'

const earliest = `timestamptz '${new Date(clockLimits.earliestMs).toISOString()}'`

/**
 * When a punch in doubt was most likely made, in SQL: the same as `likelyMs` of the domain, which a test compares. Never
 * after the punch was received, so that a span of time can be looked for by the index of what was received since its start.
 */
export function likelyAt(punch: string): Prisma.Sql {
  const guess = `CASE WHEN ${punch}.quarantine = 'unconfirmed' THEN ${punch}.at
    ELSE ${punch}.at - ${punch}.offset_ms * interval '1 millisecond' END`
  return Prisma.raw(`(CASE WHEN (${guess}) >= ${earliest} AND (${guess}) <= ${punch}.received_at THEN (${guess})
    ELSE ${punch}.received_at END)`)
}

/** True of a punch in quarantine that nobody has ruled on yet. */
export function undecided(punch: string): Prisma.Sql {
  return Prisma.raw(`(${punch}.quarantine IS NOT NULL AND NOT EXISTS (SELECT 1 FROM punch_ruling ru
    WHERE ru.centre_id = ${punch}.centre_id AND ru.source_id = ${punch}.source_id AND ru.spool_epoch = ${punch}.spool_epoch
      AND ru.seq = ${punch}.seq AND ru.at = ${punch}.at))`)
}

/**
 * The punches that count of whoever holds an enrolment, within its time. It stands behind LATERAL; its OFFSET keeps the
 * planner from spreading the view's two halves over the whole statement, so that each is reached by reader, slot and time.
 */
export function countedOf(enrolment: string, within: Prisma.Sql): Prisma.Sql {
  const e = Prisma.raw(enrolment)
  return Prisma.sql`SELECT v.* FROM counted_punch v
    WHERE v.centre_id = ${e}.centre_id AND v.source_id = ${e}.source_id AND v.subject = ${e}.subject
      AND v.at >= ${e}.starts_at AND (${e}.ends_at IS NULL OR v.at < ${e}.ends_at) AND ${within} OFFSET 0`
}

import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** A longer outage concerns months that somebody looks at anyway; recomputing stops here. */
const longestDays = 45

/**
 * Opens an outage 停机时段 that a person confirms later; an open one of the same source stays the only one, and one that
 * would reach into the last begins where that ended. The days of everybody enrolled there are judged again.
 */
export async function openOutage(
  tx: Tx,
  centreId: string,
  sourceId: string,
  atMs: number,
  reason: string,
): Promise<void> {
  const latest = await tx.outage.findFirst({
    where: { centreId, sourceId },
    orderBy: { startsAt: 'desc' },
    select: { endsAt: true },
  })
  if (latest !== null && latest.endsAt === null) return
  const fromMs = Math.max(atMs, latest?.endsAt?.getTime() ?? atMs)
  await tx.outage.create({ data: { centreId, id: newId(), sourceId, startsAt: new Date(fromMs), reason } })
  await judgeAgain(tx, centreId, sourceId, new Date(fromMs), null)
}

/** Ends the open outage of a source; the days it touched are judged again. */
export async function closeOutage(tx: Tx, centreId: string, sourceId: string, atMs: number): Promise<void> {
  const endsAt = new Date(atMs)
  const [closed] = await tx.outage.updateManyAndReturn({
    where: { centreId, sourceId, endsAt: null, startsAt: { lt: endsAt } },
    data: { endsAt },
    select: { startsAt: true },
  })
  if (closed) await judgeAgain(tx, centreId, sourceId, closed.startsAt, endsAt)
}

/** Notes the person-days an outage touches, the day before included: night punches before the day boundary belong to it. */
async function judgeAgain(tx: Tx, centreId: string, sourceId: string, from: Date, to: Date | null): Promise<void> {
  const until = to ?? from
  await tx.$executeRaw`
    INSERT INTO stale_day (centre_id, person_id, day)
    SELECT DISTINCT e.centre_id, e.person_id, day::date
      FROM enrolment e
      JOIN centre c ON c.id = e.centre_id
     CROSS JOIN generate_series((${from} AT TIME ZONE c.zone)::date - 1,
                                LEAST((${until} AT TIME ZONE c.zone)::date, (${from} AT TIME ZONE c.zone)::date + ${longestDays}::int),
                                interval '1 day') AS day
     WHERE e.centre_id = ${centreId}::uuid AND e.source_id = ${sourceId}::uuid
       AND e.starts_at <= ${until} AND (e.ends_at IS NULL OR e.ends_at > ${from})
    ON CONFLICT DO NOTHING`
}

/** Outages that touch [from, to). */
export async function outagesBetween(db: Db, centreId: string, from: number, to: number) {
  return db.outage.findMany({
    where: { centreId, startsAt: { lt: new Date(to) }, OR: [{ endsAt: null }, { endsAt: { gt: new Date(from) } }] },
    orderBy: { startsAt: 'desc' },
    select: { id: true, sourceId: true, startsAt: true, endsAt: true, reason: true, confirmedAt: true },
  })
}

import { uncovered } from '#app/domain/devices/outage-spans.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** A longer outage concerns months that somebody looks at anyway; recomputing stops here. */
const longestDays = 45

export type NewOutage = {
  readonly fromMs: number
  /** Null while it lasts. */
  readonly toMs: number | null
  /** A code; the catalogues say it to people. Or the words of a person. */
  readonly reason: string
  /** The account of whoever noted it and so confirms it. */
  readonly confirmed?: { readonly by: string; readonly atMs: number }
}

/**
 * Notes an outage 停机时段 that a person confirms later: those parts of it that no other outage of the source covers, so that
 * a source has one at a time and a confirmed one stays as it is. The days of everybody enrolled there are judged again.
 */
export async function noteOutage(tx: Tx, centreId: string, sourceId: string, outage: NewOutage): Promise<void> {
  const { fromMs, toMs, reason, confirmed } = outage
  const confirming = confirmed === undefined ? {} : { confirmedBy: confirmed.by, confirmedAt: new Date(confirmed.atMs) }
  // Two writers that both found the time free would break the rule that outages of a source never overlap.
  await tx.$queryRaw`
    SELECT 1 FROM source WHERE centre_id = ${centreId}::uuid AND id = ${sourceId}::uuid FOR NO KEY UPDATE`
  const there = await tx.outage.findMany({
    where: { centreId, sourceId, OR: [{ endsAt: null }, { endsAt: { gt: new Date(fromMs) } }] },
    select: { startsAt: true, endsAt: true },
  })
  const spans = there.map((one) => ({ fromMs: one.startsAt.getTime(), toMs: one.endsAt?.getTime() ?? null }))
  for (const free of uncovered({ fromMs, toMs }, spans)) {
    const startsAt = new Date(free.fromMs)
    const endsAt = free.toMs === null ? null : new Date(free.toMs)
    await tx.outage.create({ data: { centreId, id: newId(), sourceId, startsAt, endsAt, reason, ...confirming } })
    await judgeAgain(tx, centreId, sourceId, startsAt, endsAt)
  }
}

/** Without a neighbour in the spool nobody knows when a lost punch was made: this long before it is in doubt (proposed by us). */
const unknownMs = 12 * 3_600_000

/** Punches that are lost for good 丢失: between their neighbours in the spool every reader of the agent is in doubt. */
export async function noteLost(
  tx: Tx,
  centreId: string,
  agentId: string,
  lost: readonly { readonly fromMs: number | null; readonly toMs: number | null }[],
  nowMs: number,
): Promise<void> {
  if (lost.length === 0) return
  const where = { centreId, agentId, retiredAt: null }
  const sources = await tx.source.findMany({ where, orderBy: { serial: 'asc' }, select: { id: true } })
  for (const { id } of sources) {
    for (const span of lost) {
      const until = Math.min(span.toMs ?? nowMs, nowMs)
      const fromMs = Math.min(span.fromMs ?? until - unknownMs, until)
      // Both neighbours may have been pressed in the same moment.
      await noteOutage(tx, centreId, id, { fromMs, toMs: Math.max(until, fromMs + 1000), reason: 'sequence_gap' })
    }
  }
}

/** As noteOutage, for one that begins and has no end yet; what is out of use cannot be missed. */
export async function openOutage(
  tx: Tx,
  centreId: string,
  sourceId: string,
  atMs: number,
  reason: string,
): Promise<void> {
  const inUse = await tx.source.count({ where: { centreId, id: sourceId, retiredAt: null } })
  if (inUse > 0) await noteOutage(tx, centreId, sourceId, { fromMs: atMs, toMs: null, reason })
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
     ORDER BY 2, 3
    ON CONFLICT (centre_id, person_id, day) DO UPDATE SET day = excluded.day WHERE false`
}

/** Outages that touch [from, to). */
export async function outagesBetween(db: Db, centreId: string, from: number, to: number) {
  return db.outage.findMany({
    where: { centreId, startsAt: { lt: new Date(to) }, OR: [{ endsAt: null }, { endsAt: { gt: new Date(from) } }] },
    orderBy: { startsAt: 'desc' },
    select: { id: true, sourceId: true, startsAt: true, endsAt: true, reason: true, confirmedAt: true },
  })
}

/** The open outage of a source, if any. */
export async function openOutageOf(db: Db, centreId: string, sourceId: string) {
  return db.outage.findFirst({ where: { centreId, sourceId, endsAt: null }, select: { startsAt: true, reason: true } })
}

/** Notes who has looked at an outage that is over; false when there is none of that id that waits for it. */
export async function confirmOutage(
  tx: Tx,
  centreId: string,
  id: string,
  by: { readonly accountId: string; readonly atMs: number },
): Promise<boolean> {
  const { count } = await tx.outage.updateMany({
    where: { centreId, id, confirmedAt: null, endsAt: { not: null } },
    data: { confirmedBy: by.accountId, confirmedAt: new Date(by.atMs) },
  })
  return count === 1
}

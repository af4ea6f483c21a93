import { punchKey } from '#app/db/day-facts.server.ts'
import { type NewPunch, type Standing, standingOf, storePunches } from '#app/db/deliveries.server.ts'
import { type LiveEvent, publish } from '#app/db/events.server.ts'
import { attendanceDays, keepJudged } from '#app/db/greetings.server.ts'
import { lockPersonDays, markStale } from '#app/db/punches.server.ts'
import { claimReaders } from '#app/db/sources.server.ts'
import { personDayKey, rejudge } from '#app/db/stale-days.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { isLive, sequenceBreak, summaryFrom } from '#app/domain/devices/batch.ts'
import { quarantineOf } from '#app/domain/devices/quarantine.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type IncomingPunch = {
  readonly seq: number
  readonly serial: string
  readonly subject: string
  readonly atMs: number
  readonly score: number | null
  readonly offsetMs: number | null
}

export type Delivery = {
  readonly centreId: string
  readonly agentId: string
  readonly epoch: string
  readonly punches: readonly IncomingPunch[]
}

export type Receipt = {
  readonly storedThrough: number
  readonly stored: number
  readonly known: number
  readonly quarantined: number
}

/**
 * Stores a delivery of punches exactly once and tells the pages. People standing at the reader are judged and greeted in
 * the same transaction; of a backlog only the touched days are noted, and the recomputation job works them off.
 */
export async function ingestPunches(
  delivery: Delivery,
  nowMs: number,
): Promise<Result<Receipt, 'sequence_broken' | 'serial_of_another_agent'>> {
  const { centreId, agentId, epoch, punches } = delivery
  const gap = sequenceBreak(punches.map((punch) => punch.seq))
  if (gap !== null) return refuse('sequence_broken', { index: gap })
  return inTransaction(async (tx) => {
    const serials = new Set(punches.map((punch) => punch.serial))
    const standing = await standingOf(tx, centreId, agentId, serials)
    const known = serials.size === standing.ids.size
    const { ids, foreign } = known
      ? { ids: standing.ids, foreign: null }
      : await claimReaders(tx, centreId, agentId, [...serials])
    if (foreign !== null) return refuse('serial_of_another_agent', { serial: foreign })
    const rows = punches.map((punch) => toRow(punch, ids, nowMs))
    const owners = await storePunches(tx, { centreId, agentId, epoch, punches: rows, atMs: nowMs })
    const fresh = rows.filter((row) => owners.has(row.seq))
    if (fresh.length > 0) await followUp(tx, delivery, { standing, fresh, owners, nowMs })
    return ok({
      storedThrough: punches.at(-1)?.seq ?? 0,
      stored: fresh.length,
      known: rows.length - fresh.length,
      quarantined: fresh.filter((row) => row.quarantine !== null).length,
    })
  })
}

function toRow(punch: IncomingPunch, ids: ReadonlyMap<string, string>, nowMs: number): NewPunch {
  const sourceId = ids.get(punch.serial)
  if (sourceId === undefined) throw new Error(`no source was made for serial ${punch.serial}`)
  const { seq, atMs, subject, score, offsetMs } = punch
  return { sourceId, seq, atMs, subject, score, offsetMs, quarantine: quarantineOf(punch, nowMs) }
}

type News = {
  readonly standing: Standing
  readonly fresh: readonly NewPunch[]
  readonly owners: ReadonlyMap<number, string | null>
  readonly nowMs: number
}

/** What follows from new rows: results or stale days, and the events. */
async function followUp(tx: Tx, delivery: Delivery, news: News): Promise<void> {
  const { centreId, epoch } = delivery
  const { fresh, nowMs, standing } = news
  const owned = await ownedPunches(tx, centreId, epoch, news)
  const isNow = (row: { atMs: number }) => isLive(row.atMs, fresh.length, nowMs)
  const results = await judgeNow(tx, { id: centreId, zone: standing.zone }, owned.filter(isNow), nowMs)
  const late = owned.filter((row) => !isNow(row))
  await markStale(tx, centreId, late)
  const stale: LiveEvent[] = late.length > 0 ? [{ topic: 'result', centreId, stale: late.length }] : []
  await publish(tx, ...results, ...stale, ...punchEvents(centreId, epoch, fresh, nowMs))
}

type Owned = {
  readonly key: string
  readonly personId: string
  readonly subject: string
  readonly day: CivilDay
  readonly atMs: number
}

async function ownedPunches(tx: Tx, centreId: string, epoch: string, news: News): Promise<Owned[]> {
  const { fresh, owners, standing } = news
  const owned = fresh.filter((row) => owners.get(row.seq))
  const times = owned.map((row) => row.atMs)
  const dayOf = await attendanceDays(tx, { id: centreId, zone: standing.zone }, times, standing.rules)
  return owned.map((row) => ({
    key: punchKey({ ...row, spoolEpoch: epoch }),
    personId: owners.get(row.seq) ?? '',
    subject: row.subject,
    day: dayOf(row.atMs),
    atMs: row.atMs,
  }))
}

/** Judges the days of people who stand at the reader, keeps the results, and answers what to tell of them. */
async function judgeNow(
  tx: Tx,
  centre: { id: string; zone: string },
  punches: readonly Owned[],
  nowMs: number,
): Promise<LiveEvent[]> {
  const keys = punches.map((punch) => personDayKey({ ...punch, centreId: centre.id }))
  await lockPersonDays(tx, keys)
  const events: LiveEvent[] = []
  for (const day of new Set(punches.map((punch) => punch.day))) {
    const ofDay = punches.filter((punch) => punch.day === day)
    const people = [...new Set(ofDay.map((punch) => punch.personId))]
    const asOf = Math.max(nowMs, ...ofDay.map((punch) => punch.atMs))
    const { judged } = await rejudge(tx, centre, day, people, asOf)
    for (const punch of ofDay) keepJudged(centre.id, punch, judged.get(punch.personId), nowMs)
    for (const personId of people) events.push({ topic: 'result', centreId: centre.id, id: personId, day })
  }
  return events
}

/** One event for each punch, by its key and without a name; one summary for a backlog. */
function punchEvents(centreId: string, epoch: string, fresh: readonly NewPunch[], nowMs: number): LiveEvent[] {
  if (fresh.length >= summaryFrom) return [{ topic: 'punch', centreId, count: fresh.length }]
  return fresh.map((row) => {
    const id = punchKey({ ...row, spoolEpoch: epoch })
    const greet = isLive(row.atMs, 1, nowMs) ? 1 : 0
    return { topic: 'punch', centreId, id, sourceId: row.sourceId, greet }
  })
}

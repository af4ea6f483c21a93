import { punchKey } from '#app/db/day-facts.server.ts'
import { publish } from '#app/db/events.server.ts'
import { attendanceDays, type CentreZone, centreZone } from '#app/db/greetings.server.ts'
import { insertPunches, lockPersonDays, markStale, type NewPunch, ownersOf } from '#app/db/punches.server.ts'
import { claimReaders, noteAgentSeen, noteLastPunch } from '#app/db/sources.server.ts'
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
    const serials = punches.map((punch) => punch.serial)
    const { ids, foreign } = await claimReaders(tx, centreId, agentId, serials)
    if (foreign !== null) return refuse('serial_of_another_agent', { serial: foreign })
    const rows = punches.map((punch) => toRow(punch, ids, nowMs))
    const inserted = await insertPunches(tx, centreId, epoch, rows, nowMs)
    const fresh = rows.filter((row) => inserted.has(row.seq))
    await noteAgentSeen(tx, centreId, agentId, nowMs)
    if (fresh.length > 0) await followUp(tx, delivery, fresh, nowMs)
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

/** What follows from new rows: the sources' last punch, results or stale days, and the events. */
async function followUp(tx: Tx, delivery: Delivery, fresh: readonly NewPunch[], nowMs: number): Promise<void> {
  const { centreId, epoch } = delivery
  const counting = fresh.filter((row) => row.quarantine === null)
  await noteLastPunch(tx, centreId, latestPerSource(counting))
  const centre = await centreZone(tx, centreId)
  const owned = await ownedPunches(tx, centre, counting)
  const isNow = (row: { atMs: number }) => isLive(row.atMs, fresh.length, nowMs)
  await judgeNow(tx, centre, owned.filter(isNow), nowMs)
  const late = owned.filter((row) => !isNow(row))
  await markStale(tx, centreId, late)
  if (late.length > 0) await publish(tx, { topic: 'result', centreId, stale: late.length })
  await announce(tx, { centreId, epoch, fresh, nowMs })
}

function latestPerSource(rows: readonly NewPunch[]): { sourceId: string; atMs: number }[] {
  const latest = new Map<string, number>()
  for (const row of rows) latest.set(row.sourceId, Math.max(row.atMs, latest.get(row.sourceId) ?? row.atMs))
  return [...latest].map(([sourceId, atMs]) => ({ sourceId, atMs }))
}

type Owned = { readonly personId: string; readonly day: CivilDay; readonly atMs: number }

async function ownedPunches(tx: Tx, centre: CentreZone, rows: readonly NewPunch[]): Promise<Owned[]> {
  const owners = await ownersOf(tx, centre.id, rows)
  const owned = rows.flatMap(({ seq, atMs }) => {
    const personId = owners.get(seq)
    return personId === undefined ? [] : [{ personId, atMs }]
  })
  const times = owned.map((row) => row.atMs)
  const dayOf = await attendanceDays(tx, centre, times)
  return owned.map((row) => ({ ...row, day: dayOf(row.atMs) }))
}

/** Judges the days of people who stand at the reader and keeps the results. */
async function judgeNow(tx: Tx, centre: CentreZone, punches: readonly Owned[], nowMs: number): Promise<void> {
  const keys = punches.map((punch) => personDayKey({ ...punch, centreId: centre.id }))
  await lockPersonDays(tx, keys)
  for (const day of new Set(punches.map((punch) => punch.day))) {
    const ofDay = punches.filter((punch) => punch.day === day)
    const people = [...new Set(ofDay.map((punch) => punch.personId))]
    const asOf = Math.max(nowMs, ...ofDay.map((punch) => punch.atMs))
    await rejudge(tx, centre, day, people, asOf)
    for (const personId of people) await publish(tx, { topic: 'result', centreId: centre.id, id: personId, day })
  }
}

type News = { centreId: string; epoch: string; fresh: readonly NewPunch[]; nowMs: number }

/** One event for each punch, by its key and without a name; one summary for a backlog. */
async function announce(tx: Tx, { centreId, epoch, fresh, nowMs }: News): Promise<void> {
  if (fresh.length >= summaryFrom) {
    await publish(tx, { topic: 'punch', centreId, count: fresh.length })
    return
  }
  for (const row of fresh) {
    const id = punchKey({ ...row, spoolEpoch: epoch })
    const greet = isLive(row.atMs, 1, nowMs) ? 1 : 0
    await publish(tx, { topic: 'punch', centreId, id, sourceId: row.sourceId, greet })
  }
}

import { punchKey } from '#app/db/day-facts.server.ts'
import { publish } from '#app/db/events.server.ts'
import {
  attendanceDays,
  type CentreZone,
  centreZone,
  greetingsOf,
  judgePeople,
  type OwnedPunch,
} from '#app/db/greetings.server.ts'
import { saveDayResults } from '#app/db/half-results.server.ts'
import { insertPunches, lockPersonDays, markStale, type NewPunch, ownersOf } from '#app/db/punches.server.ts'
import { claimReaders, noteAgentSeen, noteLastPunch } from '#app/db/sources.server.ts'
import { personDayKey } from '#app/db/stale-days.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { isLive, sequenceBreak, summaryFrom } from '#app/domain/devices/batch.ts'
import { type KioskGreeting, plainGreeting } from '#app/domain/devices/greeting.ts'
import { quarantineOf } from '#app/domain/devices/quarantine.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'

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

type Fresh = NewPunch & { readonly key: string; readonly personId: string | null }

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
async function followUp(tx: Tx, delivery: Delivery, rows: readonly NewPunch[], nowMs: number): Promise<void> {
  const { centreId, epoch } = delivery
  const counting = rows.filter((row) => row.quarantine === null)
  await noteLastPunch(tx, centreId, latestPerSource(counting))
  const owners = await ownersOf(tx, centreId, counting)
  const fresh = rows.map((row) => ({
    ...row,
    key: punchKey({ ...row, spoolEpoch: epoch }),
    personId: owners.get(row.seq) ?? null,
  }))
  const centre = await centreZone(tx, centreId)
  const owned = await ownedPunches(tx, centre, fresh)
  const live = new Set(fresh.filter((row) => isLive(row.atMs, fresh.length, nowMs)).map((row) => row.key))
  const greetings = await greetLive(
    tx,
    centre,
    owned.filter((punch) => live.has(punch.key)),
    nowMs,
  )
  const late = owned.filter((punch) => !live.has(punch.key))
  await markStale(tx, centreId, late)
  if (late.length > 0) await publish(tx, { topic: 'result', centreId, stale: late.length })
  await announce(tx, centre, fresh, greetings, nowMs)
}

function latestPerSource(rows: readonly NewPunch[]): { sourceId: string; atMs: number }[] {
  const latest = new Map<string, number>()
  for (const row of rows) latest.set(row.sourceId, Math.max(row.atMs, latest.get(row.sourceId) ?? row.atMs))
  return [...latest].map(([sourceId, atMs]) => ({ sourceId, atMs }))
}

async function ownedPunches(tx: Tx, centre: CentreZone, rows: readonly Fresh[]): Promise<OwnedPunch[]> {
  const owned = rows.flatMap((row) => (row.personId === null ? [] : [{ ...row, personId: row.personId }]))
  const dayOf = await attendanceDays(
    tx,
    centre,
    owned.map((row) => row.atMs),
  )
  return owned.map(({ key, sourceId, subject, atMs, personId }) => ({
    key,
    sourceId,
    subject,
    atMs,
    personId,
    day: dayOf(atMs),
  }))
}

/** Judges the days of people who stand at the reader, keeps the results and answers what the screens say. */
async function greetLive(
  tx: Tx,
  centre: CentreZone,
  punches: readonly OwnedPunch[],
  nowMs: number,
): Promise<Map<string, KioskGreeting>> {
  const greetings = new Map<string, KioskGreeting>()
  await lockPersonDays(
    tx,
    punches.map((punch) => personDayKey({ ...punch, centreId: centre.id })),
  )
  for (const day of new Set(punches.map((punch) => punch.day))) {
    const ofDay = punches.filter((punch) => punch.day === day)
    const people = [...new Set(ofDay.map((punch) => punch.personId))]
    const asOf = Math.max(nowMs, ...ofDay.map((punch) => punch.atMs))
    const judged = await judgePeople(tx, centre, people, day, asOf)
    await saveDayResults(
      tx,
      centre.id,
      [...judged].map(([personId, { result }]) => ({ personId, result })),
    )
    for (const personId of people) await publish(tx, { topic: 'result', centreId: centre.id, id: personId, day })
    for (const greeting of await greetingsOf(tx, centre, ofDay, judged, true)) greetings.set(greeting.key, greeting)
  }
  return greetings
}

/** One event for each punch, complete for the screens; one summary for a backlog. */
async function announce(
  tx: Tx,
  centre: CentreZone,
  rows: readonly Fresh[],
  greetings: ReadonlyMap<string, KioskGreeting>,
  nowMs: number,
): Promise<void> {
  const event = { topic: 'punch', centreId: centre.id } as const
  if (rows.length >= summaryFrom) {
    await publish(tx, { ...event, count: rows.length })
    return
  }
  for (const row of rows) {
    const recent = isLive(row.atMs, 1, nowMs)
    const greeting = greetings.get(row.key) ?? (recent ? plainOf(centre, row) : null)
    const said = greeting === null ? {} : { greeting: JSON.stringify(greeting) }
    await publish(tx, { ...event, id: row.key, sourceId: row.sourceId, personId: row.personId, ...said })
  }
}

function plainOf(centre: CentreZone, row: Fresh): KioskGreeting {
  const { second } = civilOf(row.atMs, centre.zone)
  const punch = { key: row.key, subject: row.subject, second, person: null }
  if (row.quarantine !== null) return plainGreeting('quarantined', punch)
  return plainGreeting(row.personId === null ? 'parked' : 'received', punch)
}

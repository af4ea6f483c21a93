import { hearAgent } from '#app/db/agent-keys.server.ts'
import { noteRefusedAgent } from '#app/db/agent-refusals.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { punchKey } from '#app/db/day-facts.server.ts'
import {
  type DeliveredRows,
  type LivePunch,
  type Stored,
  storeNoted,
  storeStraight,
} from '#app/db/deliveries.server.ts'
import { readStanding, rememberedStanding, type Standing } from '#app/db/delivery-standing.server.ts'
import { markDoubtful } from '#app/db/doubtful-days.server.ts'
import { publish } from '#app/db/events.server.ts'
import { expectLive } from '#app/db/greetings.server.ts'
import { judgeLive } from '#app/db/live-judgement.server.ts'
import { claimReaders } from '#app/db/sources.server.ts'
import { noteDelivered } from '#app/db/spool-states.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { live, sequenceBreak } from '#app/domain/devices/batch.ts'
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

type Unsettled = 'serial_of_another_agent' | 'agent_revoked'
export type DeliveryRefusal = 'sequence_broken' | Unsettled

/**
 * Stores a delivery of punches exactly once and tells the pages, in one statement where nothing has to be decided. People
 * standing at the reader are judged right after, their days being noted as stale until that is done; of a backlog only the
 * touched days are noted, and the recomputation job works them off.
 */
export async function ingestPunches(delivery: Delivery, nowMs: number): Promise<Result<Receipt, DeliveryRefusal>> {
  const { centreId, epoch, punches } = delivery
  const gap = sequenceBreak(punches.map((punch) => punch.seq))
  if (gap !== null) return refuse('sequence_broken', { index: gap })
  const standing = rememberedStanding(centreId) ?? (await readStanding(prisma, centreId))
  const tell = expectLive({ id: centreId, zone: standing.zone }, epoch, punches.length <= live.batchUpTo ? punches : [])
  try {
    const rows = rowsOf(delivery, standing, nowMs)
    const doubtful = rows.punches.some((punch) => punch.quarantine !== null)
    const straight = doubtful ? null : await storeStraight(rows)
    const done = straight === null ? await settle(delivery, nowMs) : ok(straight)
    if (!done.ok) return done
    const { stored, quarantined } = done.value
    tell(done.value.live)
    await judgeNow(delivery, standing.zone, done.value.live, nowMs)
    return ok({ storedThrough: punches.at(-1)?.seq ?? 0, stored, known: punches.length - stored, quarantined })
  } finally {
    tell([])
  }
}

function rowsOf(delivery: Delivery, standing: Standing, nowMs: number): DeliveredRows {
  const { centreId, agentId, epoch } = delivery
  const limits = standing.limitsAt(nowMs)
  const punches = delivery.punches.map((punch) => {
    const { seq, serial, subject, atMs, score, offsetMs } = punch
    const quarantine = quarantineOf(punch, nowMs, limits)
    return { seq, serial, subject, atMs, score, offsetMs, quarantine, day: standing.dayOf(atMs) }
  })
  return { centreId, agentId, epoch, punches, atMs: nowMs, version: standing.version }
}

/**
 * A delivery that needs decisions: a reader nobody knows, numbers that were skipped or come late, rules that changed, or a
 * punch in doubt, whose day has to be judged again.
 */
async function settle(delivery: Delivery, nowMs: number): Promise<Result<Stored, Unsettled>> {
  const { centreId, agentId, epoch, punches } = delivery
  const [first, last] = [punches[0], punches.at(-1)]
  if (first === undefined || last === undefined) return ok({ stored: 0, quarantined: 0, live: [] })
  return inTransaction(async (tx) => {
    // The agent's row comes first, here as with its status: two requests of one agent never wait for each other in a ring.
    if (!(await hearAgent(tx, centreId, agentId, nowMs))) return refuse('agent_revoked')
    const serials = [...new Set(punches.map((punch) => punch.serial))]
    const { foreign } = await claimReaders(tx, centreId, agentId, serials)
    if (foreign !== null) {
      await noteRefusedAgent(tx, { centreId, agentId, why: 'reader', detail: { serial: foreign } }, nowMs)
      return refuse('serial_of_another_agent', { serial: foreign })
    }
    const standing = await readStanding(tx, centreId)
    const numbers = { first: first.seq, last: last.seq, firstAtMs: first.atMs, lastAtMs: last.atMs, nowMs }
    const news = await noteDelivered(tx, { centreId, agentId, epoch }, numbers)
    const stored = await storeNoted(tx, rowsOf(delivery, standing, nowMs))
    if (stored.quarantined > 0) await markDoubtful(tx, { id: centreId, zone: standing.zone }, nowMs)
    if (news) await publish(tx, { topic: 'source', centreId, id: agentId, kind: 'sequence' })
    return ok(stored)
  })
}

/** Judges the days of people who stand at the reader, keeps the results, and says so. */
async function judgeNow(delivery: Delivery, zone: string, punches: readonly LivePunch[], nowMs: number): Promise<void> {
  const { centreId, epoch } = delivery
  const owned = punches.flatMap(({ personId, ...punch }) => {
    return personId === null ? [] : [{ ...punch, personId, key: punchKey({ ...punch, spoolEpoch: epoch }) }]
  })
  if (owned.length === 0) return
  await inTransaction(async (tx) => publish(tx, ...(await judgeLive(tx, { id: centreId, zone }, owned, nowMs))))
}

import type { DoubtfulCounts, MissingNumbers } from '#app/domain/devices/readers-view.ts'
import type { PrismaClient } from './generated/client.ts'
import { openGaps } from './spool-states.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type SaidIdentity = {
  readonly moduleSerial: string | null
  readonly firmware: string | null
  readonly model: string | null
  /** Nobody has accepted that it is another one than before. */
  readonly changed: boolean
}

/** What every module of a centre said last about itself, by source. */
export async function newestIdentities(db: Db, centreId: string): Promise<ReadonlyMap<string, SaidIdentity>> {
  const rows = await db.readerIdentity.findMany({
    where: { centreId },
    orderBy: [{ seenAt: 'asc' }, { id: 'asc' }],
    select: { sourceId: true, moduleSerial: true, firmware: true, model: true, acceptedAt: true },
  })
  return new Map(rows.map(({ sourceId, acceptedAt, ...said }) => [sourceId, { ...said, changed: acceptedAt === null }]))
}

/** The numbers that have not arrived 缺号, by agent: the first of them and how many. */
export async function missingNumbers(db: Db, centreId: string): Promise<ReadonlyMap<string, MissingNumbers>> {
  const gaps = new Map<string, MissingNumbers>()
  for (const { agentId, first, missing } of await openGaps(db, centreId)) {
    const before = gaps.get(agentId)
    gaps.set(agentId, { first: before?.first ?? first, missing: (before?.missing ?? 0) + missing })
  }
  return gaps
}

/** How much waits for a person's word. A subject nobody owns is asked about for as long as a slot rests. */
export async function doubtfulCounts(db: Db, centreId: string, sinceMs: number): Promise<DoubtfulCounts> {
  const [waiting] = await db.$queryRaw<{ unconfirmed: bigint; quarantined: bigint }[]>`
    SELECT count(*) FILTER (WHERE p.quarantine = 'unconfirmed') AS unconfirmed,
           count(*) FILTER (WHERE p.quarantine <> 'unconfirmed') AS quarantined
      FROM punch p
     WHERE p.centre_id = ${centreId}::uuid AND p.quarantine IS NOT NULL AND p.received_at >= ${new Date(sinceMs)}
       AND NOT EXISTS (SELECT 1 FROM punch_ruling r
                        WHERE r.centre_id = p.centre_id AND r.source_id = p.source_id AND r.spool_epoch = p.spool_epoch
                          AND r.seq = p.seq AND r.at = p.at)`
  const [parked] = await db.$queryRaw<{ subjects: bigint; punches: bigint }[]>`
    SELECT count(DISTINCT (p.source_id, p.subject)) AS subjects, count(*) AS punches
      FROM counted_punch p
     WHERE p.centre_id = ${centreId}::uuid AND p.received_at >= ${new Date(sinceMs)}
       AND NOT EXISTS (SELECT 1 FROM enrolment e
                        WHERE e.centre_id = p.centre_id AND e.source_id = p.source_id AND e.subject = p.subject
                          AND p.at >= e.starts_at AND (e.ends_at IS NULL OR p.at < e.ends_at))`
  const gaps = [...(await missingNumbers(db, centreId)).values()]
  return {
    quarantined: Number(waiting?.quarantined ?? 0),
    unconfirmed: Number(waiting?.unconfirmed ?? 0),
    parked: Number(parked?.subjects ?? 0),
    parkedPunches: Number(parked?.punches ?? 0),
    missing: gaps.reduce((sum, { missing }) => sum + missing, 0),
  }
}

/** What agents say of themselves, besides what every list of agents has. */
export async function agentFigures(db: Db, centreId: string) {
  const rows = await db.agent.findMany({
    where: { centreId },
    select: {
      id: true,
      version: true,
      queueLength: true,
      oldestWaitingAt: true,
      spoolBytes: true,
      spoolLimitBytes: true,
      clockOffsetMs: true,
    },
  })
  return new Map(
    rows.map(({ id, version, queueLength, oldestWaitingAt, spoolBytes, spoolLimitBytes, clockOffsetMs }) => [
      id,
      {
        version,
        queue: queueLength,
        oldestWaitingMs: oldestWaitingAt?.getTime() ?? null,
        offsetMs: clockOffsetMs,
        spool:
          spoolBytes === null || spoolLimitBytes === null
            ? null
            : { bytes: Number(spoolBytes), limit: Number(spoolLimitBytes) },
      },
    ]),
  )
}

export type AgentFigures = Awaited<ReturnType<typeof agentFigures>> extends Map<string, infer One> ? One : never

export type TerminalFacts = {
  readonly firmware: string | null
  readonly model: string | null
  readonly address: string | null
  readonly greetedMs: number | null
  readonly users: number
}

/** The terminals of a centre by source: what they are, and when they called last. */
export async function terminalFacts(db: Db, centreId: string): Promise<ReadonlyMap<string, TerminalFacts>> {
  const rows = await db.terminal.findMany({
    where: { centreId },
    select: { sourceId: true, firmware: true, model: true, address: true, greetedAt: true },
  })
  const users = await db.terminalUser.groupBy({ by: ['sourceId'], where: { centreId }, _count: { pin: true } })
  const counts = new Map(users.map((one) => [one.sourceId, one._count.pin]))
  return new Map(
    rows.map(({ sourceId, greetedAt, ...said }) => [
      sourceId,
      { ...said, greetedMs: greetedAt?.getTime() ?? null, users: counts.get(sourceId) ?? 0 },
    ]),
  )
}

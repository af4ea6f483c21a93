import { isUnread, type UnreadCode, unreadCodes } from '#app/domain/devices/greeting.ts'
import { kioskSerial } from '#app/domain/devices/kiosk-serial.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type KnownSource = {
  readonly id: string
  readonly serial: string
  readonly kind: string
  readonly agentId: string | null
  readonly agentRevoked: boolean
}

/** The sources with these serials in a centre, with whether their agent may still speak for them. */
export async function sourcesBySerial(db: Db, centreId: string, serials: readonly string[]): Promise<KnownSource[]> {
  const rows = await db.source.findMany({
    where: { centreId, serial: { in: [...serials] } },
    select: { id: true, serial: true, kind: true, agentId: true, agent: { select: { revokedAt: true } } },
    orderBy: { serial: 'asc' },
  })
  return rows.map((row) => ({
    id: row.id,
    serial: row.serial,
    kind: row.kind,
    agentId: row.agentId,
    agentRevoked: row.agent !== null && row.agent.revokedAt !== null,
  }))
}

export type NewSource = {
  readonly serial: string
  readonly name: string
  readonly nameEn: string
  readonly emulated?: boolean
}

/** Adds readers that a paired agent speaks of for the first time, so that no punch of theirs is lost. */
export async function addReaders(
  tx: Tx,
  centreId: string,
  agentId: string,
  readers: readonly NewSource[],
): Promise<void> {
  if (readers.length === 0) return
  await tx.source.createMany({
    data: readers.map((reader) => ({
      centreId,
      id: newId(),
      kind: 'reader',
      name: reader.name,
      nameEn: reader.nameEn,
      place: '',
      placeEn: '',
      serial: reader.serial,
      agentId,
      emulated: reader.emulated ?? false,
    })),
    skipDuplicates: true,
  })
}

/** Gives sources to another agent: readers of a revoked or absent one are taken over by the agent that now has them. */
export async function giveToAgent(tx: Tx, centreId: string, ids: readonly string[], agentId: string): Promise<void> {
  if (ids.length === 0) return
  await tx.source.updateMany({ where: { centreId, id: { in: [...ids] } }, data: { agentId } })
}

/**
 * The sources that an agent speaks of, by serial. A serial nobody knows becomes a reader without a name, so that nothing
 * is lost; a reader of a revoked agent is taken over (a new computer beside the same reader). `foreign` names a serial
 * that another working agent holds, or that is no reader's: kiosks, terminals and files have doors of their own.
 */
export async function claimReaders(
  tx: Tx,
  centreId: string,
  agentId: string,
  serials: readonly string[],
): Promise<{ readonly ids: ReadonlyMap<string, string>; readonly foreign: string | null }> {
  const wanted = [...new Set(serials)]
  const before = await sourcesBySerial(tx, centreId, wanted)
  const known = new Set(before.map((source) => source.serial))
  const unknown = wanted.filter((serial) => !known.has(serial))
  const reserved = unknown.find((serial) => serial === kioskSerial)
  if (reserved !== undefined) return { ids: new Map(), foreign: reserved }
  await addReaders(tx, centreId, agentId, unknown.map(unnamedReader))
  const sources = unknown.length === 0 ? before : await sourcesBySerial(tx, centreId, wanted)
  const others = sources.filter((source) => source.agentId !== agentId)
  const foreign =
    sources.find((source) => source.kind !== 'reader') ??
    others.find((source) => source.agentId !== null && !source.agentRevoked)
  if (foreign !== undefined) return { ids: new Map(), foreign: foreign.serial }
  await giveToAgent(
    tx,
    centreId,
    others.map((source) => source.id),
    agentId,
  )
  return { ids: new Map(sources.map((source) => [source.serial, source.id])), foreign: null }
}

function unnamedReader(serial: string): NewSource {
  return { serial, name: `未命名 ${serial}`, nameEn: `Unnamed ${serial}` }
}

/** When the agent was last heard. */
export async function noteAgentSeen(tx: Tx, centreId: string, agentId: string, atMs: number): Promise<void> {
  await tx.agent.updateMany({ where: { centreId, id: agentId }, data: { seenAt: new Date(atMs) } })
}

export type AgentStatus = {
  readonly detail: string | null
  readonly version: string | null
  readonly queueLength: number
  readonly oldestWaitingAt: Date | null
  /** Null from agents that do not say. */
  readonly spoolBytes: number | null
  readonly spoolLimitBytes: number | null
  readonly clockOffsetMs: number | null
}

/** As noteAgentSeen, with what the agent says of itself; true when a page would show that differently. */
export async function noteAgentStatus(
  tx: Tx,
  centreId: string,
  agentId: string,
  atMs: number,
  status: AgentStatus,
): Promise<boolean> {
  const where = { centreId, id: agentId }
  const before = await tx.agent.findFirst({ where, select: { detail: true, version: true } })
  await tx.agent.updateMany({ where, data: { seenAt: new Date(atMs), ...status } })
  return before !== null && (before.detail !== status.detail || before.version !== status.version)
}

export type ReaderStatus = {
  readonly id: string
  readonly state: string
  readonly stateSince: Date
  readonly seenAt: Date
  readonly queueLength: number
  readonly clockOffsetMs: number | null
  readonly emulated: boolean
  readonly dialect: string | null
  readonly capacity: number | null
  readonly templateCount: number | null
  /** The last trouble the agent told of; null when it told of none. */
  readonly lastError: { readonly code: string; readonly atMs: number } | null
}

/** Stores what the agent says of a reader now; it overwrites what was said before. What it does not know stays as it was. */
export async function saveReaderStatus(tx: Tx, centreId: string, status: ReaderStatus): Promise<void> {
  const { id, dialect, capacity, templateCount, lastError, ...always } = status
  await tx.source.update({
    where: { centreId_id: { centreId, id } },
    data: {
      ...always,
      ...(dialect === null ? {} : { dialect }),
      ...(capacity === null ? {} : { capacity }),
      ...(templateCount === null ? {} : { templateCount }),
      ...(lastError === null ? {} : { lastError: lastError.code, lastErrorAt: new Date(lastError.atMs) }),
    },
  })
}

/** What was last said of these sources. */
export async function readerStates(db: Db, centreId: string, ids: readonly string[]) {
  return db.source.findMany({
    where: { centreId, id: { in: [...ids] } },
    select: {
      id: true,
      state: true,
      stateSince: true,
      seenAt: true,
      queueLength: true,
      templateCount: true,
      clockOffsetMs: true,
    },
  })
}

/** Takes online readers unheard since an instant for offline, and answers them with their agent's last word. */
export async function readersUnheard(tx: Tx, since: Date): Promise<{ centreId: string; id: string; seenAt: Date }[]> {
  return tx.$queryRaw`
    UPDATE source SET state = 'offline', state_since = seen_at
     WHERE kind = 'reader' AND retired_at IS NULL AND state = 'online' AND seen_at < ${since}
    RETURNING centre_id AS "centreId", id, seen_at AS "seenAt"`
}

export type NewReaderEvent = {
  readonly sourceId: string
  readonly atMs: number
  readonly kind: string
  readonly detail: string
}

/** Adds to the log of what happened at readers besides punches. */
export async function addReaderEvents(tx: Tx, centreId: string, events: readonly NewReaderEvent[]): Promise<void> {
  if (events.length === 0) return
  await tx.readerEvent.createMany({
    data: events.map((event) => ({
      centreId,
      id: newId(),
      sourceId: event.sourceId,
      at: new Date(event.atMs),
      kind: event.kind,
      detail: { text: event.detail },
    })),
  })
}

/** How often a finger was not recognised at a reader since an instant and since its last punch. */
export async function failuresInARow(db: Db, centreId: string, sourceId: string, sinceMs: number): Promise<number> {
  const rows = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM reader_event e
     WHERE e.centre_id = ${centreId}::uuid AND e.source_id = ${sourceId}::uuid AND e.kind = 'not_recognised'
       AND e.at >= ${new Date(sinceMs)}
       AND e.at > COALESCE((SELECT s.last_punch_at FROM source s
                             WHERE s.centre_id = e.centre_id AND s.id = e.source_id), '-infinity')`
  return Number(rows[0]?.count ?? 0)
}

export type SourceRow = Awaited<ReturnType<typeof listSources>>[number]

/** Every source of the centre in the order of its name, with its zone and agent. */
export async function listSources(db: Db, centreId: string) {
  return db.source.findMany({
    where: { centreId },
    orderBy: [{ retiredAt: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }, { id: 'asc' }],
    include: {
      zone: { select: { code: true, name: true, nameEn: true } },
      agent: { select: { id: true, name: true, revokedAt: true, seenAt: true } },
    },
  })
}

/** What happened at readers besides punches in [from, to), newest first. */
export async function readerEvents(db: Db, centreId: string, from: number, to: number) {
  return db.readerEvent.findMany({
    where: { centreId, at: { gte: new Date(from), lt: new Date(to) } },
    orderBy: { at: 'desc' },
    take: 40,
    select: { id: true, sourceId: true, at: true, kind: true, detail: true },
  })
}

/** The paired agents of a centre. */
export async function listAgents(db: Db, centreId: string) {
  return db.agent.findMany({
    where: { centreId },
    orderBy: { pairedAt: 'asc' },
    select: {
      id: true,
      name: true,
      pairedAt: true,
      revokedAt: true,
      seenAt: true,
      detail: true,
      _count: { select: { sources: true } },
    },
  })
}

/** What a command needs of a source; null when the centre has none of that id, no agent when nobody speaks for it now. */
export async function sourceForCommand(db: Db, centreId: string, id: string) {
  const row = await db.source.findUnique({
    where: { centreId_id: { centreId, id } },
    select: { id: true, serial: true, emulated: true, agentId: true, agent: { select: { revokedAt: true } } },
  })
  if (row === null) return null
  const revoked = row.agent === null || row.agent.revokedAt !== null
  return { id: row.id, serial: row.serial, emulated: row.emulated, agentId: revoked ? null : row.agentId }
}

/** When a finger was last not recognised at a reader since an instant. */
export async function lastFailure(
  db: Db,
  centreId: string,
  sourceId: string,
  sinceMs: number,
): Promise<{ readonly at: Date; readonly kind: UnreadCode } | null> {
  const row = await db.readerEvent.findFirst({
    where: { centreId, sourceId, kind: { in: [...unreadCodes] }, at: { gte: new Date(sinceMs) } },
    orderBy: { at: 'desc' },
    select: { at: true, kind: true },
  })
  return row !== null && isUnread(row.kind) ? { at: row.at, kind: row.kind } : null
}

import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type TerminalRow = {
  readonly centreId: string
  readonly sourceId: string
  readonly zone: string
  readonly utcOffsetMinutes: number
  readonly attlogStamp: string | null
  readonly operlogStamp: string | null
}

/** The terminal of this serial number that somebody allowed and nobody retired; null when there is none. */
export async function terminalBySerial(db: Db, serial: string): Promise<TerminalRow | null> {
  const row = await db.source.findFirst({
    where: { serial, kind: 'terminal', retiredAt: null, terminal: { isNot: null } },
    select: { centreId: true, id: true, centre: { select: { zone: true } }, terminal: true },
  })
  if (row?.terminal == null) return null
  const { utcOffsetMinutes, attlogStamp, operlogStamp } = row.terminal
  const { centreId, id: sourceId, centre } = row
  return { centreId, sourceId, zone: centre.zone, utcOffsetMinutes, attlogStamp, operlogStamp }
}

/** What was known of a terminal before this call; its row stays ours, so that two pushes of it are stored one after the other. */
export async function lockTerminal(tx: Tx, centreId: string, sourceId: string) {
  type Row = { stamp: string | null; seen: Date | null; offset: number | null; retired: Date | null }
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT t.attlog_stamp AS stamp, s.seen_at AS seen, s.clock_offset_ms AS "offset", s.retired_at AS retired
      FROM terminal t JOIN source s ON s.centre_id = t.centre_id AND s.id = t.source_id
     WHERE t.centre_id = ${centreId}::uuid AND t.source_id = ${sourceId}::uuid
       FOR UPDATE OF t`
  if (row === undefined) throw new Error(`there is no terminal ${sourceId}`)
  return { stamp: row.stamp, seenMs: row.seen?.getTime() ?? null, offsetMs: row.offset, retired: row.retired !== null }
}

export type TerminalCall = {
  readonly centreId: string
  readonly sourceId: string
  readonly address: string | null
  readonly nowMs: number
  /** True for the greeting itself. */
  readonly greeted?: boolean
  readonly model?: string | null
  readonly firmware?: string | null
}

/** Notes that a terminal called, and what it said of itself. True when it was not there before. */
export async function noteCall(tx: Tx | PrismaClient, call: TerminalCall): Promise<boolean> {
  const { centreId, sourceId, address, nowMs, greeted = false, model, firmware } = call
  const at = new Date(nowMs)
  await tx.terminal.updateMany({
    where: { centreId, sourceId },
    data: {
      ...(address ? { address } : {}),
      ...(greeted ? { greetedAt: at } : {}),
      ...(model ? { model } : {}),
      ...(firmware ? { firmware } : {}),
    },
  })
  const back = await tx.source.updateMany({
    where: { centreId, id: sourceId, state: { not: 'online' } },
    data: { seenAt: at, state: 'online', stateSince: at },
  })
  if (back.count > 0) return true
  await tx.source.updateMany({ where: { centreId, id: sourceId }, data: { seenAt: at } })
  return false
}

export async function keepStamp(tx: Tx, centreId: string, sourceId: string, attlogStamp: string | null): Promise<void> {
  await tx.terminal.update({ where: { centreId_sourceId: { centreId, sourceId } }, data: { attlogStamp } })
}

export async function keepOffset(tx: Tx, centreId: string, sourceId: string, clockOffsetMs: number): Promise<void> {
  await tx.source.update({ where: { centreId_id: { centreId, id: sourceId } }, data: { clockOffsetMs } })
}

/** Whom the terminal says it knows; a name it said before is replaced by what it says now. */
export async function keepUsers(
  tx: Tx,
  terminal: { readonly centreId: string; readonly sourceId: string },
  users: readonly { readonly pin: string; readonly name: string }[],
  nowMs: number,
): Promise<void> {
  if (users.length === 0) return
  const sorted = [...users].sort((a, b) => (a.pin < b.pin ? -1 : 1))
  await tx.$executeRaw`
    INSERT INTO terminal_user (centre_id, source_id, pin, name, seen_at)
    SELECT ${terminal.centreId}::uuid, ${terminal.sourceId}::uuid, u.pin, u.name, ${new Date(nowMs)}
      FROM unnest(${sorted.map((user) => user.pin)}::text[], ${sorted.map((user) => user.name)}::text[]) AS u (pin, name)
    ON CONFLICT (centre_id, source_id, pin) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at`
}

export async function keepOperlogStamp(
  tx: Tx,
  { centreId, sourceId }: { readonly centreId: string; readonly sourceId: string },
  operlogStamp: string,
): Promise<void> {
  await tx.terminal.update({ where: { centreId_sourceId: { centreId, sourceId } }, data: { operlogStamp } })
}

export type NewTerminal = {
  readonly centreId: string
  readonly serial: string
  readonly name: string
  readonly nameEn: string
  readonly zoneId: string | null
  readonly utcOffsetMinutes: number
  readonly accountId: string
  readonly nowMs: number
}

/**
 * Puts a terminal on the list 登记. One that was on it before comes back as itself, with its punches; null when the centre knows
 * the serial number as something else, or has it on the list already.
 */
export async function addTerminal(tx: Tx, terminal: NewTerminal): Promise<string | null> {
  const { centreId, serial, name, nameEn, zoneId, utcOffsetMinutes, accountId } = terminal
  const allowedAt = new Date(terminal.nowMs)
  const before = await tx.source.findFirst({
    where: { centreId, serial },
    select: { id: true, kind: true, retiredAt: true },
  })
  if (before !== null && !mayReturn(before)) return null
  const id = before?.id ?? newId()
  const said = { name, nameEn, zoneId }
  if (before === null) {
    await tx.source.create({ data: { centreId, id, kind: 'terminal', serial, place: '', placeEn: '', ...said } })
  } else {
    const data = { ...said, kind: 'terminal', retiredAt: null, state: 'unknown', stateSince: null, clockOffsetMs: null }
    await tx.source.update({ where: { centreId_id: { centreId, id } }, data })
  }
  const allowed = { utcOffsetMinutes, allowedBy: accountId, allowedAt, attlogStamp: null }
  await tx.terminal.upsert({
    where: { centreId_sourceId: { centreId, sourceId: id } },
    create: { centreId, sourceId: id, ...allowed },
    update: allowed,
  })
  return id
}

/** One that was taken off the list, or of which only files were read until now. */
function mayReturn({ kind, retiredAt }: { readonly kind: string; readonly retiredAt: Date | null }): boolean {
  return kind === 'file' || (kind === 'terminal' && retiredAt !== null)
}

/** Whether a terminal of this serial number is on another centre's list: it belongs to one centre of a server. */
export async function allowedElsewhere(db: Db, centreId: string, serial: string): Promise<boolean> {
  const where = { serial, kind: 'terminal', retiredAt: null, centreId: { not: centreId } }
  return (await db.source.count({ where })) > 0
}

/** Takes a terminal off the list; its punches stay. False when the centre has none of this id on it. */
export async function retireTerminal(tx: Tx, centreId: string, id: string, nowMs: number): Promise<boolean> {
  const { count } = await tx.source.updateMany({
    where: { centreId, id, kind: 'terminal', retiredAt: null },
    data: { retiredAt: new Date(nowMs) },
  })
  return count === 1
}

/** A terminal of the centre, retired or not; null when it has none of this id. */
export async function terminalById(db: Db, centreId: string, id: string) {
  const row = await db.source.findFirst({
    where: { centreId, id, kind: 'terminal', terminal: { isNot: null } },
    select: { id: true, serial: true, name: true, nameEn: true, retiredAt: true, terminal: true },
  })
  if (row?.terminal == null) return null
  const { serial, name, nameEn } = row
  return { id, serial, name, nameEn, retired: row.retiredAt !== null, utcOffsetMinutes: row.terminal.utcOffsetMinutes }
}

import { createHash } from 'node:crypto'
import { type ImportCounts, importCounts } from '#app/domain/devices/terminal-import.ts'
import type { TerminalRecord } from '#app/domain/devices/terminal-record.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Of = { readonly centreId: string; readonly sourceId: string }

export type UploadedFile = { readonly name: string; readonly bytes: Uint8Array }

/** Keeps an uploaded file by its content: the same one uploaded again is the one that is there. */
export async function keepRecordFile(
  tx: Tx,
  centreId: string,
  { name, bytes }: UploadedFile,
  by: { readonly accountId: string; readonly nowMs: number },
): Promise<string> {
  const sha256 = new Uint8Array(createHash('sha256').update(bytes).digest())
  const data = { centreId, id: newId(), sha256, mediaType: 'text/plain', name, size: bytes.length }
  await tx.storedFile.createMany({
    data: [{ ...data, bytes: new Uint8Array(bytes), createdAt: new Date(by.nowMs), createdBy: by.accountId }],
    skipDuplicates: true,
  })
  const where = { centreId_sha256: { centreId, sha256 } }
  return (await tx.storedFile.findUniqueOrThrow({ where, select: { id: true } })).id
}

export async function addImport(
  tx: Tx,
  row: Of & {
    readonly fileId: string
    readonly accountId: string
    readonly nowMs: number
    readonly counts: ImportCounts
  },
): Promise<string> {
  const { centreId, sourceId, fileId, accountId: createdBy, nowMs, counts } = row
  const id = newId()
  await tx.attlogImport.create({
    data: { centreId, id, sourceId, fileId, createdBy, createdAt: new Date(nowMs), counts },
  })
  return id
}

const source = {
  select: { id: true, name: true, nameEn: true, serial: true, terminal: { select: { utcOffsetMinutes: true } } },
}
const row = {
  id: true,
  createdAt: true,
  storedAt: true,
  counts: true,
  source,
  file: { select: { name: true, size: true } },
} as const

/** One import as the page shows it; null when the centre has none of this id. */
export async function importById(db: Db, centreId: string, id: string) {
  const found = await db.attlogImport.findUnique({ where: { centreId_id: { centreId, id } }, select: row })
  return found === null ? null : toImport(found)
}

export type ImportView = NonNullable<Awaited<ReturnType<typeof importById>>>

/** The last imports, stored or not, newest first. */
export async function recentImports(db: Db, centreId: string): Promise<ImportView[]> {
  const found = await db.attlogImport.findMany({
    where: { centreId },
    orderBy: { createdAt: 'desc' },
    take: 10,
    select: row,
  })
  return found.map(toImport)
}

type Row = {
  readonly id: string
  readonly createdAt: Date
  readonly storedAt: Date | null
  readonly counts: unknown
  readonly source: {
    id: string
    name: string
    nameEn: string
    serial: string
    terminal: { utcOffsetMinutes: number } | null
  }
  readonly file: { name: string; size: number }
}

function toImport({ id, createdAt, storedAt, counts, source: of, file }: Row) {
  return {
    id,
    createdMs: createdAt.getTime(),
    storedMs: storedAt?.getTime() ?? null,
    counts: importCounts.parse(counts),
    source: { id: of.id, name: of.name, nameEn: of.nameEn, serial: of.serial },
    utcOffsetMinutes: of.terminal?.utcOffsetMinutes ?? 480,
    file,
  }
}

export async function importBytes(db: Db, centreId: string, id: string): Promise<Uint8Array> {
  const where = { centreId_id: { centreId, id } }
  const found = await db.attlogImport.findUniqueOrThrow({ where, select: { file: { select: { bytes: true } } } })
  return found.file.bytes
}

export async function saveCounts(
  db: Db,
  centreId: string,
  id: string,
  counts: ImportCounts,
  storedMs?: number,
): Promise<void> {
  await db.attlogImport.update({
    where: { centreId_id: { centreId, id } },
    data: { counts, ...(storedMs === undefined ? {} : { storedAt: new Date(storedMs) }) },
  })
}

/** Takes an import that was not stored away; the file stays in the archive. False when there is none. */
export async function dropImport(tx: Tx, centreId: string, id: string): Promise<boolean> {
  const { count } = await tx.attlogImport.deleteMany({ where: { centreId, id, storedAt: null } })
  return count === 1
}

/** One storing of an import at a time, whichever process does it; the lock ends with the transaction. */
export async function lockImport(tx: Tx, centreId: string, id: string): Promise<boolean> {
  const key = `import ${centreId}/${id}`
  const [found] = await tx.$queryRaw<{ mine: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) AS mine`
  return found?.mine === true
}

const atOnce = 5000

/** How many of these records the ledger does not have. */
export async function countUnknown(
  db: Db,
  { centreId, sourceId }: Of,
  records: readonly TerminalRecord[],
): Promise<number> {
  let fresh = 0
  for (let from = 0; from < records.length; from += atOnce) {
    const some = records.slice(from, from + atOnce)
    const [found] = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count
        FROM unnest(${some.map((one) => one.subject)}::text[], ${some.map((one) => new Date(one.atMs).toISOString())}::timestamptz[],
                    ${some.map((one) => one.state)}::int[]) AS g (subject, at, state)
       WHERE NOT EXISTS (SELECT 1 FROM punch p
                          WHERE p.centre_id = ${centreId}::uuid AND p.source_id = ${sourceId}::uuid
                            AND p.subject = g.subject AND p.at = g.at AND (g.state IS NULL OR p.state = g.state))`
    fresh += found?.count ?? 0
  }
  return fresh
}

/** Which of these numbers nobody ever held at this terminal. */
export async function unclaimedPins(db: Db, { centreId, sourceId }: Of, pins: readonly string[]): Promise<string[]> {
  const held = await db.enrolment.findMany({
    where: { centreId, sourceId },
    select: { subject: true },
    distinct: ['subject'],
  })
  const known = new Set(held.map((one) => one.subject))
  return pins.filter((pin) => !known.has(pin)).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
}

export type ImportTarget = {
  readonly id: string
  readonly serial: string
  readonly name: string
  readonly nameEn: string
}

/** The terminals that a file can belong to: those on the list, and those that only files are read of. */
export async function importTargets(db: Db, centreId: string): Promise<ImportTarget[]> {
  return db.source.findMany({
    where: { centreId, terminal: { isNot: null } },
    orderBy: [{ retiredAt: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }],
    select: { id: true, serial: true, name: true, nameEn: true },
  })
}

/** The distance from UTC of a terminal's clock; null when the centre has none of this id. */
export async function offsetOf(db: Db, centreId: string, sourceId: string): Promise<number | null> {
  const found = await db.terminal.findUnique({ where: { centreId_sourceId: { centreId, sourceId } } })
  return found?.utcOffsetMinutes ?? null
}

/** A terminal without a network, of which only files are read 离线终端; null when the centre knows its serial number already. */
export async function addOfflineTerminal(
  tx: Tx,
  terminal: {
    centreId: string
    serial: string
    name: string
    utcOffsetMinutes: number
    accountId: string
    nowMs: number
  },
): Promise<string | null> {
  const { centreId, serial, name, utcOffsetMinutes, accountId, nowMs } = terminal
  if ((await tx.source.count({ where: { centreId, serial } })) > 0) return null
  const id = newId()
  await tx.source.create({ data: { centreId, id, kind: 'file', serial, name, nameEn: name, place: '', placeEn: '' } })
  await tx.terminal.create({
    data: { centreId, sourceId: id, utcOffsetMinutes, allowedBy: accountId, allowedAt: new Date(nowMs) },
  })
  return id
}

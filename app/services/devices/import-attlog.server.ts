import { audit } from '#app/db/audit.server.ts'
import { deviceRulesOn } from '#app/db/device-rules.server.ts'
import {
  addImport,
  addOfflineTerminal,
  countUnknown,
  dropImport,
  importById,
  importBytes,
  importTargets,
  keepRecordFile,
  offsetOf,
  saveCounts,
  type UploadedFile,
  unclaimedPins,
} from '#app/db/terminal-imports.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { isTerminalSerial } from '#app/domain/devices/adms.ts'
import { type AttlogReading, readAttlog, serialInName } from '#app/domain/devices/attlog.ts'
import type { AttlogLayout } from '#app/domain/devices/attlog-layouts.ts'
import { clockLimitsOf, quarantineOf } from '#app/domain/devices/quarantine.ts'
import { distinctRecords, type ImportCounts, previewCounts } from '#app/domain/devices/terminal-import.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'

export type Importer = {
  readonly centreId: string
  readonly zone: string
  readonly accountId: string
  readonly role: string
  readonly address: string | null
}

export type Upload = {
  readonly by: Importer
  readonly file: UploadedFile | null
  /** A terminal's id, "" to find it by the file's name, "new" for one that is made here. */
  readonly target: string
  readonly serial: string
  readonly name: string
  readonly utcOffsetMinutes: number
}

export type UploadRefusal =
  | 'file_missing'
  | 'file_large'
  | 'not_text'
  | 'nothing_in_it'
  | 'no_record'
  | 'target_missing'
  | 'serial_bad'
  | 'serial_taken'
  | 'name_missing'
  | 'offset_bad'

const largest = 20 * 1024 * 1024

/** Takes a file of records in and shows what it would bring 上传预览; nothing of it counts before somebody stores it. */
export async function uploadAttlog(
  upload: Upload,
  nowMs: number,
): Promise<Result<{ readonly id: string }, UploadRefusal>> {
  const { by, file } = upload
  if (file === null) return refuse('file_missing')
  if (file.bytes.length > largest) return refuse('file_large')
  return inTransaction(async (tx) => {
    const target = await targetOf(tx, upload, nowMs)
    if (!target.ok) return target
    const sourceId = target.value
    const utcOffsetMinutes = (await offsetOf(tx, by.centreId, sourceId)) ?? 480
    const reading = readAttlog(file.bytes, { utcOffsetMinutes })
    if (!reading.ok) return undo(reading.code)
    if (reading.value.records.length === 0) return undo('no_record', { lines: reading.value.lines })
    const counts = await compare(tx, { ...by, sourceId }, reading.value, null, nowMs)
    const who = { accountId: by.accountId, nowMs }
    const fileId = await keepRecordFile(tx, by.centreId, file, who)
    const id = await addImport(tx, { centreId: by.centreId, sourceId, fileId, ...who, counts })
    const detail = { source: sourceId, lines: counts.lines, records: counts.records, bad: counts.bad }
    await note(tx, by, 'attlog.uploaded', id, detail)
    return ok({ id })
  }).catch((thrown: unknown) => {
    if (thrown instanceof Undone) return refuse(thrown.code, thrown.facts)
    throw thrown
  })
}

/** A refusal after something was written: the transaction goes back, the answer stays. */
class Undone extends Error {
  readonly code: UploadRefusal
  readonly facts: Readonly<Record<string, string | number>>
  constructor(code: UploadRefusal, facts: Readonly<Record<string, string | number>>) {
    super(code)
    this.code = code
    this.facts = facts
  }
}

function undo(code: UploadRefusal, facts: Readonly<Record<string, string | number>> = {}): never {
  throw new Undone(code, facts)
}

async function targetOf(tx: Tx, upload: Upload, nowMs: number): Promise<Result<string, UploadRefusal>> {
  const { by, file, target } = upload
  if (target === 'new') return await newTarget(tx, upload, nowMs)
  const targets = await importTargets(tx, by.centreId)
  const serial = serialInName(file?.name ?? '')
  const chosen = targets.find((one) => (target === '' ? one.serial === serial : one.id === target))
  return chosen ? ok(chosen.id) : refuse('target_missing', { serial: serial ?? '' })
}

async function newTarget(tx: Tx, upload: Upload, nowMs: number): Promise<Result<string, UploadRefusal>> {
  const { by, utcOffsetMinutes } = upload
  const serial = upload.serial.trim()
  const name = upload.name.normalize('NFC').trim()
  if (!isTerminalSerial(serial)) return refuse('serial_bad')
  if (name === '' || [...name].length > 40) return refuse('name_missing')
  if (!Number.isInteger(utcOffsetMinutes) || utcOffsetMinutes < -720 || utcOffsetMinutes > 840)
    return refuse('offset_bad')
  const { centreId, accountId } = by
  const id = await addOfflineTerminal(tx, { centreId, serial, name, utcOffsetMinutes, accountId, nowMs })
  if (id === null) return refuse('serial_taken', { serial })
  await note(tx, by, 'terminal.offline_added', id, { serial, utcOffsetMinutes })
  return ok(id)
}

/** Reads the file of an import once more, with the columns that somebody says it has. */
export async function previewAgain(
  by: Importer,
  id: string,
  layout: AttlogLayout | null,
  nowMs: number,
): Promise<Result<null, 'unknown' | 'stored_already'>> {
  return inTransaction(async (tx) => {
    const found = await importById(tx, by.centreId, id)
    if (found === null) return refuse('unknown')
    if (found.storedMs !== null || found.counts.progress !== null) return refuse('stored_already')
    const bytes = await importBytes(tx, by.centreId, id)
    const reading = readAttlog(bytes, { utcOffsetMinutes: found.utcOffsetMinutes, layout })
    if (!reading.ok) return refuse('unknown')
    const counts = await compare(tx, { ...by, sourceId: found.source.id }, reading.value, layout, nowMs)
    await saveCounts(tx, by.centreId, id, counts)
    return ok(null)
  })
}

/** Takes a preview away without storing anything. */
export async function discardImport(by: Importer, id: string): Promise<Result<null, 'unknown'>> {
  return inTransaction(async (tx) => {
    if (!(await dropImport(tx, by.centreId, id))) return refuse('unknown')
    await note(tx, by, 'attlog.discarded', id, {})
    return ok(null)
  })
}

async function compare(
  tx: Tx,
  of: { readonly centreId: string; readonly sourceId: string; readonly zone: string },
  reading: AttlogReading,
  chosen: AttlogLayout | null,
  nowMs: number,
): Promise<ImportCounts> {
  const distinct = distinctRecords(reading.records)
  const limits = clockLimitsOf(await deviceRulesOn(tx, of.centreId, civilOf(nowMs, of.zone).day))
  const doubtful = distinct.filter(({ atMs }) => quarantineOf({ atMs, offsetMs: null }, nowMs, limits) !== null).length
  const fresh = await countUnknown(tx, of, distinct)
  const unknownPins = await unclaimedPins(tx, of, [...new Set(distinct.map((record) => record.subject))])
  return previewCounts(reading, distinct, chosen, { fresh, doubtful, unknownPins })
}

async function note(
  tx: Tx,
  by: Importer,
  action: string,
  subject: string,
  detail: Record<string, string | number>,
): Promise<void> {
  const { centreId, accountId: actor, role, address } = by
  await audit(tx, { centreId, actor, role, action, subject, detail, address })
}

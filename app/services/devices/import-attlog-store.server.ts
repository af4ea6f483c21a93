import { setTimeout as wait } from 'node:timers/promises'
import { audit } from '#app/db/audit.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { deviceRulesOn } from '#app/db/device-rules.server.ts'
import { publish } from '#app/db/events.server.ts'
import { type ImportView, importById, importBytes, lockImport, saveCounts } from '#app/db/terminal-imports.server.ts'
import { type FreshRecord, followRecords, type RecordRow, storeRecords } from '#app/db/terminal-punches.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { readAttlog } from '#app/domain/devices/attlog.ts'
import { clockLimitsOf, quarantineOf } from '#app/domain/devices/quarantine.ts'
import { distinctRecords, importStage } from '#app/domain/devices/terminal-import.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'

export type StoreRequest = {
  readonly centreId: string
  readonly zone: string
  readonly id: string
  readonly accountId: string
  readonly role: string
  readonly address: string | null
}

export type StoreRefusal = 'unknown' | 'stored_already' | 'being_stored'

const atOnce = 5000
/** Whoever stores a small file sees the result at once; of a large one he sees how far it is. */
const patienceMs = 1500

/**
 * Stores a previewed file 写入: all of it in one transaction or nothing. Answers when it is done, or after a moment with
 * "going on"; the page then follows how far it is. Stopped in between, it can be stored again, and what is there is not taken twice.
 */
export async function storeImport(
  request: StoreRequest,
  nowMs: number,
): Promise<Result<'stored' | 'going_on', StoreRefusal>> {
  const found = await importById(prisma, request.centreId, request.id)
  if (found === null) return refuse('unknown')
  if (found.storedMs !== null) return refuse('stored_already')
  if (importStage(found.counts, nowMs) === 'storing') return refuse('being_stored')
  const storing = storeAll(request, found, nowMs).catch(async (error: unknown) => {
    await saveProgress(request, found, { done: 0, atMs: nowMs, broken: true })
    throw error
  })
  const going = wait(patienceMs, 'going_on' as const, { ref: false })
  const first = await Promise.race([storing, going])
  if (first !== 'going_on') return first
  // Nobody waits for it any more; what went wrong stands on the page.
  storing.catch(() => undefined)
  return ok('going_on')
}

type Progress = { readonly done: number; readonly atMs: number; readonly broken: boolean }

/** Beside the transaction, so that the page can see it before anything is stored. */
async function saveProgress({ centreId, id }: StoreRequest, of: ImportView, progress: Progress): Promise<void> {
  await saveCounts(prisma, centreId, id, { ...of.counts, progress: { ...progress, total: of.counts.records } })
}

async function storeAll(
  request: StoreRequest,
  found: ImportView,
  nowMs: number,
): Promise<Result<'stored', StoreRefusal>> {
  const { centreId, id } = request
  const began = performance.now()
  return inTransaction(async (tx) => {
    if (!(await lockImport(tx, centreId, id))) return refuse('being_stored')
    await saveProgress(request, found, { done: 0, atMs: nowMs, broken: false })
    const rows = await rowsOf(tx, request, found, nowMs)
    const at = { centreId, sourceId: found.source.id, nowMs }
    const doubtful = rows.filter((row) => row.quarantine !== null).length
    let fresh = 0
    for (let from = 0; from < rows.length; from += atOnce) {
      const some = await storeRecords(tx, at, rows.slice(from, from + atOnce))
      await follow(tx, request, found.source.id, some, nowMs)
      fresh += some.length
      const atMs = nowMs + Math.round(performance.now() - began)
      if (from + atOnce < rows.length) await saveProgress(request, found, { done: from + atOnce, atMs, broken: false })
    }
    const result = { stored: fresh, known: rows.length - fresh, doubtful }
    await saveCounts(tx, centreId, id, { ...found.counts, progress: null, result }, nowMs)
    const { accountId: actor, role, address } = request
    const detail = { source: found.source.id, ...result, bad: found.counts.bad }
    await audit(tx, { centreId, actor, role, action: 'attlog.stored', subject: id, detail, address })
    await publish(tx, { topic: 'source', centreId, id: found.source.id, kind: 'attlog_stored' })
    return ok('stored' as const)
  })
}

async function rowsOf(tx: Tx, request: StoreRequest, found: ImportView, nowMs: number): Promise<RecordRow[]> {
  const { centreId, zone, id } = request
  const bytes = await importBytes(tx, centreId, id)
  const { chosen } = found.counts
  const reading = readAttlog(bytes, { utcOffsetMinutes: found.utcOffsetMinutes, layout: chosen })
  if (!reading.ok) throw new Error(`the file of import ${id} was readable before: ${reading.code}`)
  const limits = clockLimitsOf(await deviceRulesOn(tx, centreId, civilOf(nowMs, zone).day))
  return distinctRecords(reading.value.records).map(({ subject, atMs, state, verify }) => {
    const quarantine = quarantineOf({ atMs, offsetMs: null }, nowMs, limits)
    return { subject, atMs, state, verify, offsetMs: null, quarantine }
  })
}

/** The days of known people are judged again; a whole file is never somebody standing at the terminal. */
async function follow(tx: Tx, request: StoreRequest, sourceId: string, fresh: readonly FreshRecord[], nowMs: number) {
  await followRecords(tx, { id: request.centreId, zone: request.zone }, sourceId, fresh, nowMs)
}

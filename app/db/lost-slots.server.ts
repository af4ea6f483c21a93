import { ok, type Result, refuse } from '#app/domain/result.ts'
import { type EnrolmentRow, endEnrolment, enrolmentById, markDeleted } from './enrolment-rows.server.ts'
import { type By, note } from './enrolment-sending.server.ts'
import { publish } from './events.server.ts'
import { slotsOfReader } from './slots-compare.server.ts'
import type { Tx } from './transaction.server.ts'

export type LostSlot = { readonly sourceId: string; readonly enrolmentId: string }

export type LostRefusal = 'reader_unknown' | 'enrolment_unknown' | 'slot_not_missing'

/**
 * Ends an enrolment whose template the module has lost, as its index table shows; the caller has locked the reader. The
 * command that read the table is the proof that the slot is empty. Nothing that was punched changes.
 */
export async function endLost(
  tx: Tx,
  by: By,
  { sourceId, enrolmentId }: LostSlot,
  nowMs: number,
): Promise<Result<EnrolmentRow, LostRefusal>> {
  const { centreId } = by
  const row = await enrolmentById(tx, centreId, enrolmentId)
  if (row === null || row.sourceId !== sourceId || row.endsAt !== null) return refuse('enrolment_unknown')
  const { table, comparison } = await slotsOfReader(tx, centreId, sourceId)
  if (table === null || !comparison?.missing.includes(Number(row.subject))) return refuse('slot_not_missing')
  await endEnrolment(tx, row, nowMs)
  await markDeleted(tx, row, table.commandId)
  await note(tx, by, 'enrolment.lost', row.personId, { source: sourceId, slot: row.subject, proof: table.commandId })
  await publish(tx, { topic: 'person', centreId, id: row.personId, kind: 'enrolment' })
  await publish(tx, { topic: 'source', centreId, id: sourceId })
  return ok(row)
}

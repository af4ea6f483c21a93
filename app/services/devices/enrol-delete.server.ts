import { indexTableOf } from '#app/db/enrolment-commands.server.ts'
import { askDeletion } from '#app/db/enrolment-deletions.server.ts'
import { enrolmentById, lockReader, ownerOfSlot } from '#app/db/enrolment-rows.server.ts'
import { type By, note, send } from '#app/db/enrolment-sending.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

/**
 * Asks for a template to be deleted 删除模板. The slot is nobody's from now on; that the template is gone is believed
 * only when the reader's index table shows it. At a reader that is away the command waits.
 */
export async function deleteEnrolment(
  by: By,
  request: { readonly personId: string; readonly enrolmentId: string },
  nowMs: number,
): Promise<Result<null, 'enrolment_unknown' | 'already_deleted'>> {
  return inTransaction(async (tx) => {
    const row = await enrolmentById(tx, by.centreId, request.enrolmentId)
    if (row === null || row.personId !== request.personId) return refuse('enrolment_unknown')
    if (row.deletedBy !== null) return refuse('already_deleted')
    await askDeletion(tx, by, { row, reason: 'asked' }, nowMs)
    const detail = { source: row.sourceId, slot: row.subject }
    await note(tx, by, 'enrolment.deletion_asked', row.personId, detail)
    return ok(null)
  })
}

/** Has a template deleted that the index table shows and no enrolment knows 无主模板: left over by somebody else's program or an accident. */
export async function deleteUnowned(
  by: By,
  request: { readonly sourceId: string; readonly slot: number },
  nowMs: number,
): Promise<Result<null, 'reader_unknown' | 'reader_away' | 'slot_owned'>> {
  const { centreId } = by
  const { sourceId, slot } = request
  return inTransaction(async (tx) => {
    const reader = await lockReader(tx, centreId, sourceId)
    if (reader === null) return refuse('reader_unknown')
    if (reader.agentId === null) return refuse('reader_away')
    const table = await indexTableOf(tx, centreId, sourceId)
    const owned = (await ownerOfSlot(tx, centreId, sourceId, slot)) !== null
    if (owned || !table?.taken.includes(slot)) return refuse('slot_owned')
    const body = { kind: 'delete', serial: reader.serial, slot } as const
    const about = { reason: 'nobody' }
    await send(tx, by, { reader: { id: reader.id, agentId: reader.agentId }, body, about }, nowMs)
    await note(tx, by, 'enrolment.deletion_asked', sourceId, { slot })
    return ok(null)
  })
}

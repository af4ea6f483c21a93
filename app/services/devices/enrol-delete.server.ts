import { deletionsOf, indexTableOf } from '#app/db/enrolment-commands.server.ts'
import {
  deletionsOwed,
  type EnrolmentRow,
  endEnrolment,
  enrolmentById,
  lockReader,
  ownerOfSlot,
} from '#app/db/enrolment-rows.server.ts'
import { publish } from '#app/db/events.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { isOver } from '#app/domain/devices/command.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import type { By } from './enrol-consent.server.ts'
import { note, send } from './enrol-start.server.ts'

export type DeletionReason = 'asked' | 'withdrawn' | 'late' | 'nobody'

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

/** Ends an enrolment and has its template deleted, once: a deletion that still runs is not asked for again. */
export async function askDeletion(
  tx: Tx,
  by: { readonly centreId: string; readonly accountId: string | null },
  { row, reason }: { readonly row: EnrolmentRow; readonly reason: DeletionReason },
  nowMs: number,
): Promise<void> {
  const { centreId } = by
  const reader = await lockReader(tx, centreId, row.sourceId)
  await endEnrolment(tx, row, nowMs)
  await publish(tx, { topic: 'person', centreId, id: row.personId, kind: 'enrolment' })
  // The slot may have a later person by now: a template of theirs is never deleted for an earlier one.
  const owner = await ownerOfSlot(tx, centreId, row.sourceId, Number(row.subject))
  if (owner !== null && owner.id !== row.id) return
  const running = (await deletionsOf(tx, centreId, [row.id])).some((one) => !isOver(one.state))
  if (running || reader === null || reader.agentId === null) return
  const body = { kind: 'delete', serial: reader.serial, slot: Number(row.subject) } as const
  const about = { person: row.personId, enrolment: row.id, reason }
  await send(tx, by, { reader: { id: reader.id, agentId: reader.agentId }, body, about }, nowMs)
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

/** A reader is back: what was to be deleted there and could not be is asked for again. Answers how many. */
export async function resumeDeletions(tx: Tx, centreId: string, sourceId: string, nowMs: number): Promise<number> {
  const owed = await deletionsOwed(tx, centreId, sourceId)
  if (owed.length === 0) return 0
  const reader = await lockReader(tx, centreId, sourceId)
  if (reader === null || reader.agentId === null) return 0
  const at = { id: reader.id, agentId: reader.agentId }
  for (const { id, subject, personId } of owed) {
    const body = { kind: 'delete', serial: reader.serial, slot: Number(subject) } as const
    const about = { person: personId, enrolment: id, reason: 'asked' }
    await send(tx, { centreId, accountId: null }, { reader: at, body, about }, nowMs)
  }
  return owed.length
}

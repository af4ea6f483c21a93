import { isOver } from '#app/domain/devices/command.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { deletionsOf } from './enrolment-commands.server.ts'
import { deletionsOwed, type EnrolmentRow, endEnrolment, lockReader, ownerOfSlot } from './enrolment-rows.server.ts'
import { send } from './enrolment-sending.server.ts'
import { publish } from './events.server.ts'
import type { Tx } from './transaction.server.ts'

export type DeletionReason = 'asked' | 'withdrawn' | 'late' | 'nobody' | 'departed'

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

/** A reader is back: what was to be deleted there and could not be is asked for again. Answers how many. */
export async function resumeDeletions(tx: Tx, centreId: string, sourceId: string, nowMs: number): Promise<number> {
  const { zone } = await tx.centre.findUniqueOrThrow({ where: { id: centreId }, select: { zone: true } })
  const owed = await deletionsOwed(tx, centreId, sourceId, civilOf(nowMs, zone).day)
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

import { isOver, stateAt } from '#app/domain/devices/command.ts'
import { copiedTo, targetsOf } from '#app/domain/devices/copy-template.ts'
import { aboutOf } from '#app/domain/devices/enrol-attempt.ts'
import { audit } from './audit.server.ts'
import { recentCommands } from './commands.server.ts'
import { newestConsent } from './enrolment-consents.server.ts'
import type { TakenStep } from './enrolment-outcomes.server.ts'
import { addEnrolment, lockReader, type ReaderLock } from './enrolment-rows.server.ts'
import { send } from './enrolment-sending.server.ts'
import { publish } from './events.server.ts'
import type { Tx } from './transaction.server.ts'

/** An agent's clock that is off by more than this is not believed about when a template was written. */
const believedMs = 600_000

/**
 * A step of a copy: for every reader that holds the template now an enrolment begins. One that nobody wants any more,
 * because consent was withdrawn meanwhile or the slot went to somebody, is deleted again at once.
 */
export async function afterCopyStep(tx: Tx, taken: TakenStep, nowMs: number): Promise<void> {
  const { command, step } = taken
  if (command.kind !== 'copy') return
  if (step.state === 'failed') await afterRefused(tx, taken)
  else if (step.step === 'copied') await afterCopied(tx, taken, nowMs)
}

async function afterRefused(tx: Tx, { centreId, agentId, command, step }: TakenStep): Promise<void> {
  const subject = aboutOf(command.payload).person ?? ''
  const detail = { source: command.sourceId ?? '', why: String(step.facts.reason ?? step.step), command: command.id }
  await audit(tx, { centreId, actor: `agent:${agentId}`, action: 'enrolment.copy_refused', subject, detail })
}

async function afterCopied(tx: Tx, taken: TakenStep, nowMs: number): Promise<void> {
  const { centreId, agentId, command, step } = taken
  const { person, finger } = aboutOf(command.payload)
  const target = copiedTo(command.payload, step)
  const reader = target === null ? null : await readerOfSerial(tx, centreId, target.serial)
  if (target === null || reader === null || person === undefined || finger === undefined) return
  const { slot } = target
  if (await isStored(tx, centreId, { sourceId: reader.id, slot, commandId: command.id })) return
  const toldMs = Date.parse(step.at)
  const startsAt = new Date(Math.abs(toldMs - nowMs) > believedMs ? nowMs : toldMs)
  const wanted = (await newestConsent(tx, centreId, person))?.withdrawnAt === null
  const enrolment = { centreId, sourceId: reader.id, slot, personId: person, finger, startsAt, storedBy: command.id }
  const added = wanted && (await addEnrolment(tx, enrolment))
  if (!added) await discard(tx, taken, { reader, slot, person }, nowMs)
  const action = added ? 'enrolment.copied' : 'enrolment.discarded'
  const detail = { source: reader.id, from: command.sourceId ?? '', slot, finger, command: command.id }
  await audit(tx, { centreId, actor: `agent:${agentId}`, action, subject: person, detail })
  await publish(tx, { topic: 'person', centreId, id: person, kind: 'enrolment' })
}

async function readerOfSerial(tx: Tx, centreId: string, serial: string): Promise<ReaderLock | null> {
  const source = await tx.source.findUnique({ where: { centreId_serial: { centreId, serial } }, select: { id: true } })
  return source === null ? null : lockReader(tx, centreId, source.id)
}

/** An agent that began anew may tell the same target again. */
async function isStored(
  tx: Tx,
  centreId: string,
  { sourceId, slot, commandId }: { sourceId: string; slot: number; commandId: string },
): Promise<boolean> {
  const where = { centreId, sourceId, subject: String(slot), storedBy: commandId }
  return (await tx.enrolment.count({ where })) > 0
}

async function discard(
  tx: Tx,
  { centreId, agentId, command }: TakenStep,
  { reader, slot, person }: { reader: ReaderLock; slot: number; person: string },
  nowMs: number,
): Promise<void> {
  const body = { kind: 'delete', serial: reader.serial, slot } as const
  const about = { person, reason: 'late', follows: command.id }
  await send(tx, { centreId, accountId: null }, { reader: { id: reader.id, agentId }, body, about }, nowMs)
}

/** Whether a copy to this reader still runs: the slot it will take is not in any table yet. */
export async function copyRunsTo(tx: Tx, centreId: string, serial: string, nowMs: number): Promise<boolean> {
  const newest = await recentCommands(tx, centreId, ['copy'], 50)
  return newest.some((one) => {
    const state = stateAt({ ...one, createdMs: one.createdAt.getTime() }, nowMs)
    return !isOver(state) && targetsOf(one.payload).some((to) => to.serial === serial)
  })
}

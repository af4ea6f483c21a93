import type { CommandState, Step } from '#app/domain/devices/command.ts'
import { aboutOf, pressesAsked } from '#app/domain/devices/enrol-attempt.ts'
import { audit } from './audit.server.ts'
import type { LockedCommand } from './commands.server.ts'
import { newestConsent } from './enrolment-consents.server.ts'
import { addEnrolment, endEnrolment, enrolmentById, lockReader, markDeleted } from './enrolment-rows.server.ts'
import { freeSlot, send } from './enrolment-sending.server.ts'
import { publish } from './events.server.ts'
import type { Tx } from './transaction.server.ts'

export type TakenStep = {
  readonly centreId: string
  readonly agentId: string
  readonly command: LockedCommand
  readonly step: Step
  readonly state: CommandState
}

/** What a step of an enrolment or a deletion means for the register of fingers, in the transaction that stores it. */
export async function afterStep(tx: Tx, taken: TakenStep, nowMs: number): Promise<void> {
  const { command, step } = taken
  if (command.kind === 'enrol' && step.step === 'stored') await afterStored(tx, taken, nowMs)
  else if (command.kind === 'enrol' && step.state === 'failed') await afterRefused(tx, taken, nowMs)
  else if (command.kind === 'delete' && step.step === 'deleted') await afterDeleted(tx, taken, nowMs)
}

/** An agent's clock that is off by more than this is not believed about when a finger was stored. */
const believedMs = 600_000

/** The template is in the module: the enrolment begins. When nobody wanted it any more, it is deleted again at once. */
async function afterStored(tx: Tx, taken: TakenStep, nowMs: number): Promise<void> {
  const { centreId, agentId, command, step, state } = taken
  const about = aboutOf(command.payload)
  const { person, finger, slot } = about
  if (person === undefined || finger === undefined || slot === null || command.sourceId === null) return
  const toldMs = Date.parse(step.at)
  const startsAt = new Date(Math.abs(toldMs - nowMs) > believedMs ? nowMs : toldMs)
  const wanted = state === 'done' && (await newestConsent(tx, centreId, person))?.withdrawnAt === null
  const added =
    wanted &&
    (await addEnrolment(tx, {
      centreId,
      sourceId: command.sourceId,
      slot,
      personId: person,
      finger,
      startsAt,
      storedBy: command.id,
    }))
  if (!added) await discard(tx, taken, { person, slot }, nowMs)
  const action = added ? 'enrolment.stored' : 'enrolment.discarded'
  const detail = { source: command.sourceId, slot, finger, command: command.id }
  await audit(tx, { centreId, actor: `agent:${agentId}`, action, subject: person, detail })
  await publish(tx, { topic: 'person', centreId, id: person, kind: 'enrolment' })
}

async function discard(
  tx: Tx,
  { centreId, command, agentId }: TakenStep,
  { person, slot }: { readonly person: string; readonly slot: number },
  nowMs: number,
): Promise<void> {
  const reader = command.sourceId === null ? null : await lockReader(tx, centreId, command.sourceId)
  if (reader === null) return
  const body = { kind: 'delete', serial: reader.serial, slot } as const
  const about = { person, reason: 'late', follows: command.id }
  await send(tx, { centreId, accountId: null }, { reader: { id: reader.id, agentId }, body, about }, nowMs)
}

/** A slot that was taken after all is tried again with another one, before anybody has pressed; other refusals are noted. */
async function afterRefused(tx: Tx, taken: TakenStep, nowMs: number): Promise<void> {
  const { centreId, agentId, command, step } = taken
  const { person, finger, follows } = aboutOf(command.payload)
  if (person === undefined || command.sourceId === null) return
  if (step.step === 'slot_taken' && follows === undefined) {
    const reader = await lockReader(tx, centreId, command.sourceId)
    const slot = reader === null ? null : await freeSlot(tx, centreId, reader, nowMs)
    if (reader === null || !slot?.ok) return
    const body = { kind: 'enrol', serial: reader.serial, slot: slot.value, presses: pressesAsked } as const
    const about = { person, follows: command.id, ...(finger === undefined ? {} : { finger }) }
    const by = { centreId, accountId: command.createdBy }
    await send(tx, by, { reader: { id: reader.id, agentId }, body, about }, nowMs)
    return
  }
  const detail = { source: command.sourceId, why: step.step }
  await audit(tx, { centreId, actor: `agent:${agentId}`, action: 'enrolment.refused', subject: person, detail })
}

/** The index table shows the slot empty: the enrolment carries the proof. */
async function afterDeleted(tx: Tx, taken: TakenStep, nowMs: number): Promise<void> {
  const { centreId, agentId, command, step } = taken
  const { enrolment, person, slot } = aboutOf(command.payload)
  const row = enrolment === undefined ? null : await enrolmentById(tx, centreId, enrolment)
  if (row !== null) {
    await endEnrolment(tx, row, nowMs)
    await markDeleted(tx, row, command.id)
  }
  const subject = person ?? command.sourceId ?? ''
  const detail = { source: command.sourceId ?? '', slot: slot ?? -1, was_taken: step.facts.was_taken ?? 0 }
  await audit(tx, { centreId, actor: `agent:${agentId}`, action: 'enrolment.deleted', subject, detail })
  await publish(tx, { topic: 'person', centreId, id: subject, kind: 'enrolment' })
}

import { isOver, stateAt } from '#app/domain/devices/command.ts'
import { audit } from './audit.server.ts'
import { addCommand, saveCommandProgress } from './commands.server.ts'
import { type AboutCommand, commandsAbout } from './enrolment-commands.server.ts'
import { lockReader } from './enrolment-rows.server.ts'
import type { By } from './enrolment-sending.server.ts'
import { publish } from './events.server.ts'
import type { Tx } from './transaction.server.ts'

const dayMs = 86_400_000

/** Ends what runs about a person; the agent is told, and what it stores all the same is deleted again. */
export async function stopAttempts(tx: Tx, by: By, personId: string, nowMs: number): Promise<number> {
  const { centreId } = by
  const asked = { personId, kinds: ['enrol', 'identify'], sinceMs: nowMs - dayMs }
  const running = (await commandsAbout(tx, centreId, asked)).filter((one) => !isOver(stateAt(one, nowMs)))
  let stopped = 0
  for (const command of running) if (await stop(tx, by, command, nowMs)) stopped++
  return stopped
}

async function stop(tx: Tx, by: By, command: AboutCommand, nowMs: number): Promise<boolean> {
  const { centreId, accountId: actor, role, address } = by
  const { sourceId, id } = command
  const reader = sourceId === null ? null : await lockReader(tx, centreId, sourceId)
  const newest = await tx.agentCommand.findUnique({ where: { centreId_id: { centreId, id } } })
  if (reader === null || newest === null || !['waiting', 'taken'].includes(newest.state)) return false
  const at = new Date(nowMs).toISOString()
  const steps = [...command.steps, { state: 'failed', step: 'cancelled', facts: {}, at } as const]
  await saveCommandProgress(tx, centreId, id, { state: 'failed', steps }, nowMs)
  const { agentId, serial } = reader
  if (newest.state === 'taken' && agentId !== null) {
    const body = { kind: 'cancel', serial, command: id } as const
    const cancelId = await addCommand(tx, {
      centreId,
      agentId,
      sourceId: reader.id,
      body,
      createdBy: actor,
      atMs: nowMs,
    })
    await publish(tx, { topic: 'command', centreId, id: cancelId, agentId, sourceId, state: 'waiting' })
  }
  await audit(tx, {
    centreId,
    actor,
    role,
    action: 'enrolment.cancelled',
    subject: command.about.person ?? '',
    address,
  })
  await publish(tx, { topic: 'command', centreId, id, agentId, sourceId, state: 'failed' })
  return true
}

import type { DeviceCommand } from '#app/domain/devices/command.ts'
import type { CommandAbout } from '#app/domain/devices/enrol-attempt.ts'
import { chooseSlot } from '#app/domain/devices/enrol-slots.ts'
import type { Result } from '#app/domain/result.ts'
import { audit } from './audit.server.ts'
import { addCommand } from './commands.server.ts'
import { indexTableOf, unclaimedSlots, usedSlots } from './enrolment-commands.server.ts'
import type { ReaderLock } from './enrolment-rows.server.ts'
import { publish } from './events.server.ts'
import type { Tx } from './transaction.server.ts'

/** Who asks, for the record. */
export type By = {
  readonly centreId: string
  readonly zone: string
  readonly accountId: string
  readonly role: string
  readonly address: string | null
}

/** The slot for the next template at a reader: what both the enrolments and the module's own index table leave free. */
export async function freeSlot(
  tx: Tx,
  centreId: string,
  reader: Pick<ReaderLock, 'id' | 'capacity'>,
  nowMs: number,
): Promise<Result<number, 'reader_full'>> {
  const { id, capacity } = reader
  return chooseSlot({
    capacity: capacity ?? 0,
    taken: (await indexTableOf(tx, centreId, id))?.taken ?? null,
    used: await usedSlots(tx, centreId, id),
    unclaimed: await unclaimedSlots(tx, centreId, id),
    nowMs,
  })
}

type Sent = {
  readonly reader: { readonly id: string; readonly agentId: string }
  readonly body: DeviceCommand
  readonly about: CommandAbout
}

/** Writes a command and wakes its agent. */
export async function send(
  tx: Tx,
  by: { readonly centreId: string; readonly accountId: string | null },
  { reader, body, about }: Sent,
  nowMs: number,
): Promise<string> {
  const { centreId, accountId: createdBy } = by
  const { agentId, id: sourceId } = reader
  const id = await addCommand(tx, { centreId, agentId, sourceId, body, about, createdBy, atMs: nowMs })
  await publish(tx, { topic: 'command', centreId, id, agentId, sourceId, state: 'waiting' })
  return id
}

export function note(
  tx: Tx,
  by: By,
  action: string,
  subject: string,
  detail: Readonly<Record<string, string | number>>,
): Promise<void> {
  const { centreId, accountId: actor, role, address } = by
  return audit(tx, { centreId, actor, role, action, subject, detail, address })
}

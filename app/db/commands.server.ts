import {
  type CommandState,
  commandTimes,
  type DeviceCommand,
  hurriedKinds,
  isOver,
  type Step,
} from '#app/domain/devices/command.ts'
import type { CommandAbout } from '#app/domain/devices/enrol-attempt.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type NewCommand = {
  readonly centreId: string
  readonly agentId: string
  readonly sourceId: string
  readonly body: DeviceCommand
  /** Kept with the command and never given to the agent. */
  readonly about?: CommandAbout
  readonly createdBy: string | null
  readonly atMs: number
}

/** Writes a command for an agent to fetch; the server never calls an agent (decisions 20). */
export async function addCommand(tx: Tx, command: NewCommand): Promise<string> {
  const id = newId()
  await tx.agentCommand.create({
    data: {
      centreId: command.centreId,
      id,
      agentId: command.agentId,
      sourceId: command.sourceId,
      kind: command.body.kind,
      payload: { ...command.body, ...(command.about ? { about: command.about } : {}) } as Prisma.InputJsonObject,
      createdBy: command.createdBy,
      createdAt: new Date(command.atMs),
    },
  })
  return id
}

export type TakenCommand = { readonly id: string; readonly body: unknown }

/**
 * Takes what waits for this agent, and again what it took and then fell silent about. Two long-polls of one agent never
 * get the same row. What waited too long is not done late: nobody stands at the reader any more.
 */
export async function takeWaiting(tx: Tx, centreId: string, agentId: string, nowMs: number): Promise<TakenCommand[]> {
  const stale = new Date(nowMs - commandTimes.expiresAfterMs)
  const silent = new Date(nowMs - commandTimes.offeredAgainAfterMs)
  const hurried = new Date(nowMs - commandTimes.hurriedExpiresAfterMs)
  await tx.agentCommand.updateMany({
    where: {
      centreId,
      agentId,
      kind: { not: 'delete' },
      OR: [
        { state: { in: ['waiting', 'taken'] }, createdAt: { lt: stale } },
        { state: 'waiting', kind: { in: [...hurriedKinds] }, createdAt: { lt: hurried } },
      ],
    },
    data: { state: 'expired', finishedAt: new Date(nowMs) },
  })
  const rows = await tx.$queryRaw<{ id: string; payload: unknown; createdAt: Date }[]>`
    UPDATE agent_command SET state = 'taken', taken_at = ${new Date(nowMs)}
     WHERE centre_id = ${centreId}::uuid AND id IN (
           SELECT id FROM agent_command
            WHERE centre_id = ${centreId}::uuid AND agent_id = ${agentId}::uuid
              AND (state = 'waiting' OR (state = 'taken' AND taken_at < ${silent}))
            ORDER BY created_at, id LIMIT 10 FOR UPDATE SKIP LOCKED)
    RETURNING id, payload - 'about' AS payload, created_at AS "createdAt"`
  rows.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1))
  return rows.map((row) => ({ id: row.id, body: row.payload }))
}

export type LockedCommand = {
  readonly id: string
  readonly kind: string
  readonly payload: unknown
  readonly state: CommandState
  readonly steps: readonly Step[]
  readonly sourceId: string | null
  readonly createdBy: string | null
}

/** One command of this agent, locked until the transaction ends; null when it is not this agent's. */
export async function commandOfAgent(tx: Tx, centreId: string, agentId: string, id: string) {
  const rows = await tx.$queryRaw<LockedCommand[]>`
    SELECT id, kind, payload, state, steps, source_id AS "sourceId", created_by AS "createdBy" FROM agent_command
     WHERE centre_id = ${centreId}::uuid AND id = ${id}::uuid AND agent_id = ${agentId}::uuid FOR UPDATE`
  return rows[0] ?? null
}

/** Stores where a command stands; a step renews the agent's hold on it. */
export async function saveCommandProgress(
  tx: Tx,
  centreId: string,
  id: string,
  progress: { readonly state: CommandState; readonly steps: readonly Step[] },
  atMs: number,
): Promise<void> {
  await tx.agentCommand.update({
    where: { centreId_id: { centreId, id } },
    data: {
      state: progress.state,
      steps: progress.steps as unknown as Prisma.InputJsonArray,
      takenAt: new Date(atMs),
      finishedAt: isOver(progress.state) ? new Date(atMs) : null,
    },
  })
}

export type CommandRow = {
  readonly id: string
  readonly kind: string
  readonly payload: unknown
  readonly state: CommandState
  readonly steps: readonly Step[]
  readonly sourceId: string | null
  readonly createdAt: Date
  readonly createdBy: string | null
  readonly finishedAt: Date | null
}

/** One command of a centre with its steps, or null. */
export async function commandById(db: Db, centreId: string, id: string): Promise<CommandRow | null> {
  const row = await db.agentCommand.findUnique({ where: { centreId_id: { centreId, id } } })
  if (row === null) return null
  return { ...row, state: row.state as CommandState, steps: row.steps as unknown as Step[] }
}

/** The newest commands of some kinds, newest first. */
export async function recentCommands(
  db: Db,
  centreId: string,
  kinds: readonly string[],
  limit: number,
): Promise<CommandRow[]> {
  const rows = await db.agentCommand.findMany({
    where: { centreId, kind: { in: [...kinds] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })
  return rows.map((row) => ({ ...row, state: row.state as CommandState, steps: row.steps as unknown as Step[] }))
}

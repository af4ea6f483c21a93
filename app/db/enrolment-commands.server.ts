import { type CommandState, type Step, stateAt } from '#app/domain/devices/command.ts'
import { aboutOf, type CommandAbout } from '#app/domain/devices/enrol-attempt.ts'
import { slotsOfRanges, type UsedSlot } from '#app/domain/devices/enrol-slots.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type AboutCommand = {
  readonly id: string
  readonly kind: string
  readonly state: CommandState
  readonly steps: readonly Step[]
  readonly sourceId: string | null
  readonly createdMs: number
  readonly finishedMs: number | null
  readonly createdBy: string | null
  readonly about: CommandAbout & { readonly slot: number | null }
}

type Row = {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly steps: unknown
  readonly payload: unknown
  readonly sourceId: string | null
  readonly createdAt: Date
  readonly finishedAt: Date | null
  readonly createdBy: string | null
}

function told(row: Row): AboutCommand {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state as CommandState,
    steps: row.steps as Step[],
    sourceId: row.sourceId,
    createdMs: row.createdAt.getTime(),
    finishedMs: row.finishedAt?.getTime() ?? null,
    createdBy: row.createdBy,
    about: aboutOf(row.payload),
  }
}

/** One person's commands of some kinds, newest first. */
export async function commandsAbout(
  db: Db,
  centreId: string,
  asked: { readonly personId: string; readonly kinds: readonly string[]; readonly sinceMs: number },
): Promise<AboutCommand[]> {
  const rows = await db.agentCommand.findMany({
    where: {
      centreId,
      kind: { in: [...asked.kinds] },
      createdAt: { gte: new Date(asked.sinceMs) },
      payload: { path: ['about', 'person'], equals: asked.personId },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 20,
  })
  return rows.map(told)
}

/** The deletions asked for of some enrolments, newest first. */
export async function deletionsOf(db: Db, centreId: string, enrolmentIds: readonly string[]): Promise<AboutCommand[]> {
  if (enrolmentIds.length === 0) return []
  const rows = await db.agentCommand.findMany({
    where: {
      centreId,
      kind: 'delete',
      OR: enrolmentIds.map((id) => ({ payload: { path: ['about', 'enrolment'], equals: id } })),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  return rows.map(told)
}

/** The newest commands of some kinds at some readers, newest first. */
export async function commandsAt(
  db: Db,
  centreId: string,
  sourceId: string,
  kinds: readonly string[],
  limit: number,
): Promise<AboutCommand[]> {
  const rows = await db.agentCommand.findMany({
    where: { centreId, sourceId, kind: { in: [...kinds] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })
  return rows.map(told)
}

/** The enrolment or trial that has a reader now, if any: one finger at a time. */
export async function busyAt(db: Db, centreId: string, sourceId: string, nowMs: number): Promise<AboutCommand | null> {
  const newest = await commandsAt(db, centreId, sourceId, ['enrol', 'identify'], 10)
  return newest.find((one) => ['waiting', 'taken'].includes(stateAt(one, nowMs))) ?? null
}

export type IndexTable = { readonly taken: readonly number[]; readonly atMs: number }

/** What a module's index table said last, from the newest command that read it; null when none did. */
export async function indexTableOf(db: Db, centreId: string, sourceId: string): Promise<IndexTable | null> {
  const commands = await commandsAt(db, centreId, sourceId, ['enrol', 'delete', 'self_test'], 20)
  const read = commands
    .flatMap((one) => one.steps)
    .filter((step) => typeof step.facts.taken === 'string')
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0]
  if (read === undefined) return null
  return { taken: slotsOfRanges(String(read.facts.taken)), atMs: Date.parse(read.at) }
}

/** Every enrolment a reader ever had, by slot. */
export async function usedSlots(db: Db, centreId: string, sourceId: string): Promise<UsedSlot[]> {
  const rows = await db.enrolment.findMany({
    where: { centreId, sourceId },
    select: { subject: true, endsAt: true, deletedBy: true },
  })
  return rows
    .filter((row) => /^\d+$/.test(row.subject))
    .map((row) => ({
      slot: Number(row.subject),
      endsAtMs: row.endsAt?.getTime() ?? null,
      deleted: row.deletedBy !== null,
    }))
}

/** Slots of a reader with punches that belong to nobody 待认领. */
export async function unclaimedSlots(db: Db, centreId: string, sourceId: string): Promise<number[]> {
  const rows = await db.$queryRaw<{ subject: string }[]>`
    SELECT DISTINCT p.subject FROM punch p
     WHERE p.centre_id = ${centreId}::uuid AND p.source_id = ${sourceId}::uuid
       AND NOT EXISTS (SELECT 1 FROM enrolment e
                        WHERE e.centre_id = p.centre_id AND e.source_id = p.source_id AND e.subject = p.subject
                          AND p.at >= e.starts_at AND (e.ends_at IS NULL OR p.at < e.ends_at))`
  return rows.filter((row) => /^\d+$/.test(row.subject)).map((row) => Number(row.subject))
}

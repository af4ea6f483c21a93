import { slotsOfRanges } from '#app/domain/devices/enrol-slots.ts'
import { compareSlots, type SlotComparison } from '#app/domain/devices/slots-compare.ts'
import { commandsAt } from './enrolment-commands.server.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** Commands at whose end the agent tells the module's index table. */
const readers = ['enrol', 'delete', 'self_test', 'index']

export type SlotTable = {
  readonly taken: readonly number[]
  readonly readMs: number
  /** The command that read it: a proof. */
  readonly commandId: string
}

/** What a module's index table said last; null when no command has read it yet. */
export async function slotTableOf(db: Db, centreId: string, sourceId: string): Promise<SlotTable | null> {
  const commands = await commandsAt(db, centreId, sourceId, readers, 20)
  const told = commands.flatMap(({ id, steps }) =>
    steps.flatMap(({ at, facts }) =>
      typeof facts.taken === 'string' ? [{ commandId: id, readMs: Date.parse(at), taken: facts.taken }] : [],
    ),
  )
  told.sort((a, b) => b.readMs - a.readMs)
  const [newest] = told
  return newest === undefined ? null : { ...newest, taken: slotsOfRanges(newest.taken) }
}

export type HeldSlot = {
  readonly enrolmentId: string
  readonly slot: number
  readonly personId: string
  readonly finger: number | null
  readonly startsMs: number
  readonly endsMs: number | null
  readonly proved: boolean
}

export type ReaderSlots = {
  /** Null as long as nobody asked the module. */
  readonly table: SlotTable | null
  readonly comparison: SlotComparison | null
  readonly held: readonly HeldSlot[]
  /** Templates that should be there now, and the people they belong to. */
  readonly enrolled: number
  readonly people: number
}

/** A reader's module against the enrolments: which slots are nobody's and which are gone 核对号位. */
export async function slotsOfReader(db: Db, centreId: string, sourceId: string): Promise<ReaderSlots> {
  const table = await slotTableOf(db, centreId, sourceId)
  const held = await heldSlots(db, centreId, sourceId)
  const now = held.filter((one) => one.endsMs === null)
  return {
    table,
    comparison: table === null ? null : compareSlots(table.taken, held, table.readMs),
    held,
    enrolled: new Set(now.map((one) => one.slot)).size,
    people: new Set(now.map((one) => one.personId)).size,
  }
}

async function heldSlots(db: Db, centreId: string, sourceId: string): Promise<HeldSlot[]> {
  const rows = await db.enrolment.findMany({
    where: { centreId, sourceId },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      subject: true,
      personId: true,
      finger: true,
      startsAt: true,
      endsAt: true,
      deletedBy: true,
    },
  })
  return rows
    .filter((row) => /^\d{1,5}$/.test(row.subject))
    .map(({ id, subject, personId, finger, startsAt, endsAt, deletedBy }) => ({
      enrolmentId: id,
      slot: Number(subject),
      personId,
      finger,
      startsMs: startsAt.getTime(),
      endsMs: endsAt?.getTime() ?? null,
      proved: deletedBy !== null,
    }))
}

export type SlotTally = { readonly sourceId: string; readonly enrolled: number; readonly people: number }

/** How many templates and people every reader of a centre should have now. */
export async function slotTallies(db: Db, centreId: string): Promise<SlotTally[]> {
  const rows = await db.$queryRaw<{ sourceId: string; enrolled: bigint; people: bigint }[]>`
    SELECT source_id AS "sourceId", count(DISTINCT subject) AS enrolled, count(DISTINCT person_id) AS people
      FROM enrolment WHERE centre_id = ${centreId}::uuid AND ends_at IS NULL GROUP BY source_id`
  return rows.map((row) => ({ ...row, enrolled: Number(row.enrolled), people: Number(row.people) }))
}

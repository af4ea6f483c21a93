import type { CivilDay } from '#app/domain/attendance/day.ts'
import { toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type ReaderLock = {
  readonly id: string
  readonly serial: string
  readonly dialect: string | null
  readonly capacity: number | null
  readonly state: string
  readonly seenAt: Date | null
  readonly clockOffsetMs: number | null
  readonly retiredAt: Date | null
  /** Null when its agent was revoked or it has none. */
  readonly agentId: string | null
}

/** One reader, locked until the transaction ends: what is asked of it is asked one after the other. */
export async function lockReader(tx: Tx, centreId: string, sourceId: string): Promise<ReaderLock | null> {
  const rows = await tx.$queryRaw<ReaderLock[]>`
    SELECT s.id, s.serial, s.dialect, s.capacity, s.state, s.seen_at AS "seenAt", s.clock_offset_ms AS "clockOffsetMs",
           s.retired_at AS "retiredAt", CASE WHEN a.revoked_at IS NULL THEN a.id END AS "agentId"
      FROM source s LEFT JOIN agent a ON a.centre_id = s.centre_id AND a.id = s.agent_id
     WHERE s.centre_id = ${centreId}::uuid AND s.id = ${sourceId}::uuid AND s.kind = 'reader' FOR UPDATE OF s`
  return rows[0] ?? null
}

export type NewEnrolment = {
  readonly centreId: string
  readonly sourceId: string
  readonly slot: number
  readonly personId: string
  readonly finger: number
  readonly startsAt: Date
  readonly storedBy: string
}

/** Starts an enrolment 登记; false when the slot belongs to somebody from then on, so that nothing is stored twice. */
export async function addEnrolment(tx: Tx, enrolment: NewEnrolment): Promise<boolean> {
  const { centreId, sourceId, slot, startsAt, ...rest } = enrolment
  const subject = String(slot)
  const other = await tx.enrolment.findFirst({
    where: { centreId, sourceId, subject, OR: [{ endsAt: null }, { endsAt: { gt: startsAt } }] },
    select: { id: true },
  })
  if (other !== null) return false
  await tx.enrolment.create({ data: { ...rest, centreId, id: newId(), sourceId, subject, startsAt } })
  return true
}

export type EnrolmentRow = NonNullable<Awaited<ReturnType<typeof enrolmentById>>>

export async function enrolmentById(db: Db, centreId: string, id: string) {
  return db.enrolment.findUnique({ where: { centreId_id: { centreId, id } } })
}

/** The fingers a person has or had at all readers, the newest first; a card or a terminal's number is no template. */
export async function enrolmentsOfPerson(db: Db, centreId: string, personId: string) {
  return db.enrolment.findMany({
    where: { centreId, personId, source: { kind: 'reader' } },
    orderBy: [{ startsAt: 'desc' }, { subject: 'asc' }],
    include: { source: { select: { name: true, nameEn: true, place: true, placeEn: true, serial: true } } },
  })
}

/** From now on a slot is nobody's; its template may still lie in the reader. */
export async function endEnrolment(tx: Tx, row: EnrolmentRow, atMs: number): Promise<void> {
  const atTheEarliest = row.startsAt.getTime() + 1
  if (row.endsAt !== null && row.endsAt.getTime() <= Math.max(atMs, atTheEarliest)) return
  await tx.enrolment.update({
    where: { centreId_id: { centreId: row.centreId, id: row.id } },
    data: { endsAt: new Date(Math.max(atMs, atTheEarliest)) },
  })
}

/** The index table shows the slot empty: this command proved it. */
export async function markDeleted(tx: Tx, row: EnrolmentRow, commandId: string): Promise<void> {
  await tx.enrolment.update({
    where: { centreId_id: { centreId: row.centreId, id: row.id } },
    data: { deletedBy: commandId },
  })
}

/** Whether a person serves or will serve at the centre from a day on; who has left is not enrolled any more. */
export async function staysOrComes(db: Db, centreId: string, personId: string, day: CivilDay): Promise<boolean> {
  const from = toDate(day)
  const row = await db.posting.findFirst({
    where: { centreId, personId, OR: [{ endsOn: null }, { endsOn: { gte: from } }] },
    select: { id: true },
  })
  return row !== null
}

/** Whose finger a slot holds: the enrolment in force there, or the last one whose template was not proved deleted. */
export async function ownerOfSlot(db: Db, centreId: string, sourceId: string, slot: number) {
  return db.enrolment.findFirst({
    where: { centreId, sourceId, subject: String(slot), deletedBy: null },
    orderBy: { startsAt: 'desc' },
    include: { person: { select: { id: true, name: true, nameEn: true } } },
  })
}

/** Ended enrolments of a reader whose template must go, by request, withdrawn consent or departure, and is not proved gone. */
export async function deletionsOwed(db: Db, centreId: string, sourceId: string, day: CivilDay) {
  return db.$queryRaw<{ id: string; subject: string; personId: string }[]>`
    SELECT e.id, e.subject, e.person_id AS "personId" FROM enrolment e
     WHERE e.centre_id = ${centreId}::uuid AND e.source_id = ${sourceId}::uuid
       AND e.ends_at IS NOT NULL AND e.deleted_by IS NULL
       AND (EXISTS (SELECT 1 FROM agent_command c
                     WHERE c.centre_id = e.centre_id AND c.source_id = e.source_id AND c.kind = 'delete'
                       AND c.payload -> 'about' ->> 'enrolment' = e.id::text)
            OR EXISTS (SELECT 1 FROM enrolment_consent w
                        WHERE w.centre_id = e.centre_id AND w.person_id = e.person_id AND w.withdrawn_at >= e.starts_at)
            OR NOT EXISTS (SELECT 1 FROM posting p
                            WHERE p.centre_id = e.centre_id AND p.person_id = e.person_id
                              AND (p.ends_on IS NULL OR p.ends_on >= ${day}::date)))
       AND NOT EXISTS (SELECT 1 FROM enrolment n
                        WHERE n.centre_id = e.centre_id AND n.source_id = e.source_id AND n.subject = e.subject
                          AND n.starts_at > e.starts_at)
       AND NOT EXISTS (SELECT 1 FROM agent_command c
                        WHERE c.centre_id = e.centre_id AND c.source_id = e.source_id AND c.kind = 'delete'
                          AND c.state IN ('waiting', 'taken') AND c.payload -> 'about' ->> 'enrolment' = e.id::text)`
}

import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { DaySpan } from '#app/domain/people/posting.ts'
import type { PostingInput } from '#app/domain/people/posting-input.ts'
import type { HeldSpan, PostingSpan } from '#app/domain/people/posting-rules.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { fromDate, toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type LockedPerson = { readonly id: string; readonly name: string; readonly staffNumber: string }

/** Takes a person's record for this transaction, so that two who change its postings come one after the other; null when unknown. */
export async function lockPerson(tx: Tx, centreId: string, personId: string): Promise<LockedPerson | null> {
  const rows = await tx.$queryRaw<LockedPerson[]>`
    SELECT id, name, staff_number AS "staffNumber" FROM person
     WHERE centre_id = ${centreId}::uuid AND id = ${personId}::uuid FOR UPDATE`
  return rows[0] ?? null
}

/** The centre's civil day of a moment. */
export async function centreDay(db: Db, centreId: string, atMs: number): Promise<CivilDay> {
  const centre = await db.centre.findUniqueOrThrow({ where: { id: centreId }, select: { zone: true } })
  return civilOf(atMs, centre.zone).day
}

/** A person's postings as the rules see them. */
export async function postingSpans(db: Db, centreId: string, personId: string): Promise<PostingSpan[]> {
  const rows = await db.posting.findMany({
    where: { centreId, personId },
    orderBy: { startsOn: 'asc' },
    select: { id: true, startsOn: true, endsOn: true, unit: { select: { shortName: true } } },
  })
  return rows.map((row) => ({ id: row.id, unit: row.unit.shortName, ...spanOf(row) }))
}

export type Held = HeldSpan & { readonly record: 'window_post' | 'chief_appointment' | 'person_group' }

/** Everything that lives inside a person's postings: posts, appointments, memberships. */
export async function heldSpans(db: Db, centreId: string, personId: string): Promise<Held[]> {
  const where = { where: { centreId, personId }, orderBy: { startsOn: 'asc' as const } }
  const [posts, chiefs, groups] = await Promise.all([
    db.windowPost.findMany({ ...where, include: { window: { select: { number: true } } } }),
    db.chiefAppointment.findMany({ ...where, include: { window: { select: { number: true } } } }),
    db.personGroup.findMany(where),
  ])
  return [
    ...posts.map((one) => ({
      id: one.id,
      record: 'window_post' as const,
      what: one.window?.number ?? one.post,
      ...spanOf(one),
    })),
    ...chiefs.map((one) => ({
      id: one.id,
      record: 'chief_appointment' as const,
      what: one.window.number,
      ...spanOf(one),
    })),
    ...groups.map((one) => ({ id: one.id, record: 'person_group' as const, what: one.group, ...spanOf(one) })),
  ]
}

/** A row's days as a span. */
export function spanOf(row: { readonly startsOn: Date; readonly endsOn: Date | null }): DaySpan {
  return { startsOn: fromDate(row.startsOn), endsOn: row.endsOn ? fromDate(row.endsOn) : null }
}

const orNull = (day: CivilDay | null) => (day === null ? null : toDate(day))

function columns(posting: PostingInput) {
  return {
    ...posting,
    startsOn: toDate(posting.startsOn),
    endsOn: orNull(posting.endsOn),
    dueOn: orNull(posting.dueOn),
    documentOn: orNull(posting.documentOn),
    endReason: posting.endsOn === null ? null : posting.endReason,
  }
}

/** Takes back a posting that has not begun; its history stays. */
export async function takeBackPosting(tx: Tx, centreId: string, id: string): Promise<void> {
  await tx.posting.delete({ where: { centreId_id: { centreId, id } } })
}

/** Stores a posting that the rules allow. */
export async function addPosting(tx: Tx, centreId: string, personId: string, posting: PostingInput): Promise<string> {
  const id = newId()
  await tx.posting.create({ data: { centreId, id, personId, ...columns(posting) } })
  return id
}

/** Writes the whole of a posting anew. */
export async function setPosting(tx: Tx, centreId: string, id: string, posting: PostingInput): Promise<void> {
  await tx.posting.update({ where: { centreId_id: { centreId, id } }, data: columns(posting) })
}

export type StoredPosting = PostingInput & { readonly id: string; readonly personId: string }

/** One posting as a form would say it; null for an unknown id. */
export async function postingById(db: Db, centreId: string, id: string): Promise<StoredPosting | null> {
  const row = await db.posting.findUnique({ where: { centreId_id: { centreId, id } } })
  if (!row) return null
  return {
    id: row.id,
    personId: row.personId,
    unitId: row.unitId,
    ...spanOf(row),
    dueOn: row.dueOn ? fromDate(row.dueOn) : null,
    documentNumber: row.documentNumber,
    documentOn: row.documentOn ? fromDate(row.documentOn) : null,
    assessmentMode: row.assessmentMode as PostingInput['assessmentMode'],
    endReason: row.endReason as PostingInput['endReason'],
    note: row.note,
  }
}

/** The unit that a posting names; null when the centre has none such. */
export async function unitById(
  db: Db,
  centreId: string,
  id: string,
): Promise<{ readonly id: string; readonly shortName: string; readonly endedOn: CivilDay | null } | null> {
  const row = await db.dispatchingUnit.findUnique({
    where: { centreId_id: { centreId, id } },
    select: { id: true, shortName: true, endedOn: true },
  })
  return row && { ...row, endedOn: row.endedOn ? fromDate(row.endedOn) : null }
}

/**
 * Puts the person-days of these spans on the list of those to be judged again: from the first rules on, up to today;
 * what lies ahead is judged when it comes.
 */
export async function markStale(
  tx: Tx,
  centreId: string,
  personId: string,
  spans: readonly DaySpan[],
  today: CivilDay,
): Promise<void> {
  for (const { startsOn, endsOn } of spans) {
    const last = endsOn === null || endsOn > today ? today : endsOn
    await tx.$executeRaw`
      INSERT INTO stale_day (centre_id, person_id, day)
      SELECT ${centreId}::uuid, ${personId}::uuid, d.day::date
        FROM generate_series(
          greatest(${startsOn}::date, (SELECT min(valid_from) FROM rule_set
            WHERE centre_id = ${centreId}::uuid AND kind = 'attendance' AND state = 'active')),
          ${last}::date, interval '1 day') AS d (day)
      ON CONFLICT (centre_id, person_id, day) DO UPDATE SET day = excluded.day WHERE false`
  }
}

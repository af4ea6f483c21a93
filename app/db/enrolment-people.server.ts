import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type EnrolPerson = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly reading: string
  readonly staffNumber: string
  readonly window: string | null
  readonly unitName: string | null
  readonly unitNameEn: string | null
  /** First day of the posting in force or to come; null when every posting has ended. */
  readonly startsOn: string | null
}

/** A person as the enrolment page names them: window, unit, and since when they serve. */
export async function enrolPerson(
  db: Db,
  centreId: string,
  personId: string,
  day: CivilDay,
): Promise<EnrolPerson | null> {
  const rows = await db.$queryRaw<EnrolPerson[]>`
    SELECT n.id, n.name, n.name_en AS "nameEn", n.reading, n.staff_number AS "staffNumber", w.number AS "window",
           u.name AS "unitName", u.name_en AS "unitNameEn", to_char(p.starts_on, 'YYYY-MM-DD') AS "startsOn"
      FROM person n
      LEFT JOIN LATERAL (
           SELECT unit_id, starts_on FROM posting
            WHERE centre_id = n.centre_id AND person_id = n.id AND (ends_on IS NULL OR ends_on >= ${day}::date)
            ORDER BY starts_on LIMIT 1) p ON true
      LEFT JOIN dispatching_unit u ON u.centre_id = n.centre_id AND u.id = p.unit_id
      LEFT JOIN LATERAL (
           SELECT v.number FROM window_post o
             JOIN "window" v ON v.centre_id = o.centre_id AND v.id = o.window_id
            WHERE o.centre_id = n.centre_id AND o.person_id = n.id
              AND (o.ends_on IS NULL OR o.ends_on >= ${day}::date)
            ORDER BY o.starts_on, o.post LIMIT 1) w ON true
     WHERE n.centre_id = ${centreId}::uuid AND n.id = ${personId}::uuid`
  return rows[0] ?? null
}

export type NotEnrolled = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly reading: string
  readonly staffNumber: string
  readonly window: string | null
  readonly startsOn: string
  readonly consented: boolean
}

/** Who serves, or will soon, and has neither a finger in any reader nor another way, in the order of names. */
export async function notEnrolled(db: Db, centreId: string, day: CivilDay): Promise<NotEnrolled[]> {
  return db.$queryRaw<NotEnrolled[]>`
    SELECT n.id, n.name, n.name_en AS "nameEn", n.reading, n.staff_number AS "staffNumber", w.number AS "window",
           to_char(min(p.starts_on), 'YYYY-MM-DD') AS "startsOn",
           EXISTS (SELECT 1 FROM enrolment_consent c
                    WHERE c.centre_id = n.centre_id AND c.person_id = n.id AND c.withdrawn_at IS NULL) AS consented
      FROM person n
      JOIN posting p ON p.centre_id = n.centre_id AND p.person_id = n.id
                    AND (p.ends_on IS NULL OR p.ends_on >= ${day}::date)
      LEFT JOIN LATERAL (
           SELECT v.number FROM window_post o
             JOIN "window" v ON v.centre_id = o.centre_id AND v.id = o.window_id
            WHERE o.centre_id = n.centre_id AND o.person_id = n.id
              AND (o.ends_on IS NULL OR o.ends_on >= ${day}::date)
            ORDER BY o.starts_on, o.post LIMIT 1) w ON true
     WHERE n.centre_id = ${centreId}::uuid
       AND NOT EXISTS (SELECT 1 FROM enrolment e
                        WHERE e.centre_id = n.centre_id AND e.person_id = n.id
                          AND (e.ends_at IS NULL OR e.ends_at > ${day}::date + 1))
     GROUP BY n.centre_id, n.id, n.name, n.name_en, n.reading, n.staff_number, w.number
     ORDER BY n.reading, n.staff_number`
}

/** At how many readers a person's templates lie, or were not proved deleted. */
export async function readersHolding(db: Db, centreId: string, personId: string): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT e.source_id)::int AS count
      FROM enrolment e
      JOIN source s ON s.centre_id = e.centre_id AND s.id = e.source_id AND s.kind = 'reader'
     WHERE e.centre_id = ${centreId}::uuid AND e.person_id = ${personId}::uuid AND e.deleted_by IS NULL
       AND NOT EXISTS (SELECT 1 FROM enrolment x
                        WHERE x.centre_id = e.centre_id AND x.source_id = e.source_id AND x.subject = e.subject
                          AND x.starts_at > e.starts_at)`
  return rows[0]?.count ?? 0
}

export type StillStored = {
  readonly id: string
  readonly personId: string
  readonly name: string
  readonly nameEn: string
  readonly sourceId: string
  readonly subject: string
  readonly finger: number | null
  readonly endsAt: Date | null
  /** The last day of the last posting; null while the person serves. */
  readonly leftOn: string | null
}

/**
 * Enrolments whose template was not proved deleted though nobody needs it: of people who have left, and those that ended.
 * An ended one whose slot has a later person is no more in the reader.
 */
export async function stillStored(db: Db, centreId: string, day: CivilDay): Promise<StillStored[]> {
  return db.$queryRaw<StillStored[]>`
    SELECT e.id, e.person_id AS "personId", n.name, n.name_en AS "nameEn", e.source_id AS "sourceId", e.subject,
           e.finger, e.ends_at AS "endsAt",
           (SELECT CASE WHEN bool_and(p.ends_on IS NOT NULL AND p.ends_on < ${day}::date)
                        THEN to_char(max(p.ends_on), 'YYYY-MM-DD') END
              FROM posting p WHERE p.centre_id = e.centre_id AND p.person_id = e.person_id) AS "leftOn"
      FROM enrolment e
      JOIN person n ON n.centre_id = e.centre_id AND n.id = e.person_id
      JOIN source s ON s.centre_id = e.centre_id AND s.id = e.source_id AND s.kind = 'reader'
     WHERE e.centre_id = ${centreId}::uuid AND e.deleted_by IS NULL
       AND (e.ends_at IS NOT NULL
            OR NOT EXISTS (SELECT 1 FROM posting p
                            WHERE p.centre_id = e.centre_id AND p.person_id = e.person_id
                              AND (p.ends_on IS NULL OR p.ends_on >= ${day}::date)))
       AND NOT EXISTS (SELECT 1 FROM enrolment x
                        WHERE x.centre_id = e.centre_id AND x.source_id = e.source_id AND x.subject = e.subject
                          AND x.starts_at > e.starts_at)
     ORDER BY n.reading, e.source_id, e.subject`
}

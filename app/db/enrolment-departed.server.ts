import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type Departed = {
  readonly personId: string
  /** Enrolments still in force, by reader, so that readers are locked in one order for everybody. */
  readonly enrolments: readonly string[]
  /** Cards and PINs still in force or to come. */
  readonly ways: readonly string[]
}

/** Who has no posting in force or to come and still stands in a reader's register or has a card or a PIN 已离开未清. */
export async function departedPeople(db: Db, centreId: string, day: CivilDay, atMs: number): Promise<Departed[]> {
  const at = new Date(atMs)
  return db.$queryRaw<Departed[]>`
    SELECT n.id AS "personId",
           (SELECT coalesce(json_agg(e.id ORDER BY e.source_id, e.subject), '[]') FROM enrolment e
              JOIN source s ON s.centre_id = e.centre_id AND s.id = e.source_id AND s.kind = 'reader'
             WHERE e.centre_id = n.centre_id AND e.person_id = n.id AND e.ends_at IS NULL) AS enrolments,
           (SELECT coalesce(json_agg(w.id ORDER BY w.id), '[]') FROM alternate_way w
             WHERE w.centre_id = n.centre_id AND w.person_id = n.id AND (w.ends_at IS NULL OR w.ends_at > ${at})) AS ways
      FROM person n
     WHERE n.centre_id = ${centreId}::uuid
       AND EXISTS (SELECT 1 FROM posting p WHERE p.centre_id = n.centre_id AND p.person_id = n.id)
       AND NOT EXISTS (SELECT 1 FROM posting p
                        WHERE p.centre_id = n.centre_id AND p.person_id = n.id
                          AND (p.ends_on IS NULL OR p.ends_on >= ${day}::date))
       AND (EXISTS (SELECT 1 FROM enrolment e
                      JOIN source s ON s.centre_id = e.centre_id AND s.id = e.source_id AND s.kind = 'reader'
                     WHERE e.centre_id = n.centre_id AND e.person_id = n.id AND e.ends_at IS NULL)
            OR EXISTS (SELECT 1 FROM alternate_way w
                        WHERE w.centre_id = n.centre_id AND w.person_id = n.id AND (w.ends_at IS NULL OR w.ends_at > ${at})))
     ORDER BY n.id`
}

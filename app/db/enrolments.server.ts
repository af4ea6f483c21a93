import type { CivilDay } from '#app/domain/attendance/day.ts'
import { toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type PersonCard = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly window: {
    readonly id: string
    readonly number: string
    readonly name: string
    readonly nameEn: string
  } | null
  /** a, b, reserve, guide, back_office, duty_officer, or chief for who represents this window. */
  readonly post: string | null
}

/** People as the hall names them on a day: with their window and post. A window post comes before one without a window. */
export async function personCards(
  db: Db,
  centreId: string,
  personIds: readonly string[],
  day: CivilDay,
): Promise<Map<string, PersonCard>> {
  const on = toDate(day)
  const running = { startsOn: { lte: on }, OR: [{ endsOn: null }, { endsOn: { gte: on } }] }
  const people = await db.person.findMany({
    where: { centreId, id: { in: [...personIds] } },
    select: {
      id: true,
      name: true,
      nameEn: true,
      windowPosts: {
        where: running,
        orderBy: { post: 'asc' },
        select: { post: true, window: { select: { id: true, number: true, name: true, nameEn: true } } },
      },
      chiefAppointments: { where: running, select: { windowId: true } },
    },
  })
  return new Map(
    people.map((person) => {
      const post = person.windowPosts.find((one) => one.window !== null) ?? person.windowPosts[0] ?? null
      const window = post?.window ?? null
      const chief = window !== null && person.chiefAppointments.some((one) => one.windowId === window.id)
      return [
        person.id,
        {
          id: person.id,
          name: person.name,
          nameEn: person.nameEn,
          window,
          post: chief ? 'chief' : (post?.post ?? null),
        },
      ]
    }),
  )
}

/** Who shares the window as A or B post 同窗口搭档 and has punched in [from, to). */
export async function presentPartner(
  db: Db,
  where: { centreId: string; windowId: string; personId: string; day: CivilDay; from: number; to: number },
): Promise<{ post: string; name: string; nameEn: string } | null> {
  const rows = await db.$queryRaw<{ post: string; name: string; nameEn: string }[]>`
    SELECT w.post, n.name, n.name_en AS "nameEn"
      FROM window_post w
      JOIN person n ON n.centre_id = w.centre_id AND n.id = w.person_id
     WHERE w.centre_id = ${where.centreId}::uuid AND w.window_id = ${where.windowId}::uuid
       AND w.person_id <> ${where.personId}::uuid AND w.post IN ('a', 'b')
       AND w.starts_on <= ${where.day}::date AND (w.ends_on IS NULL OR w.ends_on >= ${where.day}::date)
       AND EXISTS (SELECT 1 FROM enrolment e
                     JOIN punch p ON p.centre_id = e.centre_id AND p.source_id = e.source_id AND p.subject = e.subject
                                 AND p.at >= e.starts_at AND (e.ends_at IS NULL OR p.at < e.ends_at)
                    WHERE e.centre_id = w.centre_id AND e.person_id = w.person_id
                      AND p.at >= ${new Date(where.from)} AND p.at < ${new Date(where.to)} AND p.quarantine IS NULL)
     ORDER BY w.post, n.reading LIMIT 1`
  return rows[0] ?? null
}

/** How many people serve at the centre on a day. */
export async function peopleInService(db: Db, centreId: string, day: CivilDay): Promise<number> {
  const rows = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(DISTINCT person_id) AS count FROM posting
     WHERE centre_id = ${centreId}::uuid AND starts_on <= ${day}::date AND (ends_on IS NULL OR ends_on >= ${day}::date)`
  return Number(rows[0]?.count ?? 0)
}

export type EnrolledPerson = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly reading: string
  readonly windowNumber: string | null
  readonly windowName: string | null
  readonly windowNameEn: string | null
  readonly subjects: Readonly<Record<string, string>>
}

/** People with a finger enrolled now, in the order of their windows, with their slot at each reader. */
export async function enrolledPeople(db: Db, centreId: string, day: CivilDay, atMs: number): Promise<EnrolledPerson[]> {
  return db.$queryRaw<EnrolledPerson[]>`
    SELECT n.id, n.name, n.name_en AS "nameEn", n.reading, w.number AS "windowNumber", w.name AS "windowName",
           w.name_en AS "windowNameEn", jsonb_object_agg(e.source_id, e.subject) AS subjects
      FROM person n
      JOIN enrolment e ON e.centre_id = n.centre_id AND e.person_id = n.id
                      AND e.starts_at <= ${new Date(atMs)} AND (e.ends_at IS NULL OR e.ends_at > ${new Date(atMs)})
      LEFT JOIN LATERAL (
           SELECT v.number, v.name, v.name_en FROM window_post p
             JOIN "window" v ON v.centre_id = p.centre_id AND v.id = p.window_id
            WHERE p.centre_id = n.centre_id AND p.person_id = n.id
              AND p.starts_on <= ${day}::date AND (p.ends_on IS NULL OR p.ends_on >= ${day}::date)
            ORDER BY p.post LIMIT 1) w ON true
     WHERE n.centre_id = ${centreId}::uuid
     GROUP BY n.id, n.name, n.name_en, n.reading, w.number, w.name, w.name_en
     ORDER BY w.number NULLS LAST, n.reading`
}

import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { KioskPerson } from '#app/domain/devices/greeting.ts'
import { countedOf } from './doubt-sql.server.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type PersonCard = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  /** How the name is read, for the screen's voice. */
  readonly reading: string
  readonly window: {
    readonly id: string
    readonly number: string
    readonly name: string
    readonly nameEn: string
  } | null
  /** a, b, reserve, guide, back_office, duty_officer, or chief for who represents this window. */
  readonly post: string | null
  readonly partner: Partner | null
}

/** Who shares the window as A or B post 同窗口搭档 and has punched. */
export type Partner = { readonly post: string; readonly name: string; readonly nameEn: string }

type CardRow = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly reading: string
  readonly post: string | null
  readonly chief: boolean
  readonly window: PersonCard['window']
  readonly partner: Partner | null
}

/**
 * People as the hall names them on a day: with their window and post. A window post comes before one without a window.
 * With a span of time also the partner who has punched in it, [from, to).
 */
export async function personCards(
  db: Db,
  centreId: string,
  personIds: readonly string[],
  day: CivilDay,
  span: { readonly from: number; readonly to: number } | null,
): Promise<Map<string, PersonCard>> {
  const [from, to] = span === null ? [null, null] : [new Date(span.from), new Date(span.to)]
  const within = Prisma.sql`v.at >= ${from}::timestamptz AND v.at < ${to}::timestamptz`
  const rows = await db.$queryRaw<CardRow[]>`
    SELECT n.id, n.name, n.name_en AS "nameEn", n.reading, p.post,
           CASE WHEN v.id IS NOT NULL
                THEN json_build_object('id', v.id, 'number', v.number, 'name', v.name, 'nameEn', v.name_en) END AS "window",
           EXISTS (SELECT 1 FROM chief_appointment c
                    WHERE c.centre_id = n.centre_id AND c.person_id = n.id AND c.window_id = v.id
                      AND c.starts_on <= ${day}::date AND (c.ends_on IS NULL OR c.ends_on >= ${day}::date)) AS chief,
           (SELECT json_build_object('post', w.post, 'name', m.name, 'nameEn', m.name_en)
              FROM window_post w
              JOIN person m ON m.centre_id = w.centre_id AND m.id = w.person_id
             WHERE w.centre_id = n.centre_id AND w.window_id = v.id AND w.person_id <> n.id AND w.post IN ('a', 'b')
               AND w.starts_on <= ${day}::date AND (w.ends_on IS NULL OR w.ends_on >= ${day}::date)
               AND EXISTS (SELECT 1 FROM enrolment e
                            CROSS JOIN LATERAL (${countedOf('e', within)}) u
                            WHERE e.centre_id = w.centre_id AND e.person_id = w.person_id)
             ORDER BY w.post, m.reading LIMIT 1) AS partner
      FROM person n
      LEFT JOIN LATERAL (
           SELECT w.post, w.window_id FROM window_post w
            WHERE w.centre_id = n.centre_id AND w.person_id = n.id
              AND w.starts_on <= ${day}::date AND (w.ends_on IS NULL OR w.ends_on >= ${day}::date)
            ORDER BY w.window_id IS NULL, w.post LIMIT 1) p ON true
      LEFT JOIN "window" v ON v.centre_id = n.centre_id AND v.id = p.window_id
     WHERE n.centre_id = ${centreId}::uuid AND n.id = ANY(${[...personIds]}::uuid[])`
  return new Map(rows.map(({ chief, post, ...card }) => [card.id, { ...card, post: chief ? 'chief' : post }]))
}

/** What a screen in the hall is told of a person. */
export function kioskPerson(card: PersonCard | undefined): KioskPerson | null {
  if (card === undefined) return null
  const { name, nameEn, reading, window, post } = card
  const where = window && { number: window.number, name: window.name, nameEn: window.nameEn }
  return { name, nameEn, reading, post, window: where }
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

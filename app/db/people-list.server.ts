import type { Scope } from '#app/domain/access/roles.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { IdentityKind, Post } from '#app/domain/people/person.ts'
import type { PersonRow, PersonState } from '#app/domain/people/record.ts'
import { asked } from '#app/domain/people/search.ts'
import { toDate } from './dates.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import { onDay } from './people.server.ts'
import { daysOf, stateOn } from './person-record.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export const peoplePerPage = 50
export const peopleSorts = ['name', 'number', 'unit', 'window', 'since'] as const
export type PeopleSort = (typeof peopleSorts)[number]

export type PeopleFilter = {
  readonly q?: string
  readonly unitId?: string | null
  readonly zoneId?: string | null
  readonly kind?: IdentityKind | null
  readonly state?: PersonState | 'all'
  /** "name", or "-name" for the other way round. */
  readonly sort?: string
  readonly page?: number
}

export type PeoplePage = {
  readonly rows: readonly PersonRow[]
  readonly count: number
  readonly page: number
  readonly pages: number
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(text)

/** Permission as part of the query; the same people as `recordInScope`. */
function scopeSql(scope: Scope, day: CivilDay): Prisma.Sql {
  if (scope.reach === 'centre') return Prisma.sql`true`
  if (scope.reach === 'self') return Prisma.sql`p.id = ${scope.personId}::uuid`
  if (scope.reach === 'unit')
    return Prisma.sql`EXISTS (SELECT 1 FROM posting s WHERE s.centre_id = p.centre_id AND s.person_id = p.id
      AND s.unit_id = ${scope.unitId}::uuid AND (s.ends_on IS NULL OR s.ends_on >= ${day}::date))`
  return Prisma.sql`EXISTS (SELECT 1 FROM window_post s WHERE s.centre_id = p.centre_id AND s.person_id = p.id
    AND s.window_id = ANY(${[...scope.windowIds]}::uuid[]) AND (s.ends_on IS NULL OR s.ends_on >= ${day}::date))`
}

const likeable = (text: string) => text.replace(/[\\%_]/gu, (sign) => `\\${sign}`)

function searchSql(q: string, day: CivilDay): Prisma.Sql {
  const { text, name, letters, number } = asked(q)
  if (text === '') return Prisma.sql`true`
  const parts = [
    Prisma.sql`p.name LIKE ${`%${likeable(name)}%`}`,
    Prisma.sql`p.name_on_card LIKE ${`%${likeable(name)}%`}`,
    Prisma.sql`upper(p.staff_number) LIKE ${`${likeable(number)}%`}`,
    Prisma.sql`lower(p.name_en) LIKE ${`%${likeable(text.toLowerCase())}%`}`,
    Prisma.sql`EXISTS (SELECT 1 FROM window_post q JOIN "window" w ON w.centre_id = q.centre_id AND w.id = q.window_id
      WHERE q.centre_id = p.centre_id AND q.person_id = p.id AND upper(w.number) LIKE ${`${likeable(number)}%`}
        AND q.starts_on <= ${day}::date AND (q.ends_on IS NULL OR q.ends_on >= ${day}::date))`,
  ]
  if (letters !== '')
    parts.push(
      Prisma.sql`replace(p.reading, ' ', '') LIKE ${`${letters}%`}`,
      Prisma.sql`p.initials LIKE ${`${letters}%`}`,
      Prisma.sql`p.reading LIKE ${`% ${letters}%`}`,
    )
  return Prisma.sql`(${Prisma.join(parts, ' OR ')})`
}

function stateSql(state: PersonState | 'all'): Prisma.Sql {
  return state === 'all' ? Prisma.sql`true` : Prisma.sql`state = ${state}`
}

const columns: Readonly<Record<PeopleSort, Prisma.Sql>> = {
  name: Prisma.sql`reading`,
  number: Prisma.sql`staff_number`,
  unit: Prisma.sql`unit_position`,
  window: Prisma.sql`window_number`,
  since: Prisma.sql`since`,
}

function orderSql(sort: string): Prisma.Sql {
  const down = sort.startsWith('-')
  const key = peopleSorts.find((one) => one === sort.replace(/^-/u, '')) ?? 'name'
  const first = down ? Prisma.sql`${columns[key]} DESC NULLS LAST` : Prisma.sql`${columns[key]} ASC NULLS LAST`
  return Prisma.sql`${first}, reading, name, staff_number`
}

type Line = { id: string; state: PersonState }

/** Everybody of the scope who answers to the filter, in order; only ids and states, so that thousands stay cheap. */
function linesSql(scope: Scope, filter: PeopleFilter, day: CivilDay): Prisma.Sql {
  const { q = '', unitId, zoneId, kind, state = 'serving', sort = 'name' } = filter
  const unit = unitId && isUuid(unitId) ? Prisma.sql`c.unit_id = ${unitId}::uuid` : Prisma.sql`true`
  const zone = zoneId && isUuid(zoneId) ? Prisma.sql`o.zone_id = ${zoneId}::uuid` : Prisma.sql`true`
  const kinds = kind ? Prisma.sql`p.identity_kind = ${kind}` : Prisma.sql`true`
  return Prisma.sql`
    WITH line AS (
      SELECT p.id, p.reading, p.name, p.staff_number, c.starts_on AS since, u.position || u.short_name AS unit_position,
        o.number AS window_number,
        CASE WHEN c.id IS NULL THEN 'unposted' WHEN c.starts_on > ${day}::date THEN 'coming'
             WHEN c.ends_on < ${day}::date THEN 'left' ELSE 'serving' END AS state
      FROM person p
      LEFT JOIN LATERAL (
        SELECT g.* FROM posting g WHERE g.centre_id = p.centre_id AND g.person_id = p.id
        ORDER BY (g.starts_on <= ${day}::date AND (g.ends_on IS NULL OR g.ends_on >= ${day}::date)) DESC,
          (g.starts_on > ${day}::date) DESC,
          CASE WHEN g.starts_on > ${day}::date THEN g.starts_on END ASC, g.starts_on DESC LIMIT 1
      ) c ON true
      LEFT JOIN dispatching_unit u ON u.centre_id = p.centre_id AND u.id = c.unit_id
      LEFT JOIN LATERAL (
        SELECT w.number, w.zone_id FROM window_post h JOIN "window" w ON w.centre_id = h.centre_id AND w.id = h.window_id
        WHERE h.centre_id = p.centre_id AND h.person_id = p.id
          AND (h.ends_on IS NULL OR h.ends_on >= ${day}::date)
        ORDER BY h.starts_on <= ${day}::date DESC, (${zoneId && isUuid(zoneId) ? zoneId : null}::uuid IS NOT DISTINCT FROM w.zone_id) DESC,
          h.post, w.number LIMIT 1
      ) o ON true
      WHERE p.centre_id = ${scope.centreId}::uuid AND ${scopeSql(scope, day)} AND ${searchSql(q, day)}
        AND ${unit} AND ${zone} AND ${kinds}
    )
    SELECT id, state FROM line WHERE ${stateSql(state)} ORDER BY ${orderSql(sort)}`
}

/** A page of people as far as the scope reaches; a page beyond the last is the last. */
export async function listPeople(db: Db, scope: Scope, filter: PeopleFilter, day: CivilDay): Promise<PeoplePage> {
  const lines = await db.$queryRaw<Line[]>(linesSql(scope, filter, day))
  const pages = Math.max(1, Math.ceil(lines.length / peoplePerPage))
  const page = Math.min(Math.max(1, Math.trunc(filter.page ?? 1) || 1), pages)
  const here = lines.slice((page - 1) * peoplePerPage, page * peoplePerPage)
  const rows = await rowsOf(db, scope.centreId, here, day)
  return { rows, count: lines.length, page, pages }
}

const unitName = { id: true, name: true, nameEn: true, shortName: true } as const
const windowName = { id: true, number: true, name: true, nameEn: true } as const

async function rowsOf(db: Db, centreId: string, lines: readonly Line[], day: CivilDay): Promise<PersonRow[]> {
  const found = await db.person.findMany({
    where: { centreId, id: { in: lines.map((line) => line.id) } },
    include: {
      postings: { include: { unit: { select: unitName } } },
      windowPosts: { where: onDay(day), orderBy: { post: 'asc' }, include: { window: { select: windowName } } },
      chiefAppointments: { where: onDay(day), include: { window: { select: { number: true } } } },
      enrolments: { where: { endsAt: null, source: { kind: 'reader' } }, select: { id: true }, take: 1 },
    },
  })
  const byId = new Map(found.map((row) => [row.id, row]))
  return lines.flatMap(({ id }): PersonRow[] => {
    const row = byId.get(id)
    if (!row) return []
    const postings = row.postings.map((one) => ({
      unit: one.unit,
      ...daysOf(one),
      dueOn: one.dueOn ? one.dueOn.toISOString().slice(0, 10) : null,
    }))
    return [
      {
        id,
        staffNumber: row.staffNumber,
        name: row.name,
        nameEn: row.nameEn,
        reading: row.reading,
        nameNote: row.nameNote,
        identityKind: row.identityKind as IdentityKind,
        state: stateOn(postings, day),
        posting: currentOf(postings, day),
        posts: row.windowPosts.map(({ post, window }) => ({ post: post as Post, window })),
        chiefOf: row.chiefAppointments.map((one) => one.window.number),
        enrolled: row.enrolments.length > 0,
      },
    ]
  })
}

/** The posting of the day, else the next, else the last. */
function currentOf<T extends { readonly startsOn: CivilDay; readonly endsOn: CivilDay | null }>(
  postings: readonly T[],
  day: CivilDay,
): T | null {
  const sorted = [...postings].sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1))
  const now = sorted.find((one) => one.startsOn <= day && (one.endsOn === null || one.endsOn >= day))
  return now ?? sorted.find((one) => one.startsOn > day) ?? sorted.at(-1) ?? null
}

export type PeopleChoices = {
  readonly units: readonly {
    readonly id: string
    readonly name: string
    readonly nameEn: string
    readonly shortName: string
  }[]
  readonly zones: readonly {
    readonly id: string
    readonly code: string
    readonly name: string
    readonly nameEn: string
  }[]
  readonly windows: readonly {
    readonly id: string
    readonly number: string
    readonly name: string
    readonly nameEn: string
    /** Who holds its A post on the day. */
    readonly aPost: string | null
  }[]
}

/** What the forms and filters let one choose: units, zones and windows in use on a day, in their order. */
export async function peopleChoices(db: Db, centreId: string, day: CivilDay): Promise<PeopleChoices> {
  const inUse = { centreId, OR: [{ endedOn: null }, { endedOn: { gte: toDate(day) } }] }
  const [units, zones, windows] = await Promise.all([
    db.dispatchingUnit.findMany({ where: inUse, orderBy: [{ position: 'asc' }, { name: 'asc' }], select: unitName }),
    db.zone.findMany({
      where: inUse,
      orderBy: [{ position: 'asc' }, { code: 'asc' }],
      select: { id: true, code: true, name: true, nameEn: true },
    }),
    db.window.findMany({
      where: { centreId, OR: [{ closesOn: null }, { closesOn: { gte: toDate(day) } }] },
      orderBy: [{ zone: { position: 'asc' } }, { position: 'asc' }, { number: 'asc' }],
      select: {
        ...windowName,
        posts: { where: { post: 'a', ...onDay(day) }, select: { person: { select: { name: true } } } },
      },
    }),
  ])
  return {
    units,
    zones,
    windows: windows.map(({ posts, ...window }) => ({ ...window, aPost: posts[0]?.person.name ?? null })),
  }
}

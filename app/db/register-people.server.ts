import type { Scope } from '#app/domain/access/roles.ts'
import { documentOf, type RegisterFacts, type RegisterPost } from '#app/domain/assessment/register.ts'
import { lostHalves } from '#app/domain/assessment/register-attendance.ts'
import type { RegisterPerson } from '#app/domain/assessment/register-list.ts'
import { modeOf } from '#app/domain/assessment/register-mode.ts'
import type { AssessmentMode } from '#app/domain/assessment/register-words.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { Mark } from '#app/domain/attendance/marks.ts'
import { annualFormOf, type IdentityKind } from '#app/domain/people/person.ts'
import { spanHolds } from '#app/domain/people/posting.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { fromDate, toDate } from './dates.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { personInScope } from './people.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
export type RegisterCentre = { readonly id: string; readonly name: string }

export type RegisterQuery = {
  readonly year: number
  /** Today; the posts of a year that has ended are those of its last day. */
  readonly today: CivilDay
  /** Only these; everybody of the year when left out. */
  readonly personIds?: readonly string[]
}

/** The centre as its papers name it, and whose clock its days follow. */
export async function registerCentre(db: Db, centreId: string): Promise<RegisterCentre & { readonly zone: string }> {
  return db.centre.findUniqueOrThrow({ where: { id: centreId }, select: { id: true, name: true, zone: true } })
}

/** The names of people, by id. */
export async function namesOfPeople(db: Db, centreId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.person.findMany({
    where: { centreId, id: { in: [...ids] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map((row) => [row.id, row.name]))
}

function spansOf(year: number) {
  return {
    startsOn: { lte: toDate(`${year}-12-31`) },
    OR: [{ endsOn: null }, { endsOn: { gte: toDate(`${year}-01-01`) } }],
  }
}

function wholePerson(year: number) {
  const inYear = { where: spansOf(year), orderBy: { startsOn: 'asc' as const } }
  return {
    postings: { ...inYear, include: { unit: true } },
    windowPosts: { ...inYear, include: { window: { select: { number: true, name: true, zoneId: true } } } },
    chiefAppointments: inYear,
    annualRegisters: { where: { year } },
  } satisfies Prisma.PersonInclude
}

type Row = Prisma.PersonGetPayload<{ include: ReturnType<typeof wholePerson> }>

/** Everybody who served at some time of a year whom the scope may see, in the order of their readings. */
export async function registerPeople(
  db: Db,
  centre: RegisterCentre,
  scope: Scope,
  { year, today, personIds }: RegisterQuery,
): Promise<RegisterPerson[]> {
  if (personIds?.length === 0) return []
  const only = personIds ? { id: { in: [...personIds] } } : {}
  const rows = await db.person.findMany({
    where: {
      AND: [{ centreId: scope.centreId, ...only, postings: { some: spansOf(year) } }, personInScope(scope, today)],
    },
    orderBy: [{ reading: 'asc' }, { staffNumber: 'asc' }],
    include: wholePerson(year),
  })
  const marks = await marksOfYear(
    db,
    centre.id,
    rows.map((row) => row.id),
    year,
  )
  const asOf = today < `${year}-12-31` ? today : `${year}-12-31`
  return rows.map((row) => personOf(row, { centre, year, asOf, byMark: marks.get(row.id) ?? {} }))
}

type ByMark = Partial<Record<Mark, number>>

/** Decided half-days of a year by mark and person. */
async function marksOfYear(
  db: Db,
  centreId: string,
  personIds: readonly string[],
  year: number,
): Promise<Map<string, ByMark>> {
  const rows = await db.halfResult.groupBy({
    by: ['personId', 'mark'],
    where: {
      centreId,
      personId: { in: [...personIds] },
      day: { gte: toDate(`${year}-01-01`), lte: toDate(`${year}-12-31`) },
      final: true,
    },
    _count: true,
  })
  const found = new Map<string, ByMark>()
  for (const { personId, mark, _count } of rows) {
    if (mark === null) continue
    found.set(personId, { ...found.get(personId), [mark]: _count })
  }
  return found
}

type Around = {
  readonly centre: RegisterCentre
  readonly year: number
  readonly asOf: CivilDay
  readonly byMark: ByMark
}

function personOf(row: Row, around: Around): RegisterPerson {
  const { id, staffNumber, name, nameEn, reading, initials } = row
  const identityKind = row.identityKind as IdentityKind
  const form = annualFormOf(identityKind)
  const unit = row.postings.at(-1)?.unit
  const posts = postsOf(row, around.asOf)
  return {
    id,
    staffNumber,
    name,
    nameEn,
    reading,
    initials,
    identityKind,
    form,
    unit: unit ? { id: unit.id, name: unit.name, nameEn: unit.nameEn } : null,
    zoneIds: [...new Set(posts.flatMap((post) => post.zoneId ?? []))],
    windows: posts.flatMap((post) => post.window?.number ?? []),
    savedAt: savedAtOf(row),
    facts: form === 'appraisal' ? null : factsOf(row, form, posts, around),
  }
}

/** A register that was only numbered for printing has never been saved by anybody. */
function savedAtOf({ annualRegisters: [register] }: Row): number | null {
  return register && register.revision > 0 ? register.savedAt.getTime() : null
}

function onTheForm(row: Row): RegisterFacts['person'] {
  const { id, name, gender, bornMonth, politicalStatus, title, rankSince, education, workSince } = row
  const { postCategory, postGrade, duties } = row
  return {
    id,
    name,
    gender,
    bornMonth,
    politicalStatus,
    title,
    rankSince,
    education,
    workSince,
    postCategory,
    postGrade,
    duties,
  }
}

type HeldPost = RegisterPost & { readonly zoneId: string | null }

function span(row: { readonly startsOn: Date; readonly endsOn: Date | null }) {
  return { startsOn: fromDate(row.startsOn), endsOn: row.endsOn === null ? null : fromDate(row.endsOn) }
}

/** The posts of a day; when none is held any more, the last one. */
function postsOf(row: Row, asOf: CivilDay): HeldPost[] {
  const held = row.windowPosts.filter((post) => spanHolds(span(post), asOf))
  const chosen = held.length > 0 ? held : row.windowPosts.slice(-1)
  const chiefOf = new Set(
    row.chiefAppointments.filter((one) => spanHolds(span(one), asOf)).map(({ windowId }) => windowId),
  )
  return chosen.map(({ post, window, windowId }) => ({
    post,
    window: window ? { number: window.number, name: window.name } : null,
    zoneId: window?.zoneId ?? null,
    chief: windowId !== null && chiefOf.has(windowId),
  }))
}

function factsOf(
  row: Row,
  form: RegisterFacts['form'],
  posts: readonly HeldPost[],
  { centre, year, byMark }: Around,
): RegisterFacts {
  const [register] = row.annualRegisters
  const postings = row.postings.map((posting) => ({
    ...span(posting),
    mode: posting.assessmentMode as AssessmentMode | null,
    unitMode: posting.unit.assessmentMode as AssessmentMode,
  }))
  return {
    form,
    year,
    number: register?.number ?? null,
    person: onTheForm(row),
    unit: row.postings.at(-1)?.unit.name ?? null,
    centre: centre.name,
    posts,
    mode: modeOf(postings, year),
    attendance: lostHalves(byMark),
    summary: register?.summary ?? '',
    training: register?.training ?? '',
  }
}

export type RegisterPaper = ReturnType<typeof documentOf>

/** One person's register of a year as it would be printed now; the kinds of staff that get none are refused. */
export async function registerDocument(
  db: Db,
  centre: RegisterCentre,
  personId: string,
  { year, today }: { readonly year: number; readonly today: CivilDay },
): Promise<Result<RegisterPaper, 'person_unknown' | 'no_register'>> {
  const scope = { centreId: centre.id, reach: 'centre' } as const
  const [person] = await registerPeople(db, centre, scope, { year, today, personIds: [personId] })
  if (!person) return refuse('person_unknown')
  return person.facts ? ok(documentOf(person.facts)) : refuse('no_register', { kind: person.identityKind })
}

import type { CivilDay, DayFacts, Second } from '#app/domain/attendance/day.ts'
import type { CoverageKind } from '#app/domain/attendance/marks.ts'
import type { AttendanceRules } from '#app/domain/attendance/rules.ts'
import { dayOf, halvesFor } from '#app/domain/calendar/year.ts'
import { minuteOfTime } from '#app/domain/time/clock-time.ts'
import { addDays, daysBetween } from '#app/domain/time/day.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import { calendarOf } from './calendar.server.ts'
import { toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import { rulesOn } from './rule-sets.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Centre = { readonly id: string; readonly zone: string }
export type JudgeableDay = { facts: DayFacts; rules: AttendanceRules }

/** The attendance day in instants: [from, to), both at the rule set's day boundary; seconds count from 00:00 of the day. */
type Span = {
  readonly centreId: string
  readonly zone: string
  readonly day: CivilDay
  readonly from: Date
  readonly to: Date
  readonly known: number
}

/** Names one ledger row in explanations; its parts are the punch's primary key. */
export function punchKey(punch: { sourceId: string; spoolEpoch: string; seq: bigint | number; atMs: number }): string {
  return `${punch.sourceId}:${punch.spoolEpoch}:${punch.seq}:${punch.atMs}`
}

/**
 * Everything the day's result of these people depends on, in a number of queries that does not grow with them.
 * Empty when the day cannot be judged: no rule set in force yet, or a calendar year nobody knows (product principle 7).
 */
export async function loadDayFacts(
  db: Db,
  centre: Centre,
  personIds: readonly string[],
  day: CivilDay,
  asOfMs: number,
): Promise<Map<string, JudgeableDay>> {
  const inForce = await rulesOn(db, centre.id, day)
  if (!inForce || personIds.length === 0) return new Map()
  const calendar = dayOf(await calendarOf(db, centre.id, [Number(day.slice(0, 4))]), day)
  if (!calendar.ok) return new Map()

  const span = spanOf(centre, day, boundaryOf(inForce.rules), asOfMs)
  const inService = await peopleInService(db, span, personIds)
  const groups = await groupsOf(db, span, personIds)
  const coverage = await coverageOf(db, span, personIds)
  const punches = await punchesOf(db, span, personIds)
  const outages = await outagesOf(db, span, personIds)
  const asOf = asOfMs >= span.to.getTime() ? null : Math.max(0, secondIn(span, asOfMs))
  const shared = { day, provisional: calendar.value.provisional, asOf }

  return new Map(
    personIds.map((id) => {
      const own = { groups: groups(id), punches: punches(id), coverage: coverage(id), outages: outages(id) }
      const known = { inService: inService.has(id), calendar: halvesFor(calendar.value, own.groups) }
      return [id, { facts: { ...shared, ...own, ...known }, rules: inForce.rules }]
    }),
  )
}

function spanOf(centre: Centre, day: CivilDay, boundary: Second, asOfMs: number): Span {
  const from = instantOf(day, boundary, centre.zone)
  const to = instantOf(addDays(day, 1), boundary, centre.zone)
  return {
    centreId: centre.id,
    zone: centre.zone,
    day,
    from: new Date(from),
    to: new Date(to),
    known: Math.min(asOfMs, to),
  }
}

/** Seconds since 00:00 of the attendance day; more than 86,400 after midnight. */
function secondIn(span: Span, instantMs: number): Second {
  const civil = civilOf(instantMs, span.zone)
  return daysBetween(span.day, civil.day) * 86_400 + civil.second
}

function clip(span: Span, startsAt: Date, endsAt: Date): { from: Second; to: Second } {
  const from = Math.max(startsAt.getTime(), instantOf(span.day, 0, span.zone))
  const to = Math.min(endsAt.getTime(), span.to.getTime())
  return { from: secondIn(span, from), to: secondIn(span, to) }
}

async function peopleInService(db: Db, span: Span, personIds: readonly string[]): Promise<Set<string>> {
  const on = toDate(span.day)
  const rows = await db.posting.findMany({
    where: {
      centreId: span.centreId,
      personId: { in: [...personIds] },
      startsOn: { lte: on },
      OR: [{ endsOn: null }, { endsOn: { gte: on } }],
    },
    select: { personId: true },
  })
  return new Set(rows.map((row) => row.personId))
}

async function groupsOf(db: Db, span: Span, personIds: readonly string[]) {
  const on = toDate(span.day)
  const rows = await db.personGroup.findMany({
    where: {
      centreId: span.centreId,
      personId: { in: [...personIds] },
      startsOn: { lte: on },
      OR: [{ endsOn: null }, { endsOn: { gte: on } }],
    },
    select: { personId: true, group: true },
    orderBy: { group: 'asc' },
  })
  return byPerson(rows, (row) => row.group)
}

async function coverageOf(db: Db, span: Span, personIds: readonly string[]) {
  const midnight = new Date(instantOf(span.day, 0, span.zone))
  const rows = await db.coverage.findMany({
    where: {
      centreId: span.centreId,
      personId: { in: [...personIds] },
      startsAt: { lt: span.to },
      endsAt: { gt: midnight },
    },
    select: { id: true, personId: true, kind: true, startsAt: true, endsAt: true },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
  })
  return byPerson(rows, (row) => ({
    kind: row.kind as CoverageKind,
    key: row.id,
    ...clip(span, row.startsAt, row.endsAt),
  }))
}

/** Punches of the day, each given to whoever held the slot of that reader at the punch's own time. */
async function punchesOf(db: Db, span: Span, personIds: readonly string[]) {
  type Row = { personId: string; sourceId: string; spoolEpoch: string; seq: bigint; at: Date }
  const rows = await db.$queryRaw<Row[]>`
    SELECT e.person_id AS "personId", p.source_id AS "sourceId", p.spool_epoch AS "spoolEpoch", p.seq, p.at
      FROM enrolment e
      JOIN punch p ON p.centre_id = e.centre_id AND p.source_id = e.source_id AND p.subject = e.subject
                  AND p.at >= e.starts_at AND (e.ends_at IS NULL OR p.at < e.ends_at)
     WHERE e.centre_id = ${span.centreId}::uuid AND e.person_id = ANY(${[...personIds]}::uuid[])
       AND p.at >= ${span.from} AND p.at < ${span.to} AND p.quarantine IS NULL
     ORDER BY p.at, p.source_id, p.spool_epoch, p.seq`
  return byPerson(rows, (row) => ({
    second: secondIn(span, row.at.getTime()),
    source: row.sourceId,
    key: punchKey({ ...row, atMs: row.at.getTime() }),
  }))
}

/**
 * Times in which a reader the person is enrolled on took no punches. It counts even when another of his readers was up:
 * nobody has to prove which one he tried (decisions 9). One that has not ended is known only up to now.
 */
async function outagesOf(db: Db, span: Span, personIds: readonly string[]) {
  type Row = { personId: string; sourceId: string; id: string; startsAt: Date; endsAt: Date | null }
  const rows = await db.$queryRaw<Row[]>`
    SELECT DISTINCT e.person_id AS "personId", o.source_id AS "sourceId", o.id, o.starts_at AS "startsAt", o.ends_at AS "endsAt"
      FROM enrolment e
      JOIN outage o ON o.centre_id = e.centre_id AND o.source_id = e.source_id
                   AND (e.ends_at IS NULL OR o.starts_at < e.ends_at) AND (o.ends_at IS NULL OR o.ends_at > e.starts_at)
     WHERE e.centre_id = ${span.centreId}::uuid AND e.person_id = ANY(${[...personIds]}::uuid[])
       AND o.starts_at < ${span.to} AND o.starts_at <= ${new Date(span.known)}
       AND (o.ends_at IS NULL OR o.ends_at > ${span.from})
     ORDER BY 4, 3`
  return byPerson(rows, (row) => ({
    source: row.sourceId,
    key: row.id,
    ...clip(span, row.startsAt, row.endsAt ?? new Date(span.known + 1000)),
  }))
}

function byPerson<Row extends { personId: string }, Fact>(rows: readonly Row[], fact: (row: Row) => Fact) {
  const map = new Map<string, Fact[]>()
  for (const row of rows) {
    const list = map.get(row.personId)
    if (list) list.push(fact(row))
    else map.set(row.personId, [fact(row)])
  }
  return (personId: string): readonly Fact[] => map.get(personId) ?? []
}

/** The rule set's day boundary in seconds: a punch before it belongs to yesterday (rules.md §1). */
export function boundaryOf(rules: AttendanceRules): Second {
  return minuteOfTime(rules.day_boundary) * 60
}

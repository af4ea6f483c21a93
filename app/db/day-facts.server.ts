import type { CivilDay, DayFacts, PunchFact, Second } from '#app/domain/attendance/day.ts'
import type { CoverageKind } from '#app/domain/attendance/marks.ts'
import { doubtAt, unenrolledTimes } from '#app/domain/attendance/outage.ts'
import type { AttendanceRules } from '#app/domain/attendance/rules.ts'
import { halvesFor } from '#app/domain/calendar/year.ts'
import { likelyMs } from '#app/domain/devices/doubtful.ts'
import { minuteOfTime } from '#app/domain/time/clock-time.ts'
import { addDays, daysBetween } from '#app/domain/time/day.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import { type DayFrame, frameVersion, readFrame, rememberedFrame } from './day-frame.server.ts'
import { ms, type PunchesRow, readPunches } from './day-punches.server.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
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

/** Names one ledger row in explanations; its parts are the punch's primary key, `atMs` the time that was recorded. */
export function punchKey(punch: { sourceId: string; spoolEpoch: string; seq: bigint | number; atMs: number }): string {
  return `${punch.sourceId}:${punch.spoolEpoch}:${punch.seq}:${punch.atMs}`
}

/**
 * Everything the day's result of these people depends on, in one query for any number of them; two when the rules or the
 * calendar are not those that this process knows. Empty when the day cannot be judged: no rule set in force yet, or a
 * calendar year nobody knows (product principle 7).
 */
export async function loadDayFacts(
  db: Db,
  centre: Centre,
  personIds: readonly string[],
  day: CivilDay,
  asOfMs: number,
): Promise<Map<string, JudgeableDay>> {
  if (personIds.length === 0) return new Map()
  let frame = rememberedFrame(centre.id, day) ?? (await readFrame(db, centre.id, day))
  while (frame !== null) {
    const span = spanOf(centre, day, boundaryOf(frame.rules), asOfMs)
    const rows = await readPunches(span, (punches) => factsOf(db, span, personIds, punches))
    if (rows.every((row) => row.version === frame?.version)) return judgeable(frame, span, rows, asOfMs)
    frame = await readFrame(db, centre.id, day)
  }
  return new Map()
}

function judgeable(frame: DayFrame, span: Span, rows: readonly FactsRow[], asOfMs: number): Map<string, JudgeableDay> {
  const { calendar, rules } = frame
  const asOf = asOfMs >= span.to.getTime() ? null : Math.max(0, secondIn(span, asOfMs))
  const shared = { day: span.day, provisional: calendar.provisional, asOf }
  return new Map(
    rows.map(({ personId, inService, groups, ...row }) => {
      const own = {
        groups,
        punches: punchesOf(span, row),
        coverage: coverageOf(span, row),
        outages: [...outagesOf(span, row), ...unenrolledOf(span, row), ...doubtsOf(span, row)],
      }
      const facts = { ...shared, ...own, inService, calendar: halvesFor(calendar, groups) }
      return [personId, { facts, rules }]
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

function clip(span: Span, startsAtMs: number, endsAtMs: number): { from: Second; to: Second } {
  const from = Math.max(startsAtMs, instantOf(span.day, 0, span.zone))
  const to = Math.min(endsAtMs, span.to.getTime())
  return { from: secondIn(span, from), to: secondIn(span, to) }
}

type FactsRow = PunchesRow & {
  readonly personId: string
  readonly version: string
  readonly inService: boolean
  readonly groups: readonly string[]
  readonly coverage: readonly [id: string, kind: CoverageKind, fromMs: number, toMs: number][]
  readonly outages: readonly [sourceId: string, id: string, fromMs: number, toMs: number | null][]
  readonly enrolled: readonly [fromMs: number, toMs: number | null][]
}

/**
 * One row for each person, in one statement and so of one moment. A punch is given to whoever held the slot of that reader at
 * the time that counts, which is the punch's own unless a person released it for another; one in doubt to whoever held it
 * when it was most likely made. An outage of a reader the person is enrolled on counts even when another of his readers was up:
 * nobody has to prove which one he tried (decisions 9).
 */
async function factsOf(db: Db, span: Span, personIds: readonly string[], punches: Prisma.Sql): Promise<FactsRow[]> {
  const { centreId, day, from, to, known } = span
  const midnight = new Date(instantOf(day, 0, span.zone))
  return db.$queryRaw<FactsRow[]>`
    SELECT q.id AS "personId", ${frameVersion(centreId, day)} AS version,
           EXISTS (SELECT 1 FROM posting s WHERE s.centre_id = ${centreId}::uuid AND s.person_id = q.id
                      AND s.starts_on <= ${day}::date AND (s.ends_on IS NULL OR s.ends_on >= ${day}::date)) AS "inService",
           (SELECT coalesce(json_agg(g."group" ORDER BY g."group"), '[]') FROM person_group g
             WHERE g.centre_id = ${centreId}::uuid AND g.person_id = q.id
               AND g.starts_on <= ${day}::date AND (g.ends_on IS NULL OR g.ends_on >= ${day}::date)) AS groups,
           ${punches},
           (SELECT coalesce(json_agg(json_build_array(c.id, c.kind, ${ms('c.starts_at')}, ${ms('c.ends_at')})
                                     ORDER BY c.starts_at, c.id), '[]')
              FROM coverage c WHERE c.centre_id = ${centreId}::uuid AND c.person_id = q.id
               AND c.starts_at < ${to} AND c.ends_at > ${midnight}) AS coverage,
           (SELECT coalesce(json_agg(json_build_array(o.source_id, o.id, ${ms('o.starts_at')}, ${ms('o.ends_at')})
                                     ORDER BY o.starts_at, o.id), '[]')
              FROM outage o
             WHERE o.centre_id = ${centreId}::uuid AND o.starts_at < ${to} AND o.starts_at <= ${new Date(known)}
               AND (o.ends_at IS NULL OR o.ends_at > ${from})
               AND EXISTS (SELECT 1 FROM enrolment e
                            WHERE e.centre_id = o.centre_id AND e.person_id = q.id AND e.source_id = o.source_id
                              AND (e.ends_at IS NULL OR o.starts_at < e.ends_at)
                              AND (o.ends_at IS NULL OR o.ends_at > e.starts_at))) AS outages,
           (SELECT coalesce(json_agg(json_build_array(${ms('e.starts_at')}, ${ms('e.ends_at')}) ORDER BY e.starts_at), '[]')
              FROM enrolment e
             WHERE e.centre_id = ${centreId}::uuid AND e.person_id = q.id
               AND e.starts_at < ${to} AND (e.ends_at IS NULL OR e.ends_at > ${from})) AS enrolled
      FROM unnest(${[...personIds]}::uuid[]) AS q (id)`
}

function punchesOf(span: Span, { punches }: Pick<FactsRow, 'punches'>): PunchFact[] {
  return punches.map(([sourceId, spoolEpoch, seq, atMs, countsMs]) => ({
    second: secondIn(span, countsMs),
    source: sourceId,
    key: punchKey({ sourceId, spoolEpoch, seq, atMs }),
  }))
}

function coverageOf(span: Span, { coverage }: Pick<FactsRow, 'coverage'>) {
  return coverage.map(([key, kind, from, to]) => ({ kind, key, ...clip(span, from, to) }))
}

/** One that has not ended is known only up to now. */
function outagesOf(span: Span, { outages }: Pick<FactsRow, 'outages'>) {
  return outages.map(([source, key, from, to]) => ({ source, key, ...clip(span, from, to ?? span.known + 1000) }))
}

/**
 * Punches that wait for a ruling, at the time when each was most likely made, which is never after it was received: the
 * query takes all that came since the day began. What has not happened yet at the moment asked about is not among them.
 */
function doubtsOf(span: Span, { doubts }: Pick<FactsRow, 'doubts'>) {
  return doubts.flatMap(([sourceId, spoolEpoch, seq, atMs, receivedMs, offsetMs, quarantine, heldFrom, heldTo]) => {
    const likely = likelyMs({ quarantine, recordedMs: atMs, receivedMs, offsetMs })
    const held = likely >= heldFrom && (heldTo === null || likely < heldTo)
    if (!held || likely < span.from.getTime() || likely >= span.to.getTime() || likely > span.known) return []
    return [doubtAt(secondIn(span, likely), punchKey({ sourceId, spoolEpoch, seq, atMs }))]
  })
}

/** Times of the day at which no reader knew the person; only as far as the day has come. */
function unenrolledOf(span: Span, { enrolled }: Pick<FactsRow, 'enrolled'>) {
  const times = enrolled.map(([from, to]) => clip(span, from, to ?? span.to.getTime()))
  return unenrolledTimes(times, clip(span, span.from.getTime(), span.to.getTime()))
}

/** The rule set's day boundary in seconds: a punch before it belongs to yesterday (rules.md §1). */
export function boundaryOf(rules: AttendanceRules): Second {
  return minuteOfTime(rules.day_boundary) * 60
}

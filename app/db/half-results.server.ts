import type { CivilDay, DayResult, Half, HalfResult } from '#app/domain/attendance/day.ts'
import type { Mark } from '#app/domain/attendance/marks.ts'
import { fromDate, toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

export type PersonDayResult = { personId: string; result: DayResult }

/**
 * Keeps the projection of these days: one statement for any number of people, rows that would not change are left
 * alone. Answers who changed. Rows are written in key order, so that two writers never wait for each other in a ring.
 */
export async function saveDayResults(tx: Tx, centreId: string, results: readonly PersonDayResult[]): Promise<string[]> {
  const rows = results
    .flatMap(({ personId, result }) => halvesOf(result).map((half) => ({ personId, result, half })))
    .sort((a, b) => order(`${a.personId}${a.result.day}${a.half.half}`, `${b.personId}${b.result.day}${b.half.half}`))
  if (rows.length === 0) return []
  const changed = await tx.$queryRaw<{ personId: string }[]>`
    INSERT INTO half_result AS stored
      (centre_id, person_id, day, half, mark, minutes_late, minutes_early, grade, codes, rule_version, final)
    SELECT ${centreId}::uuid, r.person_id, r.day, r.half, r.mark, r.late, r.early, r.grade,
           string_to_array(r.codes, ' '), r.version, r.final
      FROM unnest(
        ${rows.map((row) => row.personId)}::uuid[], ${rows.map((row) => row.result.day)}::date[],
        ${rows.map((row) => row.half.half)}::text[], ${rows.map((row) => row.half.mark)}::text[],
        ${rows.map((row) => row.half.minutesLate)}::int[], ${rows.map((row) => row.half.minutesEarly)}::int[],
        ${rows.map((row) => row.half.grade)}::text[], ${rows.map((row) => codesOf(row.half))}::text[],
        ${rows.map((row) => row.result.ruleVersion)}::text[], ${rows.map((row) => row.half.final)}::boolean[]
      ) AS r (person_id, day, half, mark, late, early, grade, codes, version, final)
    ON CONFLICT (centre_id, person_id, day, half) DO UPDATE
      SET mark = EXCLUDED.mark, minutes_late = EXCLUDED.minutes_late, minutes_early = EXCLUDED.minutes_early,
          grade = EXCLUDED.grade, codes = EXCLUDED.codes, rule_version = EXCLUDED.rule_version, final = EXCLUDED.final
      WHERE (stored.mark, stored.minutes_late, stored.minutes_early, stored.grade, stored.codes, stored.rule_version, stored.final)
        IS DISTINCT FROM (EXCLUDED.mark, EXCLUDED.minutes_late, EXCLUDED.minutes_early, EXCLUDED.grade, EXCLUDED.codes,
                          EXCLUDED.rule_version, EXCLUDED.final)
    RETURNING person_id AS "personId"`
  return [...new Set(changed.map((row) => row.personId))]
}

export type StoredHalf = {
  readonly day: CivilDay
  readonly half: Half
  readonly mark: Mark | null
  readonly minutesLate: number
  readonly minutesEarly: number
  readonly grade: string | null
  readonly ruleVersion: string
  readonly final: boolean
}

/** One person's stored halves from one day to another, both included, in order. */
export async function halvesOfPerson(
  db: Tx | PrismaClient,
  centreId: string,
  personId: string,
  from: CivilDay,
  to: CivilDay,
): Promise<StoredHalf[]> {
  const rows = await db.halfResult.findMany({
    where: { centreId, personId, day: { gte: toDate(from), lte: toDate(to) } },
    orderBy: [{ day: 'asc' }, { half: 'asc' }],
  })
  return rows.map((row) => ({
    day: fromDate(row.day),
    half: row.half as Half,
    mark: row.mark as Mark | null,
    minutesLate: row.minutesLate,
    minutesEarly: row.minutesEarly,
    grade: row.grade,
    ruleVersion: row.ruleVersion,
    final: row.final,
  }))
}

function halvesOf(result: DayResult): HalfResult[] {
  return [result.halves.am, result.halves.pm]
}

/** Codes hold no space; joined because PostgreSQL cannot unnest an array of arrays row by row. */
function codesOf(half: HalfResult): string {
  return half.reasons.map((reason) => reason.code).join(' ')
}

function order(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

import type { CivilDay, DayFacts, DayResult } from '#app/domain/attendance/day.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import { prisma } from './client.server.ts'
import { fromDate } from './dates.ts'
import { loadDayFacts } from './day-facts.server.ts'
import { saveDayResults } from './half-results.server.ts'
import type { Tx } from './transaction.server.ts'

export type PersonDay = { readonly centreId: string; readonly personId: string; readonly day: CivilDay }
export type ZonedCentre = { readonly id: string; readonly zone: string }

/** Names one person's day for advisory locks: whoever writes its result holds this key. */
export function personDayKey({ centreId, personId, day }: PersonDay): string {
  return `${centreId}/${personId}/${day}`
}

/** Every centre with its zone. */
export async function centresWithZone(): Promise<ZonedCentre[]> {
  return prisma.centre.findMany({ select: { id: true, zone: true }, orderBy: { id: 'asc' } })
}

/**
 * The next person-days that wait for recomputation, of one centre and day at a time, after the given one. Their rows are not
 * held: a delivery that marks one of them would wait for the whole batch. Who judges which is settled by `claimDays`.
 */
export async function takeStale(tx: Tx, after: PersonDay | null, limit: number): Promise<PersonDay[]> {
  const from = after ?? { centreId: '00000000-0000-0000-0000-000000000000', day: '0001-01-01', personId: null }
  const rows = await tx.$queryRaw<{ centreId: string; personId: string; day: Date }[]>`
    SELECT centre_id AS "centreId", person_id AS "personId", day FROM stale_day
     WHERE (centre_id, day, person_id) >
           (${from.centreId}::uuid, ${from.day}::date, coalesce(${from.personId}::uuid, '00000000-0000-0000-0000-000000000000'))
     ORDER BY centre_id, day, person_id LIMIT ${limit}`
  return rows.map((row) => ({ ...row, day: fromDate(row.day) }))
}

/** Which of these people's days nobody else is writing; they stay ours until the transaction ends. The others wait for the next round. */
export async function claimDays(tx: Tx, days: readonly PersonDay[]): Promise<PersonDay[]> {
  const keys = days.map(personDayKey)
  const rows = await tx.$queryRaw<{ key: string; mine: boolean }[]>`
    SELECT key, pg_try_advisory_xact_lock(hashtextextended(key, 0)) AS mine FROM unnest(${keys}::text[]) AS k (key)`
  const mine = new Set(rows.filter((row) => row.mine).map((row) => row.key))
  return days.filter((_, index) => mine.has(keys[index] ?? ''))
}

/**
 * Takes person-days that are judged now off the list. One that somebody marks this moment stays: what he marks it for cannot
 * be seen yet. Nobody is waited for.
 */
export async function clearStale(tx: Tx, centreId: string, day: CivilDay, personIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    WITH free AS MATERIALIZED (
      SELECT person_id FROM stale_day
       WHERE centre_id = ${centreId}::uuid AND person_id = ANY(${[...personIds]}::uuid[]) AND day = ${day}::date
         FOR UPDATE SKIP LOCKED)
    DELETE FROM stale_day s USING free f
     WHERE s.centre_id = ${centreId}::uuid AND s.person_id = f.person_id AND s.day = ${day}::date`
}

export type JudgedDay = { readonly facts: DayFacts; readonly result: DayResult }

/** Judges one day of many people from its facts and keeps what changed; people whose day cannot be judged are left out. */
export async function rejudge(
  tx: Tx,
  centre: ZonedCentre,
  day: CivilDay,
  personIds: readonly string[],
  atMs: number,
): Promise<{ judged: Map<string, JudgedDay>; changed: string[] }> {
  const loaded = await loadDayFacts(tx, centre, personIds, day, atMs)
  const judged = new Map([...loaded].map(([id, { facts, rules }]) => [id, { facts, result: judgeDay(facts, rules) }]))
  const results = [...judged].map(([personId, { result }]) => ({ personId, result }))
  return { judged, changed: await saveDayResults(tx, centre.id, results) }
}

/** People in service between two days, both included, whose half-days are not all final: the work of closing days. */
export async function openPersonDays(centreId: string, from: CivilDay, to: CivilDay): Promise<Map<CivilDay, string[]>> {
  const rows = await prisma.$queryRaw<{ personId: string; day: Date }[]>`
    SELECT p.person_id AS "personId", d.day::date AS day
      FROM generate_series(${from}::date, ${to}::date, interval '1 day') AS d (day)
      JOIN posting p ON p.centre_id = ${centreId}::uuid AND p.starts_on <= d.day AND (p.ends_on IS NULL OR p.ends_on >= d.day)
     WHERE (SELECT count(*) FROM half_result h
             WHERE h.centre_id = p.centre_id AND h.person_id = p.person_id AND h.day = d.day::date AND h.final) < 2
     ORDER BY 2, 1`
  const days = new Map<CivilDay, string[]>()
  for (const row of rows) {
    const day = fromDate(row.day)
    days.set(day, [...(days.get(day) ?? []), row.personId])
  }
  return days
}

import type { CivilDay } from '#app/domain/attendance/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { toDate } from './dates.ts'
import { publish } from './events.server.ts'
import { lockPersonDays, markStale } from './punches.server.ts'
import { personDayKey, rejudge } from './stale-days.server.ts'
import type { Tx } from './transaction.server.ts'

type Centre = { readonly id: string; readonly zone: string }
export type DayOfPerson = { readonly personId: string; readonly day: CivilDay }

/** Days judged at once while somebody waits; the others are left to the recomputation, which follows within seconds. */
const atOnce = 20

/**
 * Judges days of people again whose punches were ruled on or claimed: the newest at once, the rest soon after. A day that
 * has not begun is left alone.
 */
export async function judgeAgain(tx: Tx, centre: Centre, days: readonly DayOfPerson[], nowMs: number): Promise<number> {
  const today = civilOf(nowMs, centre.zone).day
  const begun = [...new Map(days.map((one) => [`${one.day} ${one.personId}`, one])).entries()]
    .filter(([, { day }]) => day <= today)
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([, one]) => one)
  const now = begun.slice(0, atOnce)
  await lockPersonDays(
    tx,
    now.map((one) => personDayKey({ ...one, centreId: centre.id })),
  )
  for (const day of new Set(now.map((one) => one.day))) {
    const people = now.filter((one) => one.day === day).map((one) => one.personId)
    await rejudge(tx, centre, day, people, nowMs)
  }
  const later = begun.slice(atOnce)
  await markStale(tx, centre.id, later)
  await publish(
    tx,
    ...now.map(({ personId, day }) => ({ topic: 'result' as const, centreId: centre.id, id: personId, day })),
    ...(later.length > 0 ? [{ topic: 'result' as const, centreId: centre.id, stale: later.length }] : []),
  )
  return begun.length
}

/** The days between two, both included, on which a person was posted here. */
export async function daysPosted(
  tx: Tx,
  centreId: string,
  personId: string,
  from: CivilDay,
  to: CivilDay,
): Promise<DayOfPerson[]> {
  const rows = await tx.$queryRaw<{ day: string }[]>`
    SELECT DISTINCT d.day::date::text AS day
      FROM posting p
     CROSS JOIN LATERAL generate_series(greatest(p.starts_on, ${toDate(from)}::date),
                                        least(coalesce(p.ends_on, ${toDate(to)}::date), ${toDate(to)}::date),
                                        interval '1 day') AS d (day)
     WHERE p.centre_id = ${centreId}::uuid AND p.person_id = ${personId}::uuid`
  return rows.map(({ day }) => ({ personId, day }))
}

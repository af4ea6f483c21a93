import type { DayFacts } from '#app/domain/attendance/day.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import { type Calendar, dayOf } from '#app/domain/calendar/year.ts'
import type { DeviceRules } from '#app/domain/devices/device-rules.ts'
import { type DayOfPunches, type Stretch, silenceStep, silentSince } from '#app/domain/devices/silence.ts'
import { addDays } from '#app/domain/time/day.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import { calendarOf, yearsOf } from './calendar.server.ts'
import { readFrame } from './day-frame.server.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Centre = { readonly id: string; readonly zone: string }

const weeksBack = 4

/** When somebody without groups or leave is due to punch on this day; empty on rest days and in a year nobody knows. */
export async function dueStretches(db: Db, centre: Centre, day: string): Promise<Stretch[]> {
  const frame = await readFrame(db, centre.id, day)
  if (frame === null) return []
  const nothing = { groups: [], punches: [], coverage: [], outages: [] }
  const { halves, provisional } = frame.calendar
  const facts: DayFacts = { ...nothing, day, inService: true, calendar: halves, provisional, asOf: null }
  return judgeDay(facts, frame.rules)
    .slots.filter((slot) => slot.state !== 'not_due')
    .map((slot) => ({ from: slot.open, to: slot.close + 60 }))
}

export type Candidate = {
  readonly id: string
  /** The last sign of life besides punches: its plug, a person's word. */
  readonly aliveMs: number
}

export type SilenceQuestion = {
  readonly centre: Centre
  readonly rules: DeviceRules['silence']
  readonly due: readonly Stretch[]
  readonly candidates: readonly Candidate[]
  /** Last punches by source. */
  readonly punched: ReadonlyMap<string, number>
  readonly nowMs: number
}

/** Since when these online readers are silent although they should be busy 应忙而静; who is not is not in the answer. */
export async function silencesOf(db: Db, question: SilenceQuestion): Promise<Map<string, number>> {
  const { centre, rules, due, punched, nowMs } = question
  const { day, second: now } = civilOf(nowMs, centre.zone)
  const midnight = instantOf(day, 0, centre.zone)
  const alive = (one: Candidate) => Math.ceil((Math.max(one.aliveMs, punched.get(one.id) ?? 0) - midnight) / 1000)
  const long = question.candidates.filter((one) => now - alive(one) >= rules.busy_minutes * 60)
  if (due.length === 0 || long.length === 0) return new Map()
  const usual = await usualDays(db, centre, day)
  const shares = await expectedShares(db, centre.id, day, nowMs, rules.busy_minutes)
  return new Map(
    long.flatMap((one) => {
      const days = usual.get(one.id) ?? []
      const share = shares.get(one.id) ?? 0
      const since = silentSince({ now, alive: alive(one), due, usual: days, share, rules })
      return since === null ? [] : [[one.id, instantOf(day, since, centre.zone)] as const]
    }),
  )
}

function halvesOf(calendar: Calendar, day: string): string {
  const found = dayOf(calendar, day)
  return found.ok ? `${found.value.halves.am} ${found.value.halves.pm}` : ''
}

/** The punches of each source on the same weekday of the last weeks, as far as that day was worked like today. */
async function usualDays(db: Db, centre: Centre, day: string): Promise<Map<string, DayOfPunches[]>> {
  const past = Array.from({ length: weeksBack }, (_, week) => addDays(day, -7 * (week + 1)))
  const calendar = await calendarOf(db, centre.id, yearsOf([day, ...past]))
  const alike = past.filter((one) => halvesOf(calendar, one) === halvesOf(calendar, day))
  const from = new Date(instantOf(past.at(-1) ?? day, 0, centre.zone))
  const rows = await db.$queryRaw<{ sourceId: string; day: string; step: number; count: number }[]>`
    SELECT source_id AS "sourceId", to_char(at AT TIME ZONE ${centre.zone}, 'YYYY-MM-DD') AS day,
           floor(extract(epoch FROM (at AT TIME ZONE ${centre.zone})::time) / ${silenceStep}::int)::int AS step,
           count(*)::int AS count
      FROM punch
     WHERE centre_id = ${centre.id}::uuid AND at >= ${from} AND at < ${new Date(instantOf(day, 0, centre.zone))}
       AND quarantine IS NULL
       AND to_char(at AT TIME ZONE ${centre.zone}, 'YYYY-MM-DD') = ANY (${alike}::text[])
     GROUP BY 1, 2, 3`
  const found = new Map<string, Map<string, Map<number, number>>>()
  for (const row of rows) {
    const days = found.get(row.sourceId) ?? new Map<string, Map<number, number>>()
    const steps = days.get(row.day) ?? new Map<number, number>()
    steps.set(row.step, row.count)
    found.set(row.sourceId, days.set(row.day, steps))
  }
  return new Map([...found].map(([sourceId, days]) => [sourceId, [...days.values()]]))
}

/** Which part of the people enrolled at each source and in service is not away on leave or duty just now. */
async function expectedShares(
  db: Db,
  centreId: string,
  day: string,
  nowMs: number,
  minutes: number,
): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ sourceId: string; share: number }[]>`
    SELECT e.source_id AS "sourceId",
           (count(DISTINCT e.person_id) FILTER (WHERE NOT EXISTS (
              SELECT 1 FROM coverage c
               WHERE c.centre_id = e.centre_id AND c.person_id = e.person_id
                 AND c.starts_at <= ${new Date(nowMs - minutes * 60_000)} AND c.ends_at > ${new Date(nowMs)}
            )))::float8 / count(DISTINCT e.person_id) AS share
      FROM enrolment e
     WHERE e.centre_id = ${centreId}::uuid AND e.ends_at IS NULL
       AND EXISTS (SELECT 1 FROM posting s WHERE s.centre_id = e.centre_id AND s.person_id = e.person_id
                      AND s.starts_on <= ${day}::date AND (s.ends_on IS NULL OR s.ends_on >= ${day}::date))
     GROUP BY 1`
  return new Map(rows.map((row) => [row.sourceId, row.share]))
}

/** When each source last took a punch since an instant; by the server's clock where the time itself is in doubt. */
export async function lastPunchTimes(db: Db, centreId: string, sinceMs: number): Promise<Map<string, number>> {
  const since = new Date(sinceMs)
  const rows = await db.$queryRaw<{ sourceId: string; at: Date }[]>`
    SELECT source_id AS "sourceId", max(at) AS at FROM (
      SELECT source_id, at FROM punch WHERE centre_id = ${centreId}::uuid AND at >= ${since} AND quarantine IS NULL
      UNION ALL
      SELECT source_id, received_at FROM punch
       WHERE centre_id = ${centreId}::uuid AND received_at >= ${since} AND quarantine IS NOT NULL
    ) AS p GROUP BY 1`
  return new Map(rows.map((row) => [row.sourceId, row.at.getTime()]))
}

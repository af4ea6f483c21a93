import type { CivilDay, DayFacts, DayResult } from '#app/domain/attendance/day.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import type { AttendanceRules } from '#app/domain/attendance/rules.ts'
import { loadDayFacts } from './day-facts.server.ts'
import type { PrismaClient } from './generated/client.ts'

export type JudgedDay = { readonly facts: DayFacts; readonly result: DayResult; readonly rules: AttendanceRules }

/** One person's day, judged now from its facts with every reason; null when it cannot be judged. */
export async function judgedDay(
  db: PrismaClient,
  centre: { readonly id: string; readonly zone: string },
  personId: string,
  day: CivilDay,
  atMs: number,
): Promise<JudgedDay | null> {
  const found = (await loadDayFacts(db, centre, [personId], day, atMs)).get(personId)
  return found ? { ...found, result: judgeDay(found.facts, found.rules) } : null
}

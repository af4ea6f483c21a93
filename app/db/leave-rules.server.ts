import type { CivilDay } from '#app/domain/attendance/day.ts'
import { type LeaveRules, parseLeaveRules } from '#app/domain/leave/rules.ts'
import { toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

/** A document in force is never edited (trigger), so its parsed form may be kept. */
const parsed = new Map<string, LeaveRules>()

/** The leave rules in force on a day: the latest active set that has begun; null before the first. */
export async function leaveRulesOn(
  db: Tx | PrismaClient,
  centreId: string,
  day: CivilDay,
): Promise<{ readonly version: string; readonly rules: LeaveRules } | null> {
  const row = await db.ruleSet.findFirst({
    where: { centreId, kind: 'leave', state: 'active', validFrom: { lte: toDate(day) } },
    orderBy: [{ validFrom: 'desc' }, { version: 'desc' }],
    select: { id: true, version: true, document: true },
  })
  if (!row) return null
  const key = `${centreId}/${row.id}`
  const rules = parsed.get(key) ?? parseOrThrow(row)
  parsed.set(key, rules)
  return { version: row.version, rules }
}

function parseOrThrow(row: { id: string; version: string; document: unknown }): LeaveRules {
  const result = parseLeaveRules(row.document)
  if (!result.ok) throw new Error(`rule set ${row.id} (${row.version}) is active but does not parse: ${result.code}`)
  return result.value
}

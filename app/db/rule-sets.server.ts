import type { CivilDay } from '#app/domain/attendance/day.ts'
import { type AttendanceRules, parseAttendanceRules } from '#app/domain/attendance/rules.ts'
import { fromDate, toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

export type RuleSetInForce = {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly validFrom: CivilDay
  readonly rules: AttendanceRules
}

type Row = { id: string; name: string; version: string; validFrom: Date; document: unknown }

/** The attendance rule set in force on a day: the latest active one that has begun; null before the first. Same order as `ruleInForce`. */
export async function rulesOn(db: Tx | PrismaClient, centreId: string, day: CivilDay): Promise<RuleSetInForce | null> {
  const row = await db.ruleSet.findFirst({
    where: { centreId, kind: 'attendance', state: 'active', validFrom: { lte: toDate(day) } },
    orderBy: [{ validFrom: 'desc' }, { version: 'desc' }],
    select: { id: true, name: true, version: true, validFrom: true, document: true },
  })
  return row ? inForce(centreId, row) : null
}

/** A document in force is never edited (trigger), so its parsed form may be kept; validation costs more than the lookup. */
const parsed = new Map<string, AttendanceRules>()

function inForce(centreId: string, row: Row): RuleSetInForce {
  const key = `${centreId}/${row.id}`
  const rules = parsed.get(key) ?? parseOrThrow(row)
  parsed.set(key, rules)
  return { id: row.id, name: row.name, version: row.version, validFrom: fromDate(row.validFrom), rules }
}

function parseOrThrow(row: Row): AttendanceRules {
  const result = parseAttendanceRules(row.document)
  if (!result.ok) throw new Error(`rule set ${row.id} (${row.version}) is active but does not parse: ${result.code}`)
  return result.value
}

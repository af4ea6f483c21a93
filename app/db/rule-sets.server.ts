import type { CivilDay } from '#app/domain/attendance/day.ts'
import { type AttendanceRules, parseAttendanceRules } from '#app/domain/attendance/rules.ts'
import { fromDate, toDate } from './dates.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
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

/** One rule set of a centre's succession, newest first: it is in force from its day until the next one begins. */
export type RuleLine = { readonly id: string; readonly from: CivilDay }

/** A centre's active attendance rule sets as one value of a larger query. */
export function ruleLines(centreId: string): Prisma.Sql {
  return Prisma.sql`(
    SELECT coalesce(json_agg(json_build_object('id', r.id, 'from', r.valid_from) ORDER BY r.valid_from DESC, r.version DESC), '[]'::json)
      FROM rule_set r WHERE r.centre_id = ${centreId}::uuid AND r.kind = 'attendance' AND r.state = 'active')`
}

/** The same by itself. */
export async function ruleLinesOf(db: Tx | PrismaClient, centreId: string): Promise<RuleLine[]> {
  const [row] = await db.$queryRaw<{ lines: RuleLine[] }[]>`SELECT ${ruleLines(centreId)} AS lines`
  return row?.lines ?? []
}

/** The rules in force on each of these days; days before the first set are absent. Only documents not yet read are read. */
export async function rulesOnDays(
  db: Tx | PrismaClient,
  centreId: string,
  lines: readonly RuleLine[],
  days: Iterable<CivilDay>,
): Promise<Map<CivilDay, AttendanceRules>> {
  const inForceOn = new Map<CivilDay, string>()
  for (const day of days) {
    const line = lines.find((one) => one.from <= day)
    if (line) inForceOn.set(day, line.id)
  }
  const unread = [...new Set(inForceOn.values())].filter((id) => !parsed.has(`${centreId}/${id}`))
  if (unread.length > 0) {
    const rows = await db.ruleSet.findMany({ where: { centreId, id: { in: unread } } })
    for (const row of rows) parsedRules(centreId, row)
  }
  const rules = new Map<CivilDay, AttendanceRules>()
  for (const [day, id] of inForceOn) {
    const found = parsed.get(`${centreId}/${id}`)
    if (found) rules.set(day, found)
  }
  return rules
}

/** A document in force is never edited (trigger), so its parsed form may be kept; validation costs more than the lookup. */
const parsed = new Map<string, AttendanceRules>()

function inForce(centreId: string, row: Row): RuleSetInForce {
  const rules = parsedRules(centreId, row)
  return { id: row.id, name: row.name, version: row.version, validFrom: fromDate(row.validFrom), rules }
}

/** The rules of an active set's row. */
export function parsedRules(centreId: string, row: Pick<Row, 'id' | 'version' | 'document'>): AttendanceRules {
  const key = `${centreId}/${row.id}`
  const rules = parsed.get(key) ?? parseOrThrow(row)
  parsed.set(key, rules)
  return rules
}

function parseOrThrow(row: Pick<Row, 'id' | 'version' | 'document'>): AttendanceRules {
  const result = parseAttendanceRules(row.document)
  if (!result.ok) throw new Error(`rule set ${row.id} (${row.version}) is active but does not parse: ${result.code}`)
  return result.value
}

import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { AttendanceRules } from '#app/domain/attendance/rules.ts'
import { buildCalendar, type CalendarDay, calendarDocument, dayOf } from '#app/domain/calendar/year.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import { parsedRules } from './rule-sets.server.ts'
import type { Tx } from './transaction.server.ts'

/** Under what everybody's day is judged: the rules in force on it and what the centre's calendar says of it. */
export type DayFrame = { readonly rules: AttendanceRules; readonly calendar: CalendarDay; readonly version: string }

/** Frames as last read. Whoever uses one asks for `frameVersion` in the same query as his facts and compares. */
const frames = new Map<string, DayFrame>()
const kept = 400

const keyOf = (centreId: string, day: CivilDay) => `${centreId} ${day}`

/**
 * What a frame was made from, as one text: the rule set's id (a set in force is never edited) and the content of the
 * calendar's layers. Two equal texts mean equal frames, whichever process changed what.
 */
export function frameVersion(centreId: string, day: CivilDay): Prisma.Sql {
  return Prisma.sql`(
    coalesce((SELECT r.id::text FROM rule_set r
               WHERE r.centre_id = ${centreId}::uuid AND r.kind = 'attendance' AND r.state = 'active'
                 AND r.valid_from <= ${day}::date
               ORDER BY r.valid_from DESC, r.version DESC LIMIT 1), '') || ' ' ||
    coalesce((SELECT encode(sha256(convert_to(string_agg(l.document::text, ' ' ORDER BY l.year, l.created_at), 'UTF8')), 'hex')
                FROM calendar_layer l WHERE l.centre_id = ${centreId}::uuid AND l.year = ${yearOf(day)}), ''))`
}

/** The frame as this process last read it; it may be out of date. */
export function rememberedFrame(centreId: string, day: CivilDay): DayFrame | null {
  return frames.get(keyOf(centreId, day)) ?? null
}

/** The frame as it is now. Null when the day cannot be judged: no rule set in force yet, or a year nobody knows. */
export async function readFrame(db: Tx | PrismaClient, centreId: string, day: CivilDay): Promise<DayFrame | null> {
  type Row = { version: string; rules: { id: string; version: string; document: unknown } | null; layers: unknown[] }
  const [row] = await db.$queryRaw<Row[]>`
    SELECT ${frameVersion(centreId, day)} AS version,
           (SELECT jsonb_build_object('id', r.id, 'version', r.version, 'document', r.document) FROM rule_set r
             WHERE r.centre_id = ${centreId}::uuid AND r.kind = 'attendance' AND r.state = 'active'
               AND r.valid_from <= ${day}::date
             ORDER BY r.valid_from DESC, r.version DESC LIMIT 1) AS rules,
           (SELECT coalesce(jsonb_agg(l.document ORDER BY l.year, l.created_at), '[]'::jsonb) FROM calendar_layer l
             WHERE l.centre_id = ${centreId}::uuid AND l.year = ${yearOf(day)}) AS layers`
  if (!row?.rules) return null
  const calendar = dayOf(buildCalendar(row.layers.map((layer) => calendarDocument.parse(layer))), day)
  if (!calendar.ok) return null
  const frame = { rules: parsedRules(centreId, row.rules), calendar: calendar.value, version: row.version }
  remember(keyOf(centreId, day), frame)
  return frame
}

function remember(key: string, frame: DayFrame): void {
  frames.delete(key)
  frames.set(key, frame)
  const [oldest] = frames.keys()
  if (frames.size > kept && oldest !== undefined) frames.delete(oldest)
}

function yearOf(day: CivilDay): number {
  return Number(day.slice(0, 4))
}

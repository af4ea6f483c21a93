import type { CivilDay } from '#app/domain/attendance/day.ts'
import { deviceProfile } from '#app/domain/devices/device-rules.ts'
import { type ClockLimits, clockLimitsOf } from '#app/domain/devices/quarantine.ts'
import { attendanceDayOf } from '#app/domain/time/attendance-day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { boundaryOf } from './day-facts.server.ts'
import { deviceRulesOf } from './device-rules.server.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import { parsedRules } from './rule-sets.server.ts'
import type { Tx } from './transaction.server.ts'

/** Under what a centre's punches are taken: its zone, where its days begin, and what its clocks may do. */
export type Standing = {
  readonly centreId: string
  readonly zone: string
  /** What it was made from, as one text; whoever stores by it compares in the same statement. */
  readonly version: string
  /** The attendance day of an instant: what comes before the day boundary belongs to yesterday (rules.md §1). */
  readonly dayOf: (atMs: number) => CivilDay
  /** The clock limits in force at an instant. */
  readonly limitsAt: (nowMs: number) => ClockLimits
}

/** Standings as last read, by centre. A server has few centres. */
const standings = new Map<string, Standing>()

/** Zone and active rule sets as one text. A set in force is never edited, so equal texts mean equal standings. */
export function standingVersion(centreId: string): Prisma.Sql {
  return Prisma.sql`(
    SELECT c.zone || coalesce((
             SELECT string_agg(r.id || ' ' || r.valid_from, ' ' ORDER BY r.id) FROM rule_set r
              WHERE r.centre_id = c.centre_id AND r.kind IN ('attendance', 'devices') AND r.state = 'active'), '')
      FROM (SELECT id AS centre_id, zone FROM centre WHERE id = ${centreId}::uuid) c)`
}

/** The standing as this process last read it; it may be out of date. */
export function rememberedStanding(centreId: string): Standing | null {
  return standings.get(centreId) ?? null
}

type Line = { id: string; kind: string; version: string; from: CivilDay; document: unknown }

/** The standing as it is now. */
export async function readStanding(db: Tx | PrismaClient, centreId: string): Promise<Standing> {
  const [row] = await db.$queryRaw<{ zone: string; version: string; lines: Line[] }[]>`
    SELECT c.zone, ${standingVersion(centreId)} AS version,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'kind', r.kind, 'version', r.version,
                     'from', r.valid_from, 'document', r.document)
                   ORDER BY r.valid_from DESC, CASE r.kind WHEN 'devices' THEN r.created_at END DESC, r.version DESC), '[]')
              FROM rule_set r
             WHERE r.centre_id = c.id AND r.kind IN ('attendance', 'devices') AND r.state = 'active') AS lines
      FROM centre c WHERE c.id = ${centreId}::uuid`
  if (row === undefined) throw new Error(`there is no centre ${centreId}`)
  const standing = standingOf(centreId, row)
  standings.set(centreId, standing)
  return standing
}

function standingOf(centreId: string, { zone, version, lines }: { zone: string; version: string; lines: Line[] }) {
  const days = lines
    .filter((line) => line.kind === 'attendance')
    .map((line) => ({ from: line.from, boundary: boundaryOf(parsedRules(centreId, line)) }))
  const clocks = lines
    .filter((line) => line.kind === 'devices')
    .map((line) => ({ from: line.from, limits: clockLimitsOf(deviceRulesOf(centreId, line)) }))
  const unset = clockLimitsOf(deviceProfile)
  return {
    centreId,
    zone,
    version,
    dayOf: (atMs: number) => {
      const { day, second } = civilOf(atMs, zone)
      return attendanceDayOf(day, second, days.find((line) => line.from <= day)?.boundary ?? 0).day
    },
    limitsAt: (nowMs: number) => {
      const { day } = civilOf(nowMs, zone)
      return clocks.find((line) => line.from <= day)?.limits ?? unset
    },
  }
}

import type { CivilDay } from '#app/domain/attendance/day.ts'
import { type DeviceRules, deviceProfile, deviceRules } from '#app/domain/devices/device-rules.ts'
import { toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

/** A document in force is never edited (trigger), so its parsed form may be kept. */
const parsed = new Map<string, DeviceRules>()

/** The rules for readers in force on a day 设备规则; the default profile before a centre has set any. */
export async function deviceRulesOn(db: Tx | PrismaClient, centreId: string, day: CivilDay): Promise<DeviceRules> {
  const row = await db.ruleSet.findFirst({
    where: { centreId, kind: 'devices', state: 'active', validFrom: { lte: toDate(day) } },
    orderBy: [{ validFrom: 'desc' }, { createdAt: 'desc' }],
    select: { id: true, document: true },
  })
  return row === null ? deviceProfile : deviceRulesOf(centreId, row)
}

/** The rules of an active set's row. */
export function deviceRulesOf(centreId: string, row: { readonly id: string; readonly document: unknown }): DeviceRules {
  const key = `${centreId}/${row.id}`
  const rules = parsed.get(key) ?? deviceRules.parse(row.document)
  parsed.set(key, rules)
  return rules
}

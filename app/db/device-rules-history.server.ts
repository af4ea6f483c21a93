import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { DeviceRules } from '#app/domain/devices/device-rules.ts'
import { fromDate, toDate } from './dates.ts'
import { deviceRulesOf } from './device-rules.server.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type RulesVersion = {
  readonly id: string
  readonly version: string
  readonly name: string
  readonly validFrom: CivilDay
  readonly createdMs: number
  readonly rules: DeviceRules
}

/** Every version of the rules for readers that a centre has set, newest first; the one in force is the first. */
export async function deviceRulesHistory(db: Db, centreId: string): Promise<RulesVersion[]> {
  const rows = await db.ruleSet.findMany({
    where: { centreId, kind: 'devices', state: 'active' },
    orderBy: [{ validFrom: 'desc' }, { createdAt: 'desc' }],
    take: 50,
  })
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    name: row.name,
    validFrom: fromDate(row.validFrom),
    createdMs: row.createdAt.getTime(),
    rules: deviceRulesOf(centreId, row),
  }))
}

/** Two people who save at the same moment get two versions, one after the other. */
export async function lockDeviceRules(tx: Tx, centreId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`device rules ${centreId}`}, 0))`
}

/** How the next version of a day is called. */
export async function nextVersion(db: Db, centreId: string, day: CivilDay): Promise<string> {
  const count = await db.ruleSet.count({ where: { centreId, kind: 'devices', version: { startsWith: `${day}-` } } })
  return `${day}-${count + 1}`
}

/** Adds a version that is in force from its day on; what was in force before stays readable. */
export async function addDeviceRules(tx: Tx, centreId: string, rules: DeviceRules, atMs: number): Promise<string> {
  const id = newId()
  await tx.ruleSet.create({
    data: {
      centreId,
      id,
      kind: 'devices',
      version: rules.version,
      name: rules.name,
      source: rules.source as Prisma.InputJsonObject,
      validFrom: toDate(rules.valid_from),
      document: rules as unknown as Prisma.InputJsonObject,
      state: 'active',
      createdAt: new Date(atMs),
    },
  })
  return id
}

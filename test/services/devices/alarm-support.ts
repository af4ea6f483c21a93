import { openAlarms } from '#app/db/alarms.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { type AgentReport, recordStatus } from '#app/services/devices/record-status.server.ts'
import { watchReaders } from '#app/services/devices/watch-readers.server.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday } from './support.ts'

export const second = 1000
export const minute = 60_000
export const day = 86_400_000

export const online = {
  state: 'online',
  detail: null,
  emulated: true,
  dialect: 'zfm',
  capacity: 200,
  templates: 4,
} as const
type Reader = AgentReport['readers'][number]

export function heard(own: Fixture, atMs: number, changes: Partial<AgentReport> = {}, reader: Partial<Reader> = {}) {
  const { centreId, agentId, serials } = own
  const readers = [
    { serial: serials[0], ...online, ...reader },
    { serial: serials[1], ...online },
  ]
  const rest = { detail: null, queue: 0, offsetMs: 40, events: [] }
  return recordStatus({ centreId, agentId, startedAtMs: friday - 600 * minute, readers, ...rest, ...changes }, atMs)
}

export const watch = (atMs: number) => watchReaders(atMs, friday - 7 * day)
export const kinds = async (own: Fixture) => (await openAlarms(prisma, own.centreId)).map((one) => one.kind)
export const outages = (own: Fixture) =>
  prisma.outage.findMany({ where: { centreId: own.centreId }, orderBy: { startsAt: 'asc' } })
export const alarms = (own: Fixture) =>
  prisma.alarm.findMany({ where: { centreId: own.centreId }, orderBy: { openedAt: 'asc' } })

export function by(own: Fixture, id: string) {
  return { centreId: own.centreId, id, accountId: own.accountIds.hr, role: 'hr', address: null }
}

export async function audited(own: Fixture, action: string) {
  return prisma.auditEntry.count({ where: { centreId: own.centreId, action } })
}

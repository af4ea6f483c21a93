import { randomUUID } from 'node:crypto'
import { prisma } from '#app/db/client.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { IncomingPunch } from '#app/services/devices/ingest-punches.server.ts'
import { recordStatus } from '#app/services/devices/record-status.server.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'

/** Friday 2026-11-20 08:21:02 in Shanghai: a workday, before the morning's boundary at 09:00. */
export const friday = Date.parse('2026-11-20T00:21:02.000Z')

export function makeTestCentre(): Promise<Fixture> {
  return inTransaction(makeCentre)
}

export function newEpoch(): string {
  return randomUUID()
}

/** A punch of the first person at the first reader, unless told otherwise. */
export function punch(seq: number, changes: Partial<IncomingPunch> = {}): IncomingPunch {
  return { seq, serial: 'TEST-READER-1', subject: '1', atMs: friday, score: 120, offsetMs: 40, ...changes }
}

export function stored(centreId: string) {
  return prisma.punch.findMany({ where: { centreId }, orderBy: [{ spoolEpoch: 'asc' }, { seq: 'asc' }] })
}

/** The agent says that both its readers are there, or that their cables are out. */
export function reportReaders(centre: Fixture, state: 'online' | 'offline', atMs: number, offsetMs = 0) {
  const readers = centre.serials.map((serial) => ({
    serial,
    state,
    detail: state === 'online' ? null : 'unplugged',
    dialect: 'zfm',
    capacity: 200,
    templates: 4,
    emulated: true,
  }))
  const startedAtMs = friday - 60_000
  return recordStatus({ ...centre, startedAtMs, detail: null, queue: 0, offsetMs, events: [], readers }, atMs)
}

import { expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { ingestPunches } from '#app/services/devices/ingest-punches.server.ts'
import { type AgentReport, type ReaderReport, recordStatus } from '#app/services/devices/record-status.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre } from './support.ts'

useDatabase()

function reader(changes: Partial<ReaderReport> = {}): ReaderReport {
  const online = { serial: 'TEST-READER-1', state: 'online' as const, detail: null, emulated: true }
  return { ...online, dialect: 'zfm', capacity: 200, templates: 4, ...changes }
}

function report(own: Fixture, changes: Partial<AgentReport> = {}): AgentReport {
  const { centreId, agentId } = own
  const startedAtMs = friday - 3_600_000
  return {
    centreId,
    agentId,
    startedAtMs,
    detail: null,
    readers: [reader()],
    queue: 0,
    offsetMs: 40,
    events: [],
    ...changes,
  }
}

function sourceOf(own: Fixture) {
  return prisma.source.findFirstOrThrow({ where: { centreId: own.centreId, serial: 'TEST-READER-1' } })
}

test('what the agent says is kept; what it does not know stays as it was', async () => {
  const own = await makeTestCentre()
  await recordStatus(report(own, { queue: 23 }), friday)
  await recordStatus(
    report(own, { readers: [reader({ capacity: null, templates: null, dialect: null })], queue: 3 }),
    friday + 5000,
  )
  expect(await sourceOf(own)).toMatchObject({
    state: 'online',
    stateSince: new Date(friday),
    seenAt: new Date(friday + 5000),
    queueLength: 3,
    templateCount: 4,
    capacity: 200,
    clockOffsetMs: 40,
  })
})

test('a reader that stops opens one outage, which ends when it answers again', async () => {
  const own = await makeTestCentre()
  const outages = () => prisma.outage.findMany({ where: { centreId: own.centreId } })
  const down = reader({ state: 'offline', detail: 'unplugged' })
  await recordStatus(report(own, { readers: [down] }), friday - 60_000)
  expect(await outages()).toHaveLength(0)
  await recordStatus(report(own), friday)
  await recordStatus(report(own, { readers: [down] }), friday + 10_000)
  await recordStatus(report(own, { readers: [down] }), friday + 20_000)
  await recordStatus(report(own, { readers: [reader({ state: 'fault', detail: 'no_answer' })] }), friday + 30_000)
  expect(await outages()).toMatchObject([
    { startsAt: new Date(friday + 10_000), endsAt: null, reason: 'unplugged', confirmedBy: null },
  ])
  await recordStatus(report(own), friday + 40_000)
  expect(await outages()).toMatchObject([{ startsAt: new Date(friday + 10_000), endsAt: new Date(friday + 40_000) }])
  const kinds = await prisma.readerEvent.findMany({ where: { centreId: own.centreId }, orderBy: { at: 'asc' } })
  expect(kinds.map((one) => one.kind)).toEqual(['offline', 'online', 'offline', 'fault', 'online'])
})

test('a finger that was not read is written down, with its reader and time', async () => {
  const own = await makeTestCentre()
  const event = { serial: 'TEST-READER-1', atMs: friday, kind: 'not_recognised', detail: '' }
  await recordStatus(report(own, { events: [event] }), friday + 300)
  const row = await prisma.readerEvent.findFirstOrThrow({ where: { centreId: own.centreId, kind: 'not_recognised' } })
  expect(row).toMatchObject({ sourceId: own.sourceIds[0], at: new Date(friday) })
  expect(await prisma.punch.count({ where: { centreId: own.centreId } })).toBe(0)
})

test('why an agent has no reader is kept until it has one', async () => {
  const own = await makeTestCentre()
  const agent = () => prisma.agent.findFirstOrThrow({ where: { centreId: own.centreId, id: own.agentId } })
  await recordStatus(report(own, { readers: [], detail: 'library_missing' }), friday)
  expect(await agent()).toMatchObject({ detail: 'library_missing', seenAt: new Date(friday) })
  await recordStatus(report(own), friday + 5000)
  expect(await agent()).toMatchObject({ detail: null, seenAt: new Date(friday + 5000) })
})

test('an agent that takes readers over reports and delivers at the same moment', async () => {
  const own = await makeTestCentre()
  const serials = ['TAKEN-3', 'TAKEN-1', 'TAKEN-2']
  let present = own.agentId
  for (let turn = 0; turn < 12; turn++) {
    const agentId = newId()
    await prisma.agent.updateMany({ where: { id: present }, data: { revokedAt: new Date(friday) } })
    const paired = { name: `turn ${turn}`, publicKey: new Uint8Array(32), pairedAt: new Date(friday) }
    await prisma.agent.create({ data: { centreId: own.centreId, id: agentId, ...paired } })
    present = agentId
    const punches = serials.map((serial, at) => {
      return { seq: at + 1, serial, subject: '1', atMs: friday + turn * 1000, score: 1, offsetMs: 0 }
    })
    const readers = [...serials].reverse().map((serial) => reader({ serial }))
    const [told, delivered] = await Promise.all([
      recordStatus(report(own, { agentId, readers }), friday + turn * 1000),
      ingestPunches({ centreId: own.centreId, agentId, epoch: newId(), punches }, friday + turn * 1000),
    ])
    expect([told, delivered]).toMatchObject([{ ok: true }, { ok: true, value: { stored: 3 } }])
  }
})

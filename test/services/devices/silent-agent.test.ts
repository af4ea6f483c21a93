import { expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { type AgentReport, recordStatus } from '#app/services/devices/record-status.server.ts'
import { watchReaders } from '#app/services/devices/watch-readers.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre } from './support.ts'

useDatabase()

const minute = 60_000
const reader = { serial: 'TEST-READER-1', state: 'online', detail: null, emulated: true } as const

function heard(own: Fixture, atMs: number, changes: Partial<AgentReport> = {}) {
  const { centreId, agentId } = own
  const readers = [{ ...reader, dialect: 'zfm', capacity: 200, templates: 4 }]
  const rest = { detail: null, queue: 0, offsetMs: 40, events: [] }
  return recordStatus({ centreId, agentId, startedAtMs: friday - 600 * minute, readers, ...rest, ...changes }, atMs)
}

const outages = (own: Fixture) => prisma.outage.findMany({ where: { centreId: own.centreId } })

test('an agent that did not run for a while was an outage of its readers, and the days it touched are judged again', async () => {
  const own = await makeTestCentre()
  await heard(own, friday)
  await heard(own, friday + 50 * minute, { startedAtMs: friday + 49 * minute })
  expect(await outages(own)).toMatchObject([
    { startsAt: new Date(friday), endsAt: new Date(friday + 50 * minute), reason: 'agent_silent', confirmedBy: null },
  ])
  const stale = await prisma.staleDay.findMany({ where: { centreId: own.centreId }, select: { day: true } })
  expect(new Set(stale.map(({ day }) => day.toISOString().slice(0, 10)))).toEqual(new Set(['2026-11-19', '2026-11-20']))
})

test('one that ran on while the server was away has its punches in the spool: no outage', async () => {
  const own = await makeTestCentre()
  await heard(own, friday)
  await heard(own, friday + 50 * minute)
  expect(await outages(own)).toEqual([])
})

test('an agent unheard for two minutes is taken for down from its last word on, until it speaks again', async () => {
  const own = await makeTestCentre()
  await heard(own, friday)
  expect(await watchReaders(friday + minute, friday - minute)).toBe(0)
  expect(await watchReaders(friday + 3 * minute, friday - minute)).toBe(1)
  expect(await watchReaders(friday + 4 * minute, friday - minute)).toBe(0)
  expect(await outages(own)).toMatchObject([{ startsAt: new Date(friday), endsAt: null, reason: 'agent_silent' }])
  const source = await prisma.source.findFirstOrThrow({ where: { centreId: own.centreId, serial: reader.serial } })
  expect(source).toMatchObject({ state: 'offline', stateSince: new Date(friday) })
  await heard(own, friday + 9 * minute)
  expect(await outages(own)).toMatchObject([{ endsAt: new Date(friday + 9 * minute) }])
})

test('a server that has just started has heard nobody yet and takes nobody for down', async () => {
  const own = await makeTestCentre()
  await heard(own, friday)
  expect(await watchReaders(friday + 60 * minute, friday + 59 * minute)).toBe(0)
  expect(await outages(own)).toEqual([])
})

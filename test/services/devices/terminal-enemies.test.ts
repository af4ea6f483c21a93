import { beforeAll, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { keepBadLines } from '#app/db/terminal-events.server.ts'
import { listKnocks, noteKnock } from '#app/db/terminal-knocks.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre } from './support.ts'

useDatabase()
let centre: Fixture
beforeAll(async () => {
  centre = await makeTestCentre()
})

test('a terminal that knocks after a flood of invented numbers is on the list, and the list stays short', async () => {
  for (let i = 0; i < 130; i += 1)
    await noteKnock(prisma, { serial: `FLOOD${i}`, address: '10.0.0.1', nowMs: friday + i })
  await noteKnock(prisma, { serial: 'REAL-1', address: '10.1.0.1', nowMs: friday + 200 })
  const knocks = await listKnocks(prisma)
  expect(knocks[0]).toMatchObject({ serial: 'REAL-1', address: '10.1.0.1', count: 1 })
  expect(await prisma.terminalKnock.count()).toBeLessThanOrEqual(100)
  expect(knocks.map((knock) => knock.serial)).not.toContain('FLOOD0')
  await noteKnock(prisma, { serial: 'REAL-1', address: '10.1.0.2', nowMs: friday + 300 })
  expect((await listKnocks(prisma))[0]).toMatchObject({ serial: 'REAL-1', address: '10.1.0.2', count: 2 })
})

test('what could be a template is not kept with a line that is no record, whatever it is called', async () => {
  const { centreId } = centre
  const sourceId = newId()
  const named = { name: '钟', nameEn: 'Clock', place: '', placeEn: '', serial: 'CLOCK-9' }
  await prisma.source.create({ data: { centreId, id: sourceId, kind: 'terminal', ...named } })
  const finger = 'TVNTUjIxAAAD9vkECAUHCc7QAAAb92kBAAAAg4Mhw'
  const lines = [`FP\t1\t0\t${finger}`, finger.repeat(20), `9\t一二三\t${finger}==\tx`, '17\t2026-13-40 08:00:00\t0\t1']
  await inTransaction((tx) => keepBadLines(tx, { centreId, sourceId, nowMs: friday }, lines))
  const kept = await prisma.readerEvent.findMany({ where: { centreId, sourceId }, select: { detail: true } })
  const texts = kept.map(({ detail }) => (detail as { text: string }).text)
  expect(texts.join('\n')).not.toContain(finger.slice(0, 12))
  expect(texts).toContain('17 2026-13-40 08:00:00 0 1')
  expect(texts).toContain('9 一二三 … x')
})

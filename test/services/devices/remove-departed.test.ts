import { beforeEach, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { resumeDeletions } from '#app/db/enrolment-deletions.server.ts'
import { enrolmentList } from '#app/db/enrolment-list.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { giveWay } from '#app/services/devices/give-way.server.ts'
import { recordStep } from '#app/services/devices/record-step.server.ts'
import { removeDeparted } from '#app/services/devices/remove-departed.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre, reportReaders } from './support.ts'

useDatabase()
const zone = 'Asia/Shanghai'
const day = 86_400_000
let centre: Fixture

beforeEach(async () => {
  centre = await makeTestCentre()
  await reportReaders(centre, 'online', friday)
})

/** The first person's only posting ends on this day. */
const leavesOn = (civil: string) =>
  prisma.posting.updateMany({ where: { personId: centre.personIds[0] }, data: { endsOn: new Date(civil) } })
const enrolments = (personId = centre.personIds[0]) =>
  prisma.enrolment.findMany({ where: { centreId: centre.centreId, personId }, orderBy: { sourceId: 'asc' } })
const deletions = () =>
  prisma.agentCommand.findMany({ where: { centreId: centre.centreId, kind: 'delete' }, orderBy: { id: 'asc' } })
const left = async (nowMs: number) => (await enrolmentList(prisma, { id: centre.centreId, zone }, nowMs)).left

test('the last day still counts; the day after, every reader is told once and the register keeps what it owes', async () => {
  await leavesOn('2026-11-20')
  await removeDeparted(friday)
  expect(await deletions()).toHaveLength(0)
  const saturday = friday + day
  await Promise.all([removeDeparted(saturday), removeDeparted(saturday)])
  await removeDeparted(saturday + day)
  expect(await deletions()).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }])
  expect((await enrolments()).every((row) => row.endsAt !== null && row.deletedBy === null)).toBe(true)
  expect(await enrolments(centre.personIds[1])).toMatchObject([{ endsAt: null }, { endsAt: null }])
  expect(await left(saturday)).toMatchObject([{ leftOn: '2026-11-20' }, { leftOn: '2026-11-20' }])
  const notes = await prisma.auditEntry.findMany({ where: { centreId: centre.centreId, action: 'enrolment.departed' } })
  expect(notes).toMatchObject([{ actor: 'system', subject: centre.personIds[0], detail: { templates: 2, ways: 0 } }])
})

test('each proof takes one reader off the list, until none is owed', async () => {
  await leavesOn('2026-11-19')
  await removeDeparted(friday)
  const step = { state: 'done', step: 'deleted', facts: { was_taken: 1 }, at: new Date(friday).toISOString() } as const
  for (const [index, { id }] of (await deletions()).entries()) {
    await recordStep({ ...centre, commandId: id, step }, friday + index)
    expect(await left(friday)).toHaveLength(1 - index)
  }
  expect((await enrolments()).every((row) => row.deletedBy !== null)).toBe(true)
})

test('who comes back, or has a posting to come, is left alone', async () => {
  await leavesOn('2026-11-19')
  const [old] = await prisma.posting.findMany({ where: { personId: centre.personIds[0] } })
  await prisma.posting.create({
    data: {
      centreId: centre.centreId,
      id: crypto.randomUUID(),
      personId: centre.personIds[0],
      unitId: old?.unitId ?? '',
      startsOn: new Date('2026-12-01'),
    },
  })
  await removeDeparted(friday)
  expect(await deletions()).toHaveLength(0)
})

test('a card goes with its holder', async () => {
  const by = { ...centre, zone, accountId: centre.accountIds.hr, role: 'hr', address: null }
  const way = { kind: 'card', card: '0012345678', reason: 'unwilling', startsMs: friday, endsMs: null } as const
  await giveWay(by, { personId: centre.personIds[0], way }, friday)
  await leavesOn('2026-11-20')
  await removeDeparted(friday + day)
  const ways = await prisma.alternateWay.findMany({ where: { centreId: centre.centreId } })
  expect(ways.map((one) => one.endsAt?.getTime())).toEqual([friday + day])
  expect((await enrolments()).every((row) => row.endsAt !== null)).toBe(true)
  expect(await left(friday + day)).toHaveLength(2)
})

test('a reader whose agent was gone hears of it when it is back', async () => {
  await leavesOn('2026-11-19')
  await prisma.agent.update({
    where: { centreId_id: { centreId: centre.centreId, id: centre.agentId } },
    data: { revokedAt: new Date(friday) },
  })
  await removeDeparted(friday)
  expect(await deletions()).toHaveLength(0)
  expect((await left(friday)).map((one) => one.deletion)).toEqual(['unproved', 'unproved'])
  await prisma.agent.update({
    where: { centreId_id: { centreId: centre.centreId, id: centre.agentId } },
    data: { revokedAt: null },
  })
  const resumed = await inTransaction((tx) => resumeDeletions(tx, centre.centreId, centre.sourceIds[0], friday + day))
  expect(resumed).toBe(1)
  expect(await deletions()).toMatchObject([{ sourceId: centre.sourceIds[0], state: 'waiting' }])
})

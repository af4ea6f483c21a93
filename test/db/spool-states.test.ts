import { beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { lostGaps, noteSpool, openGaps } from '#app/db/spool-states.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { ingestPunches } from '#app/services/devices/ingest-punches.server.ts'
import type { SpoolRange } from '#devices/contract.ts'
import { friday, makeTestCentre, newEpoch, punch } from '#test/services/devices/support.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'

const database = useDatabase()
let centre: Fixture
beforeAll(async () => {
  centre = await makeTestCentre()
})

type From = Pick<Fixture, 'centreId' | 'agentId'>
const minute = (seq: number) => friday - 3_600_000 + seq * 60_000

async function deliver(epoch: string, first: number, last: number, from: From = centre) {
  const punches = Array.from({ length: last - first + 1 }, (_, i) => punch(first + i, { atMs: minute(first + i) }))
  const receipt = await ingestPunches({ centreId: from.centreId, agentId: from.agentId, epoch, punches }, friday)
  if (!receipt.ok) throw new Error(receipt.code)
  return receipt.value
}

type Said = { through: number; next?: number; keptFrom?: number; lost?: SpoolRange[] }

function report(epoch: string, { through, next, keptFrom, lost }: Said, from: From = centre) {
  const spool = {
    epoch,
    through,
    next: next ?? through + 1,
    keptFrom: keptFrom ?? 1,
    bytes: 0,
    limitBytes: 1,
    oldestWaitingAt: null,
  }
  const { centreId, agentId } = from
  return inTransaction((tx) => noteSpool(tx, { centreId, agentId, spool, lost: lost ?? [], nowMs: friday }))
}

async function gaps(epoch: string, centreId = centre.centreId) {
  const found = (await openGaps(prisma, centreId)).filter((gap) => gap.epoch === epoch)
  return found.map(({ first, last }) => [first, last])
}

async function through(epoch: string) {
  const row = await prisma.spoolState.findFirst({ where: { epoch } })
  return row && Number(row.through)
}

describe('numbers of a spool', () => {
  test('are counted with the punches, whatever way they come', async () => {
    const epoch = newEpoch()
    await deliver(epoch, 1, 3)
    await deliver(epoch, 4, 4)
    await deliver(epoch, 2, 4)
    expect(await through(epoch)).toBe(4)
    expect(await gaps(epoch)).toEqual([])
  })

  test('that were skipped are a gap between its neighbours; late ones fill it from either side and split it', async () => {
    const epoch = newEpoch()
    await deliver(epoch, 1, 2)
    await deliver(epoch, 9, 10)
    const [gap] = await openGaps(prisma, centre.centreId)
    expect(gap).toMatchObject({ epoch, first: 3, last: 8, missing: 6 })
    expect([gap?.fromAt, gap?.toAt]).toEqual([new Date(minute(2)), new Date(minute(9))])
    await deliver(epoch, 5, 6)
    expect(await gaps(epoch)).toEqual([
      [3, 4],
      [7, 8],
    ])
    await deliver(epoch, 8, 11)
    await deliver(epoch, 1, 4)
    const [left] = (await openGaps(prisma, centre.centreId)).filter((one) => one.epoch === epoch)
    expect(left).toMatchObject({ first: 7, last: 7, fromAt: new Date(minute(6)), toAt: new Date(minute(8)) })
    await deliver(epoch, 7, 7)
    expect(await gaps(epoch)).toEqual([])
    expect(await through(epoch)).toBe(11)
    expect(await prisma.punch.count({ where: { spoolEpoch: epoch } })).toBe(11)
  })

  test('a spool whose first delivery is not its beginning lacks what lies before', async () => {
    const epoch = newEpoch()
    await deliver(epoch, 4, 5)
    expect(await gaps(epoch)).toEqual([[1, 3]])
  })

  test('of a spool that was filled before accounts were kept are read from its punches', async () => {
    const own = await makeTestCentre()
    const epoch = newEpoch()
    await deliver(epoch, 1, 4, own)
    await deliver(epoch, 8, 9, own)
    await forget(epoch)
    expect((await report(epoch, { through: 9 }, own)).wanted).toEqual([{ epoch, first: 5, last: 7 }])
    expect(await through(epoch)).toBe(9)
  })
})

/** As if the version of the program that kept no account had stored these punches. */
async function forget(epoch: string) {
  await database.asOwner('DELETE FROM spool_state WHERE epoch = $1', [epoch])
  await database.asOwner('DELETE FROM spool_gap WHERE epoch = $1', [epoch])
}

describe('a database older than the agent', () => {
  test('asks for exactly what it lacks, and each punch is there once', async () => {
    const own = await makeTestCentre()
    const epoch = newEpoch()
    await deliver(epoch, 1, 5, own)
    // The agent was told "stored through 12" by the database that is gone; the restored one holds 5.
    const { wanted, lostNow } = await report(epoch, { through: 12 }, own)
    expect(wanted).toEqual([{ epoch, first: 6, last: 12 }])
    expect(lostNow).toEqual([])
    expect((await deliver(epoch, 13, 14, own)).stored).toBe(2)
    expect((await report(epoch, { through: 14 }, own)).wanted).toEqual(wanted)
    await deliver(epoch, 6, 12, own)
    await deliver(epoch, 6, 12, own)
    expect((await report(epoch, { through: 14 }, own)).wanted).toEqual([])
    expect(await prisma.punch.count({ where: { spoolEpoch: epoch } })).toBe(14)
  })

  test('that knows nothing of the spool asks for all of it, in portions', async () => {
    const own = await makeTestCentre()
    const epoch = newEpoch()
    expect((await report(epoch, { through: 30_000 }, own)).wanted).toEqual([{ epoch, first: 1, last: 10_000 }])
  })

  test('gives up what the agent keeps no more, once, with the time in which it was made', async () => {
    const own = await makeTestCentre()
    const epoch = newEpoch()
    await deliver(epoch, 1, 5, own)
    const told = await report(epoch, { through: 40, keptFrom: 20 }, own)
    expect(told.wanted).toEqual([{ epoch, first: 20, last: 40 }])
    expect(told.lostNow).toEqual([{ fromMs: minute(5), toMs: friday }])
    const again = await report(epoch, { through: 40, keptFrom: 20, lost: [{ epoch, first: 38, last: 40 }] }, own)
    expect(again.wanted).toEqual([{ epoch, first: 20, last: 37 }])
    expect(again.lostNow).toHaveLength(1)
    expect((await report(epoch, { through: 40, keptFrom: 20 }, own)).lostNow).toEqual([])
    const lost = await lostGaps(prisma, own.centreId, new Date(0))
    expect(lost.map((gap) => [gap.first, gap.last])).toEqual([
      [6, 19],
      [38, 40],
    ])
    // A lost number that turns up after all is stored and no longer lost.
    await deliver(epoch, 38, 40, own)
    expect(await lostGaps(prisma, own.centreId, new Date(0))).toHaveLength(1)
  })
})

describe('agents', () => {
  test('one without the report of its spool is asked for nothing', async () => {
    const news = { centreId: centre.centreId, agentId: centre.agentId, spool: undefined, lost: [], nowMs: friday }
    expect(await inTransaction((tx) => noteSpool(tx, news))).toEqual({ wanted: [], lostNow: [] })
  })

  test('keep their own accounts; a spool goes to another only when its agent is revoked', async () => {
    const own = await makeTestCentre()
    const [mine, theirs] = [newEpoch(), newEpoch()]
    const other = { centreId: own.centreId, agentId: newId() }
    const row = { name: 'second', publicKey: new Uint8Array(32), pairedAt: new Date(0) }
    await prisma.agent.create({ data: { centreId: other.centreId, id: other.agentId, ...row } })
    await deliver(mine, 1, 2, own)
    await deliver(mine, 5, 6, own)
    expect((await report(mine, { through: 6 }, other)).wanted).toEqual([])
    expect((await report(theirs, { through: 3 }, other)).wanted).toEqual([{ epoch: theirs, first: 1, last: 3 }])
    expect((await report(mine, { through: 6 }, own)).wanted).toEqual([{ epoch: mine, first: 3, last: 4 }])
    await prisma.agent.updateMany({ where: { id: own.agentId }, data: { revokedAt: new Date(friday) } })
    expect((await report(mine, { through: 6 }, other)).wanted).toContainEqual({ epoch: mine, first: 3, last: 4 })
  })
})

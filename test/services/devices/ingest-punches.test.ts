import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { parkedSubjects } from '#app/db/doubtful.server.ts'
import { newId } from '#app/db/id.server.ts'
import { clearStale, rejudge } from '#app/db/stale-days.server.ts'
import { deviceProfile } from '#app/domain/devices/device-rules.ts'
import { recomputeStale } from '#app/services/attendance/recompute.server.ts'
import { type IncomingPunch, ingestPunches } from '#app/services/devices/ingest-punches.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre, newEpoch, punch, stored } from './support.ts'

useDatabase()
let centre: Fixture
beforeAll(async () => {
  centre = await makeTestCentre()
})

function deliver(epoch: string, punches: readonly IncomingPunch[], nowMs = friday + 500, from: Partial<Fixture> = {}) {
  const { centreId, agentId } = { ...centre, ...from }
  return ingestPunches({ centreId, agentId, epoch, punches }, nowMs)
}

async function mustDeliver(epoch: string, punches: readonly IncomingPunch[], nowMs?: number) {
  const receipt = await deliver(epoch, punches, nowMs)
  if (!receipt.ok) throw new Error(receipt.code)
  return receipt.value
}

function count(epoch: string) {
  return prisma.punch.count({ where: { spoolEpoch: epoch } })
}

describe('exactly once', () => {
  test('a replayed batch stores nothing again and is acknowledged like the first time', async () => {
    const epoch = newEpoch()
    const batch = [punch(1), punch(2, { subject: '2' })]
    expect(await mustDeliver(epoch, batch)).toEqual({ storedThrough: 2, stored: 2, known: 0, quarantined: 0 })
    expect(await mustDeliver(epoch, batch)).toEqual({ storedThrough: 2, stored: 0, known: 2, quarantined: 0 })
    expect(await count(epoch)).toBe(2)
  })

  test('two connections deliver overlapping batches at the same moment', async () => {
    const epoch = newEpoch()
    const all = Array.from({ length: 60 }, (_, i) =>
      punch(i + 1, { atMs: friday + i * 1000, subject: String((i % 4) + 1) }),
    )
    const receipts = await Promise.all([
      mustDeliver(epoch, all.slice(0, 40)),
      mustDeliver(epoch, all.slice(20, 60)),
      mustDeliver(epoch, all.slice(10, 50)),
    ])
    expect(receipts.reduce((sum, receipt) => sum + receipt.stored, 0)).toBe(60)
    expect(await count(epoch)).toBe(60)
  })

  test('any cuts, any repeats, any order, two at a time: every punch is stored once', async () => {
    const cut = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 1, max: 12 }))
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 8 }), async (cuts) => {
        const epoch = newEpoch()
        const all = Array.from({ length: 12 }, (_, i) => punch(i + 1, { atMs: friday + i * 1500 }))
        const batches = [...cuts.map(([from, length]) => all.slice(from, from + length)), all]
        let fresh = 0
        for (let i = 0; i < batches.length; i += 2) {
          const pair = batches.slice(i, i + 2).map((batch) => mustDeliver(epoch, batch))
          for (const receipt of await Promise.all(pair)) fresh += receipt.stored
        }
        expect(fresh).toBe(12)
        expect(await count(epoch)).toBe(12)
      }),
      { numRuns: 12 },
    )
  })

  test('a reinstalled agent counts from one again and loses nothing', async () => {
    const [before, after] = [newEpoch(), newEpoch()]
    await mustDeliver(before, [punch(1)])
    expect((await mustDeliver(after, [punch(1)])).stored).toBe(1)
  })

  test('a batch with a gap in it is refused whole', async () => {
    const epoch = newEpoch()
    expect(await deliver(epoch, [punch(1), punch(3)])).toEqual({
      ok: false,
      code: 'sequence_broken',
      facts: { index: 1 },
    })
    expect(await count(epoch)).toBe(0)
  })

  test('a delivery that fails in the middle leaves nothing behind', async () => {
    const epoch = newEpoch()
    await expect(deliver(epoch, [punch(1), punch(2, { score: 2 ** 40 })])).rejects.toThrow()
    expect(await count(epoch)).toBe(0)
  })
})

describe('nothing is lost', () => {
  test('a reader nobody knows gets a row of its own', async () => {
    await mustDeliver(newEpoch(), [punch(1, { serial: 'NEW-77' })])
    const source = await prisma.source.findFirstOrThrow({ where: { centreId: centre.centreId, serial: 'NEW-77' } })
    expect(source).toMatchObject({ kind: 'reader', agentId: centre.agentId, nameEn: 'Unnamed NEW-77' })
  })

  test('a slot nobody owns is kept, shown as parked, and claimed by an enrolment that covers its time', async () => {
    const epoch = newEpoch()
    await mustDeliver(epoch, [punch(1, { subject: '77' })])
    const parked = () => parkedSubjects(prisma, { id: centre.centreId, zone: 'Asia/Shanghai' }, friday)
    expect(await parked()).toContainEqual(expect.objectContaining({ subject: '77', count: 1 }))
    const [personId] = centre.personIds
    await prisma.enrolment.create({
      data: {
        centreId: centre.centreId,
        id: newId(),
        sourceId: centre.sourceIds[0],
        subject: '77',
        personId,
        startsAt: new Date(friday - 60_000),
      },
    })
    expect((await parked()).map((one) => one.subject)).not.toContain('77')
  })

  test('doubtful times are stored, marked, and do not count', async () => {
    const other = await makeTestCentre()
    const doubtful = [
      punch(1, { atMs: friday + 121_000, subject: '2' }),
      punch(2, { atMs: Date.parse('2000-01-01T00:00:00.000Z'), subject: '2' }),
      punch(3, { offsetMs: -120_000, subject: '2' }),
      punch(4, { offsetMs: 119_999, subject: '3' }),
    ]
    const receipt = await ingestPunches({ ...other, epoch: newEpoch(), punches: doubtful }, friday)
    expect(receipt).toMatchObject({ ok: true, value: { stored: 4, quarantined: 3 } })
    const marks = (await stored(other.centreId)).map((row) => row.quarantine)
    expect(marks).toEqual(['future', 'before_2020', 'clock_off', null])
    const judged = await prisma.halfResult.findMany({ where: { centreId: other.centreId }, select: { personId: true } })
    expect(new Set(judged.map((row) => row.personId))).toEqual(new Set([other.personIds[2]]))
  })

  test('a centre sets its own clock limits, and they hold from the next punch on', async () => {
    const own = await makeTestCentre()
    const epoch = newEpoch()
    const send = (seq: number, changes: Partial<IncomingPunch>) =>
      ingestPunches({ ...own, epoch, punches: [punch(seq, changes)] }, friday)
    expect(await send(1, { offsetMs: 200_000 })).toMatchObject({ value: { quarantined: 1 } })
    const document = { ...deviceProfile, clock: { warn_seconds: 60, quarantine_seconds: 300, future_seconds: 10 } }
    const from = { validFrom: new Date('2026-11-20'), createdAt: new Date(friday), state: 'active', source: {} }
    const rules = {
      kind: 'devices',
      version: 'own-1',
      name: 'own',
      document: JSON.parse(JSON.stringify(document)),
      ...from,
    }
    await prisma.ruleSet.create({ data: { centreId: own.centreId, id: newId(), ...rules } })
    expect(await send(2, { offsetMs: 200_000 })).toMatchObject({ value: { stored: 1, quarantined: 0 } })
    expect(await send(3, { atMs: friday + 11_000 })).toMatchObject({ value: { stored: 1, quarantined: 1 } })
    expect(await send(4, { offsetMs: -300_000 })).toMatchObject({ value: { stored: 1, quarantined: 1 } })
  })

  test('the time is stored as the agent told it', async () => {
    const epoch = newEpoch()
    await mustDeliver(epoch, [punch(1, { atMs: friday + 123, offsetMs: null, score: null })])
    const row = await prisma.punch.findFirstOrThrow({ where: { spoolEpoch: epoch } })
    expect(row).toMatchObject({ at: new Date(friday + 123), offsetMs: null, score: null, subject: '1' })
    expect(row.receivedAt).toEqual(new Date(friday + 500))
  })
})

describe('agents and centres', () => {
  test("another working agent's reader is refused; after that agent is revoked it is taken over", async () => {
    const own = await makeTestCentre()
    const agentId = newId()
    const agent = {
      centreId: own.centreId,
      id: agentId,
      name: 'second',
      publicKey: new Uint8Array(32),
      pairedAt: new Date(0),
    }
    await prisma.agent.create({ data: agent })
    const delivery = { centreId: own.centreId, agentId, epoch: newEpoch(), punches: [punch(1)] }
    expect(await ingestPunches(delivery, friday)).toMatchObject({ ok: false, code: 'serial_of_another_agent' })
    expect(await stored(own.centreId)).toHaveLength(0)
    const noted = { centreId: own.centreId, action: 'agent.refused_reader', subject: agentId }
    expect(await prisma.auditEntry.findMany({ where: noted })).toMatchObject([{ detail: { serial: 'TEST-READER-1' } }])
    await prisma.agent.updateMany({ where: { id: own.agentId }, data: { revokedAt: new Date(friday) } })
    expect(await ingestPunches(delivery, friday)).toMatchObject({ ok: true, value: { stored: 1 } })
    const source = await prisma.source.findFirstOrThrow({ where: { centreId: own.centreId, serial: 'TEST-READER-1' } })
    expect(source.agentId).toBe(agentId)
  })

  test('the same serial in two centres is two readers', async () => {
    const other = await makeTestCentre()
    await ingestPunches({ ...other, epoch: newEpoch(), punches: [punch(1)] }, friday)
    const [row] = await stored(other.centreId)
    expect(row?.sourceId).toBe(other.sourceIds[0])
  })
})

describe('what follows', () => {
  test('a punch that comes while its day is recomputed puts the day on the list again', async () => {
    const own = await makeTestCentre()
    const [personId] = own.personIds
    const day = { centreId: own.centreId, personId, day: new Date('2026-11-19') }
    await prisma.staleDay.create({ data: day })
    const yesterday = friday - 86_400_000
    let delivered: Promise<unknown> = Promise.resolve()
    await prisma.$transaction(async (tx) => {
      await clearStale(tx, own.centreId, '2026-11-19', [personId])
      await rejudge(tx, { id: own.centreId, zone: 'Asia/Shanghai' }, '2026-11-19', [personId], friday)
      delivered = ingestPunches({ ...own, epoch: newEpoch(), punches: [punch(1, { atMs: yesterday })] }, friday)
      await Promise.race([delivered, new Promise((resolve) => setTimeout(resolve, 300))])
    })
    await delivered
    expect(await prisma.staleDay.count({ where: { centreId: own.centreId } })).toBe(1)
    await recomputeStale(friday)
    const half = await prisma.halfResult.findFirstOrThrow({ where: { personId, day: day.day, half: 'am' } })
    expect(half.mark).not.toBe('absent')
  })

  test('somebody at the reader is judged at once', async () => {
    const own = await makeTestCentre()
    await ingestPunches({ ...own, epoch: newEpoch(), punches: [punch(1)] }, friday + 300)
    const half = await prisma.halfResult.findFirst({ where: { personId: own.personIds[0], half: 'am' } })
    expect(half).not.toBeNull()
    expect(await prisma.staleDay.count({ where: { centreId: own.centreId } })).toBe(0)
  })

  test('a backlog leaves one row per person and day, and recomputing makes the same results', async () => {
    const own = await makeTestCentre()
    const day = Date.parse('2026-11-19T01:06:00.000Z')
    const backlog = Array.from({ length: 30 }, (_, i) =>
      punch(i + 1, { atMs: day + i * 1000, subject: String((i % 2) + 1) }),
    )
    await ingestPunches({ ...own, epoch: newEpoch(), punches: backlog }, friday)
    expect(await prisma.staleDay.count({ where: { centreId: own.centreId } })).toBe(2)
    await recomputeStale(friday)
    const half = await prisma.halfResult.findFirstOrThrow({ where: { personId: own.personIds[0], half: 'am' } })
    // Late in the morning and no punch at its end: the missing one outweighs, the minutes stay.
    expect(half).toMatchObject({ mark: 'missing', minutesLate: 6 })
    expect(await prisma.staleDay.count({ where: { centreId: own.centreId } })).toBe(0)
  })

  test('the last punch of a reader moves forward only', async () => {
    const own = await makeTestCentre()
    await ingestPunches({ ...own, epoch: newEpoch(), punches: [punch(1)] }, friday)
    await ingestPunches({ ...own, epoch: newEpoch(), punches: [punch(1, { atMs: friday - 3_600_000 })] }, friday)
    const source = await prisma.source.findFirstOrThrow({ where: { centreId: own.centreId, serial: 'TEST-READER-1' } })
    expect(source.lastPunchAt).toEqual(new Date(friday))
  })

  test('two readers press in the same moment: the result knows both punches', async () => {
    const own = await makeTestCentre()
    await ingestPunches({ ...own, epoch: newEpoch(), punches: [punch(1)] }, friday)
    const noon = Date.parse('2026-11-20T04:21:11.000Z')
    const out = punch(1, { atMs: noon - 81_000 })
    const back = punch(1, { atMs: noon - 1000, serial: 'TEST-READER-2' })
    await Promise.all([out, back].map((one) => ingestPunches({ ...own, epoch: newEpoch(), punches: [one] }, noon)))
    const results = () => prisma.halfResult.findMany({ where: { centreId: own.centreId }, orderBy: { half: 'asc' } })
    const written = await results()
    expect(written[0]).toMatchObject({ half: 'am', mark: 'present' })
    const day = { centreId: own.centreId, personId: own.personIds[0], day: new Date('2026-11-20') }
    await prisma.staleDay.create({ data: day })
    await recomputeStale(noon)
    expect(await results()).toEqual(written)
  })
})

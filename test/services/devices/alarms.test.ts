import { describe, expect, test } from 'vitest'
import { openAlarms, pastAlarms } from '#app/db/alarms.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { confirmOutage, declareOutage, noteAlarmSeen } from '#app/services/devices/act-on-alarm.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { audited, by, heard, kinds, minute, outages, second, watch } from './alarm-support.ts'
import { friday, makeTestCentre } from './support.ts'

useDatabase()

describe('an alarm', () => {
  test('opens once, closes when its cause is gone, and stays in the history', async () => {
    const own = await makeTestCentre()
    await heard(own, friday)
    expect(await kinds(own)).toEqual([])
    const down = { state: 'offline', detail: 'unplugged' } as const
    await heard(own, friday + 10 * second, {}, down)
    await heard(own, friday + 20 * second, {}, down)
    await watch(friday + 30 * second)
    expect(await openAlarms(prisma, own.centreId)).toMatchObject([
      { kind: 'reader_offline', openedMs: friday + 10 * second, out: true, zones: [{ code: 'A' }], seen: null },
    ])
    await heard(own, friday + 40 * second)
    expect(await kinds(own)).toEqual([])
    expect(await pastAlarms(prisma, own.centreId, friday)).toMatchObject([
      { kind: 'reader_offline', closedMs: friday + 40 * second, out: false },
    ])
  })

  test('of an agent that fell silent is one, whatever the number of its readers', async () => {
    const own = await makeTestCentre()
    await heard(own, friday)
    await watch(friday + 3 * minute)
    expect(await openAlarms(prisma, own.centreId)).toMatchObject([
      { kind: 'agent_silent', openedMs: friday, out: true, zones: [{ code: 'A' }, { code: 'B' }] },
    ])
    await heard(own, friday + 5 * minute)
    expect(await kinds(own)).toEqual([])
  })

  test('can be noted as known by a person once; it stays open as long as its cause', async () => {
    const own = await makeTestCentre()
    await heard(own, friday, { offsetMs: 45_000 })
    const [alarm] = await openAlarms(prisma, own.centreId)
    expect(await noteAlarmSeen(by(own, alarm?.id ?? ''), friday + minute)).toMatchObject({ ok: true })
    await noteAlarmSeen(by(own, alarm?.id ?? ''), friday + 2 * minute)
    expect(await openAlarms(prisma, own.centreId)).toMatchObject([{ seen: { atMs: friday + minute } }])
    await heard(own, friday + 3 * minute, { offsetMs: 500_000 })
    expect(await openAlarms(prisma, own.centreId)).toMatchObject([
      { seen: null, facts: { stage: 'off', seconds: 500 } },
    ])
    const other = await makeTestCentre()
    expect(await noteAlarmSeen({ ...by(own, alarm?.id ?? ''), centreId: other.centreId }, friday)).toMatchObject({
      ok: false,
    })
    expect(await audited(own, 'alarm.seen')).toBe(2)
  })
})

describe('an outage', () => {
  test('of a clock beyond the limit lasts until the clock is good, over every reader of the agent', async () => {
    const own = await makeTestCentre()
    await heard(own, friday, { offsetMs: 119_000 })
    expect(await outages(own)).toEqual([])
    await heard(own, friday + minute, { offsetMs: -121_000 })
    await heard(own, friday + 2 * minute, { offsetMs: -121_000 })
    const from = new Date(friday + minute)
    expect(await outages(own)).toMatchObject([
      { startsAt: from, endsAt: null, reason: 'clock_drift' },
      { startsAt: from, endsAt: null, reason: 'clock_drift' },
    ])
    await heard(own, friday + 9 * minute, { offsetMs: 0 })
    expect((await outages(own)).map((one) => one.endsAt)).toEqual([
      new Date(friday + 9 * minute),
      new Date(friday + 9 * minute),
    ])
    expect(await kinds(own)).toEqual([])
  })

  test('goes on while another cause stands when a reader comes back', async () => {
    const own = await makeTestCentre()
    await heard(own, friday)
    await heard(own, friday + minute, { offsetMs: 300_000 }, { state: 'offline' })
    await heard(own, friday + 2 * minute, { offsetMs: 300_000 })
    await heard(own, friday + 3 * minute, { offsetMs: 0 })
    const mine = (await outages(own)).filter((one) => one.sourceId === own.sourceIds[0])
    expect(mine).toMatchObject([
      { startsAt: new Date(friday + minute), endsAt: new Date(friday + 2 * minute) },
      { startsAt: new Date(friday + 2 * minute), endsAt: new Date(friday + 3 * minute), reason: 'clock_drift' },
    ])
  })

  test('of a queue begins at its oldest punch, and only when the queue does not empty by itself', async () => {
    const own = await makeTestCentre()
    const waits = { queue: 60, oldestWaitingMs: friday - 30 * minute }
    await heard(own, friday)
    await heard(own, friday + second, waits)
    expect(await kinds(own)).toEqual(['queue_growing'])
    expect(await outages(own)).toEqual([])
    await heard(own, friday + 3 * minute, { ...waits, queue: 70 })
    expect(await outages(own)).toMatchObject([
      { startsAt: new Date(friday - 30 * minute), endsAt: null, reason: 'queue_growing' },
      { startsAt: new Date(friday - 30 * minute) },
    ])
    await heard(own, friday + 4 * minute)
    expect(await kinds(own)).toEqual([])
    expect((await outages(own)).every((one) => one.endsAt?.getTime() === friday + 4 * minute)).toBe(true)
  })

  test('that is over is confirmed once by a person; an open one waits', async () => {
    const own = await makeTestCentre()
    await heard(own, friday)
    await heard(own, friday + minute, {}, { state: 'offline' })
    const [open] = await outages(own)
    expect(await confirmOutage(by(own, open?.id ?? ''), friday + 2 * minute)).toMatchObject({ ok: false })
    await heard(own, friday + 3 * minute)
    expect(await confirmOutage(by(own, open?.id ?? ''), friday + 4 * minute)).toMatchObject({ ok: true })
    expect(await confirmOutage(by(own, open?.id ?? ''), friday + 5 * minute)).toMatchObject({ ok: false })
    expect(await outages(own)).toMatchObject([
      { confirmedBy: own.accountIds.hr, confirmedAt: new Date(friday + 4 * minute) },
    ])
    expect(await audited(own, 'outage.confirmed')).toBe(1)
  })

  test('that a person notes fills what no other covers', async () => {
    const own = await makeTestCentre()
    await heard(own, friday)
    await heard(own, friday + 10 * minute, {}, { state: 'offline' })
    await heard(own, friday + 20 * minute)
    const declared = { fromMs: friday, toMs: friday + 30 * minute, reason: '玻璃面破裂' }
    await declareOutage({ ...by(own, own.sourceIds[0]), ...declared }, friday + 40 * minute)
    const spans = (await outages(own)).map((one) => [one.startsAt.getTime(), one.endsAt?.getTime(), one.reason])
    expect(spans).toEqual([
      [friday, friday + 10 * minute, '玻璃面破裂'],
      [friday + 10 * minute, friday + 20 * minute, 'offline'],
      [friday + 20 * minute, friday + 30 * minute, '玻璃面破裂'],
    ])
    const other = await makeTestCentre()
    const foreign = { ...by(other, own.sourceIds[0]), ...declared }
    expect(await declareOutage(foreign, friday + 40 * minute)).toMatchObject({ ok: false })
  })
})

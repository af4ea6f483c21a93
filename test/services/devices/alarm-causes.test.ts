import { describe, expect, test } from 'vitest'
import { openAlarms } from '#app/db/alarms.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { acceptIdentity, noteAlarmSeen, noteReaderWorks } from '#app/services/devices/act-on-alarm.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { alarms, audited, by, day, heard, kinds, minute, outages, second, watch } from './alarm-support.ts'
import { friday, makeTestCentre, newEpoch } from './support.ts'

useDatabase()

describe('lost numbers', () => {
  test('are an outage between their neighbours, and their alarm stands until somebody knows', async () => {
    const own = await makeTestCentre()
    await heard(own, friday)
    const { centreId, agentId } = own
    const gap = { centreId, agentId, epoch: newEpoch(), first: 4n, last: 6n, notedAt: new Date(friday) }
    const { id } = await prisma.spoolGap.create({ data: { ...gap, id: newEpoch() } })
    await heard(own, friday + second)
    expect(await openAlarms(prisma, centreId)).toMatchObject([{ kind: 'sequence_gap', facts: { missing: 3, lost: 0 } }])
    const lostAt = new Date(friday + minute)
    await prisma.spoolGap.update({ where: { centreId_id: { centreId, id } }, data: { lostAt } })
    await heard(own, friday + 2 * minute)
    const [alarm] = await openAlarms(prisma, centreId)
    expect(alarm).toMatchObject({ kind: 'sequence_gap', facts: { missing: 0, lost: 3, stage: 'lost' } })
    await noteAlarmSeen(by(own, alarm?.id ?? ''), friday + 3 * minute)
    expect(await kinds(own)).toEqual([])
    await heard(own, friday + 4 * minute)
    expect(await kinds(own)).toEqual([])
  })
})

describe('another module in a reader’s place', () => {
  const first = { moduleSerial: 'A1', firmware: '1.2', model: null }
  const other = { ...first, moduleSerial: 'B7' }

  test('is an alarm until a person accepts it; the reader records all the while', async () => {
    const own = await makeTestCentre()
    const [sourceId] = own.sourceIds
    await heard(own, friday, {}, { identity: first })
    expect(await kinds(own)).toEqual([])
    await heard(own, friday + minute, {}, { identity: other })
    await heard(own, friday + 2 * minute, {}, { identity: other })
    expect(await openAlarms(prisma, own.centreId)).toMatchObject([
      { kind: 'identity_changed', sourceId, facts: { serial: 'B7', serial_was: 'A1' }, out: false },
    ])
    expect(await acceptIdentity(by(own, sourceId), friday + 3 * minute)).toMatchObject({ ok: true })
    expect(await acceptIdentity(by(own, sourceId), friday + 3 * minute)).toMatchObject({ ok: false })
    await heard(own, friday + 4 * minute, {}, { identity: other })
    expect(await kinds(own)).toEqual([])
    expect(await prisma.readerIdentity.count({ where: { centreId: own.centreId } })).toBe(2)
    expect(await audited(own, 'reader.identity_accepted')).toBe(1)
  })

  test('is none any more once the accepted one is back', async () => {
    const own = await makeTestCentre()
    await heard(own, friday, {}, { identity: first })
    await heard(own, friday + minute, {}, { identity: other })
    await heard(own, friday + 2 * minute, {}, { identity: first })
    expect(await kinds(own)).toEqual([])
  })
})

describe('a reader that is silent when it should be busy', () => {
  /** On each of the last Fridays somebody punched every minute from 08:21 on at the first reader. */
  async function usualFridays(own: Fixture) {
    const rows = [7, 14, 21].flatMap((back) =>
      Array.from({ length: 20 }, (_, index) => ({
        sourceId: own.sourceIds[0],
        at: new Date(friday - back * day + index * minute),
        seq: BigInt(back * 100 + index),
      })),
    )
    const spoolEpoch = newEpoch()
    const always = { centreId: own.centreId, spoolEpoch, subject: '1' }
    await prisma.punch.createMany({ data: rows.map((row) => ({ ...always, ...row, receivedAt: row.at })) })
  }

  async function punchAt(own: Fixture, atMs: number) {
    const { centreId, sourceIds } = own
    const at = new Date(atMs)
    const row = { centreId, sourceId: sourceIds[0], spoolEpoch: newEpoch(), seq: 1n, subject: '1' }
    await prisma.punch.create({ data: { ...row, at, receivedAt: at } })
  }

  const later = friday + 27 * minute

  async function silent(): Promise<Fixture> {
    const own = await makeTestCentre()
    await usualFridays(own)
    await heard(own, friday - 60 * minute)
    await heard(own, later - second)
    await watch(later)
    return own
  }

  test('is an alarm and an outage from the rush on, until the next punch', async () => {
    const own = await silent()
    expect(await openAlarms(prisma, own.centreId)).toMatchObject([
      { kind: 'silent_when_busy', sourceId: own.sourceIds[0], out: true },
    ])
    const [alarm] = await openAlarms(prisma, own.centreId)
    const since = alarm?.openedMs ?? 0
    expect(friday - since).toBeGreaterThanOrEqual(0)
    expect(friday - since).toBeLessThan(5 * minute)
    expect(await outages(own)).toMatchObject([{ startsAt: new Date(since), endsAt: null, reason: 'silent_when_busy' }])
    await heard(own, later + 59 * second)
    expect(await kinds(own)).toEqual(['silent_when_busy'])
    await punchAt(own, later + 60 * second)
    await watch(later + 90 * second)
    expect(await kinds(own)).toEqual([])
    expect(await outages(own)).toMatchObject([{ endsAt: new Date(later + 60 * second) }])
  })

  test('ends with a person’s word and does not begin again by itself', async () => {
    const own = await silent()
    const [alarm] = await openAlarms(prisma, own.centreId)
    expect(await noteReaderWorks(by(own, alarm?.id ?? ''), later + minute)).toMatchObject({ ok: true })
    expect(await noteReaderWorks(by(own, alarm?.id ?? ''), later + minute)).toMatchObject({ ok: false })
    expect(await outages(own)).toMatchObject([{ endsAt: new Date(later + minute) }])
    await heard(own, later + 2 * minute)
    await watch(later + 2 * minute)
    expect(await kinds(own)).toEqual([])
    expect(await alarms(own)).toMatchObject([{ seenBy: own.accountIds.hr, facts: { word: 'works' } }])
  })

  test('is none on a rest day, without history, or while punches wait to be delivered', async () => {
    const fresh = await makeTestCentre()
    await heard(fresh, friday - 60 * minute)
    await heard(fresh, later - second)
    const waiting = await makeTestCentre()
    await usualFridays(waiting)
    await heard(waiting, friday - 60 * minute)
    await heard(waiting, later - second, { queue: 2, oldestWaitingMs: later - minute })
    const resting = await makeTestCentre()
    await usualFridays(resting)
    const title = '停电放假'
    const document = { year: 2026, layer: 'centre', title, number: null, days: { '2026-11-20': 'rest' } }
    const layer = { centreId: resting.centreId, id: newEpoch(), year: 2026, layer: 'centre', title }
    await prisma.calendarLayer.create({ data: { ...layer, document, createdAt: new Date(0) } })
    await heard(resting, friday - 60 * minute)
    await heard(resting, later - second)
    await watch(later)
    expect([await kinds(fresh), await kinds(waiting), await kinds(resting)]).toEqual([[], [], []])
  })
})

test('a terminal that stops calling in the hours of punching is an alarm and an outage until it calls', async () => {
  const own = await makeTestCentre()
  const { centreId } = own
  const [id] = own.sourceIds
  await prisma.source.update({ where: { centreId_id: { centreId, id } }, data: { kind: 'terminal', agentId: null } })
  const greetedAt = new Date(friday - 6 * minute)
  const terminal = { centreId, sourceId: id, utcOffsetMinutes: 480, allowedAt: new Date(0), greetedAt }
  await prisma.terminal.create({ data: terminal })
  await watch(friday)
  expect(await openAlarms(prisma, centreId)).toMatchObject([{ kind: 'terminal_silent', out: true }])
  expect(await outages(own)).toMatchObject([{ startsAt: greetedAt, endsAt: null, reason: 'terminal_silent' }])
  await prisma.terminal.updateMany({ where: { centreId }, data: { greetedAt: new Date(friday + minute) } })
  await watch(friday + 2 * minute)
  expect(await kinds(own)).toEqual([])
  expect(await outages(own)).toMatchObject([{ endsAt: new Date(friday + 2 * minute) }])
})

test('slots that differ from the enrolments are an alarm until they agree; an outage they are not', async () => {
  const own = await makeTestCentre()
  const { centreId, agentId } = own
  const [sourceId] = own.sourceIds
  const told = async (taken: string, atMs: number) => {
    const facts = { taken, templates: 4, capacity: 200 }
    const steps = [{ state: 'done', step: 'read', facts, at: new Date(atMs).toISOString() }]
    const times = { createdAt: new Date(atMs), finishedAt: new Date(atMs) }
    const command = { centreId, id: newEpoch(), agentId, sourceId, kind: 'index', payload: {}, state: 'done' }
    await prisma.agentCommand.create({ data: { ...command, ...times, steps } })
  }
  await heard(own, friday)
  await told('1-3,9', friday + second)
  await watch(friday + 2 * second)
  expect(await openAlarms(prisma, centreId)).toMatchObject([
    { kind: 'slots_differ', sourceId, facts: { unknown: 1, missing: 1 }, out: false },
  ])
  await heard(own, friday + 5 * second)
  expect(await kinds(own)).toEqual(['slots_differ'])
  await told('1-4', friday + minute)
  await watch(friday + 61 * second)
  expect(await kinds(own)).toEqual([])
  expect(await outages(own)).toEqual([])
})

test('online readers are asked for their slots once a night', async () => {
  const own = await makeTestCentre()
  const asked = () => prisma.agentCommand.count({ where: { centreId: own.centreId, kind: 'index' } })
  await heard(own, friday)
  await watch(friday + second)
  expect(await asked()).toBe(2)
  await watch(friday + minute)
  expect(await asked()).toBe(2)
  const night = friday + 18 * 60 * minute
  await heard(own, night)
  await watch(night + second)
  expect(await asked()).toBe(2)
  await heard(own, night + 180 * minute)
  await watch(night + 181 * minute)
  await watch(night + 182 * minute)
  expect(await asked()).toBe(4)
})

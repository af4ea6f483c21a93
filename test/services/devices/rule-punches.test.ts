import { beforeEach, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { loadDayFacts } from '#app/db/day-facts.server.ts'
import { countWaiting, decidedPunches, doubtfulPunches, waitingRulings } from '#app/db/doubtful.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { doubtfulPunch as doubtful } from '#app/domain/attendance/day.ts'
import { type PunchRuling, rulePunches } from '#app/services/devices/rule-punches.server.ts'
import { instant, marksOf, punch } from '#test/services/attendance/facts.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { doubtfulPunch, kioskClaim } from './doubt.ts'

useDatabase()

const day = '2026-11-20'
const evening = instant('2026-11-20 21:00')
let fixture: Fixture

beforeEach(async () => {
  fixture = await inTransaction(makeCentre)
})

function rule(keys: readonly string[], changes: Partial<PunchRuling> = {}, nowMs = evening) {
  const { centreId, accountIds } = fixture
  const by = { accountId: accountIds.hr, role: 'hr', address: null }
  return rulePunches(
    { centreId, keys, decision: 'release', countsAt: 'corrected', reason: '与监控核对无误', ...by, ...changes },
    nowMs,
  )
}

async function factsOf(person: 0 | 1 | 2 | 3) {
  const centre = { id: fixture.centreId, zone: 'Asia/Shanghai' }
  const found = await loadDayFacts(prisma, centre, fixture.personIds, day, evening)
  return found.get(fixture.personIds[person])?.facts
}

describe('a punch whose clock was off', () => {
  it('holds its slot open at the time put right, and counts there once it is released', async () => {
    await punch(fixture, 1, '2026-11-20 12:00:00', '2026-11-20 13:20:00', '2026-11-20 17:30:00')
    const key = await doubtfulPunch(fixture, {
      at: '2026-11-20 09:10:00',
      received: '2026-11-20 09:11:00',
      offsetMs: 1_200_000,
    })
    expect((await factsOf(1))?.outages).toMatchObject([{ source: doubtful, key, from: 31_800, to: 31_801 }])
    const done = await rule([key])
    expect(done).toMatchObject({ ok: true, value: { count: 1, days: 1 } })
    expect(await marksOf(fixture, 1, day)).toEqual(['present', 'present'])
    const facts = await factsOf(1)
    expect(facts?.outages).toEqual([])
    expect(facts?.punches[0]).toMatchObject({ second: 31_800, key })
  })

  it('counts late when it is released as recorded, and not at all when it is rejected', async () => {
    await punch(fixture, 1, '2026-11-20 12:00:00', '2026-11-20 13:20:00', '2026-11-20 17:30:00')
    const recorded = await doubtfulPunch(fixture, { at: '2026-11-20 09:10:00', offsetMs: 300_000 })
    await rule([recorded], { countsAt: 'recorded' })
    expect(await marksOf(fixture, 1, day)).toEqual(['late', 'present'])
    const other = await doubtfulPunch(fixture, { at: '2026-11-20 08:40:00', offsetMs: 130_000, subject: '4' })
    await rule([other], { decision: 'reject', accountId: fixture.accountIds.duty_officer, role: 'duty_officer' })
    expect((await factsOf(3))?.punches).toEqual([])
    expect((await factsOf(3))?.outages).toEqual([])
    expect(await waitingRulings(prisma, fixture.centreId)).toBe(0)
  })

  it('may count at a time that somebody states, also on another day than it was recorded', async () => {
    const key = await doubtfulPunch(fixture, {
      at: '2000-01-01 00:00:30',
      received: '2026-11-20 18:00:00',
      quarantine: 'before_2020',
    })
    expect((await factsOf(1))?.outages).toMatchObject([{ source: doubtful, from: 64_800 }])
    expect(await rule([key])).toMatchObject({ ok: false, code: 'offset_unknown' })
    expect(await rule([key], { countsAt: 'recorded' })).toMatchObject({ code: 'time_before_2020' })
    expect(await rule([key], { countsAt: evening + 1 })).toMatchObject({ code: 'time_in_future' })
    expect(await rule([key], { countsAt: instant('2026-11-19 08:30') })).toMatchObject({ ok: true, value: { days: 2 } })
    const [line] = await decidedPunches(prisma, fixture.centreId, 0)
    expect(line).toMatchObject({ decision: 'release', countsMs: instant('2026-11-19 08:30'), reason: '与监控核对无误' })
  })
})

describe('a ruling', () => {
  it('is made once: the second person is told who was first', async () => {
    const key = await doubtfulPunch(fixture, { at: '2026-11-20 08:40:00', offsetMs: 130_000 })
    const officer = { accountId: fixture.accountIds.duty_officer, role: 'duty_officer', decision: 'reject' as const }
    const [first, second] = await Promise.all([rule([key]), rule([key], officer)])
    const refused = [first, second].find((one) => !one.ok)
    expect([first, second].filter((one) => one.ok)).toHaveLength(1)
    expect(refused).toMatchObject({ code: 'already_ruled', facts: { atMs: evening, by: expect.any(String) } })
    expect(await prisma.punchRuling.count({ where: { centreId: fixture.centreId } })).toBe(1)
  })

  it('of several is made whole or not at all', async () => {
    const first = await doubtfulPunch(fixture, { at: '2026-11-20 08:40:00', offsetMs: 130_000 })
    const second = await doubtfulPunch(fixture, { at: '2026-11-20 08:41:00' })
    expect(await rule([first, second])).toMatchObject({ code: 'offset_unknown' })
    expect(await rule([first, second], { countsAt: evening - 1 })).toMatchObject({ code: 'one_time_for_many' })
    expect(await prisma.punchRuling.count({ where: { centreId: fixture.centreId } })).toBe(0)
    expect(await rule([first, second], { countsAt: 'recorded' })).toMatchObject({ ok: true, value: { count: 2 } })
  })

  it('needs a reason that can be read', async () => {
    const key = await doubtfulPunch(fixture, { at: '2026-11-20 08:40:00', offsetMs: 130_000 })
    expect(await rule([key], { reason: '  ' })).toMatchObject({ code: 'reason_missing' })
    expect(await rule([key], { reason: '㛃'.repeat(201) })).toMatchObject({ code: 'reason_too_long' })
    expect(await rule([key], { reason: '𬭎'.repeat(200) })).toMatchObject({ ok: true })
    expect(await rule([])).toMatchObject({ code: 'nothing_chosen' })
  })

  it('is not made on a punch that counts, on another centre’s, or on one that is none', async () => {
    const counts = await doubtfulPunch(fixture, { at: '2026-11-20 08:40:00', quarantine: null })
    const elsewhere = await doubtfulPunch(await makeCentre(prisma), { at: '2026-11-20 08:40:00', offsetMs: 130_000 })
    for (const key of [counts, elsewhere, 'no key', `${counts}9`]) {
      expect(await rule([key])).toMatchObject({ code: 'punch_unknown' })
    }
  })

  it('is not made by whose punch it is', async () => {
    const key = await doubtfulPunch(fixture, { at: '2026-11-20 08:40:00', offsetMs: 130_000, subject: '4' })
    for (const decision of ['release', 'reject'] as const) {
      expect(await rule([key], { decision })).toMatchObject({ code: 'own_punch' })
    }
    const officer = { accountId: fixture.accountIds.duty_officer, role: 'duty_officer' }
    expect(await rule([key], officer)).toMatchObject({ ok: true })
  })

  it('is noted without a name', async () => {
    const key = await doubtfulPunch(fixture, { at: '2026-11-20 08:40:00', offsetMs: 130_000 })
    await rule([key])
    const entry = await prisma.auditEntry.findFirst({ where: { centreId: fixture.centreId, action: 'punch.released' } })
    expect(entry).toMatchObject({ subject: key, detail: { count: 1, counts: 'corrected', punches: [key] } })
  })
})

describe('a claim at a kiosk', () => {
  it('waits with the name, the way and the place, and counts at its own time once it is confirmed', async () => {
    const key = await kioskClaim(fixture, '2026-11-20 08:50:00', 0)
    const [line] = await doubtfulPunches(prisma, fixture.centreId, 'claims')
    expect(line).toMatchObject({
      key,
      person: { name: '陆𬭎' },
      claim: { kiosk: '一楼大厅', way: 'card' },
      quarantine: 'unconfirmed',
    })
    expect(await countWaiting(prisma, fixture.centreId, {})).toEqual({ claims: 1, quarantined: 0 })
    expect((await factsOf(0))?.outages).toMatchObject([{ source: doubtful, from: 31_800 }])
    await rule([key], { countsAt: 'recorded', accountId: fixture.accountIds.duty_officer, role: 'duty_officer' })
    expect((await factsOf(0))?.punches).toMatchObject([{ second: 31_800, key }])
    expect(await doubtfulPunches(prisma, fixture.centreId, 'claims')).toEqual([])
  })
})

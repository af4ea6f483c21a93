import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { newId } from '#app/db/id.server.ts'
import { twoPunchProfile } from '#app/domain/attendance/presets.ts'
import { recomputeStale } from '#app/services/attendance/recompute.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { cover, instant, marksOf, outage, punch, resultRows, stale } from './facts.ts'

useDatabase()

const friday = '2026-11-20'
const evening = instant('2026-11-21 09:00')
let fixture: Fixture

beforeAll(async () => {
  fixture = await makeCentre(prisma)
})

async function settle(person: number, day = friday): Promise<(string | null)[]> {
  await stale(fixture, person, day)
  await recomputeStale(evening)
  return marksOf(fixture, person, day)
}

describe('recomputing', () => {
  it('lets a late punch change the stored day', async () => {
    await punch(fixture, 0, '2026-11-20 08:50:00', '2026-11-20 12:01:00', '2026-11-20 13:20:00')
    expect(await settle(0)).toEqual(['present', 'missing'])
    await punch(fixture, 0, '2026-11-20 17:02:00')
    expect(await settle(0)).toEqual(['present', 'present'])
  })

  it('changes nothing when it runs again, not even a row version', async () => {
    await settle(0)
    const before = await resultRows(fixture)
    await settle(0)
    expect(await resultRows(fixture)).toEqual(before)
    expect(await prisma.staleDay.count({ where: { centreId: fixture.centreId } })).toBe(0)
  })

  it('takes approved leave as the mark of the halves it covers', async () => {
    await cover(fixture, 1, 'annual', '2026-11-20 00:00', '2026-11-20 12:30')
    await punch(fixture, 1, '2026-11-20 13:10:00', '2026-11-20 17:05:00')
    expect(await settle(1)).toEqual(['annual', 'present'])
  })

  it('leaves a half pending when a reader of the person was down and no punch came, though the other one was up', async () => {
    await outage(fixture, 0, '2026-11-20 08:00', '2026-11-20 10:30')
    await punch(fixture, 2, '2026-11-20 12:02:00', '2026-11-20 13:15:00', '2026-11-20 17:01:00')
    expect(await settle(2)).toEqual(['pending', 'present'])
  })

  it('expects nothing after the posting has ended', async () => {
    const { centreId, personIds } = fixture
    const lastDay = toDate('2026-11-19')
    await prisma.posting.updateMany({ where: { centreId, personId: personIds[3] }, data: { endsOn: lastDay } })
    expect(await settle(3)).toEqual(['not_in_service', 'not_in_service'])
  })

  it('judges a day by the rules that were in force on it', async () => {
    const { centreId } = fixture
    const id = newId()
    const document = JSON.parse(JSON.stringify({ ...twoPunchProfile, version: 'next', valid_from: '2026-12-01' }))
    const dates = { validFrom: toDate('2026-12-01'), createdAt: new Date() }
    const set = { centreId, id, kind: 'attendance', version: 'next', name: 'next', source: {}, state: 'active' }
    await prisma.ruleSet.create({ data: { ...set, ...dates, document } })
    await settle(0)
    await stale(fixture, 0, '2026-12-01')
    await recomputeStale(instant('2026-12-02 09:00'))
    const versions = await prisma.halfResult.findMany({
      where: { centreId, personId: fixture.personIds[0], half: 'am' },
      orderBy: { day: 'asc' },
      select: { day: true, ruleVersion: true },
    })
    expect(versions.map((row) => row.ruleVersion === 'next')).toEqual([false, true])
  })

  it('keeps what cannot be judged yet on the list', async () => {
    await stale(fixture, 0, '2025-06-02')
    expect(await recomputeStale(evening)).toBe(0)
    expect(await prisma.staleDay.count({ where: { centreId: fixture.centreId } })).toBe(1)
    await prisma.staleDay.deleteMany({ where: { centreId: fixture.centreId } })
  })

  it('shares the work between several at once and does each day once', async () => {
    const days = ['2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05']
    for (const day of days) for (const person of [0, 1, 2]) await stale(fixture, person, day)
    await Promise.all([recomputeStale(evening), recomputeStale(evening), recomputeStale(evening)])
    await recomputeStale(evening)
    expect(await prisma.staleDay.count({ where: { centreId: fixture.centreId } })).toBe(0)
    for (const day of days) expect(await marksOf(fixture, 0, day)).toHaveLength(2)
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { closeDays } from '#app/services/attendance/close-days.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { instant, marksOf, punch, resultRows } from './facts.ts'

useDatabase()

let fixture: Fixture

beforeAll(async () => {
  fixture = await makeCentre(prisma)
  const lastDay = { endsOn: toDate('2026-11-18') }
  await prisma.posting.updateMany({
    where: { centreId: fixture.centreId, personId: fixture.personIds[3] },
    data: lastDay,
  })
  await punch(fixture, 0, '2026-11-19 08:50:00', '2026-11-19 12:01:00', '2026-11-19 13:20:00', '2026-11-19 17:01:00')
  await punch(fixture, 0, '2026-11-20 08:50:00')
})

describe('closing days', () => {
  it('gives a final result to everybody in service, also to those who never came', async () => {
    await closeDays(instant('2026-11-20 10:30'))
    expect(await marksOf(fixture, 0, '2026-11-19')).toEqual(['present', 'present'])
    expect(await marksOf(fixture, 1, '2026-11-19')).toEqual(['absent', 'absent'])
    expect(await marksOf(fixture, 3, '2026-11-18')).toHaveLength(2)
    expect(await marksOf(fixture, 3, '2026-11-19')).toEqual([])
    const open = await prisma.halfResult.count({
      where: { centreId: fixture.centreId, day: { lt: toDate('2026-11-20') }, final: false },
    })
    expect(open).toBe(0)
  })

  it('judges the closed slots of the running day and leaves the rest open', async () => {
    expect(await marksOf(fixture, 0, '2026-11-20')).toEqual([null, null])
    await closeDays(instant('2026-11-20 12:40'))
    expect(await marksOf(fixture, 0, '2026-11-20')).toEqual(['missing', null])
  })

  it('writes nothing when it runs again', async () => {
    const at = instant('2026-11-20 12:40')
    await closeDays(at)
    const before = await resultRows(fixture)
    expect(await closeDays(at)).toBe(0)
    expect(await resultRows(fixture)).toEqual(before)
  })

  it('marks rest days and holidays and asks nothing of them', async () => {
    expect(await marksOf(fixture, 0, '2026-11-15')).toEqual(['rest', 'rest'])
    await closeDays(instant('2026-10-09 09:00'))
    expect(await marksOf(fixture, 0, '2026-10-01')).toEqual(['holiday', 'holiday'])
  })
})

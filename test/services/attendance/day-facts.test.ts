import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { loadDayFacts } from '#app/db/day-facts.server.ts'
import { doubtfulPunch, notEnrolled } from '#app/domain/attendance/day.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { cover, instant, outage, punch } from './facts.ts'

useDatabase()

const day = '2026-11-20'
let fixture: Fixture

beforeAll(async () => {
  fixture = await makeCentre(prisma)
  const { centreId, sourceIds, personIds } = fixture
  // At noon the slot "1" of the first reader passes from the first person to the fourth.
  const noon = new Date(instant('2026-11-20 12:00'))
  const held = { centreId, sourceId: sourceIds[0] }
  await prisma.enrolment.updateMany({ where: { ...held, subject: { in: ['1', '4'] } }, data: { endsAt: noon } })
  await prisma.enrolment.create({
    data: { ...held, id: personIds[0], subject: '1', personId: personIds[3], startsAt: noon },
  })
})

async function facts(at: string, on = day) {
  const centre = { id: fixture.centreId, zone: 'Asia/Shanghai' }
  const found = await loadDayFacts(prisma, centre, fixture.personIds, on, instant(at))
  return fixture.personIds.map((id) => found.get(id)?.facts)
}

describe('the facts of a day', () => {
  it('gives each punch to whoever held the slot at its own time, and the small hours to the day before', async () => {
    await punch(fixture, 0, '2026-11-20 08:30:00', '2026-11-20 13:30:00', '2026-11-21 01:10:00', '2026-11-21 04:00:00')
    const [first, , , fourth] = await facts('2026-11-21 09:00')
    expect(first?.punches.map((one) => one.second)).toEqual([30_600])
    expect(fourth?.punches.map((one) => one.second)).toEqual([48_600, 86_400 + 4200])
  })

  it('leaves quarantined punches out and holds their slot open', async () => {
    const { centreId, sourceIds, personIds } = fixture
    const at = new Date(instant('2026-11-20 09:00'))
    const where = { centreId, sourceId: sourceIds[0], spoolEpoch: personIds[0], seq: 1n, at, receivedAt: at }
    await prisma.punch.create({ data: { ...where, subject: '2', quarantine: 'clock_off' } })
    const [, second] = await facts('2026-11-21 09:00')
    expect(second?.punches).toEqual([])
    expect(second?.outages).toMatchObject([{ source: doubtfulPunch, from: 32_400, to: 32_401 }])
  })

  it('clips time away to the day and counts an outage of one reader, open ones up to now', async () => {
    await cover(fixture, 1, 'training', '2026-11-19 13:00', '2026-11-20 10:30')
    await outage(fixture, 1, '2026-11-20 08:10', null)
    const [, second] = await facts('2026-11-20 09:00')
    expect(second?.coverage).toMatchObject([{ kind: 'training', from: 0, to: 37_800 }])
    const down = second?.outages.filter((one) => one.source === fixture.sourceIds[1])
    expect(down).toMatchObject([{ from: 29_400, to: 32_401 }])
    expect(second?.asOf).toBe(32_400)
  })

  it('holds nothing against somebody before a finger is enrolled and after the last is deleted', async () => {
    const other = await makeCentre(prisma)
    const [newcomer, gone] = other.personIds
    const of = (personId: string) => ({ where: { centreId: other.centreId, personId } })
    await prisma.enrolment.updateMany({ ...of(newcomer), data: { startsAt: new Date(instant('2026-11-20 10:00')) } })
    await prisma.enrolment.updateMany({ ...of(gone), data: { endsAt: new Date(instant('2026-11-20 15:00')) } })
    const centre = { id: other.centreId, zone: 'Asia/Shanghai' }
    const found = await loadDayFacts(prisma, centre, other.personIds, day, instant('2026-11-21 09:00'))
    const gaps = (id: string) => found.get(id)?.facts.outages.map(({ source, from, to }) => [source, from, to])
    expect(gaps(newcomer)).toEqual([[notEnrolled, 14_400, 36_000]])
    expect(gaps(gone)).toEqual([[notEnrolled, 54_000, 100_800]])
    expect(gaps(other.personIds[2])).toEqual([])
  })

  it('knows that a day is over at its boundary, not at midnight', async () => {
    const [before] = await facts('2026-11-21 03:59')
    const [after] = await facts('2026-11-21 04:00')
    expect(before?.asOf).toBe(86_400 + 14_340)
    expect(after?.asOf).toBeNull()
  })

  it('answers nothing for a day that cannot be judged', async () => {
    expect(await facts('2026-11-21 09:00', '2025-12-31')).toEqual([undefined, undefined, undefined, undefined])
  })

  it('asks the database as often for one person as for four', async () => {
    const { withQueryCount } = await import('./query-count.ts')
    const centre = { id: fixture.centreId, zone: 'Asia/Shanghai' }
    const at = instant('2026-11-20 09:00')
    const one = await withQueryCount(() => loadDayFacts(prisma, centre, fixture.personIds.slice(0, 1), day, at))
    const four = await withQueryCount(() => loadDayFacts(prisma, centre, fixture.personIds, day, at))
    expect(four).toBe(one)
    expect(four).toBeLessThanOrEqual(10)
  })
})

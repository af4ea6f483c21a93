import './morning.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { loader } from '#app/routes/_shell.me.tsx'
import { closeDays } from '#app/services/attendance/close-days.server.ts'
import { ask, get, signedIn } from '#test/routes/requests.ts'
import { cover, instant, punch } from '#test/services/attendance/facts.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { as } from './hall.ts'

useDatabase()

type Page = Awaited<ReturnType<typeof loader>>

let fixture: Fixture
let staff: string

beforeAll(async () => {
  fixture = await makeCentre(prisma)
  staff = await as(fixture, 'staff')
  await cover(fixture, 1, 'training', '2026-11-18 00:00', '2026-11-19 00:00')
  await punch(fixture, 1, '2026-11-19 09:08:00', '2026-11-19 12:01:00', '2026-11-19 13:20:00', '2026-11-19 17:02:00')
  await punch(fixture, 1, '2026-11-20 08:19:36', '2026-11-20 08:19:41')
  await closeDays(instant('2026-11-20 09:00'))
})

async function page(path: string, cookie = staff): Promise<Page> {
  const answer = await ask(loader, get(path, cookie))
  expect(answer.fault).toBeNull()
  return answer.body as Page
}

describe('my page', () => {
  it('greets, and shows what was done and what comes next', async () => {
    const clock = () => formatInstant(now(), 'Asia/Shanghai', 'zh-CN', 'time')
    const before = clock()
    const { model } = await page('/me')
    expect(model?.name).toBe('王㛃')
    // A slow machine may pass a full minute while it answers.
    expect([before, clock()].map((time) => `现在 ${time}`)).toContain(model?.facts.at(-1))
    expect(model?.day?.slots.map((slot) => [slot.time, slot.mark, slot.mood])).toEqual([
      ['08:19', 'present', 'done'],
      ['12:00', null, 'next'],
      ['13:30', null, 'later'],
      ['17:00', null, 'later'],
    ])
    expect(model?.day?.slots[0]?.why?.actual.join()).toContain('08:19:41')
  })

  it('adds up the month', async () => {
    const { model } = await page('/me')
    const cells = model?.month.weeks.flatMap((week) => week.days.flatMap(({ cell }) => cell ?? []))
    expect(cells?.find((cell) => cell.day === '2026-11-18')).toMatchObject({ am: 'training', pm: 'training' })
    expect(cells?.find((cell) => cell.day === '2026-11-19')).toMatchObject({ am: 'late', pm: 'present' })
    expect(model?.month.totals).toContainEqual({ mark: 'late', text: '1 次 8 分' })
    expect(model?.month.totals).toContainEqual({ mark: 'training', text: '1 天' })
  })

  it('says why of a day and of a half', async () => {
    const whole = await page('/me?why=2026-11-19')
    expect(whole.why?.marks.map((one) => one.mark)).toEqual(['late', 'present'])
    expect(whole.why?.effect).toBe('上午 算出勤，但要记一次；下午 算出勤')
    const half = await page('/me?why=2026-11-19-am')
    expect(half.why?.marks.map((one) => one.mark)).toEqual(['late'])
    expect(half.why?.due).toHaveLength(2)
  })

  it('marks a year without a notice as provisional, and an unknown one as unknown', async () => {
    expect((await page('/me?month=2027-02')).model?.month.provisional).toBe(true)
    expect((await page('/me?month=2098-02')).model?.month.unknownYear).toBe('2098')
  })

  it('keeps to the present month when the address is nonsense', async () => {
    for (const query of ['month=2026-13', 'month=x', 'why=2026-02-30', 'why=2027-01-01', 'month=9999-01']) {
      const { model, why } = await page(`/me?${query}`)
      expect(model?.month.month).toBe('2026-11')
      expect(why).toBeNull()
    }
  })

  it('never shows another person, whatever the address says', async () => {
    const [other] = fixture.personIds
    for (const query of [`person=${other}`, `id=${other}`, `why=${other}`, `personId=${other}`]) {
      const text = JSON.stringify(await page(`/me?${query}`))
      expect(text).toContain('王㛃')
      expect(text).not.toContain('陆𬭎')
    }
  })

  it('has a page for an account without a person', async () => {
    const { cookie } = await signedIn(fixture.centreId, ['staff'])
    expect((await page('/me', cookie)).model).toBeNull()
  })

  it('says so when the posting has not begun, and is closed once it has ended', async () => {
    const other = await makeCentre(prisma)
    const where = { centreId: other.centreId, personId: other.personIds[1] }
    await prisma.posting.updateMany({ where, data: { startsOn: toDate('2026-12-01') } })
    const cookie = await as(other, 'staff')
    expect((await page('/me', cookie)).model?.away).toContain('12月1日')
    await prisma.posting.updateMany({
      where,
      data: { startsOn: toDate('2026-01-01'), endsOn: toDate('2026-11-01') },
    })
    expect(await ask(loader, get('/me', cookie))).toMatchObject({ status: 302, location: '/sign-in?to=%2Fme' })
  })

  it('says it all in English but the name', async () => {
    const text = JSON.stringify(await page('/me?lang=en')).replaceAll('王㛃', '')
    const rule = /(?<="rule":")[^"]*/gu
    expect(text.replace(rule, '').match(/\p{Script=Han}+/gu) ?? []).toEqual([])
  })
})

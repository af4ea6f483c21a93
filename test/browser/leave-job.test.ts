import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { daysText } from '#app/ui/leave/texts.ts'
import { desk, newCentre, phone, type Seat, sit, standsAtMorning, type Way, ways } from '#test/browser/job.ts'
import { type App, openBrowser, startApp } from '#test/browser/support.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, fixturePassword as password } from '#test/support/fixture.ts'

useDatabase()

let app: App
let browser: Browser

beforeAll(async () => {
  app = await startApp(standsAtMorning())
  browser = await openBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

type Slip = { kind: string; from: string; fromHalf: 'am' | 'pm'; to: string; toHalf: 'am' | 'pm' }

/** Thursday afternoon to Monday morning: two working days, four by the calendar. */
const overTheWeekend: Slip = { kind: 'private', from: '2026-11-26', fromHalf: 'pm', to: '2026-11-30', toHalf: 'am' }
const oneMorning: Slip = { kind: 'private', from: '2026-12-02', fromHalf: 'am', to: '2026-12-02', toHalf: 'am' }

/** Presses what stands for a choice, as a finger does: the radio itself is hidden behind it. */
const choose = (page: Page, name: string, value: string) =>
  page.locator('label', { has: page.locator(`[name="${name}"][value="${value}"]`) }).click()

async function fill({ page, go }: Seat, centre: Fixture, slip: Slip, reason: string, way: Way): Promise<void> {
  await go('/leave/new')
  if (way.script) await page.waitForSelector('.recount', { state: 'detached' })
  await choose(page, 'kind', slip.kind)
  await page.fill('#from', slip.from)
  await choose(page, 'from_half', slip.fromHalf)
  await page.fill('#to', slip.to)
  await choose(page, 'to_half', slip.toHalf)
  await choose(page, 'stand_in', centre.personIds[0])
  await page.fill('#reason', reason)
  await page.fill('#handover', '印章一枚，取号机钥匙一把')
  // Without script a button counts.
  if (!way.script) await page.click('button[value=preview]')
}

async function send({ page }: Seat): Promise<void> {
  await page.click('button[name=intent][value=submit]')
  await page.waitForURL(/done=submitted/)
}

/** One who serves at a window asks for two leaves, and by mistake for one of them twice. */
async function asks(seat: Seat, centre: Fixture, way: Way): Promise<void> {
  const { page, t } = seat
  await fill(seat, centre, overTheWeekend, '陪家人看病', way)
  const days = () => page.locator('.lv-big b').allTextContents()
  await expect.poll(async () => (await days()).map(parseFloat), { timeout: 10_000 }).toEqual([2, 4])
  await seat.look('form')
  await send(seat)
  expect(await seat.text()).toContain(t('leave.done.submitted_means'))
  await seat.look('sent')

  await fill(seat, centre, { ...overTheWeekend, kind: 'sick' }, '写了很久的事由', way)
  await page.click('button[name=intent][value=submit]')
  await page.waitForSelector('[role=alert]')
  expect(await page.locator('[role=alert]').first().textContent()).toContain(t('attendance.mark.private'))
  expect(await page.inputValue('#reason')).toBe('写了很久的事由')
  expect(await page.inputValue('#handover')).toBe('印章一枚，取号机钥匙一把')
  expect(await page.inputValue('#from')).toBe(overTheWeekend.from)
  expect(await page.isChecked(`[name=stand_in][value="${centre.personIds[0]}"]`)).toBe(true)
  expect(await page.isChecked('[name=kind][value=sick]')).toBe(true)
  await seat.look('overlap')

  await fill(seat, centre, oneMorning, '办理房产过户', way)
  await send(seat)
}

const badge = ({ page }: Seat) => page.locator('nav a[href="/leave/waiting"] .n').first()

/** The chief representative, on a telephone: one goes back with a word of why, the other takes effect. */
async function decides(seat: Seat, way: Way): Promise<void> {
  const { page, t } = seat
  const name = way.lang === 'en' ? 'Wang Jie' : '王㛃'
  expect(await badge(seat).textContent()).toContain('2')
  await page.locator('a[href="/leave/waiting"]').filter({ visible: true }).first().click()
  await page.waitForSelector('.q li')
  expect(await page.locator('.q li').count()).toBe(2)
  await seat.look('waiting')

  await open(seat, 4)
  await seat.look('request')
  await page.click('button[name=act][value=return]')
  await page.waitForSelector('[role=alert]')
  expect(await seat.text()).toContain(t('leave.refused.title_decide'))
  await seat.look('no-note')
  await page.fill('#note', '请改到下周')
  await page.click('button[name=act][value=return]')
  await page.waitForURL(/done=returned/)
  expect(await seat.text()).toContain(t('leave.done.returned', { name }))

  await open(seat, 1)
  await page.click('#approve')
  await page.waitForURL(/done=approved/)
  expect(await seat.text()).toContain(t('leave.done.approved', { name }))
  expect(await seat.text()).toContain(t('leave.done.approved_last'))
  expect(await seat.text()).toContain(t('leave.waiting.empty'))
  await seat.look('decided')

  await seat.go('/leave/calendar?month=2026-12')
  expect(await page.locator('.lvc tbody tr').textContent()).toContain(name)
  await seat.look('calendar')
}

/** Opens the waiting request of so many half-days. */
async function open({ page, t }: Seat, halves: number): Promise<void> {
  await page.locator('.q a', { hasText: daysText(t, halves) }).click()
  await page.waitForURL((url) => url.searchParams.has('id'))
  await page.waitForSelector('#note')
}

describe('a leave, from the one who asks to the one who decides', () => {
  it.each(ways)(
    'is asked for at a desk and decided on a telephone ($lang, script: $script)',
    async (way) => {
      const centre = await newCentre()
      const own = { browser, app, way, password }
      const staff = await sit({ ...own, job: 'staff', number: centre.signIns.staff }, desk)
      await asks(staff, centre, way)

      const manager = await sit({ ...own, job: 'manager', number: centre.signIns.chief_representative }, phone)
      await decides(manager, way)
      await manager.leave()

      await staff.go('/leave')
      const told = await staff.text()
      expect(told).toContain(staff.t('leave.next.returned', { note: '请改到下周' }))
      expect(told).toContain(staff.t('leave.state.approved'))
      await staff.look('answered')
      await staff.leave()
    },
    120_000,
  )
})

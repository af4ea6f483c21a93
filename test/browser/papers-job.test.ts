import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desk, newCentre, type Seat, sit, standsAtMorning, type Way, ways } from '#test/browser/job.ts'
import { type App, download, openBrowser, startApp } from '#test/browser/support.ts'
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

/** Whoever prints must wait: numbers of papers are given to nobody until the answer is called. */
async function holdPrinter(): Promise<() => Promise<void>> {
  const { pool } = await import('#app/db/client.server.ts')
  const client = await pool.connect()
  await client.query('BEGIN')
  await client.query('LOCK TABLE paper_number IN EXCLUSIVE MODE')
  return async () => {
    await client.query('ROLLBACK')
    client.release()
  }
}

/** Finds somebody by the initials of the reading and corrects the duties; then the page of the fingers. */
async function edits(seat: Seat, centre: Fixture): Promise<void> {
  const { page, t } = seat
  const base = `/people/${centre.personIds[2]}`
  await seat.go('/people')
  await page.fill('main [name=q]', 'zxr')
  await page.keyboard.press('Enter')
  await page.waitForURL(/q=zxr/)
  await page.waitForSelector('.chip')
  expect(await page.locator('tbody tr').count()).toBe(1)
  // The search of the whole centre, in the bar, is another one.
  expect(await page.inputValue('.find [name=q]')).toBe('')
  await seat.look('found')
  await page.click(`tbody a[href="${base}"]`)
  await page.click(`a[href="${base}/edit"]`)
  await page.waitForSelector('#duties')
  await seat.look('edit')
  await page.fill('#duties', '社会保障综合受理')
  await page.click('.foot button[value=save]')
  await page.waitForSelector('.ph')
  await seat.go(`${base}?view=record`)
  expect(await seat.text()).toContain('社会保障综合受理')
  await seat.go(base)
  await page.click(`a[href="${base}/enrol"]`)
  await page.waitForSelector('#points')
  expect(await seat.text()).toContain(t('enrolment.consent.point.free'))
  await seat.look('consent')
}

/** Prints for nobody, which is refused, then for three people; waits, and downloads what came of it. */
async function prints(seat: Seat, centre: Fixture, way: Way): Promise<void> {
  const { page, t } = seat
  await seat.go('/papers')
  await page.click('button[name=as][value=pdf]')
  await page.waitForSelector('[role=alert]')
  expect(await seat.text()).toContain(t('assessment.papers.refused.nobody_selected'))
  for (const id of centre.personIds.slice(0, 3)) await page.check(`[name=person][value="${id}"]`)
  if (way.script) expect(await seat.text()).toContain(t('assessment.papers.chosen', { count: 3 }))
  await seat.look('chosen')

  const letGo = await holdPrinter()
  try {
    await page.click('button[name=as][value=pdf]')
    await page.waitForSelector('progress')
    expect(await page.getAttribute('progress', 'max')).toBe('3')
    await seat.look('progress')
  } finally {
    await letGo()
  }
  const link = page.locator('a[download]')
  await link.waitFor()
  await seat.look('printed')
  const { name, bytes } = await download(page, () => link.click())
  expect(name).toMatch(/\.pdf$/)
  expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-')
  expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBe(6)
}

/** Writes the own summary, and opens the page as it will be printed. */
async function writes(seat: Seat, way: Way): Promise<void> {
  const { page, t } = seat
  const words = '一年来在综合窗口受理企业开办，差评为零。\n配合完成窗口轮换两次。'
  await seat.go('/papers/mine')
  if (way.script) await page.waitForLoadState('networkidle')
  await page.fill('#summary', words)
  if (way.script) {
    const told = t('assessment.mine.auto.saved', { time: '' }).trim()
    await page.waitForSelector(`.mine-told:has-text("${told}")`)
  }
  await page.click('.foot button.pri')
  await page.waitForURL(/saved/)
  expect(await seat.text()).toContain(t('assessment.mine.saved_number', { number: 'KH-2026-0001' }))
  expect(await page.inputValue('#summary')).toBe(words)
  await seat.look('summary')
  const address = await page.getAttribute('.foot a.btn', 'href')
  const preview = await page.request.get(app.url + address)
  expect(preview.headers()['content-type']).toBe('application/pdf')
  expect(preview.headers()['content-disposition']).toMatch(/^inline/)
  expect((await preview.body()).subarray(0, 5).toString('latin1')).toBe('%PDF-')
}

describe('papers, from the one who writes to the one who prints', () => {
  it.each(ways)(
    'are written and printed at a desk ($lang, script: $script)',
    async (way) => {
      const centre = await newCentre()
      const own = { browser, app, way, password }
      const staff = await sit({ ...own, job: 'staff', number: centre.signIns.staff }, desk)
      await writes(staff, way)
      await staff.leave()

      const hr = await sit({ ...own, job: 'hr', number: centre.signIns.hr }, desk)
      await edits(hr, centre)
      await prints(hr, centre, way)
      await hr.leave()
    },
    120_000,
  )
})

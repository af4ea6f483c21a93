import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import {
  type App,
  axeViolations,
  complaints,
  openBrowser,
  openPage,
  overflow,
  signIn,
  startApp,
} from '#test/browser/support.ts'
import { doubtfulPunch, kioskClaim } from '#test/services/devices/doubt.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, fixturePassword, makeCentre } from '#test/support/fixture.ts'

useDatabase()

let app: App
let browser: Browser
let centre: Fixture

beforeAll(async () => {
  centre = await makeCentre(prisma)
  await kioskClaim(centre, '2026-11-20 08:50:00', 0)
  await kioskClaim(centre, '2026-11-20 08:55:00', 1)
  await doubtfulPunch(centre, { at: '2026-11-20 09:10:00', received: '2026-11-20 09:10:02', offsetMs: 1_260_000 })
  await doubtfulPunch(centre, { at: '2026-11-20 08:41:00', offsetMs: -130_000, subject: '1' })
  await doubtfulPunch(centre, {
    at: '2000-01-01 00:00:30',
    received: '2026-11-20 08:58:00',
    quarantine: 'before_2020',
    subject: '33',
  })
  for (const day of ['18', '19', '20']) {
    await doubtfulPunch(centre, { at: `2026-11-${day} 08:40:00`, quarantine: null, subject: '9' })
  }
  const { centreId, agentId } = centre
  const numbers = { first: 12n, last: 15n, notedAt: new Date('2026-11-20T01:00:00.000Z') }
  await prisma.spoolGap.create({ data: { centreId, id: agentId, agentId, epoch: agentId, ...numbers } })
  app = await startApp()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function open(role: 'hr' | 'duty_officer', options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const page = await openPage(browser, options)
  await signIn(page, app, { number: centre.signIns[role], password: fixturePassword })
  return page
}

const views = ['show=claims', 'show=quarantined', 'show=parked', 'number', 'show=gaps', 'show=decided']
const pathOf = (view: string) =>
  `/readers/doubtful?${view === 'number' ? `show=parked&of=${centre.sourceIds[0]}&number=9&find=w` : view}`

describe.each(['zh-CN', 'en'])('the page of doubtful punches in %s', (locale) => {
  it.each([1366, 390])('%i wide fits its window and says what a machine can hear of it', async (width) => {
    const page = await open('hr', { locale, viewport: { width, height: 800 } })
    const heard = complaints(page)
    for (const view of views) {
      await page.goto(`${app.url}${pathOf(view)}&lang=${locale}`)
      const folder = process.env.SHOTS
      if (folder) {
        mkdirSync(folder, { recursive: true })
        await page.screenshot({ path: `${folder}/${view.replace('show=', '')}-${locale}-${width}.png`, fullPage: true })
      }
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      expect(await axeViolations(page)).toEqual([])
    }
    expect(heard).toEqual([])
    await page.context().close()
  })
})

describe('a duty officer', () => {
  it('confirms who stands at the screen with one press, without script as well', async () => {
    const page = await open('duty_officer', { javaScriptEnabled: false, viewport: { width: 390, height: 800 } })
    await page.goto(`${app.url}/readers/doubtful`)
    await page.click('button.pri >> nth=0')
    expect(await page.textContent('.al.ok')).toContain('已确认')
    await page.waitForSelector('.db-claims .card')
    expect(await page.locator('.db-claims .card').count()).toBe(1)
    await page.context().close()
  })
})

describe('HR', () => {
  it('chooses all, is told what is missing with what was typed, and releases', async () => {
    const page = await open('hr')
    await page.goto(`${app.url}/readers/doubtful?show=quarantined`)
    await page.check('label.db-tick >> nth=0 >> input')
    await page.click('button[value=reject]')
    expect(await page.textContent('.al.bad')).toContain('还没有写理由')
    expect(await page.locator('input[name=key]:checked').count()).toBe(3)
    await page.fill('[name=reason]', '与监控核对，不是本人')
    await page.click('button[value=reject]')
    expect(await page.textContent('.al.ok')).toContain('已作废 3 条')
    await page.context().close()
  })

  it('finds whose a number is by letters while typing and claims it', async () => {
    const page = await open('hr')
    await page.goto(`${app.url}/readers/doubtful?show=parked&of=${centre.sourceIds[0]}&number=9`)
    await page.fill('[name=find]', 'zxr')
    await page.click('text=曾祥瑞')
    await page.click('button:has-text("认领给选中的人")')
    expect(await page.textContent('.al.ok')).toContain('已认领')
    await page.context().close()
  })
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
import { useDatabase } from '#test/support/database.ts'
import { fixturePassword, makeCentre } from '#test/support/fixture.ts'

const database = useDatabase()

let app: App
let browser: Browser
let numbers: Record<string, string>
const password = fixturePassword

beforeAll(async () => {
  const { inTransaction } = await import('#app/db/transaction.server.ts')
  const centre = await inTransaction(makeCentre)
  numbers = centre.signIns
  app = await startApp()
  browser = await openBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const withoutScript = { javaScriptEnabled: false }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }
const dutyOfficer = () => ({ number: numbers.duty_officer ?? '', password })

async function visit(path: string, options = {}): Promise<Page> {
  const page = await openPage(browser, options)
  await page.goto(app.url + path)
  return page
}

async function langOf(page: Page): Promise<string | null> {
  return page.getAttribute('html', 'lang')
}

describe('the sign-in page', () => {
  it('is a complete Chinese document without a word of complaint', async () => {
    const page = await openPage(browser)
    const found = complaints(page)
    await page.goto(`${app.url}/sign-in`)
    expect(await langOf(page)).toBe('zh-CN')
    expect(await page.locator('h1').count()).toBe(1)
    expect(await page.title()).toMatch(/\p{Script=Han}/u)
    expect(found).toEqual([])
  })

  it('has nothing against it that a machine can see, at both widths and in both languages', async () => {
    for (const options of [{}, phone]) {
      for (const path of ['/sign-in', '/sign-in?lang=en']) {
        const page = await visit(path, options)
        expect(await axeViolations(page), path).toEqual([])
        expect(await overflow(page), path).toBeLessThanOrEqual(0)
      }
    }
  })

  it('keeps the number and says what to do when the password is wrong, without script', async () => {
    const page = await visit('/sign-in', withoutScript)
    await page.fill('[name=number]', dutyOfficer().number)
    await page.fill('[name=password]', 'not this one')
    await page.click('main form button[type=submit]')
    expect(await page.inputValue('[name=number]')).toBe(dutyOfficer().number)
    expect(await page.inputValue('[name=password]')).toBe('')
    expect(await page.locator('[role=alert]').innerText()).toMatch(/\p{Script=Han}/u)
  })

  it('goes back to the page that was asked for', async () => {
    const page = await visit('/today?view=wide', withoutScript)
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    await page.fill('[name=number]', dutyOfficer().number)
    await page.fill('[name=password]', password)
    await page.click('main form button[type=submit]')
    expect(page.url()).toBe(`${app.url}/today?view=wide`)
  })
})

describe('the frame', () => {
  it('is worked through from the skip link on, and every stop can be seen', async () => {
    const page = await openPage(browser)
    await signIn(page, app, dutyOfficer())
    await page.goto(`${app.url}/today`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
    const stops: string[] = []
    const pages = await page.locator('.rail a').count()
    for (let count = 0; count < pages + 2; count++) {
      await page.keyboard.press('Tab')
      stops.push(
        await page.evaluate(() => {
          const at = document.activeElement as HTMLElement
          const shown = Number.parseFloat(getComputedStyle(at).outlineWidth) >= 2
          return `${at.closest('.rail, .bar, main')?.className.split(' ')[0]} ${shown}`
        }),
      )
    }
    expect(stops.every((stop) => stop.endsWith('true'))).toBe(true)
    expect(stops[0]).toBe('rail true')
    expect(stops.lastIndexOf('rail true')).toBeLessThan(stops.indexOf('bar true'))
  })

  it('skips to the content', async () => {
    const page = await openPage(browser)
    await signIn(page, app, dutyOfficer())
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  })

  it('opens the menu and signs out without script', async () => {
    const page = await openPage(browser, withoutScript)
    await signIn(page, app, dutyOfficer())
    await page.click('.menu > summary')
    await page.click('form[action="/sign-out"] button')
    await page.goto(`${app.url}/today`)
    expect(new URL(page.url()).pathname).toBe('/sign-in')
  })

  it('shows a role its own pages and marks the one that is open', async () => {
    const page = await openPage(browser)
    await signIn(page, app, { number: numbers.audit_administrator ?? '', password })
    const links = await page.locator('.rail a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    expect(links).toEqual(['/audit'])
    expect(await page.locator('.rail a[aria-current=page]').count()).toBe(1)
  })

  it('fits a phone: the pages move to the bottom, targets are large', async () => {
    const page = await openPage(browser, phone)
    await signIn(page, app, dutyOfficer())
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    const rail = await page.locator('.rail').boundingBox()
    expect(Math.round((rail?.y ?? 0) + (rail?.height ?? 0))).toBe(844)
    for (const link of await page.locator('.rail a:not(.opt)').all()) {
      expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    }
    await page.click('.menu > summary')
    const rest = page.locator('.menu .rest a')
    expect(await rest.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual(['/readers'])
    expect(await rest.first().isVisible()).toBe(true)
  })
})

describe('the board on a phone', () => {
  it('says what to do first, then shows the windows, then who just came; and finds', async () => {
    const page = await openPage(browser, phone)
    await signIn(page, app, dutyOfficer())
    await page.goto(`${app.url}/today`)
    const top = async (selector: string) => (await page.locator(selector).first().boundingBox())?.y ?? Number.NaN
    expect(await top('.acting')).toBeLessThan(await top('.zone'))
    expect(await top('.zone')).toBeLessThan(await top('.feed, .calm >> nth=-1'))
    await page.fill('.find [name=q]', 'A03')
    await page.press('.find [name=q]', 'Enter')
    await page.waitForSelector('.w.found')
  })
})

describe('a session', () => {
  it('is kept by a hand on the page and not by the page itself', async () => {
    const page = await openPage(browser)
    await signIn(page, app, dutyOfficer())
    const here = async () => (await page.context().cookies()).some((cookie) => cookie.name === 'ws_here')
    await page.context().clearCookies({ name: 'ws_here' })
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await page.waitForSelector('.lv-state .bdg.ok')
    expect(await here()).toBe(false)
    await page.keyboard.press('Tab')
    expect(await here()).toBe(true)
  })
})

describe('the language', () => {
  it('changes on the page one is on, without script, and stays', async () => {
    const page = await openPage(browser, withoutScript)
    await signIn(page, app, dutyOfficer())
    await page.goto(`${app.url}/today?q=x`)
    await page.click('.bar .lang')
    expect(await langOf(page)).toBe('en')
    expect(new URL(page.url()).searchParams.get('q')).toBe('x')
    await page.goto(`${app.url}/today`)
    expect(await langOf(page)).toBe('en')
    await page.click('.bar .lang')
    expect(await langOf(page)).toBe('zh-CN')
  })
})

describe('a page that cannot be shown', () => {
  const cases = [
    { name: 'an unknown address', path: '/nothing/here', status: 404 },
    { name: 'an unknown file', path: '/assets/gone.js', status: 404 },
  ]

  it.each(cases)(
    'says so for $name, in both languages, without a session and without script',
    async ({ path, status }) => {
      for (const lang of ['zh-CN', 'en']) {
        const page = await openPage(browser, withoutScript)
        const response = await page.goto(`${app.url}${path}?lang=${lang}`)
        expect(response?.status()).toBe(status)
        expect(await langOf(page)).toBe(lang)
        expect(await page.locator('h1').innerText()).not.toBe('')
        await page.click('main a[href="/"]')
        expect(new URL(page.url()).pathname).toBe('/sign-in')
      }
    },
  )

  it('keeps the frame when the role may not see it, and names the role', async () => {
    const page = await openPage(browser)
    await signIn(page, app, { number: numbers.audit_administrator ?? '', password })
    const response = await page.goto(`${app.url}/today`)
    expect(response?.status()).toBe(403)
    expect(await page.locator('.rail a').count()).toBe(1)
    expect(await axeViolations(page)).toEqual([])
  })

  it('refuses a form without its token and says what to do', async () => {
    const page = await openPage(browser, withoutScript)
    await signIn(page, app, dutyOfficer())
    const cookies = await page.context().cookies()
    const answer = await fetch(`${app.url}/sign-out`, {
      method: 'POST',
      headers: { Origin: app.url, Cookie: cookies.map((c) => `${c.name}=${c.value}`).join('; ') },
      body: new URLSearchParams({ csrf: 'made up' }),
    })
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('这张表单已经过期，没有提交')
  })

  it('gives a number when the program itself fails, the same as in its log', async () => {
    for (const options of [{}, withoutScript]) {
      await database.asOwner('ALTER TABLE centre RENAME TO centre_gone')
      try {
        const page = await visit('/sign-in', options)
        expect(await page.locator('h1').innerText()).toBe('这一页没有打开')
        const number = await page.locator('.oops dd').first().innerText()
        expect(number).toMatch(/^E-[0-9A-F]{4}$/)
        expect(app.log()).toContain(number)
        expect(await page.locator('body').innerText()).not.toContain('centre')
        await database.asOwner('ALTER TABLE centre_gone RENAME TO centre')
        await page.click('main a[href="/"]')
        expect(new URL(page.url()).pathname).toBe('/sign-in')
      } finally {
        await database.asOwner('ALTER TABLE IF EXISTS centre_gone RENAME TO centre')
      }
    }
  })

  it('gives the number also when the page was already open', async () => {
    const page = await openPage(browser)
    await signIn(page, app, dutyOfficer())
    await database.asOwner('ALTER TABLE half_result RENAME TO half_result_gone')
    try {
      await page.click('.rail a[href="/me"]')
      await page.waitForSelector('.oops')
      const number = await page.locator('.oops dd').first().innerText()
      expect(number).toMatch(/^E-[0-9A-F]{4}$/)
      expect(app.log()).toContain(number)
    } finally {
      await database.asOwner('ALTER TABLE half_result_gone RENAME TO half_result')
    }
  })
})

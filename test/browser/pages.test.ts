import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
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

useDatabase()

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

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

const pages = [
  { role: 'duty_officer', path: '/today' },
  { role: 'duty_officer', path: '/me' },
  { role: 'duty_officer', path: '/today?view=roll' },
  { role: 'duty_officer', path: '/wall' },
  { role: 'system_administrator', path: '/readers' },
  // Others are signed in by now: the list has its widest rows.
  { role: 'security_administrator', path: '/security' },
  { role: 'audit_administrator', path: '/audit' },
  { role: 'branch_secretary', path: '/home' },
  { role: 'staff', path: '/password' },
]

/** Signing in costs a password hash; once a role is enough where signing in is not the question. */
const sessions = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>()

async function pageOf(role: string, options: BrowserContextOptions): Promise<Page> {
  const known = sessions.get(role)
  if (known) return openPage(browser, { ...options, storageState: known })
  const page = await openPage(browser, options)
  await signIn(page, app, { number: numbers[role] ?? '', password })
  sessions.set(role, await page.context().storageState())
  return page
}

describe('each page', () => {
  it.each(pages)(
    '$path fits both widths, speaks both languages, and no machine finds fault with it',
    async ({ role, path }) => {
      for (const options of [{}, phone]) {
        const page = await pageOf(role, options)
        const found = complaints(page)
        for (const lang of ['zh-CN', 'en']) {
          const response = await page.goto(`${app.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
          expect(response?.status()).toBe(200)
          expect(await page.getAttribute('html', 'lang')).toBe(lang)
          expect(await page.locator('h1').count()).toBe(1)
          expect(await overflow(page)).toBeLessThanOrEqual(0)
          expect(await axeViolations(page)).toEqual([])
        }
        expect(found).toEqual([])
        await page.context().close()
      }
    },
  )
})

import path from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Locale } from '#app/i18n/catalogue.ts'
import { type T, translator } from '#app/i18n/translator.ts'
import { expectFit } from '#test/browser/fits.ts'
import { type App, complaints, openPage, signIn } from '#test/browser/support.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'

/** One way a job is done: in which language, with script or without. */
export type Way = { readonly lang: Locale; readonly script: boolean }

export const ways: readonly Way[] = [
  { lang: 'zh-CN', script: true },
  { lang: 'zh-CN', script: false },
  { lang: 'en', script: true },
  { lang: 'en', script: false },
]

export const desk = { viewport: { width: 1366, height: 768 } }
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

/** Friday 20 November 2026, 09:42 in Shanghai: for the server as environment, so that the days asked for are ahead. */
export const morning = Date.parse('2026-11-20T09:42:00+08:00')
export const standsAtMorning = () => ({ CLOCK_OFFSET_MS: String(morning - Date.now()) })

/** Each way has a centre of its own, so that none meets what another did. */
export async function newCentre(): Promise<Fixture> {
  const { inTransaction } = await import('#app/db/transaction.server.ts')
  return inTransaction(makeCentre)
}

const output = path.resolve(import.meta.dirname, '../output')

/** Somebody at a screen, doing a job in one of the ways. */
export type Seat = {
  readonly page: Page
  readonly t: T
  /** Opens a page of the program. */
  readonly go: (address: string) => Promise<void>
  /** Looks at the page as it stands: its language, its width, what a machine finds wrong; and keeps a picture of it. */
  readonly look: (step: string) => Promise<void>
  /** What stands on the page. */
  readonly text: () => Promise<string>
  /** Leaves the seat; the browser had nothing to complain about meanwhile. */
  readonly leave: () => Promise<void>
}

type Sitting = {
  readonly browser: Browser
  readonly app: App
  readonly job: string
  readonly way: Way
  readonly number: string
  readonly password: string
}

/** Sits down, chooses the language and signs in through the form. */
export async function sit(sitting: Sitting, options: BrowserContextOptions): Promise<Seat> {
  const { browser, app, job, way, number, password } = sitting
  const page = await openPage(browser, { ...options, javaScriptEnabled: way.script })
  const found = complaints(page)
  await page.goto(`${app.url}/sign-in?lang=${way.lang}`)
  await signIn(page, app, { number, password })
  const width = page.viewportSize()?.width
  const how = [way.lang, width, way.script ? '' : 'plain', process.env.BROWSER ?? ''].filter(Boolean).join('-')
  return {
    page,
    t: translator(way.lang),
    go: async (address) => {
      const response = await page.goto(app.url + address)
      expect(response?.status(), address).toBe(200)
    },
    look: (step) => look(page, way, path.join(output, `${job}-${step}-${how}.png`)),
    text: async () => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' '),
    leave: async () => {
      expect(found).toEqual([])
      await page.context().close()
    },
  }
}

/** Keeps a picture of a page, named by job, language and width. */
export async function picture(page: Page, job: string, lang: Locale): Promise<void> {
  const name = [job, lang, page.viewportSize()?.width, process.env.BROWSER ?? ''].filter(Boolean).join('-')
  await page.screenshot({ path: path.join(output, `${name}.png`) })
}

async function look(page: Page, way: Way, file: string): Promise<void> {
  // On a telephone the bars stand still over the page: what is seen first is the picture.
  await page.screenshot({ path: file, fullPage: (page.viewportSize()?.width ?? 0) > 600 })
  await expectFit(page, { lang: way.lang, name: file, script: way.script })
}

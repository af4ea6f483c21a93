import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Locale } from '#app/i18n/catalogue.ts'
import { morning, standsAtMorning } from '#test/browser/job.ts'
import { type App, openBrowser, openPage, startApp } from '#test/browser/support.ts'
import type { Fixture } from '#test/support/fixture.ts'

const hall = { viewport: { width: 1920, height: 1080 } }

/** A server that stands at the morning, a browser, and screens at the door. */
export type Stage = {
  readonly app: App
  readonly browser: Browser
  readonly nowThere: () => number
  /** A screen of a centre: of one reader, or of all. */
  readonly screen: (
    centre: Fixture,
    sourceId: string | null,
    lang: Locale,
    options?: BrowserContextOptions,
  ) => Promise<Page>
  readonly close: () => Promise<void>
}

/** The services of the program, loaded when the database stands. */
export async function program() {
  const [{ addKiosk }, { inTransaction }, { kioskCookie }, { giveWay }, { ingestPunches }, { prisma }] =
    await Promise.all([
      import('#app/db/kiosk.server.ts'),
      import('#app/db/transaction.server.ts'),
      import('#app/auth/guard.server.ts'),
      import('#app/services/devices/give-way.server.ts'),
      import('#app/services/devices/ingest-punches.server.ts'),
      import('#app/db/client.server.ts'),
    ])
  return { addKiosk, inTransaction, kioskCookie, giveWay, ingestPunches, prisma }
}

export async function openStage(): Promise<Stage> {
  const ahead = morning - Date.now()
  const app = await startApp(standsAtMorning())
  const browser = await openBrowser()
  const nowThere = () => Date.now() + ahead
  const screen: Stage['screen'] = async (centre, sourceId, lang, options = hall) => {
    const { addKiosk, inTransaction, kioskCookie } = await program()
    const { centreId } = centre
    const made = await inTransaction((tx) => addKiosk(tx, { centreId, name: '东门', sourceId, atMs: nowThere() }))
    const page = await openPage(browser, options)
    const [name = '', value = ''] = (kioskCookie(made.token).split(';')[0] ?? '').split('=')
    await page.context().addCookies([{ name, value, url: app.url }])
    await page.goto(`${app.url}/kiosk?lang=${lang}`)
    await page.waitForSelector('.k .time')
    return page
  }
  const close = async () => {
    await browser.close()
    await app.stop()
  }
  return { app, browser, nowThere, screen, close }
}

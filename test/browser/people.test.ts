import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
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
import { type Fixture, fixturePassword, makeCentre } from '#test/support/fixture.ts'

useDatabase()

const names = ['陆𬭎', '王㛃', '赵䶮', '李喆', '徐赟', '阿依古丽·买买提']
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

let app: App
let browser: Browser
let centre: Fixture
let state: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>

beforeAll(async () => {
  const { inTransaction } = await import('#app/db/transaction.server.ts')
  centre = await inTransaction(makeCentre)
  app = await startApp()
  browser = await openBrowser()
  const page = await openPage(browser)
  await signIn(page, app, { number: centre.signIns.hr, password: fixturePassword })
  state = await page.context().storageState()
  await page.context().close()
}, 90_000)

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const shots = process.env.SHOTS

/** A picture for the eye, where one is wanted. */
async function shot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

async function add(page: Page, name: string, number: string): Promise<void> {
  await page.goto(`${app.url}/people/new`)
  await page.fill('#name', name)
  await page.fill('#staffNumber', number)
  await page.selectOption('#identityKind', 'institution_technical')
  await page.selectOption('#unitId', centre.unitIds[0])
  await page.fill('#startsOn', '2026-01-05')
  await page.click('.foot button[value=save]')
  await page.waitForURL(/done=added/)
}

/** Every page of this part, by a short name. */
function pathsOf(base: string, posting: string): readonly (readonly [string, string])[] {
  return [
    ['people', '/people'],
    ['nobody', '/people?q=zzzz&state=left'],
    ['new', '/people/new'],
    ['paste', '/people/paste'],
    ['person', base],
    ['record', `${base}?view=record`],
    ['history', `${base}?view=history`],
    ['leave', `${base}?view=leave`],
    ['edit', `${base}/edit`],
    ['end', `${base}?act=end_posting&on=${posting}`],
    ['post', `${base}?act=start_post`],
  ]
}

async function checked(
  paths: readonly (readonly [string, string])[],
  size: string,
  options: BrowserContextOptions,
): Promise<void> {
  const page = await openPage(browser, { ...options, storageState: state })
  const found = complaints(page)
  for (const [name, path] of paths)
    for (const lang of ['zh-CN', 'en']) await fits(page, path, `${name}-${size}-${lang}`)
  expect(found).toEqual([])
  await page.context().close()
}

async function fits(page: Page, path: string, name: string): Promise<void> {
  const lang = name.endsWith('-en') ? 'en' : 'zh-CN'
  const response = await page.goto(`${app.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
  expect(response?.status(), name).toBe(200)
  await shot(page, name)
  expect(await page.locator('h1').count(), name).toBe(1)
  expect(await overflow(page), name).toBeLessThanOrEqual(0)
  expect(await axeViolations(page), name).toEqual([])
}

describe('people', () => {
  it('finds a rare character by its parts, with and without script, and saves the name', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await openPage(browser, { storageState: state, javaScriptEnabled })
      await page.goto(`${app.url}/people/new`)
      if (javaScriptEnabled) await page.waitForLoadState('networkidle')
      await page.fill('#name', '陆')
      await page.fill('#duties', '综合受理')
      await page.click('.finder summary')
      await page.fill('#characterQuery', '金 宏')
      await page.click('.finder button[value=find]')
      await page.click('.char[value="𬭎"]')
      await expect.poll(() => page.inputValue('#name')).toBe('陆𬭎')
      expect(await page.inputValue('#duties')).toBe('综合受理')
      await shot(page, `finder-${javaScriptEnabled ? 'script' : 'plain'}`)
      await page.context().close()
    }
  })

  it('draws the rare characters of saved names with a font of its own', async () => {
    const page = await openPage(browser, { storageState: state })
    const found = complaints(page)
    const fonts: string[] = []
    page.on('response', (response) => {
      if (response.url().endsWith('.woff2')) fonts.push(`${response.status()} ${response.url()}`)
    })
    for (const [index, name] of ['赵䶮', '李喆', '徐赟'].entries()) await add(page, name, `7000${index}`)
    await page.goto(`${app.url}/people?state=all`)
    await page.waitForLoadState('networkidle')
    const text = (await page.textContent('.people')) ?? ''
    for (const name of names) expect(text).toContain(name)
    const drawn = await page.evaluate(async () => {
      await document.fonts.ready
      const own = [...document.fonts].filter((face) => face.family.includes('Window Staff Names'))
      return { faces: own.length, loaded: own.filter((face) => face.status === 'loaded').length }
    })
    expect(drawn.loaded).toBeGreaterThan(0)
    expect(fonts.some((line) => line.startsWith('200'))).toBe(true)
    // One glyph an ideograph wide: a missing one would be drawn as a box of another font.
    const ownGlyphs = await page.evaluate(() => document.fonts.check('16px "Window Staff Names"', '㛃䶮𬭎'))
    expect(ownGlyphs).toBe(true)
    expect(found).toEqual([])
    await shot(page, 'list')
    await page.context().close()
  })

  it.each([
    ['desk', {}],
    ['phone', phone],
  ] as const)(
    'has pages that fit a %s, in both languages, and no machine finds fault with them',
    async (size, options) => {
      const { prisma } = await import('#app/db/client.server.ts')
      const posting = await prisma.posting.findFirstOrThrow({ where: { personId: centre.personIds[0] } })
      await checked(pathsOf(`/people/${centre.personIds[0]}`, posting.id), size, options)
    },
    240_000,
  )
})

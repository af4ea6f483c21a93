import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPassword } from '#app/domain/access/demo.ts'
import { instantOf } from '#app/domain/time/zone.ts'
import type { Agent } from '#devices/agent/agent.ts'
import { type App, complaints, openBrowser, openPage, signIn } from '#test/browser/support.ts'
import { codeFor, runAgent } from '../../scripts/tour/agent.ts'
import { makeWorld, type World } from '../../scripts/tour/world.ts'

const day = '2026-11-20'
const nowMs = instantOf(day, 8 * 3600 + 50 * 60, 'Asia/Shanghai')

let world: World
let agent: Agent
let browser: Browser
let app: App

beforeAll(async () => {
  world = await makeWorld(day, nowMs, 0)
  await world.startServer(nowMs)
  agent = await runAgent(world, nowMs, await codeFor(world, 'agent', nowMs))
  browser = await openBrowser()
  app = { url: world.address, stop: async () => {}, log: () => '' }
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await agent?.stop()
  await world?.close()
}, 60_000)

/** Chooses a person on the demo reader's page and presses. */
async function press(page: Page, name: string, how: string): Promise<void> {
  await page.goto(`${app.url}/demo/reader`)
  await page.locator('label', { hasText: name }).locator('[name=person]').check()
  await page.click(`button[name=how][value=${how}]`)
}

async function pairedKiosk(): Promise<Page> {
  const page = await openPage(browser, { viewport: { width: 1920, height: 1080 } })
  await page.goto(`${app.url}/kiosk`)
  await page.fill('[name=code]', await codeFor(world, 'kiosk', nowMs))
  await page.keyboard.press('Enter')
  await page.waitForSelector('text=最近签到')
  return page
}

describe('from a finger to the hall', () => {
  it('greets on the kiosk, turns the board on, and shows on the own page', async () => {
    const kiosk = await pairedKiosk()
    const told = complaints(kiosk)
    const board = await openPage(browser)
    await signIn(board, app, { number: '30536', password: demoPassword })
    const tile = board.locator('text=C05').first()
    await tile.waitFor()
    const hand = await openPage(browser)
    await press(hand, '王㛃', 'good')

    await kiosk.waitForSelector('.res :text("王㛃")')
    expect(await kiosk.locator('.res').textContent()).toContain('上午签到')
    await board.waitForFunction(() => /王㛃[\s\S]{0,40}08:5\d 到岗/.test(document.body.textContent ?? ''))

    const own = await openPage(browser)
    await signIn(own, app, { number: '30517', password: demoPassword })
    await own.goto(`${app.url}/me`)
    expect(await own.locator('main').textContent()).toMatch(/08:5\d[\s\S]*上午签到[\s\S]*正常/)
    expect(told).toEqual([])
  })

  it('says on the kiosk that a finger is not known', async () => {
    const kiosk = await pairedKiosk()
    const hand = await openPage(browser)
    await press(hand, '张伟', 'unknown')
    await kiosk.waitForSelector('.res.bad, .res:has-text("没有")', { timeout: 15_000 })
  })

  it('works without JavaScript', async () => {
    const hand = await openPage(browser, { javaScriptEnabled: false })
    await press(hand, '李喆', 'good')
    expect(hand.url()).toContain('/demo/reader')
    const board = await openPage(browser, { javaScriptEnabled: false })
    await signIn(board, app, { number: '30536', password: demoPassword })
    await expect
      .poll(async () => {
        await board.goto(`${app.url}/today`)
        return board.locator('main').textContent()
      })
      .toMatch(/李喆[\s\S]*08:5\d/)
  })
})

describe('bad input', () => {
  it('locks an account after repeated wrong passwords, and says until when', async () => {
    const page = await openPage(browser)
    let text = ''
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await page.goto(`${app.url}/sign-in`)
      await page.fill('[name=number]', '30502')
      await page.fill('[name=password]', `wrong-${attempt}`)
      await page.click('main form button[type=submit]')
      await page.waitForLoadState()
      text = (await page.locator('main').textContent()) ?? ''
    }
    expect(text).toMatch(/登录已锁定到 .*安全管理员/s)
  })

  it('refuses a form without its token and says what to do', async () => {
    const page = await openPage(browser, { javaScriptEnabled: false })
    await signIn(page, app, { number: '30550', password: demoPassword })
    const answer = await page.request.post(`${app.url}/readers`, {
      form: { intent: 'pair', kind: 'kiosk', name: 'x' },
      headers: { origin: app.url },
      maxRedirects: 0,
    })
    expect(answer.status()).toBe(403)
    expect(await answer.text()).toContain('表单')
  })

  it('does not know what belongs to another centre', async () => {
    const page = await openPage(browser, { javaScriptEnabled: false })
    await signIn(page, app, { number: '30550', password: demoPassword })
    await page.goto(`${app.url}/readers`)
    const csrf = await page.locator('[name=csrf]').first().getAttribute('value')
    const answer = await page.request.post(`${app.url}/readers`, {
      form: { intent: 'revoke_agent', id: randomUUID(), csrf: csrf ?? '' },
      headers: { origin: app.url },
      maxRedirects: 0,
    })
    expect(answer.status()).toBe(404)
  })
})

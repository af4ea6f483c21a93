import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPairing, newPairingCode } from '#app/db/kiosk.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { instantOf } from '#app/domain/time/zone.ts'
import type { Agent } from '#devices/agent/agent.ts'
import { picture } from '#test/browser/job.ts'
import { axeViolations, complaints, openBrowser, openPage, overflow } from '#test/browser/support.ts'
import { codeFor, runAgent } from '../../scripts/tour/agent.ts'
import { makeWorld, type World } from '../../scripts/tour/world.ts'

const day = '2026-11-20'
const at = (hour: number, minute: number) => instantOf(day, hour * 3600 + minute * 60, 'Asia/Shanghai')
const hall = { viewport: { width: 1920, height: 1080 } }

let world: World
let agent: Agent
let agentCode = ''
let browser: Browser

/** By how much the world's clock stands ahead; server and agent must agree, however long the machine takes. */
let ahead = 0
const nowThere = () => Date.now() + ahead

async function standAt(nowMs: number): Promise<void> {
  await agent?.stop()
  await world.killServer('SIGTERM')
  ahead = nowMs - Date.now()
  // The hours between are left out, not missed: an agent unheard for so long would have been down.
  await world.db.query('UPDATE source SET seen_at = $1 WHERE seen_at IS NOT NULL', [new Date(nowThere())])
  await world.startServer(nowThere())
  // The same code again: with a new one it would be another agent, and the reader belongs to the first.
  agentCode ||= await codeFor(world, 'agent', nowThere())
  agent = await runAgent(world, nowThere(), agentCode)
}

beforeAll(async () => {
  world = await makeWorld(day, at(8, 50), 0)
  await standAt(at(8, 50))
  browser = await openBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await agent?.stop()
  await world?.close()
}, 60_000)

async function enter(page: Page, code: string): Promise<void> {
  await page.goto(`${world.address}/kiosk`)
  await page.fill('[name=code]', code)
  await Promise.all([page.waitForLoadState(), page.click('main button[type=submit]')])
}

async function pairedKiosk(options: Parameters<typeof openPage>[1] = hall): Promise<Page> {
  const page = await openPage(browser, options)
  await enter(page, await codeFor(world, 'kiosk', at(8, 50)))
  await page.waitForSelector('.k .time')
  return page
}

async function press(name: string, how: string): Promise<void> {
  const page = await openPage(browser, { javaScriptEnabled: false })
  await page.goto(`${world.address}/demo/reader`)
  await page.locator('label', { hasText: name }).locator('[name=person]').check()
  await page.click(`button[name=how][value=${how}]`)
  await page.context().close()
}

const said = (page: Page) => page.locator('.res').textContent()

/** How many pixels of what the screen says lie outside of its panel. */
function cutOff(page: Page): Promise<number> {
  return page.evaluate(() => {
    const panel = document.querySelector('.res')?.getBoundingClientRect()
    const text = document.querySelector('.res .say')?.getBoundingClientRect()
    return panel === undefined || text === undefined
      ? -1
      : Math.max(0, text.bottom - panel.bottom, text.right - panel.right)
  })
}

describe('a screen that is not paired', () => {
  it('says what is wrong with a code, and keeps what was typed', async () => {
    const page = await openPage(browser)
    const error = page.locator('.kp .err')
    const codes = { once: await codeFor(world, 'kiosk', at(8, 50)), late: newPairingCode() }
    const expired = { centreId: world.centreId, kind: 'kiosk', label: 'late', endsAtMs: at(8, 0) } as const
    await inTransaction((tx) => addPairing(tx, { ...expired, code: codes.late, atMs: at(7, 50) }))
    await enter(await openPage(browser), codes.once)
    for (const [code, reason] of [
      ['abc', '8 位字母和数字'],
      ['ZZZZ-ZZZZ', '没有这个配对码'],
      [codes.once, '已经用过'],
      [codes.late, '已经过期'],
    ] as const) {
      await enter(page, code)
      await error.filter({ hasText: reason }).waitFor()
      expect(await page.inputValue('[name=code]')).toBe(code)
    }
    expect(await axeViolations(page)).toEqual([])
  })
})

describe('a screen in the hall', () => {
  it('greets who is on time, and who pressed a finger that nobody knows', async () => {
    const kiosk = await pairedKiosk()
    const told = complaints(kiosk)
    expect(await said(kiosk)).toContain('请按指纹')
    await press('阿依古丽', 'good')
    await kiosk.waitForSelector('.res.ok')
    expect(await said(kiosk)).toMatch(/正常.*阿依古丽·买买提.*上午签到 08:5\d.*提前了 \d+ 分钟/)
    expect(await cutOff(kiosk)).toBe(0)
    await picture(kiosk, 'kiosk-greeting', 'zh-CN')
    await press('张伟', 'unknown')
    await kiosk.waitForSelector('.res.bad')
    expect(await said(kiosk)).toMatch(/没有识别.*请换一个手指再试.*第 1 次/)
    await press('张伟', 'wet')
    await kiosk.waitForSelector('.res:has-text("没有看清")')
    expect(await kiosk.locator('.ps tr').count()).toBe(1)
    expect(await axeViolations(kiosk)).toEqual([])
    expect(told).toEqual([])
  })

  it('says that the server is gone, and goes on by itself when it is back', async () => {
    const kiosk = await pairedKiosk()
    await world.killServer('SIGTERM')
    await kiosk.waitForSelector('.ban:has-text("指纹机照常记录")')
    const before = await kiosk.locator('.time').textContent()
    await expect.poll(() => kiosk.locator('.time').textContent()).not.toBe(before)
    await world.startServer(nowThere())
    await kiosk.waitForSelector('.ban', { state: 'detached', timeout: 20_000 })
    await press('李喆', 'good')
    await kiosk.waitForSelector('.res:has-text("李喆")', { timeout: 20_000 })
  })

  it('works without JavaScript, on a telephone too', async () => {
    const page = await pairedKiosk({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })
    expect(await page.locator('noscript meta[http-equiv=refresh], meta[http-equiv=refresh]').count()).toBe(1)
    await press('陆𬭎', 'good')
    const greeted = async () => {
      await page.goto(`${world.address}/kiosk`)
      return page.locator('.ps').textContent()
    }
    await expect.poll(greeted, { timeout: 15_000 }).toContain('陆𬭎')
    expect(await page.locator('.ps').textContent()).toContain('阿依古丽·买买提')
  })

  it('fits a telephone, in both languages', async () => {
    const page = await pairedKiosk({ viewport: { width: 390, height: 844 } })
    for (const lang of ['zh-CN', 'en'] as const) {
      await page.goto(`${world.address}/kiosk?lang=${lang}`)
      expect(await page.getAttribute('html', 'lang')).toBe(lang)
      expect(await overflow(page)).toBe(0)
      expect(await axeViolations(page)).toEqual([])
      await picture(page, 'kiosk', lang)
    }
  })

  it('tells who is late by how much, in amber and without blame', async () => {
    await standAt(at(9, 6))
    const kiosk = await pairedKiosk()
    await press('王㛃', 'good')
    await kiosk.waitForSelector('.res.warn')
    expect(await said(kiosk)).toMatch(/迟到 [67] 分钟.*王㛃.*先去上岗吧/)
    expect(await cutOff(kiosk)).toBe(0)
  })
})

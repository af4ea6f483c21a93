import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, fixturePassword, makeCentre } from '#test/support/fixture.ts'
import { type App, openBrowser, openPage, signIn, startApp } from './support.ts'

useDatabase()
let centre: Fixture
let app: App
let browser: Browser

beforeAll(async () => {
  centre = await makeCentre(prisma)
  app = await startApp()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const stick = (lines: readonly string[]) => {
  const folder = path.join(tmpdir(), `stick-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, 'CKUG200560001_attlog.dat')
  writeFileSync(file, `${lines.join('\r\n')}\r\n`)
  return file
}

async function pageOf(role: 'system_administrator' | 'hr', width = 1366): Promise<Page> {
  const page = await openPage(browser, { viewport: { width, height: width < 500 ? 844 : 768 } })
  await signIn(page, app, { number: centre.signIns[role], password: fixturePassword })
  return page
}

const text = (page: Page) => page.locator('main').innerText()

/** Nothing sticks out of the window. */
async function fits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
}

/** A terminal's call, as one behind its own network makes it. */
function call(address: string, body?: string): Promise<Response> {
  const origin = { Origin: 'http://10.8.1.40' }
  return fetch(
    `${app.url}/iclock/${address}`,
    body === undefined ? { headers: origin } : { method: 'POST', body, headers: origin },
  )
}

describe('a terminal', () => {
  it('knocks, is allowed, reports, is asked and stopped', async () => {
    expect((await call('cdata?SN=CKUG200560001&options=all')).status).toBe(403)
    const page = await pageOf('system_administrator')
    await page.goto(`${app.url}/readers/terminals`)
    expect(await text(page)).toContain('CKUG200560001')
    await page.click('a:has-text("登记"):not(:has-text("按"))')
    await page.fill('dialog [name=name]', '一楼东门考勤机')
    await page.fill('dialog [name=offset]', '北京')
    await page.click('dialog button[value=allow]')
    expect(await page.locator('#offset-error').innerText()).toContain('+08:00')
    expect(await page.inputValue('[name=name]')).toBe('一楼东门考勤机')
    await page.fill('[name=offset]', '+08:00')
    await page.click('button[value=allow]')
    await page.waitForURL(/done=allowed/)
    expect(await (await call('cdata?SN=CKUG200560001&options=all')).text()).toContain('ATTLOGStamp=None')
    const lines = '1001\t2026-11-02 08:56:00\t0\t1\t0\t0\t0\nwhat is this\n'
    expect(await (await call('cdata?SN=CKUG200560001&table=ATTLOG&Stamp=7', lines)).text()).toBe('OK: 2\n')
    const photograph = 'x'.repeat(2_000_000)
    expect(await (await call('cdata?SN=CKUG200560001&table=ATTPHOTO', photograph)).text()).toBe('OK\n')
    await page.goto(`${app.url}/readers/terminals`)
    expect(await text(page)).toContain('在线')
    expect(await text(page)).toContain('1 个号码没有对应的人')
    await page.click('text=下达命令')
    await page.click('dialog button[value=info]')
    await page.waitForURL(/done=asked/)
    expect(await (await call('getrequest?SN=CKUG200560001')).text()).toBe('C:1:INFO\n')
    await call(
      'devicecmd?SN=CKUG200560001',
      'ID=1&Return=0&CMD=INFO\n~DeviceName=SpeedFace-V5L\nFWVersion=ZAM180-NF-Ver1.1.17\n',
    )
    await page.goto(`${app.url}/readers/terminals`)
    expect(await text(page)).toContain('SpeedFace-V5L')
    expect(await text(page)).toContain('已照办')
    await fits(page)
    await page.context().close()
  })

  it('is asked before a user is deleted from it', async () => {
    const page = await pageOf('system_administrator', 390)
    await page.goto(`${app.url}/readers/terminals`)
    await fits(page)
    await page.click('text=下达命令')
    await page.fill('dialog [name=pin]', 'a b')
    await page.click('dialog form[method=get] button')
    expect(await page.locator('#pin-error').innerText()).toContain('24')
    await page.fill('dialog [name=pin]', '1001')
    await page.click('dialog form[method=get] button')
    await page.waitForURL(/erase=/)
    expect(await page.locator('dialog').innerText()).toContain('1001')
    await page.click('dialog button[value=delete_user]')
    await page.waitForURL(/done=asked/)
    expect(await (await call('getrequest?SN=CKUG200560001')).text()).toBe('C:2:DATA DELETE USERINFO PIN=1001\n')
    await page.context().close()
  })
})

describe('records from a memory stick', () => {
  it.each([1366, 390])('are shown, stored, and known the next time, at %i', async (width) => {
    const page = await pageOf('hr', width)
    const day = width === 390 ? '03' : '04'
    const file = stick([
      `   7\t2026-11-${day} 08:55:10\t1\t0\t1\t0`,
      `   8\t2026-11-${day} 08:56:10\t1\t0\t1\t0`,
      '9\t2026-02-30 08:00:00\t1\t0\t1\t0',
    ])
    await page.goto(`${app.url}/readers/import`)
    await fits(page)
    await page.setInputFiles('[name=file]', file)
    await page.click('button[value=upload]')
    await page.waitForURL(/id=/)
    expect(await text(page)).toContain('写入 2 条打卡')
    expect(await text(page)).toContain('2026-02-30 08:00:00')
    await fits(page)
    await page.click('button[value=store]')
    await page.waitForSelector('text=新增 2 条')
    await page.goto(`${app.url}/readers/import`)
    await page.setInputFiles('[name=file]', file)
    await page.click('button[value=upload]')
    await page.waitForURL(/id=/)
    expect(await text(page)).toContain('没有新的打卡')
    await page.click('button[value=discard]')
    await page.waitForURL(/done=discarded/)
    await page.goto(`${app.url}/readers/import?lang=en`)
    expect(await text(page)).not.toMatch(/terminals\./)
    await page.context().close()
  })
})

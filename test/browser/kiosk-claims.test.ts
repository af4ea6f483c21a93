import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Locale } from '#app/i18n/catalogue.ts'
import { desk, newCentre, phone, picture, type Seat, sit, ways } from '#test/browser/job.ts'
import { openStage, program, type Stage } from '#test/browser/kiosk-stage.ts'
import { axeViolations, complaints, overflow } from '#test/browser/support.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, fixturePassword } from '#test/support/fixture.ts'

useDatabase()

const hall = { viewport: { width: 1920, height: 1080 } }
const card = '0012345678'
let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 90_000)

afterAll(() => stage?.close())

function seat(centre: Fixture, role: 'hr' | 'duty_officer', way: { lang: Locale; script: boolean }, options = desk) {
  const { app, browser } = stage
  const at = { browser, app, job: `alternate-${role}`, way, number: centre.signIns[role], password: fixturePassword }
  return sit(at, options)
}

/** HR gives the first person a card and a PIN by the page's own form; answers the PIN of the slip. */
async function give(hr: Seat, centre: Fixture): Promise<string> {
  const path = `/people/${centre.personIds[0]}/alternate`
  await hr.go(path)
  await hr.look('none')
  await hr.page.check('[name=kind][value=card]')
  await hr.page.click('button[value=give]')
  await hr.page.waitForSelector('#error-summary')
  await hr.look('problems')
  await hr.page.fill('#card', card)
  await hr.page.selectOption('#reason', 'unwilling')
  await hr.page.click('button[value=give]')
  await hr.page.waitForSelector('.al.ok')
  await hr.page.check('[name=kind][value=pin]')
  await hr.page.selectOption('#reason', 'unreadable')
  await hr.page.click('button[value=give]')
  const pin = (await hr.page.locator('.alt-slip .pin').textContent()) ?? ''
  await hr.look('slip')
  await hr.go(path)
  expect(await hr.text()).not.toContain(pin)
  await hr.look('given')
  return pin
}

type Way = (typeof ways)[number]

/** Opens the keys, types a wrong PIN and then the right one. */
async function registers(kiosk: Page, way: Way, staffNumber: string, pin: string): Promise<void> {
  const shot = (step: string) => picture(kiosk, `claims-${step}-${way.script ? 'script' : 'plain'}`, way.lang)
  await shot('idle')
  await kiosk.click('.ce a')
  await kiosk.waitForSelector('.k .pad')
  await shot('pad')
  const type = async (typed: string) => {
    await kiosk.fill('[name=number]', staffNumber)
    await kiosk.fill('[name=pin]', typed)
    await kiosk.click('.pad .go')
  }
  await type('1')
  await kiosk.waitForSelector('.res.bad')
  await shot('refused')
  if (!way.script) await kiosk.goto(`${stage.app.url}/kiosk?way=number`)
  await type(pin)
  await kiosk.waitForSelector('.res.wait:has-text("陆𬭎")')
  await shot('claimed')
}

/** The duty officer confirms on his page; the screen tells it by itself, or when it is next drawn. */
async function confirms(kiosk: Page, centre: Fixture, way: Way): Promise<void> {
  const officer = await seat(centre, 'duty_officer', way)
  await officer.go('/readers/doubtful')
  const name = way.lang === 'en' ? 'Lu Hong' : '陆𬭎'
  expect(await officer.text()).toContain(name)
  await officer.look('doubtful')
  await officer.page.click(`main button:has-text("${name}")`)
  await officer.page.waitForURL(/done=/)
  if (!way.script) await kiosk.goto(`${stage.app.url}/kiosk`)
  await kiosk.waitForSelector(way.script ? '.res.ok:has-text("陆𬭎")' : '.ps .mk.man')
  await picture(kiosk, `claims-confirmed-${way.script ? 'script' : 'plain'}`, way.lang)
  await officer.leave()
}

describe.each(ways)('somebody without a finger, in $lang, script $script', (way) => {
  it('gets a card and a PIN, registers at the screen, and is confirmed by the duty officer', async () => {
    const centre = await newCentre()
    const hr = await seat(centre, 'hr', way)
    const pin = await give(hr, centre)
    const { prisma } = await program()
    const { staffNumber } = await prisma.person.findFirstOrThrow({ where: { id: centre.personIds[0] } })
    const kiosk = await stage.screen(centre, null, way.lang, { ...hall, javaScriptEnabled: way.script })
    const told = complaints(kiosk)
    await registers(kiosk, way, staffNumber, pin)
    if (way.script) expect(await axeViolations(kiosk)).toEqual([])
    await confirms(kiosk, centre, way)
    expect(told).toEqual([])
    await Promise.all([hr.leave(), kiosk.context().close()])
  }, 180_000)
})

describe('the screen', () => {
  let centre: Fixture
  beforeEach(async () => {
    centre = await newCentre()
    const { giveWay } = await program()
    const by = {
      centreId: centre.centreId,
      zone: 'Asia/Shanghai',
      accountId: centre.accountIds.hr,
      role: 'hr',
      address: null,
    }
    const way = { kind: 'card', card, reason: 'unwilling', startsMs: stage.nowThere() - 60_000, endsMs: null } as const
    await giveWay(by, { personId: centre.personIds[0], way }, stage.nowThere() - 60_000)
  })

  /** A card reader is a keyboard that types fast. */
  async function swipe(page: Page, number: string): Promise<void> {
    await page.keyboard.type(number)
    await page.keyboard.press('Enter')
  }

  /** The same at a reader's speed, however slowly this machine types: in the field that has the cursor. */
  function swipeFast(page: Page, number: string): Promise<void> {
    return page.evaluate(
      (keys) => {
        const field = document.activeElement ?? document.body
        for (const key of keys)
          field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      },
      [...number, 'Enter'],
    )
  }

  it('hears a card wherever the cursor is, and says so when it is swiped again', async () => {
    const kiosk = await stage.screen(centre, null, 'zh-CN')
    await swipe(kiosk, card)
    await kiosk.waitForSelector('.res.wait:has-text("陆𬭎")')
    await kiosk.click('.ce a')
    await kiosk.focus('[name=number]')
    await swipeFast(kiosk, card)
    await kiosk.waitForSelector('.res:has-text("已经登记过")')
    await swipe(kiosk, '99999999')
    await kiosk.waitForSelector('.res.bad:has-text("没有对上")')
    const { prisma } = await program()
    expect(await prisma.punch.count({ where: { centreId: centre.centreId } })).toBe(1)
    await kiosk.context().close()
  })

  it('has keys for fingers, and closes them by itself or when asked', async () => {
    const kiosk = await stage.screen(centre, null, 'zh-CN', { viewport: { width: 1080, height: 1920 }, hasTouch: true })
    await kiosk.click('.ce a')
    for (const key of ['1', '2', '退格', '3']) await kiosk.click(`.keys button:text-is("${key}")`)
    expect(await kiosk.inputValue('[name=number]')).toBe('13')
    await kiosk.click('.keys button:text-is("清空")')
    expect(await kiosk.inputValue('[name=number]')).toBe('')
    await picture(kiosk, 'claims-pad-portrait', 'zh-CN')
    await kiosk.click('.pad .close')
    await kiosk.waitForSelector('.ce')
    await kiosk.context().close()
  })

  it('says that punches of its reader are still on their way, of one reader and of several', async () => {
    const { prisma } = await program()
    const online = { state: 'online', seenAt: new Date(stage.nowThere()), queueLength: 23, clockOffsetMs: 400 }
    await prisma.source.updateMany({ where: { centreId: centre.centreId, kind: 'reader' }, data: online })
    for (const sourceId of [centre.sourceIds[0], null]) {
      const kiosk = await stage.screen(centre, sourceId, 'zh-CN')
      await kiosk.waitForSelector('.kt:has-text("23 条待传")')
      await picture(kiosk, sourceId === null ? 'claims-queue-all' : 'claims-queue-one', 'zh-CN')
      await kiosk.context().close()
    }
  })

  it('fits a telephone with its keys, in both languages', async () => {
    for (const lang of ['zh-CN', 'en'] as const) {
      const kiosk = await stage.screen(centre, null, lang, phone)
      await kiosk.click('.ce a')
      expect(await overflow(kiosk)).toBe(0)
      expect(await axeViolations(kiosk)).toEqual([])
      await picture(kiosk, 'claims-pad', lang)
      await kiosk.context().close()
    }
  })

  it('sends nobody to an error page when the server does not answer', async () => {
    const kiosk = await stage.screen(centre, null, 'zh-CN')
    await kiosk.route('**/api/kiosk/claims', (route) => route.abort())
    await swipe(kiosk, card)
    await kiosk.waitForSelector('.res:has-text("纸质签到表")')
    await picture(kiosk, 'claims-unreachable', 'zh-CN')
    await kiosk.context().close()
  })
})

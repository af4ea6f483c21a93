import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Locale } from '#app/i18n/catalogue.ts'
import { desk, morning, newCentre, phone, picture, type Seat, sit, standsAtMorning, ways } from '#test/browser/job.ts'
import {
  type App,
  axeViolations,
  complaints,
  openBrowser,
  openPage,
  overflow,
  startApp,
} from '#test/browser/support.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, fixturePassword } from '#test/support/fixture.ts'

useDatabase()

const hall = { viewport: { width: 1920, height: 1080 } }
const card = '0012345678'
let app: App
let browser: Browser
let ahead = 0
const nowThere = () => Date.now() + ahead

beforeAll(async () => {
  ahead = morning - Date.now()
  app = await startApp(standsAtMorning())
  browser = await openBrowser()
}, 90_000)

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** The services of the program, loaded when the database stands. */
async function program() {
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

async function screen(centre: Fixture, sourceId: string | null, lang: Locale, options: BrowserContextOptions = hall) {
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

function seat(centre: Fixture, role: 'hr' | 'duty_officer', way: { lang: Locale; script: boolean }, options = desk) {
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
  if (!way.script) await kiosk.goto(`${app.url}/kiosk?way=number`)
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
  if (!way.script) await kiosk.goto(`${app.url}/kiosk`)
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
    const kiosk = await screen(centre, null, way.lang, { ...hall, javaScriptEnabled: way.script })
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
    const way = { kind: 'card', card, reason: 'unwilling', startsMs: nowThere() - 60_000, endsMs: null } as const
    await giveWay(by, { personId: centre.personIds[0], way }, nowThere() - 60_000)
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
    const kiosk = await screen(centre, null, 'zh-CN')
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
    const kiosk = await screen(centre, null, 'zh-CN', { viewport: { width: 1080, height: 1920 }, hasTouch: true })
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
    const online = { state: 'online', seenAt: new Date(nowThere()), queueLength: 23, clockOffsetMs: 400 }
    await prisma.source.updateMany({ where: { centreId: centre.centreId, kind: 'reader' }, data: online })
    for (const sourceId of [centre.sourceIds[0], null]) {
      const kiosk = await screen(centre, sourceId, 'zh-CN')
      await kiosk.waitForSelector('.kt:has-text("23 条待传")')
      await picture(kiosk, sourceId === null ? 'claims-queue-all' : 'claims-queue-one', 'zh-CN')
      await kiosk.context().close()
    }
  })

  it('fits a telephone with its keys, in both languages', async () => {
    for (const lang of ['zh-CN', 'en'] as const) {
      const kiosk = await screen(centre, null, lang, phone)
      await kiosk.click('.ce a')
      expect(await overflow(kiosk)).toBe(0)
      expect(await axeViolations(kiosk)).toEqual([])
      await picture(kiosk, 'claims-pad', lang)
      await kiosk.context().close()
    }
  })

  it('sends nobody to an error page when the server does not answer', async () => {
    const kiosk = await screen(centre, null, 'zh-CN')
    await kiosk.route('**/kiosk/claims', (route) => route.abort())
    await swipe(kiosk, card)
    await kiosk.waitForSelector('.res:has-text("纸质签到表")')
    await picture(kiosk, 'claims-unreachable', 'zh-CN')
    await kiosk.context().close()
  })
})

/** Stands in for the browser's voice and keeps what it was told to say. */
function standInVoice(): void {
  const said: string[] = []
  class Utterance {
    text: string
    lang = ''
    voice: unknown = null
    constructor(text: string) {
      this.text = text
    }
  }
  const speak = (one: Utterance) => said.push(`${one.lang} ${one.text}`)
  const cancel = () => said.push('cancel')
  const voice = { speak, cancel, getVoices: () => [] }
  Object.defineProperty(window, 'speechSynthesis', { value: voice, configurable: true })
  Object.assign(window, { SpeechSynthesisUtterance: Utterance, said })
}

describe('the spoken greeting', () => {
  let centre: Fixture
  let seq = 0
  const epoch = randomUUID()
  beforeEach(async () => {
    centre = await newCentre()
  })

  const heard = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said)

  async function speaking(lang: Locale): Promise<Page> {
    const page = await screen(centre, centre.sourceIds[0], lang)
    await page.addInitScript(standInVoice)
    await page.reload()
    await page.waitForSelector('.snd')
    // The stream must be open before a finger comes.
    await page.waitForTimeout(800)
    return page
  }

  async function punch(subject: string): Promise<void> {
    const { ingestPunches } = await program()
    seq += 1
    const one = { seq, serial: centre.serials[0], subject, atMs: nowThere(), score: 120, offsetMs: 0 }
    await ingestPunches(
      { ...centre, epoch: `${epoch.slice(0, -4)}${centre.centreId.slice(-4)}`, punches: [one] },
      nowThere(),
    )
  }

  it('is said once, without the name of who is late, and the next one cancels it', async () => {
    const page = await speaking('zh-CN')
    await punch('2')
    await page.waitForSelector('.res:has-text("王㛃")')
    await expect.poll(() => heard(page), { timeout: 5000 }).toEqual(['cancel', 'zh-CN 已记下'])
    await punch('3')
    await expect.poll(async () => (await heard(page)).length, { timeout: 5000 }).toBe(4)
    expect((await heard(page)).join()).not.toMatch(/王|Wang|曾祥瑞|迟/)
    await picture(page, 'claims-spoken', 'zh-CN')
    await page.context().close()
  })

  it('is muted by the button, for good; and by the centre’s rule for all', async () => {
    const page = await speaking('en')
    await page.click('.snd')
    await punch('2')
    await page.waitForSelector('.res:has-text("Wang Jie")')
    await page.waitForTimeout(1500)
    expect((await heard(page)).filter((one) => one !== 'cancel')).toEqual([])
    await page.reload()
    await page.waitForSelector('.snd.mute')
    const { prisma } = await program()
    const { deviceProfile } = await import('#app/domain/devices/device-rules.ts')
    const { newId } = await import('#app/db/id.server.ts')
    await prisma.ruleSet.create({
      data: {
        centreId: centre.centreId,
        id: newId(),
        kind: 'devices',
        version: 'quiet',
        name: '安静',
        source: {},
        validFrom: new Date('2026-01-01'),
        document: JSON.parse(JSON.stringify({ ...deviceProfile, version: 'quiet', speak_greetings: false })),
        state: 'active',
        createdAt: new Date(nowThere()),
      },
    })
    await page.reload()
    await page.waitForSelector('.k .time')
    expect(await page.locator('.snd').count()).toBe(0)
    await page.context().close()
  })
})

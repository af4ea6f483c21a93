import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Locale } from '#app/i18n/catalogue.ts'
import { newCentre, picture } from '#test/browser/job.ts'
import { openStage, program, type Stage } from '#test/browser/kiosk-stage.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'

useDatabase()

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 90_000)

afterAll(() => stage?.close())

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
    const page = await stage.screen(centre, centre.sourceIds[0], lang)
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
    const one = { seq, serial: centre.serials[0], subject, atMs: stage.nowThere(), score: 120, offsetMs: 0 }
    await ingestPunches(
      { ...centre, epoch: `${epoch.slice(0, -4)}${centre.centreId.slice(-4)}`, punches: [one] },
      stage.nowThere(),
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
        createdAt: new Date(stage.nowThere()),
      },
    })
    await page.reload()
    await page.waitForSelector('.k .time')
    expect(await page.locator('.snd').count()).toBe(0)
    await page.context().close()
  })
})

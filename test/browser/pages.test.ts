import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectFit } from '#test/browser/fits.ts'
import { morning, standsAtMorning } from '#test/browser/job.ts'
import { type App, complaints, openBrowser, openPage, signIn, startApp } from '#test/browser/support.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, fixturePassword, makeCentre } from '#test/support/fixture.ts'

useDatabase()

let app: App
let browser: Browser
let numbers: Record<string, string>
/** What stands in an address for somebody or something of the centre. */
let named: Record<string, string>
const password = fixturePassword

beforeAll(async () => {
  const { inTransaction } = await import('#app/db/transaction.server.ts')
  const centre = await inTransaction(makeCentre)
  numbers = centre.signIns
  named = {
    person: centre.personIds[2],
    window: centre.windowIds[0],
    reader: centre.sourceIds[0],
    leave: await askedLeave(centre),
  }
  app = await startApp(standsAtMorning())
  browser = await openBrowser()
}, 60_000)

/** A leave that waits, so that its pages are not empty. */
async function askedLeave({ centreId, accountIds, personIds }: Fixture): Promise<string> {
  const { submitLeave } = await import('#app/services/leave/submit-leave.server.ts')
  const by = {
    centreId,
    centre: { zone: 'Asia/Shanghai' },
    accountId: accountIds.staff,
    personId: personIds[1],
    role: 'staff' as const,
    scope: { centreId, reach: 'self' as const, personId: personIds[1] },
    address: null,
  }
  const period = { firstDay: '2026-11-26', firstHalf: 'pm', lastDay: '2026-11-30', lastHalf: 'am' } as const
  const slip = {
    kind: 'private' as const,
    period,
    reason: '陪家人看病',
    destination: '桐城',
    leavesTown: true,
    phone: '13800008103',
    handover: '印章一枚',
    standInId: personIds[0],
  }
  const sent = await submitLeave({ by, id: null, revision: null, slip }, morning)
  if (!sent.ok) throw new Error(`the leave was not sent: ${sent.code}`)
  return sent.value.id
}

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
  { role: 'system_administrator', path: '/readers/:reader' },
  { role: 'hr', path: '/readers/:reader' },
  { role: 'system_administrator', path: '/readers/rules' },
  { role: 'duty_officer', path: '/readers/alarms?source=:reader' },
  { role: 'hr', path: '/readers/doubtful?show=quarantined' },
  { role: 'hr', path: '/readers/doubtful?show=parked' },
  { role: 'hr', path: '/readers/doubtful?show=decided' },
  { role: 'system_administrator', path: '/readers/terminals' },
  { role: 'system_administrator', path: '/readers/import' },
  // Others are signed in by now: the list has its widest rows.
  { role: 'security_administrator', path: '/security' },
  { role: 'audit_administrator', path: '/audit' },
  { role: 'branch_secretary', path: '/home' },
  { role: 'staff', path: '/password' },
  { role: 'staff', path: '/leave' },
  { role: 'staff', path: '/leave/new' },
  { role: 'chief_representative', path: '/leave/waiting' },
  { role: 'chief_representative', path: '/leave/calendar?month=2026-11' },
  { role: 'staff', path: '/leave/:leave' },
  { role: 'hr', path: '/leave/record' },
  { role: 'hr', path: '/papers' },
  { role: 'staff', path: '/papers/mine' },
  { role: 'hr', path: '/hall' },
  { role: 'hr', path: '/hall?tab=groups' },
  { role: 'hr', path: '/hall/windows/new' },
  { role: 'hr', path: '/hall/windows/:window' },
  { role: 'hr', path: '/people/enrol' },
  { role: 'hr', path: '/people/:person/enrol' },
  { role: 'system_administrator', path: '/accounts' },
  { role: 'hr', path: '/accounts/asked' },
  { role: 'staff', path: '/accounts/mine' },
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
    async ({ role, path: pattern }) => {
      const path = pattern.replace(/:(person|window|leave|reader)/, (_, name: string) => named[name] ?? '')
      for (const options of [{}, phone]) {
        const page = await pageOf(role, options)
        const found = complaints(page)
        for (const lang of ['zh-CN', 'en'] as const) {
          const response = await page.goto(`${app.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
          expect(response?.status()).toBe(200)
          await expectFit(page, { lang, name: `${path} ${lang}` })
        }
        expect(found).toEqual([])
        await page.context().close()
      }
    },
  )
})

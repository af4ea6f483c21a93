import { describe, expect, it } from 'vitest'
import { anonymousCookieName } from '#app/auth/cookies.server.ts'
import { anonymousCsrf } from '#app/auth/csrf.server.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { rulesOn } from '#app/db/rule-sets.server.ts'
import { firstRoles } from '#app/domain/access/set-up.ts'
import { addDays } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { loader as index } from '#app/routes/_index.tsx'
import { action as setUp, loader as setUpPage } from '#app/routes/set-up.tsx'
import { action as signIn, loader as signInPage } from '#app/routes/sign-in.tsx'
import { useDatabase } from '#test/support/database.ts'
import { type Answer, ask, get, post } from './requests.ts'

useDatabase()

const code = '7K3M-9PQR-2XYZ'
// Before anything reads the environment.
process.env.SET_UP_CODE = code

const cookie = `${anonymousCookieName}=test-secret`
const csrf = anonymousCsrf({ request: get('/', cookie) }).token

const complete: Record<string, string> = {
  code: '7k3m 9pqr 2xyz',
  name: '云溪市政务服务中心',
  name_en: 'Yunxi Government Service Centre',
  zone: 'Asia/Shanghai',
  public_url: 'https://ck.yunxi.test/',
  preset: 'four',
  ...Object.fromEntries(firstRoles.map((role, at) => [`${role}_number`, `1000${at}`])),
  ...Object.fromEntries(
    firstRoles.map((role, at) => [`${role}_name`, ['郭立凡', '罗志远', '沈静', '𬭎'.repeat(100)][at] ?? '']),
  ),
}

function send(changes: Record<string, string> = {}): Promise<Answer> {
  return ask(setUp, post('/set-up', { ...complete, ...changes, csrf }, cookie))
}

async function problemsOf(changes: Record<string, string>): Promise<Record<string, string>> {
  const { status, body } = await send(changes)
  expect(status).toBe(400)
  const { problems } = body as { problems: Record<string, { code: string }> }
  return Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, problem.code]))
}

describe('the first set-up', () => {
  it('is where every page leads on an empty database', async () => {
    expect((await ask(index, get('/'))).location).toBe('/set-up')
    expect((await ask(signInPage, get('/sign-in'))).location).toBe('/set-up')
    expect((await ask(setUpPage, get('/set-up'))).status).toBe(200)
  })

  it('asks for the code on the console, and for its form’s token', async () => {
    expect(await problemsOf({ code: 'wrong' })).toEqual({ code: 'code' })
    expect((await ask(setUp, post('/set-up', complete, cookie))).code).toBe('form_token')
  })

  it('names every problem beside its field and makes nothing', async () => {
    expect(
      await problemsOf({ name: ' ', name_en: '', zone: 'Mars/Base', public_url: 'ck.yunxi', preset: 'x' }),
    ).toEqual({
      name: 'empty',
      name_en: 'empty',
      zone: 'zone',
      public_url: 'url',
      preset: 'preset',
    })
    expect(await problemsOf({ public_url: 'https://ck.yunxi/path' })).toEqual({ public_url: 'url_path' })
    expect(await problemsOf({ hr_number: '10000', audit_administrator_name: '郭立凡' })).toEqual({
      hr_number: 'number_twice',
      audit_administrator_name: 'name_twice',
    })
    expect(await problemsOf({ hr_name: '𬭎'.repeat(101), hr_number: '工号' })).toEqual({
      hr_name: 'too_long',
      hr_number: 'number',
    })
    expect(await prisma.centre.count()).toBe(0)
  })

  it('makes centre, accounts, rules and calendar together, once, however many send it', async () => {
    const answers = await Promise.all([send(), send()])
    const made = answers.filter((answer) => answer.status === 200)
    expect(made).toHaveLength(1)
    expect(answers.find((answer) => answer.status !== 200)?.location).toBe('/sign-in')
    const slips =
      (made[0]?.body as { slips?: { role: string; signIn: string; code: string }[] } | undefined)?.slips ?? []
    expect(slips.map((slip) => slip.role)).toEqual([...firstRoles])
    const centre = await prisma.centre.findFirstOrThrow()
    expect(centre).toMatchObject({ name: complete.name, publicUrl: 'https://ck.yunxi.test' })
    const { day } = civilOf(now(), centre.zone)
    expect((await rulesOn(prisma, centre.id, day))?.validFrom).toBe(day)
    // Nobody could punch before there was a centre.
    expect(await rulesOn(prisma, centre.id, addDays(day, -1))).toBeNull()
    const layers = await prisma.calendarLayer.findMany({ orderBy: { year: 'asc' } })
    expect(layers.map((layer) => layer.year)).toEqual([2025, 2026])
    expect(await prisma.account.count({ where: { mustChangePassword: true } })).toBe(4)
    const audited = await prisma.auditEntry.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] })
    expect(audited.map((entry) => entry.action)).toEqual(['centre.set_up', ...Array(4).fill('account.created')])
    expect(JSON.stringify(audited)).not.toContain('郭立凡')
    await signsInOnce(slips[0])
  })

  it('is closed afterwards', async () => {
    expect((await ask(setUpPage, get('/set-up'))).location).toBe('/sign-in')
    expect((await send()).location).toBe('/sign-in')
    expect((await ask(index, get('/'))).location).toBe('/sign-in')
  })
})

/** The code on a slip signs in, however it is typed, and leads to choosing a password and nowhere else. */
async function signsInOnce(slip: { signIn: string; code: string } | undefined): Promise<void> {
  const password = slip?.code.toLowerCase().replaceAll('-', ' ') ?? ''
  const answer = await ask(signIn, post('/sign-in', { number: slip?.signIn ?? '', password, csrf }, cookie))
  expect(answer).toMatchObject({ status: 302, location: '/password' })
  const session = (answer.setCookie ?? '').split(';')[0] ?? ''
  expect((await ask(index, get('/', session))).location).toBe('/password')
}

import { beforeAll, describe, expect, it, vi } from 'vitest'
import { anonymousCookieName, sessionCookieName } from '#app/auth/cookies.server.ts'
import { anonymousCsrf, sessionCsrf } from '#app/auth/csrf.server.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { loader as auditLog } from '#app/routes/_shell.audit.tsx'
import { action as secure, loader as security } from '#app/routes/_shell.security.tsx'
import { action as changePassword } from '#app/routes/password.tsx'
import { action as switchRole } from '#app/routes/role.tsx'
import { action as signIn, loader as signInPage } from '#app/routes/sign-in.tsx'
import { action as signOut } from '#app/routes/sign-out.tsx'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, fixturePassword, makeCentre } from '#test/support/fixture.ts'
import { type Answer, ask, get, post, signedIn } from './requests.ts'

useDatabase()
// A password costs a third of a second of a core that is free, and other tests use the cores too.
vi.setConfig({ testTimeout: 180_000 })

let centre: Fixture
beforeAll(async () => {
  centre = await makeCentre(prisma)
})

const anonymous = `${anonymousCookieName}=test-secret`
const csrf = anonymousCsrf({ request: get('/', anonymous) }).token

function trySignIn(number: string, password: string, more: Record<string, string> = {}): Promise<Answer> {
  return ask(signIn, post('/sign-in', { number, password, csrf, ...more }, anonymous))
}

function sessionOf(answer: Answer): string {
  const found = new RegExp(`${sessionCookieName}=[^;]+`).exec(answer.setCookie ?? '')
  return found?.[0] ?? ''
}

async function actionsOf(accountId: string): Promise<string[]> {
  const rows = await prisma.auditEntry.findMany({
    where: { actor: accountId },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  return rows.map((row) => row.action)
}

describe('signing in', () => {
  it('leads each role to where it works, with a cookie no script can read', async () => {
    const ways: [Role, string][] = [
      ['staff', '/me'],
      ['duty_officer', '/today'],
      ['system_administrator', '/readers'],
      ['security_administrator', '/security'],
      ['audit_administrator', '/audit'],
      ['unit_contact', '/leave/waiting'],
      ['external_auditor', '/home'],
    ]
    for (const [role, path] of ways) {
      const answer = await trySignIn(centre.signIns[role], fixturePassword)
      expect(answer).toMatchObject({ status: 302, location: path })
      expect(answer.setCookie).toContain('HttpOnly')
      expect(answer.setCookie).toContain('SameSite=Lax')
      expect(answer.setCookie).not.toContain('Secure')
    }
    expect(await actionsOf(centre.accountIds.staff)).toEqual(['sign_in'])
  })

  it('keeps nothing in the database that would let anybody in', async () => {
    const cookie = sessionOf(await trySignIn(centre.signIns.hr, fixturePassword))
    const secret = cookie.split('=')[1] ?? ''
    const rows = await prisma.session.findMany()
    expect(secret.length).toBeGreaterThan(40)
    for (const row of rows) expect(Buffer.from(row.tokenHash).toString('base64url')).not.toBe(secret)
  })

  it('goes on to a page of this site only', async () => {
    const sign = (to: string) => trySignIn(centre.signIns.hr, fixturePassword, { to })
    expect((await sign('/today?zone=A')).location).toBe('/today?zone=A')
    expect((await sign('//evil.example')).location).toBe('/today')
    expect((await sign('https://evil.example')).location).toBe('/today')
  })

  it('refuses a form without its token, or with that of another browser', async () => {
    const fields = { number: centre.signIns.hr, password: fixturePassword }
    expect(await ask(signIn, post('/sign-in', fields, anonymous))).toMatchObject({ status: 403, code: 'form_token' })
    const stolen = post('/sign-in', { ...fields, csrf }, `${anonymousCookieName}=another`)
    expect(await ask(signIn, stolen)).toMatchObject({ status: 403, code: 'form_token' })
    expect(await ask(signIn, post('/sign-in', { ...fields, csrf }))).toMatchObject({ status: 403, code: 'form_token' })
  })

  it('says what is missing and keeps the number', async () => {
    expect(await trySignIn('30517', '')).toMatchObject({ status: 400, body: { code: 'missing', number: '30517' } })
  })

  it('tells an unknown number nothing that a known one is not told', async () => {
    const known = await trySignIn(centre.signIns.guide, 'wrong')
    const unknown = await trySignIn('99999', 'wrong')
    expect(unknown.status).toBe(known.status)
    expect((unknown.body as { facts: unknown }).facts).toEqual((known.body as { facts: unknown }).facts)
    expect(known.body).toMatchObject({ code: 'wrong_password', facts: { left: 9 } })
  })

  it('locks at the tenth wrong password, known or not, also for the right one, until it is unlocked', async () => {
    for (const number of [centre.signIns.inspector, '88888']) {
      for (let i = 0; i < 9; i++) expect((await trySignIn(number, 'wrong')).code).toBe('wrong_password')
      expect(await trySignIn(number, 'wrong')).toMatchObject({ status: 403, code: 'locked' })
    }
    const locked = await trySignIn(centre.signIns.inspector, fixturePassword)
    expect(locked).toMatchObject({ status: 403, code: 'locked' })
    const until = Number((locked.body as { facts: { until: number } }).facts.until)
    expect(until - now()).toBeGreaterThan(14 * 60_000)
    const officer = await signedIn(centre.centreId, ['security_administrator'])
    const id = centre.accountIds.inspector
    const page = await ask(security, get('/security', officer.cookie))
    expect(page.body).toMatchObject({ locked: [{ id, failedSignIns: 10 }], database: { changesLedgers: false } })
    const freed = await ask(secure, post('/security', { unlock: id, csrf: officer.csrf }, officer.cookie))
    expect(freed.location).toContain('done=unlocked')
    expect((await trySignIn(centre.signIns.inspector, fixturePassword)).status).toBe(302)
    expect(await actionsOf(id)).toEqual([
      ...Array(10).fill('sign_in.failed'),
      'account.locked',
      'sign_in.refused_locked',
      'sign_in',
    ])
    expect(await actionsOf(officer.accountId)).toEqual(['account.unlocked'])
  })

  it('counts failures that come at the same moment', async () => {
    const { signIn: number, id } = await prisma.account.findFirstOrThrow({ where: { id: centre.accountIds.committee } })
    await Promise.all(Array.from({ length: 6 }, () => trySignIn(number, 'wrong')))
    expect((await prisma.account.findFirstOrThrow({ where: { id } })).failedSignIns).toBe(6)
  })

  it('has nothing for somebody whose roles have ended', async () => {
    await prisma.roleGrant.updateMany({
      where: { accountId: centre.accountIds.city_operator },
      data: { endsOn: new Date('2026-01-02') },
    })
    const answer = await trySignIn(centre.signIns.city_operator, fixturePassword)
    expect(answer).toMatchObject({ status: 403, code: 'no_role' })
  })
})

describe('a session', () => {
  it('is over after signing out', async () => {
    const one = await signedIn(centre.centreId, ['hr'])
    const left = await ask(signOut, post('/sign-out', { csrf: one.csrf }, one.cookie))
    expect(left.location).toBe('/sign-in')
    expect(left.setCookie).toContain('Max-Age=0')
    expect((await ask(signInPage, get('/sign-in', one.cookie))).status).toBe(200)
    expect(await actionsOf(one.accountId)).toEqual(['sign_out'])
  })

  it('switches between roles that are held, and to no other', async () => {
    const one = await signedIn(centre.centreId, ['chief_representative', 'staff'])
    const to = (role: string) => ask(switchRole, post('/role', { role, csrf: one.csrf }, one.cookie))
    expect((await to('staff')).location).toBe('/me')
    expect((await to('chief_representative')).location).toBe('/today')
    expect(await to('system_administrator')).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await actionsOf(one.accountId)).toEqual(['role.switched', 'role.switched'])
  })

  it('can be ended by the security administrator, in this centre only', async () => {
    const officer = await signedIn(centre.centreId, ['security_administrator'])
    const other = await signedIn((await makeCentre(prisma)).centreId, ['hr'])
    const mine = await signedIn(centre.centreId, ['hr'])
    const end = (id: string) => ask(secure, post('/security', { end: id, csrf: officer.csrf }, officer.cookie))
    expect((await end(other.sessionId)).location).toContain('done=session_over')
    expect((await end(mine.sessionId)).location).toContain('done=ended')
    const rows = await prisma.session.findMany({ where: { id: { in: [other.sessionId, mine.sessionId] } } })
    expect(rows.map((row) => [row.id, row.endReason])).toEqual(
      expect.arrayContaining([
        [other.sessionId, null],
        [mine.sessionId, 'ended_by_security'],
      ]),
    )
  })
})

describe('changing the password', () => {
  it('names all problems, then changes it and ends the other sessions', async () => {
    const number = centre.signIns.league_secretary
    const here = sessionOf(await trySignIn(number, fixturePassword))
    const there = sessionOf(await trySignIn(number, fixturePassword))
    const session = await prisma.session.findFirstOrThrow({
      where: { accountId: centre.accountIds.league_secretary },
      orderBy: { createdAt: 'asc' },
    })
    const change = (current: string, wanted: string, again = wanted) =>
      ask(changePassword, post('/password', { current, wanted, again, csrf: sessionCsrf(session.id) }, here))
    expect((await change('wrong', 'Yunxi-2026-a')).body).toMatchObject({ problems: ['wrong_current'] })
    expect((await change(fixturePassword, 'aaa')).body).toMatchObject({
      problems: ['too_short', 'too_simple', 'repeats'],
    })
    expect((await change(fixturePassword, 'Yunxi-2026-a', 'b')).body).toMatchObject({ problems: ['not_the_same'] })
    expect((await change(fixturePassword, 'Yunxi-2026-a')).body).toMatchObject({ done: { ended: 1 } })
    expect((await ask(signInPage, get('/sign-in', there))).status).toBe(200)
    expect((await ask(signInPage, get('/sign-in', here))).status).toBe(302)
    expect((await trySignIn(number, fixturePassword)).code).toBe('wrong_password')
    expect((await trySignIn(number, 'Yunxi-2026-a')).status).toBe(302)
  })
})

describe('the audit log', () => {
  it('filters by day, person and action, and finds nothing outside', async () => {
    const one = await signedIn(centre.centreId, ['audit_administrator'])
    const found = async (query: string) => {
      const { body } = await ask(auditLog, get(`/audit${query}`, one.cookie))
      return body as { total: number; entries: { action: string }[]; chain: { ok: boolean }; query: { bad: boolean } }
    }
    expect((await found('?action=account.locked')).entries.map((entry) => entry.action)).toEqual(['account.locked'])
    expect((await found(`?actor=${centre.accountIds.staff}`)).total).toBe(1)
    expect((await found('?from=2099-01-01')).total).toBe(0)
    expect((await found('?to=2020-01-01')).total).toBe(0)
    expect((await found('?from=2026-02-30')).query.bad).toBe(true)
    expect((await found('?verify=now')).chain.ok).toBe(true)
  })
})

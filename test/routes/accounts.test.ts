import { beforeAll, describe, expect, it, vi } from 'vitest'
import { anonymousCookieName } from '#app/auth/cookies.server.ts'
import { anonymousCsrf, sessionCsrf } from '#app/auth/csrf.server.ts'
import { requestsOf } from '#app/db/access-requests.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { hashSecret } from '#app/db/secrets.server.ts'
import { loader as home } from '#app/routes/_index.tsx'
import { loader as accounts, action as settle } from '#app/routes/_shell.accounts.tsx'
import { loader as account, action as grant } from '#app/routes/_shell.accounts_.$id.tsx'
import { loader as asked, action as askFor } from '#app/routes/_shell.accounts_.asked.tsx'
import { action as endMine, loader as mine } from '#app/routes/_shell.accounts_.mine.tsx'
import { action as changePassword } from '#app/routes/password.tsx'
import { action as signIn } from '#app/routes/sign-in.tsx'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, fixturePassword, makeCentre } from '#test/support/fixture.ts'
import { type Answer, ask, get, post, type SignedIn, signedIn } from './requests.ts'

useDatabase()
// A password costs a third of a second of a core that is free, and other tests use the cores too.
vi.setConfig({ testTimeout: 180_000 })

let centre: Fixture
let hr: SignedIn
let system: SignedIn
let security: SignedIn
beforeAll(async () => {
  centre = await makeCentre(prisma)
  hr = await signedIn(centre.centreId, ['hr'])
  system = await signedIn(centre.centreId, ['system_administrator'])
  security = await signedIn(centre.centreId, ['security_administrator'])
})

const anonymous = `${anonymousCookieName}=test-secret`
const csrf = anonymousCsrf({ request: get('/', anonymous) }).token

function enter(number: string, password: string): Promise<Answer> {
  return ask(signIn, post('/sign-in', { number, password, csrf }, anonymous))
}

function send(action: unknown, one: SignedIn, fields: Record<string, string>, params = {}): Promise<Answer> {
  return ask(action, post('/', { ...fields, csrf: one.csrf }, one.cookie), params)
}

let people = 0

async function newcomer(endsOn: string | null = null): Promise<{ id: string; number: string }> {
  const { centreId, unitIds } = centre
  const id = newId()
  people += 1
  const number = `p${people}-${centreId.slice(-6)}`
  const name = { name: '韩旸', reading: 'han yang', initials: 'hy', nameEn: 'Han Yang' }
  await prisma.person.create({
    data: { centreId, id, staffNumber: number, ...name, identityKind: 'civil_servant' },
  })
  await prisma.posting.create({
    data: {
      centreId,
      id: newId(),
      personId: id,
      unitId: unitIds[0],
      startsOn: new Date('2026-01-01'),
      endsOn: endsOn ? new Date(endsOn) : null,
    },
  })
  return { id, number }
}

type Outcome = { outcome: { slips: { signIn: string; code: string }[]; left: { code: string }[] } }

/** From HR's tick to the slip and the role. */
async function opened(person: { id: string }): Promise<{ signIn: string; code: string }> {
  await send(askFor, hr, { intent: 'people', person: person.id })
  const made = (await send(settle, system, { intent: 'make_all' })).body as Outcome
  await send(settle, security, { intent: 'settle_all' })
  const slip = made.outcome.slips[0]
  if (!slip) throw new Error('no slip')
  return slip
}

describe('from a name on the list to a person at work', () => {
  it('takes HR, the system and the security administrator, and the person', async () => {
    const person = await newcomer()
    const list = (await ask(asked, get('/accounts/asked', hr.cookie))).body as { people: { personId: string }[] }
    expect(list.people.map((one) => one.personId)).toContain(person.id)
    expect(await send(askFor, hr, { intent: 'people', person: person.id })).toMatchObject({
      body: { outcome: { asked: 1, left: [] } },
    })
    const waiting = (await ask(accounts, get('/accounts', system.cookie))).body
    expect(waiting).toMatchObject({ tasks: [{ kind: 'account', why: null }], counts: { waiting: 1 } })
    const made = await send(settle, system, { intent: 'make_all' })
    const slip = (made.body as Outcome).outcome.slips[0]
    expect(slip?.signIn).toBe(person.number)
    // Before the roles are granted the code is right and leads nowhere, and the answer says to whom to go.
    expect(await enter(person.number, slip?.code ?? '')).toMatchObject({ status: 403, code: 'no_role' })
    expect(await send(settle, security, { intent: 'settle_all' })).toMatchObject({ body: { outcome: { done: 1 } } })
    const first = await enter(person.number, (slip?.code ?? '').toLowerCase())
    expect(first).toMatchObject({ status: 302, location: '/password' })
    const cookie = (first.setCookie ?? '').split(';')[0] ?? ''
    expect((await ask(mine, get('/accounts/mine', cookie))).location).toBe('/password')
    const session = await prisma.session.findFirstOrThrow({ where: { account: { signIn: person.number } } })
    const wanted = { current: slip?.code ?? '', wanted: 'Chuangkou-7-b', again: 'Chuangkou-7-b' }
    const changed = await ask(changePassword, post('/password', { ...wanted, csrf: sessionCsrf(session.id) }, cookie))
    expect(changed.body).toMatchObject({ done: { first: true } })
    expect((await ask(home, get('/', cookie))).location).toBe('/me')
    expect((await enter(person.number, slip?.code ?? '')).code).toBe('wrong_password')
    const row = await prisma.account.findUniqueOrThrow({ where: { signIn: person.number } })
    expect(row).toMatchObject({ mustChangePassword: false, codeEndsAt: null })
  })

  it('shows the slip once and keeps it out of every store', async () => {
    const person = await newcomer()
    await send(askFor, hr, { intent: 'people', person: person.id })
    const made = await ask(settle, post('/accounts', { intent: 'make_all', csrf: system.csrf }, system.cookie))
    expect(made.body).toMatchObject({ outcome: { slips: [{ signIn: person.number }] } })
    const again = await send(settle, system, { intent: 'make_all' })
    expect(again).toMatchObject({ status: 400, body: { refused: { code: 'nobody' } } })
    await send(settle, security, { intent: 'settle_all' })
  })
})

describe('a code that is too old', () => {
  it('says so to whoever holds it, with whom to ask, and to nobody else', async () => {
    const person = await newcomer()
    const { code } = await opened(person)
    await prisma.account.updateMany({ where: { signIn: person.number }, data: { codeEndsAt: new Date(0) } })
    const late = await enter(person.number, code)
    expect(late).toMatchObject({ status: 403, code: 'code_over' })
    expect(JSON.stringify(late.body)).toContain(centre.signIns.hr)
    expect(await enter(person.number, 'WRONG-WRONG-0000')).toMatchObject({ status: 401, code: 'wrong_password' })
    const row = await prisma.account.findUniqueOrThrow({ where: { signIn: person.number } })
    expect(row.failedSignIns).toBe(1)
    const page = (await ask(accounts, get('/accounts?state=slip_over', system.cookie))).body
    expect(page).toMatchObject({ lines: [{ signIn: person.number, state: 'slip_over' }] })
    await send(askFor, hr, { intent: 'reset', target: row.id, reason: '激活条过期' })
    const renewed = (await send(settle, security, { intent: 'settle_all' })).body as Outcome
    expect((await enter(person.number, renewed.outcome.slips[0]?.code ?? '')).status).toBe(302)
    const codes = await prisma.auditEntry.findMany({ where: { subject: row.id } })
    expect(codes.map((entry) => entry.action)).toEqual(expect.arrayContaining(['sign_in.code_over', 'account.reset']))
  })
})

describe('a posting that is over', () => {
  it('ends the session of the person at its next request, and the next sign-in says why', async () => {
    const { centreId, personIds, accountIds, signIns } = centre
    const personId = personIds[1]
    const session = await enter(signIns.staff, fixturePassword)
    const cookie = (session.setCookie ?? '').split(';')[0] ?? ''
    expect((await ask(home, get('/', cookie))).location).toBe('/me')
    const posting = { where: { centreId, personId } }
    await prisma.posting.updateMany({ ...posting, data: { endsOn: new Date('2026-02-27') } })
    expect((await ask(home, get('/', cookie))).location).toBe('/sign-in')
    const refused = await enter(signIns.staff, fixturePassword)
    expect(refused).toMatchObject({ status: 403, code: 'posting_over', body: { facts: { last: '2026-02-27' } } })
    await prisma.posting.updateMany({ ...posting, data: { endsOn: null } })
    expect((await enter(signIns.staff, fixturePassword)).status).toBe(302)
    expect(await prisma.roleGrant.count({ where: { accountId: accountIds.staff, endsOn: null } })).toBe(1)
  })
})

describe('the security administrator', () => {
  it('grants and ends a role on the account’s page; wrong dates come back with what was typed', async () => {
    const id = centre.accountIds.guide
    const give = (fields: Record<string, string>) => send(grant, security, { intent: 'give', ...fields }, { id })
    expect(await give({ role: 'leader', from: '2027-01-02', to: '2027-01-01' })).toMatchObject({
      status: 400,
      body: { refused: { code: 'ends_before_start' }, typed: { role: 'leader', to: '2027-01-01' } },
    })
    expect(await give({ role: 'king' })).toMatchObject({ status: 400, body: { refused: { code: 'roles_missing' } } })
    expect((await give({ role: 'leader' })).location).toContain('done=granted')
    const page = (await ask(account, get(`/accounts/${id}`, security.cookie), { id })).body
    const grants = (page as { account: { grants: { id: string; role: string }[] } }).account.grants
    const given = grants.find((one) => one.role === 'leader')?.id ?? ''
    expect((await send(grant, security, { intent: 'end_now', grant: given }, { id })).location).toContain('done=ended')
    expect(await send(grant, security, { intent: 'end', grant: given, last: 'x' }, { id })).toMatchObject({
      status: 404,
    })
  })

  it('is refused for himself, and the system administrator for granting at all', async () => {
    const own = await send(grant, security, { intent: 'give', role: 'hr' }, { id: security.accountId })
    expect(own).toMatchObject({ status: 400, body: { refused: { code: 'own_account' } } })
    const id = centre.accountIds.guide
    expect(await send(grant, system, { intent: 'give', role: 'hr' }, { id })).toMatchObject({ status: 403 })
    const made = await send(settle, security, { intent: 'make_all' })
    expect(made).toMatchObject({ status: 403, body: { refused: { code: 'not_your_work' } } })
  })

  it('unlocks, and answers 404 for accounts of nobody here', async () => {
    const id = centre.accountIds.inspector
    await prisma.account.updateMany({ where: { id }, data: { lockedUntil: new Date(Date.now() + 864e5) } })
    expect((await send(grant, security, { intent: 'unlock' }, { id })).location).toContain('done=unlocked')
    const other = (await makeCentre(prisma)).accountIds.hr
    for (const unknown of [other, newId(), 'x']) {
      expect(await ask(account, get('/accounts/x', security.cookie), { id: unknown })).toMatchObject({ status: 404 })
      expect(await send(grant, security, { intent: 'unlock' }, { id: unknown })).toMatchObject({ status: 404 })
    }
  })
})

describe('sending back', () => {
  it('wants a reason, for whoever asked', async () => {
    const refused = await send(settle, security, { intent: 'refuse', id: newId(), reason: ' ' })
    expect(refused).toMatchObject({ status: 400, body: { refused: { act: 'refuse', code: 'answer_missing' } } })
  })
})

describe('asking', () => {
  it('keeps what was typed and names the field', async () => {
    const target = centre.accountIds.guide
    expect(await send(askFor, hr, { intent: 'reset', target, reason: ' ' })).toMatchObject({
      status: 400,
      body: { refused: { act: 'reset', code: 'reason_missing' } },
    })
    const fields = { intent: 'outsider', number: '工号', name: '联系人', role: 'unit_contact', unit: centre.unitIds[0] }
    expect(await send(askFor, hr, fields)).toMatchObject({
      status: 400,
      body: { refused: { code: 'number' }, typed: { name: '联系人', role: 'unit_contact' } },
    })
    expect(await send(askFor, hr, { intent: 'people' })).toMatchObject({
      status: 400,
      body: { refused: { code: 'nobody' } },
    })
  })

  it('shows HR what became of it, lets only the asker withdraw, and sends back with a reason', async () => {
    const target = centre.accountIds.committee
    await send(askFor, hr, { intent: 'disable', target, reason: '换届' })
    const waiting = await requestsOf(prisma, centre.centreId, { accountId: target, state: 'waiting' })
    const id = waiting[0]?.id ?? ''
    const other = await signedIn(centre.centreId, ['hr'])
    expect(await send(askFor, other, { withdraw: id })).toMatchObject({ body: { refused: { code: 'not_yours' } } })
    expect((await send(settle, system, { intent: 'refuse', id, reason: '任期未到' })).location).toContain(
      'done=refused',
    )
    const page = (await ask(asked, get('/accounts/asked', hr.cookie))).body
    expect((page as { requests: { id: string }[] }).requests.find((one) => one.id === id)).toMatchObject({
      state: 'refused',
      answer: '任期未到',
    })
  })

  it('answers 404 for whom the scope does not reach', async () => {
    const unit = await signedIn(centre.centreId, ['unit_administrator'], centre.unitIds[1])
    const mineOnly = (await ask(asked, get('/accounts/asked?q=1', unit.cookie))).body as { found: { lines: unknown[] } }
    expect(mineOnly.found.lines.length).toBeLessThan(5)
    const elsewhere = `/accounts/asked?person=${centre.personIds[0]}`
    expect(await ask(asked, get(elsewhere, unit.cookie))).toMatchObject({ status: 404 })
    const target = centre.accountIds.chief_representative
    expect(await send(askFor, unit, { intent: 'reset', target, reason: '忘了' })).toMatchObject({ status: 404 })
    expect((await ask(asked, get(`/accounts/asked?person=${centre.personIds[2]}`, unit.cookie))).status).toBe(200)
  })
})

describe('my account', () => {
  it('shows my roles and sessions and ends the others, never somebody else’s', async () => {
    const here = await signedIn(centre.centreId, ['chief_representative', 'staff'])
    const number = (await prisma.account.findFirstOrThrow({ where: { id: here.accountId } })).signIn
    const stranger = await signedIn(centre.centreId, ['staff'])
    const row = await prisma.session.findFirstOrThrow({ where: { id: here.sessionId } })
    const copies = [newId(), newId()]
    for (const id of copies) await prisma.session.create({ data: { ...row, id, tokenHash: hashSecret(id) } })
    const page = (await ask(mine, get('/accounts/mine', here.cookie))).body
    expect(page).toMatchObject({ signIn: number, here: here.sessionId })
    expect((page as { sessions: unknown[] }).sessions).toHaveLength(3)
    expect((await send(endMine, here, { end: stranger.sessionId })).location).toContain('done=session_over')
    expect((await send(endMine, here, { end: here.sessionId })).location).toContain('done=session_over')
    expect((await send(endMine, here, { end: copies[0] ?? '' })).location).toContain('n=1')
    expect((await send(endMine, here, { end: 'others' })).location).toContain('n=1')
    expect((await ask(home, get('/', here.cookie))).location).toBe('/today')
    expect((await ask(home, get('/', stranger.cookie))).location).toBe('/me')
  })
})

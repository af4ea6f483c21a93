import { beforeEach, describe, expect, it } from 'vitest'
import { now } from '#app/clock.server.ts'
import { requestsOf } from '#app/db/access-requests.server.ts'
import { accountOf } from '#app/db/accounts-list.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { grantsOfAccount } from '#app/db/role-grants.server.ts'
import type { Role } from '#app/domain/access/roles.ts'
import type { RoleWish } from '#app/domain/access/wishes.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { endGrant, grantRole } from '#app/services/access/grant-role.server.ts'
import { makeAccounts } from '#app/services/access/make-accounts.server.ts'
import { refuseRequest, withdrawRequest } from '#app/services/access/refuse-request.server.ts'
import { requestAccounts, requestOutsider } from '#app/services/access/request-account.server.ts'
import { requestChange, requestReset } from '#app/services/access/request-change.server.ts'
import { settleRequests } from '#app/services/access/settle-requests.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'

useDatabase()

let centre: Fixture
const at = now()
const today = civilOf(at, 'Asia/Shanghai').day

beforeEach(async () => {
  centre = await makeCentre(prisma)
})

function as(role: Role, accountId = centre.accountIds[role]) {
  const scope = { centreId: centre.centreId, reach: 'centre' as const }
  return { centreId: scope.centreId, accountId, role, address: null, at, today, scope }
}

let made = 0

/** Somebody newly posted who has no account yet. */
async function newcomer(number?: string): Promise<string> {
  made += 1
  const staffNumber = number ?? `n${made}-${centre.centreId.slice(-6)}`
  const { centreId, unitIds } = centre
  const id = newId()
  const person = { name: '新来', reading: 'xin lai', initials: 'xl', nameEn: 'New', identityKind: 'civil_servant' }
  await prisma.person.create({ data: { centreId, id, staffNumber, ...person } })
  await prisma.posting.create({
    data: { centreId, id: newId(), personId: id, unitId: unitIds[0], startsOn: new Date('2026-01-01') },
  })
  return id
}

const waiting = () => requestsOf(prisma, centre.centreId, { state: 'waiting' })
const wish = (role: Role, more: Partial<RoleWish> = {}): RoleWish => ({
  role,
  unitId: null,
  startsOn: today,
  endsOn: null,
  ...more,
})

describe('asking for accounts', () => {
  it('goes from HR to the system administrator and on to the security administrator, in three acts for many', async () => {
    const people = [await newcomer(), await newcomer(), await newcomer()]
    expect(await requestAccounts(as('hr'), people, { reason: null })).toMatchObject({
      value: { asked: 3, skipped: [] },
    })
    const result = await makeAccounts(as('system_administrator'), 'all')
    const slips = result.ok ? result.value.slips : []
    expect(slips).toHaveLength(3)
    expect(new Set(slips.map((slip) => slip.code)).size).toBe(3)
    expect(await accountOf(prisma, centre.centreId, people[0] as string)).toMatchObject({
      state: 'slip',
      roles: [],
      waiting: ['roles'],
      codeEndsAt: at + 7 * 86_400_000,
    })
    expect(await settleRequests(as('security_administrator'), 'all')).toMatchObject({ value: { done: 3, left: [] } })
    expect(await accountOf(prisma, centre.centreId, people[0] as string)).toMatchObject({
      state: 'slip',
      roles: [{ role: 'staff', startsOn: today, endsOn: null }],
      waiting: [],
    })
    const audited = await prisma.auditEntry.findMany({ where: { centreId: centre.centreId } })
    expect(JSON.stringify(audited)).not.toContain('新来')
    for (const slip of slips) expect(JSON.stringify(await prisma.account.findMany())).not.toContain(slip.code)
  })

  it('skips and names a number that somebody signs in with already, in whatever centre', async () => {
    const other = await makeCentre(prisma)
    const taken = await newcomer(other.signIns.hr)
    const free = await newcomer()
    const asked = await requestAccounts(as('hr'), [taken, free], { reason: null })
    expect(asked).toMatchObject({
      value: { asked: 1, skipped: [{ signIn: other.signIns.hr, code: 'number_taken' }] },
    })
  })

  it('finds at the last moment that the number is taken or the account is there', async () => {
    const person = await newcomer()
    await requestAccounts(as('hr'), [person], { reason: null })
    const [request] = await waiting()
    await prisma.account.create({
      data: {
        centreId: centre.centreId,
        id: newId(),
        signIn: request?.signIn ?? '',
        displayName: '别人',
        createdAt: new Date(at),
      },
    })
    expect(await makeAccounts(as('system_administrator'), 'all')).toMatchObject({
      value: { slips: [], left: [{ code: 'number_taken' }] },
    })
    expect(await waiting()).toHaveLength(1)
  })

  it('is asked once, however often and however many at once', async () => {
    const person = await newcomer()
    const answers = await Promise.all([1, 2, 3].map(() => requestAccounts(as('hr'), [person], { reason: null })))
    const asked = answers.map((answer) => (answer.ok ? answer.value.asked : -1))
    expect(asked.sort()).toEqual([0, 0, 1])
  })

  it('knows nobody of another centre, nor beyond the unit', async () => {
    const other = await makeCentre(prisma)
    expect(await requestAccounts(as('hr'), [other.personIds[0]], { reason: null })).toMatchObject({
      value: { asked: 0, skipped: [{ code: 'unknown' }] },
    })
    const person = await newcomer()
    const { centreId, unitIds } = centre
    const ofUnit = { ...as('unit_administrator'), scope: { centreId, reach: 'unit' as const, unitId: unitIds[1] } }
    expect(await requestAccounts(ofUnit, [person], { reason: null })).toMatchObject({ value: { asked: 0 } })
    const beyond = await requestAccounts(ofUnit, [person], { roles: [wish('hr')], reason: null })
    expect(beyond).toMatchObject({ ok: false, code: 'role_beyond' })
  })

  it('takes somebody outside the register, with a number that is free and waits for nobody else', async () => {
    const who = { signIn: `x-${centre.centreId.slice(-8)}`, name: '联系人', roles: [wish('unit_contact')] }
    expect(await requestOutsider(as('hr'), who, null)).toMatchObject({ code: 'unit_missing' })
    const contact = { ...who, roles: [wish('unit_contact', { unitId: centre.unitIds[0] })] }
    expect(await requestOutsider(as('hr'), contact, null)).toMatchObject({ ok: true })
    expect(await requestOutsider(as('hr'), contact, null)).toMatchObject({ code: 'already_waiting' })
    expect(await requestOutsider(as('hr'), { ...contact, signIn: centre.signIns.hr }, null)).toMatchObject({
      code: 'number_taken',
    })
    const [request] = await waiting()
    expect(await makeAccounts(as('system_administrator'), [request?.id ?? ''])).toMatchObject({
      value: { slips: [{ name: '联系人' }] },
    })
  })
})

describe('settling', () => {
  it('is done once by two at the same moment', async () => {
    for (let i = 0; i < 4; i++) await requestAccounts(as('hr'), [await newcomer()], { reason: null })
    const results = await Promise.all([1, 2].map(() => makeAccounts(as('system_administrator'), 'all')))
    const slips = results.flatMap((result) => (result.ok ? result.value.slips : []))
    expect(new Set(slips.map((slip) => slip.signIn)).size).toBe(4)
    expect(slips).toHaveLength(4)
  })

  it('is never done by who asked, nor for oneself, nor by whose work it is not', async () => {
    const staff = centre.accountIds.staff
    await requestReset(as('hr'), staff, '忘记密码')
    const [reset] = await waiting()
    const both = as('security_administrator', centre.accountIds.hr)
    expect(await settleRequests(both, [reset?.id ?? ''])).toMatchObject({ value: { left: [{ code: 'own_request' }] } })
    const himself = as('security_administrator', staff)
    expect(await settleRequests(himself, [reset?.id ?? ''])).toMatchObject({
      value: { left: [{ code: 'own_account' }] },
    })
    expect(await settleRequests(as('system_administrator'), [reset?.id ?? ''])).toMatchObject({
      value: { left: [{ code: 'not_your_work' }] },
    })
    expect(await refuseRequest(both, reset?.id ?? '', '不')).toMatchObject({ code: 'own_request' })
    expect(await waiting()).toHaveLength(1)
  })

  it('of a reset ends the sessions, frees the lock and prints a code of seven days', async () => {
    const { centreId } = centre
    const id = centre.accountIds.staff
    await prisma.account.updateMany({ where: { id }, data: { failedSignIns: 9, lockedUntil: new Date(at + 60_000) } })
    await requestReset(as('hr'), id, '忘记密码')
    expect(await requestReset(as('hr'), id, '又忘了')).toMatchObject({ code: 'already_waiting' })
    const settled = await settleRequests(as('security_administrator'), 'all')
    expect(settled).toMatchObject({ value: { done: 1, slips: [{ signIn: centre.signIns.staff }] } })
    const row = await prisma.account.findUniqueOrThrow({ where: { centreId_id: { centreId, id } } })
    expect(row).toMatchObject({ mustChangePassword: true, failedSignIns: 0, lockedUntil: null })
    expect(row.codeEndsAt?.getTime()).toBe(at + 7 * 86_400_000)
  })

  it('lets the other administrators help the only security administrator', async () => {
    await requestReset(as('hr'), centre.accountIds.security_administrator, '忘记密码')
    const [request] = await waiting()
    expect(await settleRequests(as('system_administrator'), [request?.id ?? ''])).toMatchObject({ value: { done: 1 } })
  })

  it('keeps the last of an office, and disables and enables the others', async () => {
    const off = (accountId: string) => requestChange(as('hr'), { accountId, kind: 'disable', reason: '离开' })
    await off(centre.accountIds.security_administrator)
    expect(await settleRequests(as('system_administrator'), 'all')).toMatchObject({
      value: { done: 0, left: [{ code: 'last_administrator' }] },
    })
    await off(centre.accountIds.guide)
    expect(await settleRequests(as('system_administrator'), 'all')).toMatchObject({ value: { done: 1 } })
    const enable = { accountId: centre.accountIds.guide, kind: 'enable' as const, reason: '回来' }
    expect(await off(centre.accountIds.guide)).toMatchObject({ code: 'not_now' })
    expect(await requestChange(as('hr'), enable)).toMatchObject({ ok: true })
    expect(await settleRequests(as('system_administrator'), 'all')).toMatchObject({ value: { done: 1 } })
  })

  it('refuses with a reason that who asked can read, and withdraws only one’s own', async () => {
    await requestReset(as('hr'), centre.accountIds.staff, '忘记密码')
    const id = (await waiting())[0]?.id ?? ''
    expect(await withdrawRequest(as('unit_administrator'), id)).toMatchObject({ code: 'not_yours' })
    expect(await refuseRequest(as('security_administrator'), id, ' ')).toMatchObject({ code: 'answer_missing' })
    expect(await refuseRequest(as('security_administrator'), id, '请先核对身份')).toMatchObject({ ok: true })
    expect(await withdrawRequest(as('hr'), id)).toMatchObject({ code: 'already_settled' })
    const [row] = await requestsOf(prisma, centre.centreId, {})
    expect(row).toMatchObject({ state: 'refused', answer: '请先核对身份' })
    await requestReset(as('hr'), centre.accountIds.staff, '忘记密码')
    expect(await withdrawRequest(as('hr'), (await waiting())[0]?.id ?? '')).toMatchObject({ ok: true })
  })
})

describe('granting', () => {
  const security = () => as('security_administrator')

  it('gives and ends roles, and refuses the three administrators in one person and oneself', async () => {
    const id = centre.accountIds.guide
    expect(await grantRole(security(), id, wish('audit_administrator', { endsOn: '2027-01-31' }))).toMatchObject({
      ok: true,
    })
    expect(await grantRole(security(), id, wish('system_administrator'))).toMatchObject({
      code: 'administrators_exclude',
    })
    const later = wish('system_administrator', { startsOn: '2027-02-01' })
    expect(await grantRole(security(), id, later)).toMatchObject({ ok: true })
    expect(await grantRole(security(), id, wish('guide'))).toMatchObject({ code: 'already_held' })
    expect(await grantRole(security(), centre.accountIds.security_administrator, wish('hr'))).toMatchObject({
      code: 'own_account',
    })
    const stranger = (await makeCentre(prisma)).unitIds[0]
    expect(await grantRole(security(), id, wish('unit_leader', { unitId: stranger }))).toMatchObject({
      code: 'unit_unknown',
    })
  })

  it('of two who give contradicting roles at once, one is refused', async () => {
    const id = centre.accountIds.guide
    const both = await Promise.all([
      grantRole(security(), id, wish('audit_administrator')),
      grantRole(as('security_administrator', centre.accountIds.leader), id, wish('system_administrator')),
    ])
    expect(both.filter((one) => one.ok)).toHaveLength(1)
    expect(both.find((one) => !one.ok)).toMatchObject({ code: 'administrators_exclude' })
  })

  it('ends after a day or at once, and never the last of an office, not even by two at once', async () => {
    const { centreId, accountIds } = centre
    const [grant] = await grantsOfAccount(prisma, centreId, accountIds.guide)
    const id = grant?.id ?? ''
    expect(await endGrant(security(), id, '2020-01-01')).toMatchObject({ code: 'before_start' })
    expect(await endGrant(security(), id, today)).toMatchObject({ ok: true })
    expect(await endGrant(security(), id, null)).toMatchObject({ ok: true })
    expect(await endGrant(security(), id, null)).toMatchObject({ code: 'over_already' })
    const fresh = await grantRole(security(), accountIds.guide, wish('inspector'))
    expect(await endGrant(security(), fresh.ok ? fresh.value : '', null)).toMatchObject({ ok: true })
    expect(await prisma.roleGrant.count({ where: { centreId, accountId: accountIds.guide, role: 'inspector' } })).toBe(
      0,
    )
    await grantRole(security(), accountIds.leader, wish('security_administrator'))
    const offices = await prisma.roleGrant.findMany({ where: { centreId, role: 'security_administrator' } })
    const by = (mine: string) => as('security_administrator', mine)
    const [a, b] = offices
    const ended = await Promise.all([
      endGrant(by(b?.accountId ?? ''), a?.id ?? '', null),
      endGrant(by(a?.accountId ?? ''), b?.id ?? '', null),
    ])
    expect(ended.filter((one) => one.ok)).toHaveLength(1)
    expect(ended.find((one) => !one.ok)).toMatchObject({ code: 'last_administrator' })
  })
})

describe('an account of the set-up whose owner comes into the register later', () => {
  it('is joined to the person of the same number and name, without a slip, and to nobody else', async () => {
    const { centreId, accountIds, signIns } = centre
    const id = accountIds.leader
    const person = await newcomer(signIns.leader)
    const asked = await requestAccounts(as('hr'), [person], { reason: null })
    expect(asked).toMatchObject({ value: { asked: 0, skipped: [{ code: 'number_taken' }] } })
    await prisma.account.updateMany({ where: { id }, data: { displayName: '新来' } })
    expect(await requestAccounts(as('hr'), [person], { reason: null })).toMatchObject({ value: { asked: 1 } })
    const made = await makeAccounts(as('system_administrator'), 'all')
    expect(made).toMatchObject({ value: { slips: [], linked: 1, left: [] } })
    const joined = { state: 'active', accountId: id, waiting: ['roles'] }
    expect(await accountOf(prisma, centreId, person)).toMatchObject(joined)
  })
})

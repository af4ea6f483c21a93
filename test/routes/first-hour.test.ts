import { beforeAll, describe, expect, it } from 'vitest'
import { anonymousCookieName } from '#app/auth/cookies.server.ts'
import { anonymousCsrf, sessionCsrf } from '#app/auth/csrf.server.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { hashSecret } from '#app/db/secrets.server.ts'
import { firstRoles } from '#app/domain/access/set-up.ts'
import { stateNotices } from '#app/domain/calendar/notices.ts'
import { buildCalendar, dayOf } from '#app/domain/calendar/year.ts'
import type { FirstStep } from '#app/domain/hall/first-steps.ts'
import { addDays } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { action as accounts } from '#app/routes/_shell.accounts.tsx'
import { action as askAccounts } from '#app/routes/_shell.accounts_.asked.tsx'
import { action as addToHall } from '#app/routes/_shell.hall_.$kind.$id.tsx'
import { action as newLeave } from '#app/routes/_shell.leave.new.tsx'
import { action as decide } from '#app/routes/_shell.leave.waiting.tsx'
import { action as addPerson } from '#app/routes/_shell.people.new.tsx'
import { action as paste } from '#app/routes/_shell.people.paste.tsx'
import { loader as today } from '#app/routes/_shell.today.tsx'
import { loader as register } from '#app/routes/papers.register.$id.ts'
import { action as changePassword } from '#app/routes/password.tsx'
import { action as setUp } from '#app/routes/set-up.tsx'
import { action as signIn } from '#app/routes/sign-in.tsx'
import { closeDays } from '#app/services/attendance/close-days.server.ts'
import { recomputeStale } from '#app/services/attendance/recompute.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Answer, ask, get, post } from './requests.ts'

// The first hour of a centre, from an empty database to a person's register, through the forms that people use.

useDatabase()

const setUpCode = '7K3M-9PQR-2XYZ'
// Before anything reads the environment.
process.env.SET_UP_CODE = setUpCode

type Slip = { readonly signIn: string; readonly code: string }
type Entered = { readonly cookie: string; readonly csrf: string }

const day = civilOf(now(), 'Asia/Shanghai').day
const anonymous = `${anonymousCookieName}=test-secret`
const before = anonymousCsrf({ request: get('/', anonymous) }).token
const names = ['罗志远', '沈静', '魏明', '郭立凡']
const hall: Record<string, string> = {}
const entered: Record<string, Entered> = {}

/** Signs in with the code of a slip and chooses a password, as everybody does once. */
async function enter({ signIn: number, code }: Slip): Promise<Entered> {
  const first = await ask(signIn, post('/sign-in', { number, password: code, csrf: before }, anonymous))
  expect(first, number).toMatchObject({ status: 302, location: '/password' })
  const one = await sessionOf(first)
  const wanted = 'Yunxi-hall-2026'
  const fields = { current: code, wanted, again: wanted, csrf: one.csrf }
  const changed = await ask(changePassword, post('/password', fields, one.cookie))
  expect(changed.status, JSON.stringify(changed.body)).toBe(200)
  return changed.setCookie?.includes('=') ? await sessionOf(changed) : one
}

async function sessionOf(answer: Answer): Promise<Entered> {
  const cookie = (answer.setCookie ?? '').split(';')[0] ?? ''
  const secret = cookie.slice(cookie.indexOf('=') + 1)
  const session = await prisma.session.findFirstOrThrow({ where: { tokenHash: hashSecret(secret) } })
  return { cookie, csrf: sessionCsrf(session.id) }
}

function as(who: string): Entered {
  const found = entered[who]
  if (!found) throw new Error(`${who} has not signed in`)
  return found
}

function send(who: string, action: unknown, path: string, fields: Record<string, string>, params = {}) {
  const { cookie, csrf } = as(who)
  return ask(action, post(path, { ...fields, csrf }, cookie), params)
}

async function nextStep(): Promise<string | undefined> {
  const page = (await ask(today, get('/today', as('1004').cookie))).body as { first: FirstStep[] }
  return page.first.find(({ state }) => state === 'next')?.key
}

async function add(kind: string, key: string, fields: Record<string, string>): Promise<void> {
  const made = await send('1004', addToHall, `/hall/${kind}/new`, { intent: 'save', ...fields }, { kind, id: 'new' })
  expect(made.location, JSON.stringify(made.body)).toMatch(/done=added$/)
  hall[key] = made.location?.split('/').at(-1)?.split('?')[0] ?? ''
}

const calendar = buildCalendar(stateNotices)

function workdayAfter(start: string): string {
  const next = addDays(start, 1)
  const found = dayOf(calendar, next)
  return found.ok && (found.value.kind === 'workday' || found.value.kind === 'makeup') ? next : workdayAfter(next)
}

const person = (staffNumber: string) => prisma.person.findFirstOrThrow({ where: { staffNumber } })

describe('the first hour', () => {
  beforeAll(async () => {
    const people = firstRoles.flatMap((role, at) => [
      [`${role}_number`, `100${at + 1}`],
      [`${role}_name`, names[at] ?? ''],
    ])
    const centre = { name: '云溪市政务服务中心', name_en: 'Yunxi Government Service Centre', zone: 'Asia/Shanghai' }
    const fields = { code: setUpCode, ...centre, public_url: '', preset: 'four', ...Object.fromEntries(people) }
    const made = await ask(setUp, post('/set-up', { ...fields, csrf: before }, anonymous))
    for (const slip of (made.body as { slips: Slip[] }).slips) entered[slip.signIn] = await enter(slip)
  })

  it('HR is led from the empty board to zones, units, windows and groups', async () => {
    expect(await nextStep()).toBe('zones')
    await add('zones', 'A', { code: 'A', name: '企业开办', nameEn: 'Starting a business', position: '1' })
    expect(await nextStep()).toBe('units')
    await add('units', 'scjg', {
      name: '云溪市市场监督管理局',
      shortName: '市监',
      nameEn: 'Market Supervision Bureau',
      position: '1',
      assessmentMode: 'b',
    })
    expect(await nextStep()).toBe('windows')
    const window = { zoneId: hall.A ?? '', name: '企业设立', nameEn: 'Registration', opensOn: day, position: '1' }
    await add('windows', 'A01', { ...window, number: 'A01' })
    await add('windows', 'A02', { ...window, number: 'A02', position: '2' })
    await add('groups', 'front', { name: '企业窗口', nameEn: 'Business', minStaff: '1', windowId: hall.A01 ?? '' })
    expect(await nextStep()).toBe('people')
  })

  it('people come one by one and as a table, though posted for longer than the windows are entered', async () => {
    const posted = { unitId: hall.scjg ?? '', startsOn: '2026-09-01', post: 'a', windowId: hall.A01 ?? '' }
    const one = { intent: 'save', name: '王㛃', staffNumber: '2001', identityKind: 'civil_servant', ...posted }
    const added = await send('1004', addPerson, '/people/new', one)
    expect(added.location, JSON.stringify(added.body)).toMatch(/done=added$/)
    const head = '工号\t姓名\t人员身份\t派出单位\t进驻日期\t窗口号\t岗位'
    const rows = ['1004\t郭立凡\t公务员\t市监\t2026-09-01\t\t后台', '2002\t陆𬭎\t公务员\t市监\t2026-09-01\tA01\tB岗']
    const text = [head, ...rows].join('\n')
    const pasted = await send('1004', paste, '/people/paste', { intent: 'save', text })
    expect(pasted.status, JSON.stringify(pasted.body)).toBe(302)
    expect(await prisma.person.count()).toBe(3)
    expect(await nextStep()).toBe('accounts')
  })

  it('nobody was absent before there was a centre', async () => {
    await closeDays(now())
    await recomputeStale(now())
    expect(await prisma.halfResult.count({ where: { day: { lt: new Date(day) } } })).toBe(0)
    expect(await prisma.staleDay.count({ where: { day: { lt: new Date(day) } } })).toBe(0)
  })

  it('accounts are asked for, made and granted in one act each, and HR’s own joins the person', async () => {
    expect((await send('1004', askAccounts, '/accounts/asked', { intent: 'people_all' })).body).toMatchObject({
      outcome: { asked: 3, left: [] },
    })
    const made = await send('1001', accounts, '/accounts', { intent: 'make_all' })
    const { slips } = (made.body as { outcome: { slips: readonly Slip[] } }).outcome
    expect(slips.map((slip) => slip.signIn).sort(), JSON.stringify(made.body)).toEqual(['2001', '2002'])
    const settled = await send('1002', accounts, '/accounts', { intent: 'settle_all' })
    expect(settled.status, JSON.stringify(settled.body)).toBeLessThan(400)
    for (const slip of slips) entered[slip.signIn] = await enter(slip)
    const own = await prisma.account.findFirstOrThrow({ where: { signIn: '1004' }, include: { grants: true } })
    expect(own.personId).toBe((await person('1004')).id)
    expect(own.grants.map((grant) => grant.role).sort()).toEqual(['hr', 'staff'])
    expect(await nextStep()).toBe('readers')
  })

  it('leave is asked for and given, though nobody is chief representative and the unit has no account', async () => {
    const on = workdayAfter(addDays(day, 6))
    const period = { from: on, from_half: 'am', to: on, to_half: 'pm' }
    const standIn = (await person('2002')).id
    const slip = { kind: 'private', ...period, reason: '搬家', stand_in: standIn, intent: 'submit', revision: '0' }
    const asked = await send('2001', newLeave, '/leave/new', slip)
    expect(asked.location, JSON.stringify(asked.body)).toMatch(/done=submitted/)
    const say = async (fields: Record<string, string>) => {
      const { id, revision } = await prisma.leaveRequest.findFirstOrThrow()
      const all = { id, revision: String(revision), act: 'approve', ...fields }
      return await send('1004', decide, '/leave/waiting', all)
    }
    expect((await say({ party: 'hr' })).location).toMatch(/done=approved/)
    const bare = await say({ party: 'unit_leader' })
    expect(bare.status).toBe(409)
    expect(JSON.stringify(bare.body)).toContain('谁、哪天签的字')
    expect((await say({ party: 'unit_leader', note: '周副局长 11-20 签字' })).location).toMatch(/done=approved/)
    expect((await prisma.leaveRequest.findFirstOrThrow()).state).toBe('approved')
  })

  it('the register is a PDF', async () => {
    const { id } = await person('2001')
    const request = get(`/papers/register/${id}.pdf?year=${day.slice(0, 4)}`, as('1004').cookie)
    const answer = await ask(register, request, { id: `${id}.pdf` })
    expect(answer.status).toBe(200)
    expect(String(answer.body)).toMatch(/^%PDF-1\./)
  })
})

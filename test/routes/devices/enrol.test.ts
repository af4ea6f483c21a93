import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import * as page from '#app/routes/_shell.people_.$id_.enrol.tsx'
import * as receipt from '#app/routes/_shell.people_.$id_.enrol_.receipt.tsx'
import * as list from '#app/routes/_shell.people_.enrol.tsx'
import * as demo from '#app/routes/demo.reader.tsx'
import * as events from '#app/routes/people.enrol.events.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { ask, get, post, type SignedIn, signedIn } from '../requests.ts'

useDatabase()
let centre: Fixture
let hr: SignedIn
let id: string

beforeAll(async () => {
  centre = await inTransaction(makeCentre)
  hr = await signedIn(centre.centreId, ['hr'])
  id = centre.personIds[0]
})

beforeEach(async () => {
  await prisma.source.updateMany({
    where: { centreId: centre.centreId },
    data: { state: 'online', seenAt: new Date(now()) },
  })
})

const path = () => `/people/${id}/enrol`
const act = (fields: Record<string, string>, person = id) =>
  ask(page.action, post(path(), { csrf: hr.csrf, ...fields }, hr.cookie), { id: person })
const consent = (fields: string) =>
  ask(
    page.action,
    new Request(`http://window.test${path()}`, {
      method: 'POST',
      body: new URLSearchParams(`csrf=${encodeURIComponent(hr.csrf)}&intent=consent&${fields}`),
      headers: { cookie: hr.cookie },
    }),
    { id },
  )

describe('who may enrol', () => {
  test('HR only; another centre’s person and a made-up id are unknown', async () => {
    const staff = await signedIn(centre.centreId, ['staff'])
    const administrator = await signedIn(centre.centreId, ['system_administrator'])
    for (const someone of [staff, administrator]) {
      expect((await ask(page.loader, get(path(), someone.cookie), { id })).status).toBe(403)
      expect((await ask(list.loader, get('/people/enrol', someone.cookie))).status).toBe(403)
      expect((await ask(events.loader, get('/people/enrol/events', someone.cookie))).status).toBe(403)
    }
    expect((await ask(events.loader, get('/people/enrol/events'))).status).toBe(401)
    const other = await inTransaction(makeCentre)
    for (const foreign of [other.personIds[0], newId(), 'nonsense']) {
      expect((await ask(page.loader, get(path(), hr.cookie), { id: foreign })).status).toBe(404)
      expect((await act({ intent: 'cancel' }, foreign)).status).toBe(404)
    }
    expect((await ask(page.loader, get(path(), hr.cookie), { id })).status).toBe(200)
  })

  test('a form without its token changes nothing', async () => {
    const refused = await ask(page.action, post(path(), { intent: 'withdraw' }, hr.cookie), { id })
    expect(refused.status).toBe(403)
    expect(await prisma.enrolment.count({ where: { centreId: centre.centreId, endsAt: null } })).toBe(8)
  })
})

describe('consent', () => {
  test('points left out and how it was given are named, and what was ticked stays', async () => {
    const answer = await consent('point=purpose')
    expect(answer.status).toBe(400)
    const typed = (answer.body as { typed: { points: string[]; errors: Record<string, string> } }).typed
    expect(typed.points).toEqual(['purpose'])
    expect(typed.errors.points).toContain('离开中心当天删除')
    expect(typed.errors.points).not.toContain('只为考勤')
    expect(typed.errors.how).toBeTruthy()
    expect((await consent('point=purpose&point=deletion&how=paper')).status).toBe(400)
    expect(await prisma.enrolmentConsent.count({ where: { centreId: centre.centreId } })).toBe(0)
  })

  test('recorded once, with who, how and the notice', async () => {
    const reader = centre.sourceIds[0]
    expect((await act({ intent: 'start', reader, finger: '7' })).location).toContain('refused=consent_missing')
    const all = 'point=purpose&point=deletion&point=free&how=screen'
    expect((await consent(all)).location).toBe(`${path()}?done=consent`)
    await consent(all)
    expect(await prisma.enrolmentConsent.findMany({ where: { centreId: centre.centreId } })).toMatchObject([
      { personId: id, how: 'screen', recordedBy: hr.accountId, withdrawnAt: null },
    ])
  })
})

describe('the page', () => {
  test('starts, shows where it stands, stops; an unplugged reader says what to do', async () => {
    const reader = centre.sourceIds[0]
    expect((await act({ intent: 'start', reader, finger: '11' })).status).toBe(400)
    const begun = await act({ intent: 'start', reader, finger: '7' })
    expect(begun.location).toBe(`${path()}?finger=7&reader=${reader}`)
    const shown = await ask(page.loader, get(path(), hr.cookie), { id })
    expect(shown.body).toMatchObject({ view: { attempt: { phase: 'waiting', finger: 7, slot: 5 } } })
    expect((await act({ intent: 'start', reader, finger: '8' })).location).toContain('refused=reader_busy')
    expect((await act({ intent: 'cancel' })).location).toContain('done=cancelled')
    await prisma.source.updateMany({ where: { id: reader }, data: { state: 'offline' } })
    const away = await act({ intent: 'start', reader, finger: '7' })
    expect(away.location).toContain('refused=reader_away')
  })

  test('names in a refusal are read from the centre’s own people only', async () => {
    const other = await inTransaction(makeCentre)
    const asked = `${path()}?refused=reader_busy&person=${other.personIds[0]}&by=${hr.accountId}`
    const shown = await ask(page.loader, get(asked, hr.cookie), { id })
    expect(shown.body).toMatchObject({ refused: { code: 'reader_busy', facts: { name: '—', by: '试用' } } })
  })

  test('an enrolment of somebody else is neither deleted nor printed from this page', async () => {
    const foreign = await prisma.enrolment.findFirstOrThrow({ where: { personId: centre.personIds[1] } })
    expect((await act({ intent: 'delete', enrolment: foreign.id })).status).toBe(404)
    const printed = `${path()}/receipt?enrolment=`
    expect((await ask(receipt.loader, get(printed + foreign.id, hr.cookie), { id })).status).toBe(404)
    const own = await prisma.enrolment.findFirstOrThrow({ where: { personId: id } })
    const answer = await ask(receipt.loader, get(printed + own.id, hr.cookie), { id })
    expect(answer.body).toMatchObject({ receipt: { slot: '1', stored: null, deleted: null } })
  })

  test('the demo’s buttons are unknown outside the demo, and so is its page', async () => {
    const fields = { intent: 'demo_press', way: 'right', finger: '7', reader: centre.sourceIds[0] }
    expect((await act(fields)).status).toBe(400)
    expect((await ask(demo.loader, get('/demo/reader'))).status).toBe(404)
  })
})

describe('the list', () => {
  const own = (fields: Record<string, string>) =>
    ask(list.action, post('/people/enrol', { csrf: hr.csrf, ...fields }, hr.cookie))

  test('who has no finger, and templates of people who left', async () => {
    await prisma.enrolment.updateMany({
      where: { personId: centre.personIds[3] },
      data: { endsAt: new Date('2026-01-02') },
    })
    await prisma.posting.updateMany({
      where: { personId: centre.personIds[2] },
      data: { endsOn: new Date('2026-02-01') },
    })
    const shown = await ask(list.loader, get('/people/enrol', hr.cookie))
    const { missing, left } = (
      shown.body as { list: { missing: { id: string }[]; left: { id: string; personId: string }[] } }
    ).list
    expect(missing.map((one) => one.id)).toEqual([centre.personIds[3]])
    const person = centre.personIds[2]
    const gone = left.filter((one) => one.personId === person)
    expect(gone).toHaveLength(2)
    expect(left.filter((one) => one.personId === centre.personIds[3])).toHaveLength(2)
    const first = gone[0]?.id ?? ''
    expect((await own({ intent: 'delete', person, enrolment: first })).location).toBe('/people/enrol?done=deleting')
    expect((await own({ intent: 'delete', person: id, enrolment: first })).status).toBe(404)
    expect((await own({ intent: 'reread', reader: newId() })).status).toBe(404)
    expect((await own({ intent: 'reread', reader: centre.sourceIds[0] })).location).toContain('done=read')
    expect((await own({ intent: 'nonsense' })).status).toBe(400)
  })
})

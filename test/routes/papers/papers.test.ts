import { beforeAll, describe, expect, it } from 'vitest'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { limits } from '#app/domain/assessment/summary.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { action as ask_, loader as list } from '#app/routes/_shell.papers._index.tsx'
import { loader as mine, action as save } from '#app/routes/_shell.papers.mine.tsx'
import { action as cancel, loader as job } from '#app/routes/_shell.papers.prints.$id.tsx'
import { action as autosave } from '#app/routes/api.own-words.ts'
import { loader as ownPdf } from '#app/routes/papers.mine.pdf.ts'
import { loader as file } from '#app/routes/papers.prints.$id.file.ts'
import { loader as onePdf } from '#app/routes/papers.register.$id.ts'
import { printWaiting } from '#app/services/assessment/print-registers.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { type Answer, ask, get, post, type SignedIn, signedIn, site } from '../requests.ts'

useDatabase()

let centre: Fixture
let hr: SignedIn
let staff: SignedIn
let foreign: Fixture
const today = civilOf(now(), 'Asia/Shanghai').day
const year = today.slice(0, 4)

async function own(person: number): Promise<SignedIn> {
  const made = await signedIn(centre.centreId, ['staff'])
  // One account a person: whoever had it before gives it up.
  await prisma.account.updateMany({ where: { personId: centre.personIds[person] as string }, data: { personId: null } })
  await prisma.account.updateMany({
    where: { id: made.accountId },
    data: { personId: centre.personIds[person] as string },
  })
  return made
}

beforeAll(async () => {
  centre = await makeCentre(prisma)
  foreign = await makeCentre(prisma)
  hr = await signedIn(centre.centreId, ['hr'])
  staff = await own(0)
  await prisma.person.updateMany({ where: { id: centre.personIds[3] }, data: { identityKind: 'enterprise' } })
})

function form(fields: readonly (readonly [string, string])[], who: SignedIn): Request {
  const body = new URLSearchParams([...fields.map(([name, value]) => [name, value]), ['csrf', who.csrf]])
  return new Request(`${site}/papers`, { method: 'POST', body, headers: { cookie: who.cookie } })
}

type ListBody = {
  model: { counts: Record<string, number>; lines: { id: string }[]; found: number; without: unknown[] }
}
const listed = async (query = '') => (await ask(list, get(`/papers?year=${year}${query}`, hr.cookie))).body as ListBody

describe('the list of a year', () => {
  it('has everybody who fills in a form, and says who does not', async () => {
    const { model } = await listed()
    expect(model.counts).toEqual({ all: 3, civil_servant_register: 3, institution_register: 0, none: 1 })
    expect(model.lines.map((line) => line.id)).not.toContain(centre.personIds[3])
    expect(model.without).toEqual([{ kind: 'enterprise', count: 1 }])
    expect((await listed('&form=none')).model.lines.map((line) => line.id)).toEqual([centre.personIds[3]])
  })

  it('is narrowed by unit, zone, identity, state and what is typed', async () => {
    expect((await listed(`&unit=${centre.unitIds[1]}`)).model.found).toBe(1)
    expect((await listed(`&zone=${centre.zoneIds[1]}`)).model.found).toBe(1)
    expect((await listed('&kind=enterprise')).model.found).toBe(0)
    expect((await listed('&state=written')).model.found).toBe(0)
    expect((await listed('&state=blank')).model.found).toBe(3)
    expect((await listed('&q=zeng')).model.lines.map((line) => line.id)).toEqual([centre.personIds[2]])
    expect((await listed('&q=a03')).model.lines.map((line) => line.id)).toEqual([centre.personIds[2]])
    expect((await listed(`&unit=${foreign.unitIds[0]}`)).model.found).toBe(0)
  })
})

describe('asking for a print', () => {
  it('says what to do when nobody is picked', async () => {
    const answer = await ask(
      ask_,
      form(
        [
          ['year', year],
          ['whom', 'selected'],
          ['as', 'pdf'],
        ],
        hr,
      ),
    )
    expect(answer).toMatchObject({ status: 400, body: { code: 'nobody_selected' } })
  })

  it('knows no stranger and nothing that is no person', async () => {
    for (const person of [foreign.personIds[0], newId(), 'x']) {
      const answer = await ask(
        ask_,
        form(
          [
            ['year', year],
            ['person', person],
            ['as', 'pdf'],
          ],
          hr,
        ),
      )
      expect(answer).toMatchObject({ status: 404, code: 'not_found' })
    }
  })

  it('leads to the job, its page and its file', async () => {
    const answer = await ask(
      ask_,
      form(
        [
          ['year', year],
          ['whom', 'filtered'],
          ['q', 'zeng'],
          ['as', 'zip'],
        ],
        hr,
      ),
    )
    expect(answer.status).toBe(302)
    const id = answer.location?.split('/').at(-1) ?? ''
    const before = await ask(job, get(`/papers/prints/${id}`, hr.cookie), { id })
    expect(before.body).toMatchObject({ model: { state: 'waiting', count: 1, file: null } })
    expect(await ask(file, get(`/papers/prints/${id}/file`, hr.cookie), { id })).toMatchObject({
      status: 302,
      location: `/papers/prints/${id}`,
    })
    await printWaiting({ clock: now })
    const after = await ask(job, get(`/papers/prints/${id}`, hr.cookie), { id })
    expect(after.body).toMatchObject({
      model: { state: 'done', failed: [], look: [{ name: '曾祥瑞', printed: true }] },
    })
    const response = await fileOf(id, hr)
    expect(response.headers.get('content-type')).toBe('application/zip')
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="register\.zip"; filename\*=UTF-8''/,
    )
    expect(await prisma.auditEntry.count({ where: { subject: id, action: 'registers.downloaded' } })).toBe(1)
    // Too late to cancel: the page says so.
    const late = await ask(cancel, post(`/papers/prints/${id}`, { intent: 'cancel', csrf: hr.csrf }, hr.cookie), { id })
    expect(late.location).toBe(`/papers/prints/${id}?too_late`)
  })

  it('shows no job and no file to another centre', async () => {
    const answer = await ask(
      ask_,
      form(
        [
          ['year', year],
          ['whom', 'filtered'],
          ['as', 'pdf'],
        ],
        hr,
      ),
    )
    const id = answer.location?.split('/').at(-1) ?? ''
    const stranger = await signedIn(foreign.centreId, ['hr'])
    for (const handler of [job, file]) {
      expect((await ask(handler, get(`/papers/prints/${id}`, stranger.cookie), { id })).status).toBe(404)
      expect((await ask(handler, get('/papers/prints/x', hr.cookie), { id: 'x' })).status).toBe(404)
    }
    const theirs = post(`/papers/prints/${id}`, { intent: 'cancel', csrf: stranger.csrf }, stranger.cookie)
    expect((await ask(cancel, theirs, { id })).status).toBe(404)
  })
})

async function fileOf(id: string, who: SignedIn): Promise<Response> {
  const args = { request: get(`/papers/prints/${id}/file`, who.cookie), params: { id }, context: {} }
  return (await file(args as never)) as Response
}

describe('one register', () => {
  it('opens as a PDF under its own name, and is written down', async () => {
    const id = centre.personIds[2]
    const args = { request: get(`/papers/register/${id}.pdf?year=${year}`, hr.cookie), params: { id: `${id}.pdf` } }
    const response = (await onePdf({ ...args, context: {} } as never)) as Response
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(response.headers.get('content-disposition')).toContain('inline')
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toMatch(/KH-\d{4}-\d{4}-曾祥瑞\.pdf/)
    expect(await prisma.auditEntry.count({ where: { subject: id, action: 'register.printed' } })).toBe(1)
  })

  it('is saved instead of shown when that is asked, the same bytes', async () => {
    const id = centre.personIds[2]
    const fetched = async (query: string) => {
      const request = get(`/papers/register/${id}.pdf?year=${year}${query}`, hr.cookie)
      return (await onePdf({ request, params: { id: `${id}.pdf` }, context: {} } as never)) as Response
    }
    const [shown, saved] = [await fetched(''), await fetched('&download=1')]
    expect(saved.headers.get('content-disposition')).toMatch(
      /^attachment; filename="register\.pdf"; filename\*=UTF-8''/,
    )
    expect(Buffer.from(await saved.arrayBuffer()).equals(Buffer.from(await shown.arrayBuffer()))).toBe(true)
  })

  it('is nothing for a stranger, and leads back with the reason for who gets none', async () => {
    const of = (id: string) =>
      ask(onePdf, get(`/papers/register/${id}.pdf?year=${year}`, hr.cookie), { id: `${id}.pdf` })
    expect((await of(foreign.personIds[0])).status).toBe(404)
    expect((await of('nobody')).status).toBe(404)
    const none = await of(centre.personIds[3])
    expect(none.location).toBe(`/papers?year=${year}&refused=${centre.personIds[3]}`)
    const page = await ask(list, get(none.location ?? '', hr.cookie))
    expect(page.body).toMatchObject({ refused: { texts: ['企业派驻不填登记表，只出鉴定表'] } })
  })

  it('is shown to its own person, with nothing of anybody else', async () => {
    const args = { request: get(`/papers/mine/pdf?year=${year}`, staff.cookie), params: {}, context: {} }
    expect(((await ownPdf(args as never)) as Response).headers.get('content-type')).toBe('application/pdf')
    expect(await ask(onePdf, get('/papers/register/x.pdf', staff.cookie), { id: centre.personIds[1] })).toMatchObject({
      status: 403,
    })
  })
})

function words(fields: Record<string, string>, who = staff): Request {
  const all = {
    year,
    person: centre.personIds[0],
    revision: '0',
    training: '',
    ...fields,
    csrf: fields.csrf ?? who.csrf,
  }
  return post('/papers/mine', all, who.cookie)
}

const mineOf = async (who = staff) => (await ask(mine, get(`/papers/mine?year=${year}`, who.cookie))).body as never

describe('own words', () => {
  it('are saved, shown again, and refused over a newer version with both texts on the page', async () => {
    expect(await ask(save, words({ summary: '第一版' }))).toMatchObject({
      status: 302,
      location: `/papers/mine?year=${year}&saved`,
    })
    expect(await mineOf()).toMatchObject({ model: { stored: { summary: '第一版' }, revision: 1 } })
    const second: Answer = await ask(save, words({ summary: '另一个窗口' }))
    expect(second).toMatchObject({
      status: 409,
      body: { typed: { summary: '另一个窗口' }, problem: { code: 'changed_meanwhile' } },
    })
    expect(await ask(save, words({ summary: '另一个窗口', revision: '1' }))).toMatchObject({ status: 302 })
  })

  it('that are too long come back whole, with how many characters are too many', async () => {
    const summary = '长'.repeat(limits.summary + 5)
    expect(await ask(save, words({ summary, revision: '2' }))).toMatchObject({
      status: 422,
      body: { typed: { summary }, problem: { code: 'too_long', field: 'summary', over: 5 } },
    })
    expect(await ask(autosave, words({ summary, revision: '2' }))).toMatchObject({ status: 422, code: 'too_long' })
  })

  it('come back when the session has ended, the form is old, or somebody else has signed in', async () => {
    const typed = { summary: '不能丢', training: '' }
    const kept = (code: string) => ({ kept: { code, typed, year } })
    expect(await ask(save, words(typed, { ...staff, cookie: '' }))).toMatchObject({
      status: 401,
      body: kept('signed_out'),
    })
    expect(await ask(save, words({ ...typed, csrf: 'old' }))).toMatchObject({ status: 403, body: kept('form_token') })
    const other = await own(1)
    expect(await ask(save, words(typed, other))).toMatchObject({ status: 403, body: kept('forbidden') })
    expect(await ask(autosave, words(typed, other))).toMatchObject({ status: 409, code: 'other_person' })
    expect(await ask(autosave, words(typed, { ...staff, cookie: '' }))).toMatchObject({ status: 401 })
    const saved = await prisma.annualRegister.findMany({ where: { summary: '不能丢' } })
    expect(saved).toEqual([])
  })

  it('are saved by themselves with the revision to go on from', async () => {
    expect(await ask(autosave, words({ summary: '自动存', revision: '2' }))).toMatchObject({
      status: 200,
      body: { revision: 3, number: expect.stringMatching(/^KH-\d{4}-\d{4}$/) },
    })
    expect(await ask(autosave, words({ summary: '旧的一页', revision: '2' }))).toMatchObject({
      status: 409,
      code: 'changed_meanwhile',
    })
  })

  it('are of a year that may still be written', async () => {
    expect(await ask(save, words({ summary: '从前', year: '2019' }))).toMatchObject({
      status: 409,
      body: { typed: { summary: '从前' }, problem: { code: 'year_closed' } },
    })
    expect(await ask(autosave, words({ summary: '从前', year: '2019' }))).toMatchObject({ code: 'year_closed' })
  })

  it('are not asked of who fills in no register, and the page says why', async () => {
    const enterprise = await own(3)
    expect(await mineOf(enterprise)).toMatchObject({ model: { state: 'none', kind: 'enterprise' } })
    const nobody = await signedIn(centre.centreId, ['staff'])
    expect(await mineOf(nobody)).toMatchObject({ model: { state: 'nobody' } })
  })
})

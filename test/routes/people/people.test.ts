import { beforeAll, describe, expect, it } from 'vitest'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { loader as list } from '#app/routes/_shell.people._index.tsx'
import { action as actOnPerson, loader as personPage } from '#app/routes/_shell.people.$id.tsx'
import { action as edit, loader as editPage } from '#app/routes/_shell.people.$id_.edit.tsx'
import { action as add, loader as addPage } from '#app/routes/_shell.people.new.tsx'
import { action as paste } from '#app/routes/_shell.people.paste.tsx'
import { loader as characters } from '#app/routes/people.characters.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { ask, get, post, type SignedIn, signedIn } from '../requests.ts'

useDatabase()

let centre: Fixture
let hr: SignedIn
const today = civilOf(now(), 'Asia/Shanghai').day

beforeAll(async () => {
  centre = await makeCentre(prisma)
  hr = await signedIn(centre.centreId, ['hr'])
})

type Listed = { rows: { id: string; name: string }[]; count: number; pages: number; manages: boolean }

async function listed(query: string, who: SignedIn = hr): Promise<Listed> {
  return (await ask(list, get(`/people${query}`, who.cookie))).body as Listed
}

describe('the list', () => {
  it('finds by name, pinyin, initials, window and staff number', async () => {
    const number = (await prisma.person.findFirstOrThrow({ where: { id: centre.personIds[2] } })).staffNumber
    for (const [q, found] of [
      ['曾祥', '曾祥瑞'],
      ['zengx', '曾祥瑞'],
      ['zxr', '曾祥瑞'],
      ['a03', '曾祥瑞'],
      [number, '曾祥瑞'],
      ['𬭎', '陆𬭎'],
      ['㛃', '王㛃'],
      ['买买提', '阿依古丽·买买提'],
    ])
      expect(
        (await listed(`?q=${encodeURIComponent(q ?? '')}`)).rows.map((row) => row.name),
        q,
      ).toEqual([found])
  })

  it('filters, and takes what it does not know as nothing', async () => {
    expect((await listed(`?unit=${centre.unitIds[0]}`)).count).toBe(2)
    expect((await listed('?state=left')).count).toBe(0)
    expect((await listed('?state=nonsense&kind=nobody&unit=x&zone=%27&sort=;&page=-3')).count).toBe(4)
    expect((await listed('?page=99999')).rows).toHaveLength(4)
  })

  it('shows a unit its own people and a chief representative those of the own windows', async () => {
    const unit = await signedIn(centre.centreId, ['unit_contact'], centre.unitIds[1])
    expect((await listed('', unit)).rows.map((row) => row.name).sort()).toEqual(['曾祥瑞', '阿依古丽·买买提'].sort())
    const chief = await prisma.account.findFirstOrThrow({ where: { id: centre.accountIds.chief_representative } })
    const one = await signedInAs(chief.personId ?? '')
    const seen = await listed('', one)
    expect(seen.rows.map((row) => row.name).sort()).toEqual(['王㛃', '陆𬭎'].sort())
    expect(seen.manages).toBe(false)
    const foreign = await ask(personPage, get(`/people/${centre.personIds[2]}`, one.cookie), {
      id: centre.personIds[2],
    })
    expect(foreign).toMatchObject({ status: 404, code: 'not_found' })
  })
})

/** A session of a chief representative who is this person. */
async function signedInAs(personId: string): Promise<SignedIn> {
  const one = await signedIn(centre.centreId, ['chief_representative'])
  await prisma.account.updateMany({ where: { personId }, data: { personId: null } })
  await prisma.account.updateMany({ where: { id: one.accountId }, data: { personId } })
  return one
}

const whole = { name: '赵䶮', staffNumber: '40001', identityKind: 'contract' }

function adding(fields: Record<string, string>) {
  return ask(add, post('/people/new', { ...fields, csrf: hr.csrf, intent: fields.intent ?? 'save' }, hr.cookie))
}

describe('adding a person', () => {
  it('offers units and windows', async () => {
    const page = await ask(addPage, get('/people/new', hr.cookie))
    expect(page.body).toMatchObject({ choices: { units: [{}, {}], windows: [{}, {}, {}] } })
  })

  it('names every problem and keeps everything', async () => {
    const typed = { name: '王？', staffNumber: '', identityKind: '', bornMonth: '1990-13', duties: '收件' }
    const answer = await adding(typed)
    expect(answer.status).toBe(400)
    const body = answer.body as { typed: object; problems: object }
    expect(Object.keys(body.problems).sort()).toEqual(['bornMonth', 'identityKind', 'name', 'staffNumber'].sort())
    expect(body.typed).toMatchObject(typed)
  })

  it('goes to the new person, whose reading was proposed, with posting and post', async () => {
    const answer = await adding({
      ...whole,
      unitId: centre.unitIds[0],
      startsOn: today,
      post: 'reserve',
      windowId: centre.windowIds[2],
    })
    expect(answer.status).toBe(302)
    const id = /people\/([^?]+)\?done=added/.exec(answer.location ?? '')?.[1] ?? ''
    const row = await prisma.person.findFirstOrThrow({ where: { id }, include: { postings: true, windowPosts: true } })
    expect(row).toMatchObject({ name: '赵䶮', reading: 'zhao yan', initials: 'zy', nameEn: 'Zhao Yan' })
    expect([row.postings.length, row.windowPosts.length]).toEqual([1, 1])
    const page = await ask(personPage, get(`/people/${id}`, hr.cookie), { id })
    expect(page.body).toMatchObject({ model: { shapes: [{ character: '䶮', parts: ['龙', '天'] }] } })
  })

  it('refuses a staff number that is taken, and says whose', async () => {
    const answer = await adding({ ...whole, name: '李喆' })
    expect(answer).toMatchObject({ status: 400, body: { problems: { staffNumber: { facts: { name: '赵䶮' } } } } })
  })

  it('looks for a character and takes it, step by step, without losing anything', async () => {
    const typed = { name: '陆', staffNumber: '40009', characterQuery: '金 宏', duties: '收件' }
    const looked = await adding({ ...typed, intent: 'find' })
    expect(looked).toMatchObject({ status: 200, body: { typed, answer: { found: [{ character: '𬭎' }, {}] } } })
    const taken = await adding({ ...typed, insert: '𬭎', intent: '' })
    expect(taken.body).toMatchObject({ typed: { ...typed, name: '陆𬭎' }, inserted: '𬭎' })
    const proposed = await adding({ ...typed, name: '单𬭎', intent: 'propose' })
    expect(proposed.body).toMatchObject({ typed: { reading: 'shan hong', nameEn: 'Shan Hong' } })
    expect(await prisma.person.count({ where: { staffNumber: '40009' } })).toBe(0)
  })

  it('offers the standard character for one of an old font, and takes it on request', async () => {
    const typed = { ...whole, staffNumber: '40010', name: '赵\ue863' }
    expect(await adding(typed)).toMatchObject({
      status: 400,
      body: { problems: { name: { facts: { offered: '䶮' } } } },
    })
    expect((await adding({ ...typed, intent: 'standard' })).body).toMatchObject({ typed: { name: '赵䶮' } })
  })
})

describe('asking for characters', () => {
  it('answers parts, sound and reading', async () => {
    const { body } = await ask(characters, get(`/people/characters?q=${encodeURIComponent('女 吉')}`, hr.cookie))
    expect(body).toMatchObject({ answer: { found: [{ character: '姞' }] } })
    const named = await ask(characters, get(`/people/characters?name=${encodeURIComponent('曾祥瑞')}`, hr.cookie))
    expect(named.body).toMatchObject({ proposed: { reading: 'zeng xiangrui' } })
  })
})

describe('editing', () => {
  const ids = () => ({ id: centre.personIds[1] })
  const save = (fields: Record<string, string>) =>
    ask(edit, post('/people/x/edit', { ...fields, csrf: hr.csrf, intent: 'save' }, hr.cookie), ids())

  async function drawn() {
    const page = await ask(editPage, get('/people/x/edit', hr.cookie), ids())
    return page.body as { typed: Record<string, string>; revision: number; kept: { phone: string | null } }
  }

  it('saves what changed, seals the telephone and lists it in the history', async () => {
    const { typed, revision } = await drawn()
    const changed = { ...typed, title: '市医疗保障局待遇科 一级科员', phone: '13800138517', revision: String(revision) }
    expect((await save(changed)).location).toContain('done=edited')
    expect((await drawn()).kept.phone).toBe('138****8517')
    const history = await ask(personPage, get('/people/x?view=history', hr.cookie), ids())
    const model = (history.body as { model: { history: { fields: object }[] } }).model
    expect(model.history[0]?.fields).toMatchObject({ title: { to: '市医疗保障局待遇科 一级科员' } })
    expect(JSON.stringify(history.body)).not.toContain('13800138517')
  })

  it('lets the second of two editors look first', async () => {
    const { typed, revision } = await drawn()
    const answer = await save({ ...typed, duties: '综合受理', revision: String(revision - 1) })
    expect(answer).toMatchObject({ status: 409, body: { stale: true, typed: { duties: '综合受理' } } })
  })

  it('shows the whole number to HR only, once, and writes it down', async () => {
    const reveal = (who: SignedIn) =>
      ask(actOnPerson, post('/people/x', { intent: 'reveal', field: 'phone', csrf: who.csrf }, who.cookie), ids())
    expect((await reveal(hr)).body).toMatchObject({ revealed: { field: 'phone', value: '13800138517' } })
    const entry = await prisma.auditEntry.findFirstOrThrow({ where: { action: 'person.revealed' } })
    expect(entry).toMatchObject({ actor: hr.accountId, subject: centre.personIds[1] })
    const leader = await signedIn(centre.centreId, ['leader'])
    expect(await reveal(leader)).toMatchObject({ status: 403, code: 'forbidden' })
  })
})

describe('acts on a person', () => {
  const act = (intent: string, fields: Record<string, string>, id: string = centre.personIds[2]) =>
    ask(actOnPerson, post('/people/x', { ...fields, intent, csrf: hr.csrf }, hr.cookie), { id })

  it('refuses a posting that overlaps, with the dates of the other, and keeps what was typed', async () => {
    const answer = await act('start_posting', { unitId: centre.unitIds[0], startsOn: today, note: '借调' })
    expect(answer.status).toBe(400)
    const { act: shown } = answer.body as { act: { typed: object; problems: Record<string, { code: string }> } }
    expect(shown.typed).toMatchObject({ note: '借调' })
    expect(shown.problems.startsOn?.code).toBe('posting_overlaps_open')
  })

  it('refuses a second A post, and gives another', async () => {
    const taken = await act('start_post', { post: 'a', windowId: centre.windowIds[0], startsOn: today })
    expect(taken).toMatchObject({ status: 400, body: { act: { problems: { post: { code: 'a_post_taken_open' } } } } })
    const given = await act('start_post', { post: 'b', windowId: centre.windowIds[0], startsOn: today })
    expect(given.location).toContain('done=start_post')
  })

  it('ends a posting and everything in it', async () => {
    const posting = await prisma.posting.findFirstOrThrow({ where: { personId: centre.personIds[2] } })
    const bad = await act('end_posting', { on: posting.id, endsOn: '2020-01-01', endReason: '' })
    expect(bad).toMatchObject({ status: 400, body: { act: { problems: { endReason: { code: 'empty' } } } } })
    const done = await act('end_posting', { on: posting.id, endsOn: today, endReason: 'rotation' })
    expect(done.location).toContain('done=end_posting')
    expect(await prisma.windowPost.count({ where: { personId: centre.personIds[2], endsOn: null } })).toBe(0)
    const page = await ask(personPage, get('/people/x', hr.cookie), { id: centre.personIds[2] })
    const templates = await prisma.enrolment.findMany({ where: { personId: centre.personIds[2] } })
    const readers = new Set(templates.map((one) => one.sourceId)).size
    expect(readers).toBeGreaterThan(0)
    const leaving = { lastDay: today, over: false, readers }
    expect((page.body as { model: object }).model).toMatchObject({ leaving })
    const leader = await signedIn(centre.centreId, ['leader'])
    const seen = await ask(personPage, get('/people/x', leader.cookie), { id: centre.personIds[2] })
    expect((seen.body as { model: object }).model).toMatchObject({ leaving: null })
  })

  it('knows nothing of another person’s posting, or of another act', async () => {
    const foreign = await prisma.posting.findFirstOrThrow({ where: { personId: centre.personIds[0] } })
    const asked = { on: foreign.id, endsOn: today, endReason: 'rotation' }
    expect(await act('end_posting', asked)).toMatchObject({ status: 404 })
    expect(await act('explode', {})).toMatchObject({ status: 400, code: 'bad_request' })
    expect(await act('start_post', {}, 'nonsense')).toMatchObject({ status: 404 })
  })
})

describe('pasting a table', () => {
  const rows = (second: string) =>
    `姓名\t工号\t人员身份\t派出单位\t进驻日期\n徐赟\t50001\t公务员\t市监\t${today}\n${second}`
  const put = (text: string, intent: string) =>
    ask(paste, post('/people/paste', { text, intent, csrf: hr.csrf }, hr.cookie))

  it('shows what would be stored and stores nothing', async () => {
    const seen = await put(rows('李喆\t50002\t事业专技\t人社\t2026-02-30'), 'preview')
    expect(seen).toMatchObject({ status: 400, body: { preview: { ready: 1 } } })
    expect((await put(rows('李喆\t50002\t事业专技\t人社\t2026-02-30'), 'save')).status).toBe(400)
    expect(await prisma.person.count({ where: { staffNumber: { startsWith: '5000' } } })).toBe(0)
  })

  it('stores all of them at once', async () => {
    const text = rows(`李喆\t50002\t事业专技\t人社\t${today}`)
    expect(await put(text, 'preview')).toMatchObject({ status: 200, body: { preview: { ready: 2 } } })
    expect((await put(text, 'save')).location).toBe('/people?state=all&added=2')
    expect((await listed('?q=50002')).rows.map((row) => row.name)).toEqual(['李喆'])
  })
})

import { beforeAll, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { newId } from '#app/db/id.server.ts'
import { listPeople } from '#app/db/people-list.server.ts'
import { personRecord, revealed } from '#app/db/person-record.server.ts'
import { historyOf } from '#app/db/record-changes.server.ts'
import type { Scope } from '#app/domain/access/roles.ts'
import { addPerson } from '#app/services/people/add-person.server.ts'
import { editPerson } from '#app/services/people/edit-person.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { friday, hrOf, person, post, posting, today } from './support.ts'

useDatabase()
let centre: Fixture
let whole: Scope
beforeAll(async () => {
  centre = await makeCentre(prisma)
  whole = { centreId: centre.centreId, reach: 'centre' }
})

function add(typed: Parameters<typeof person>[0], more: Partial<Parameters<typeof addPerson>[1]> = {}) {
  return addPerson(hrOf(centre), { person: person(typed), posting: null, post: null, ...more }, friday)
}

async function idOf(made: Awaited<ReturnType<typeof add>>): Promise<string> {
  if (!made.ok) throw new Error(`${made.code} ${JSON.stringify(made.facts)}`)
  return made.value.id
}

test('a person is added with posting and post; readings are proposed, numbers sealed, everything written down', async () => {
  const made = await add(
    { staffNumber: 'N-1', name: '尉迟 宏志', phone: '138 8888 8517', idNumber: '11010519491231002X', gender: 'female' },
    { posting: posting(centre.unitIds[0], '2026-11-02'), post: post(centre.windowIds[2], 'b', '2026-11-02') },
  )
  const id = await idOf(made)
  const record = await personRecord(prisma, whole, id, today)
  expect(record).toMatchObject({
    name: '尉迟宏志',
    reading: 'yuchi hongzhi',
    initials: 'ychz',
    nameEn: 'Yuchi Hongzhi',
    state: 'serving',
    postings: [{ unit: { shortName: '市监' }, startsOn: '2026-11-02', endsOn: null }],
    posts: [{ post: 'b', window: { number: 'A03' } }],
    personnel: { phoneMasked: '138****8517', idNumberMasked: '1101************2X' },
  })
  const history = await historyOf(prisma, centre.centreId, id)
  expect(history.map((line) => `${line.record} ${line.kind}`).sort()).toEqual([
    'person created',
    'posting created',
    'window_post created',
  ])
  expect(JSON.stringify(history)).not.toContain('8517')
  const audit = await prisma.auditEntry.findMany({ where: { subject: id } })
  expect(JSON.stringify(audit)).not.toMatch(/尉迟|8517/u)
  expect(await prisma.staleDay.count({ where: { personId: id } })).toBe(19)
})

test('a look at a sealed number is answered within the scope only, and written down', async () => {
  const id = await idOf(await add({ staffNumber: 'N-2', phone: '0871-63112233' }))
  const by = hrOf(centre)
  expect(await revealed(prisma, by, whole, id, 'phone', today)).toBe('0871-63112233')
  expect(await revealed(prisma, by, whole, id, 'idNumber', today)).toBeNull()
  const elsewhere: Scope = { centreId: centre.centreId, reach: 'unit', unitId: centre.unitIds[0] }
  expect(await revealed(prisma, by, elsewhere, id, 'phone', today)).toBeNull()
  expect(await prisma.auditEntry.count({ where: { subject: id, action: 'person.revealed' } })).toBe(1)
})

test('a staff number is one person’s for ever: while serving, after leaving, after a correction', async () => {
  const serving = await add({ staffNumber: 'N-3', name: '查文静' })
  const id = await idOf(serving)
  expect(await add({ staffNumber: 'n-3' })).toMatchObject({ code: 'number_taken', facts: { name: '查文静', id } })
  await idOf(
    await add(
      { staffNumber: 'N-4', name: '区志明' },
      { posting: posting(centre.unitIds[0], '2025-01-06', '2025-12-31') },
    ),
  )
  expect(await add({ staffNumber: 'N-4' })).toMatchObject({ code: 'number_taken_left', facts: { name: '区志明' } })
  const edit = { personId: id, revision: 0, person: person({ staffNumber: 'N-33', name: '查文静' }) }
  expect(await editPerson(hrOf(centre), edit, friday)).toMatchObject({ ok: true })
  expect(await add({ staffNumber: 'N-3' })).toMatchObject({ code: 'number_used', facts: { staffNumber: 'N-33' } })
  const back = { ...edit, revision: 1, person: person({ staffNumber: 'N-3', name: '查文静' }) }
  expect(await editPerson(hrOf(centre), back, friday)).toMatchObject({ ok: true })
})

test('of two who add the same number at once one is told of the other', async () => {
  const both = await Promise.all([add({ staffNumber: 'N-5' }), add({ staffNumber: 'N-5' })])
  expect(both.map((one) => (one.ok ? 'ok' : one.code)).sort()).toEqual(['number_taken', 'ok'])
})

test('nothing is left of a person whose posting or post is refused', async () => {
  const refused = await add(
    { staffNumber: 'N-6' },
    { posting: posting(centre.unitIds[0], '2026-11-02'), post: post(centre.windowIds[0], 'a', '2026-11-02') },
  )
  expect(refused).toMatchObject({ code: 'a_post_taken_open', facts: { name: '陆𬭎', window: 'A01' } })
  expect(await prisma.person.count({ where: { centreId: centre.centreId, staffNumber: 'N-6' } })).toBe(0)
})

test('an identity number belongs to one record', async () => {
  await idOf(await add({ staffNumber: 'N-7', name: '任平', idNumber: '440524198001010013' }))
  const twice = await add({ staffNumber: 'N-8', idNumber: '440524198001010013' })
  expect(twice).toMatchObject({ code: 'id_number_taken', facts: { name: '任平', staffNumber: 'N-7' } })
})

test('of two editors the second learns who was quicker, and nothing of his is stored', async () => {
  const id = await idOf(await add({ staffNumber: 'N-9', name: '仇美玲' }))
  const edit = (title: string) => ({
    personId: id,
    revision: 0,
    person: person({ staffNumber: 'N-9', name: '仇美玲', title }),
  })
  const by = hrOf(centre)
  expect(await editPerson(by, edit('一级科员'), friday)).toMatchObject({ ok: true, value: { changed: 1 } })
  expect(await editPerson(by, edit('二级科员'), friday)).toMatchObject({
    code: 'edited_meanwhile',
    facts: { fields: 'title', atMs: friday },
  })
  expect(await personRecord(prisma, whole, id, today)).toMatchObject({ title: '一级科员', revision: 1 })
})

test('an empty telephone in an edit stays; removing it is asked for; values in the history are marked only', async () => {
  const id = await idOf(await add({ staffNumber: 'N-10', phone: '13900001111' }))
  const by = hrOf(centre)
  const same = person({ staffNumber: 'N-10' })
  expect(await editPerson(by, { personId: id, revision: 0, person: same }, friday)).toMatchObject({
    ok: true,
    value: { changed: 0 },
  })
  const gone = person({ staffNumber: 'N-10', phoneRemove: 'on' })
  expect(await editPerson(by, { personId: id, revision: 0, person: gone }, friday)).toMatchObject({ ok: true })
  expect((await personRecord(prisma, whole, id, today))?.personnel?.phoneMasked).toBeNull()
  const [last] = await historyOf(prisma, centre.centreId, id)
  expect(last?.fields).toEqual({ phone: { from: '***', to: null } })
})

test('a staff number that somebody signs in with stays', async () => {
  const [a] = centre.personIds
  const stored = await personRecord(prisma, whole, a, today)
  const edit = { personId: a, revision: stored?.revision ?? 0, person: person({ staffNumber: 'X-1', name: '陆𬭎' }) }
  expect(await editPerson(hrOf(centre), edit, friday)).toMatchObject({ code: 'number_has_account' })
})

test('search finds name, pinyin, initials, code point, window and staff number; the scope is part of the query', async () => {
  const found = async (q: string, scope: Scope = whole) =>
    (await listPeople(prisma, scope, { q, state: 'all' }, today)).rows.map((row) => row.name)
  expect(await found('陆𬭎')).toEqual(['陆𬭎'])
  expect(await found('U+2CB4E')).toEqual(['陆𬭎'])
  expect(await found('zengxiang')).toEqual(['曾祥瑞'])
  expect(await found('Zēng Xiángruì')).toEqual(['曾祥瑞'])
  expect(await found('zxr')).toEqual(['曾祥瑞'])
  expect(await found('阿依古丽•买买提')).toEqual(['阿依古丽·买买提'])
  expect(await found('a02')).toEqual(['王㛃'])
  expect(await found(`${centre.signIns.staff.slice(0, 6)}1`)).toEqual(['陆𬭎'])
  expect(await found('%')).toEqual([])
  const unit: Scope = { centreId: centre.centreId, reach: 'unit', unitId: centre.unitIds[1] }
  expect(await found('陆', unit)).toEqual([])
  const windows: Scope = { centreId: centre.centreId, reach: 'windows', windowIds: [centre.windowIds[1]] }
  expect(await found('', windows)).toEqual(['王㛃'])
  const other = await makeCentre(prisma)
  expect((await listPeople(prisma, { centreId: other.centreId, reach: 'centre' }, { q: '单' }, today)).count).toBe(0)
})

test('states part the list, pages are of fifty, an order can be turned round', async () => {
  const own = await makeCentre(prisma)
  const scope: Scope = { centreId: own.centreId, reach: 'centre' }
  const by = hrOf(own)
  const make = (n: number, startsOn: string, endsOn = '') =>
    addPerson(
      by,
      { person: person({ staffNumber: `P${n}` }), posting: posting(own.unitIds[0], startsOn, endsOn), post: null },
      friday,
    )
  const { centreId } = own
  const fifty = Array.from({ length: 50 }, (_, n) => ({ centreId, id: newId(), staffNumber: `P${100 + n}` }))
  const plain = {
    name: '单宏志',
    reading: 'shan hongzhi',
    initials: 'shz',
    nameEn: 'Shan Hongzhi',
    identityKind: 'contract',
  }
  await prisma.person.createMany({ data: fifty.map((one) => ({ ...plain, ...one })) })
  const since = { unitId: own.unitIds[0], startsOn: toDate('2026-11-02') }
  await prisma.posting.createMany({ data: fifty.map(({ id }) => ({ centreId, id: newId(), personId: id, ...since })) })
  await make(201, '2026-12-01')
  await make(202, '2025-01-01', '2026-11-19')
  await addPerson(by, { person: person({ staffNumber: 'P203' }), posting: null, post: null }, friday)
  const list = (filter: Parameters<typeof listPeople>[2]) => listPeople(prisma, scope, filter, today)
  expect(await list({})).toMatchObject({ count: 54, pages: 2, page: 1 })
  expect((await list({ page: 99 })).rows).toHaveLength(4)
  expect((await list({ state: 'coming' })).rows.map((row) => row.staffNumber)).toEqual(['P201'])
  expect((await list({ state: 'left' })).rows.map((row) => row.staffNumber)).toEqual(['P202'])
  expect((await list({ state: 'unposted' })).rows.map((row) => row.staffNumber)).toEqual(['P203'])
  expect((await list({ state: 'all', sort: '-number' })).rows[0]?.staffNumber).toBe('P203')
  expect((await list({ unitId: own.unitIds[1], zoneId: own.zoneIds[1] })).rows.map((row) => row.name)).toEqual([
    '曾祥瑞',
  ])
})

test('a person of another centre is nobody', async () => {
  const other = await makeCentre(prisma)
  expect(await personRecord(prisma, whole, other.personIds[0], today)).toBeNull()
  const edit = { personId: other.personIds[0], revision: 0, person: person() }
  expect(await editPerson(hrOf(centre), edit, friday)).toMatchObject({ code: 'person_unknown' })
  expect(await prisma.posting.count({ where: { startsOn: toDate('1900-01-01') } })).toBe(0)
})

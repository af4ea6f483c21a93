import { beforeAll, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { personRecord } from '#app/db/person-record.server.ts'
import { historyOf } from '#app/db/record-changes.server.ts'
import { chiefInput, groupInput, postingEnd, postingInput } from '#app/domain/people/posting-input.ts'
import { cancelPosting, endPosting, reopenPosting } from '#app/services/people/end-posting.server.ts'
import { appointChief, endPost, startGroup, startPost } from '#app/services/people/hold-post.server.ts'
import { editPosting, startPosting } from '#app/services/people/start-posting.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { friday, hrOf, post, posting, today } from './support.ts'

useDatabase()
let centre: Fixture
beforeAll(async () => {
  centre = await makeCentre(prisma)
})

async function record(personId: string, of = centre) {
  const found = await personRecord(prisma, { centreId: of.centreId, reach: 'centre' }, personId, today)
  if (!found) throw new Error('no such person')
  return found
}

const end = (endsOn: string) => postingEnd.parse({ endsOn, endReason: 'rotation' })

test('a second posting names the first and its dates; the day after its end is free', async () => {
  const own = await makeCentre(prisma)
  const by = hrOf(own)
  const [personId] = own.personIds
  const start = (startsOn: string) => startPosting(by, { personId, posting: posting(own.unitIds[1], startsOn) }, friday)
  expect(await start('2026-12-01')).toMatchObject({
    code: 'posting_overlaps_open',
    facts: { unit: '市监', startsOn: '2026-01-01' },
  })
  const [first] = (await record(personId, own)).postings
  const id = first?.id ?? ''
  expect(await endPosting(by, { personId, id, end: end('2026-11-30') }, friday)).toMatchObject({
    ok: true,
    value: { ended: 2 },
  })
  expect(await start('2026-11-30')).toMatchObject({
    code: 'posting_overlaps',
    facts: { startsOn: '2026-01-01', endsOn: '2026-11-30' },
  })
  expect(await start('2026-12-01')).toMatchObject({ ok: true })
  const after = await record(personId, own)
  expect(after.posts.map((one) => one.endsOn)).toEqual(['2026-11-30'])
  expect(after.chiefs.map((one) => one.endsOn)).toEqual(['2026-11-30'])
  expect(await reopenPosting(by, { personId, id }, friday)).toMatchObject({ code: 'posting_overlaps_open' })
  expect(await endPosting(by, { personId, id, end: end('2026-11-30') }, friday)).toMatchObject({
    code: 'already_ended',
  })
  const next = after.postings[0]?.id ?? ''
  expect(await endPosting(by, { personId, id: next, end: end('2026-11-29') }, friday)).toMatchObject({
    code: 'ends_before_start',
  })
  expect(await cancelPosting(by, { personId, id: next }, friday)).toMatchObject({ ok: true })
  expect(await cancelPosting(by, { personId, id }, friday)).toMatchObject({ code: 'already_begun' })
  expect(await reopenPosting(by, { personId, id }, friday)).toMatchObject({ ok: true })
  const kinds = (await historyOf(prisma, own.centreId, personId)).map((line) => `${line.record} ${line.kind}`)
  expect(kinds.sort()).toEqual([
    'chief_appointment ended',
    'posting created',
    'posting ended',
    'posting ended',
    'posting reopened',
    'window_post ended',
  ])
})

test('of two overlapping postings at the same moment one is stored', async () => {
  const own = await makeCentre(prisma)
  const by = hrOf(own)
  const personId = own.personIds[3]
  await prisma.posting.updateMany({ where: { personId }, data: { endsOn: toDate('2026-06-30') } })
  const start = (unit: string) => startPosting(by, { personId, posting: posting(unit, '2026-11-02') }, friday)
  const both = await Promise.all([start(own.unitIds[0]), start(own.unitIds[1])])
  expect(both.map((one) => (one.ok ? 'ok' : one.code)).sort()).toEqual(['ok', 'posting_overlaps_open'])
})

test('the A post of a window is one person’s: the holder is named, the B post is free, the day after the end is free', async () => {
  const by = hrOf(centre)
  const [a, , c] = centre.personIds
  const [window] = centre.windowIds
  const take = (kind: string, startsOn: string) =>
    startPost(by, { personId: c, input: post(window, kind, startsOn) }, friday)
  expect(await take('a', '2026-11-23')).toMatchObject({
    code: 'a_post_taken_open',
    facts: { name: '陆𬭎', window: 'A01', startsOn: '2026-01-01' },
  })
  const held = (await record(a)).posts[0]?.id ?? ''
  expect(await endPost(by, { personId: a, id: held, endsOn: '2026-11-27' }, friday)).toMatchObject({ ok: true })
  expect(await take('a', '2026-11-27')).toMatchObject({ code: 'a_post_taken', facts: { endsOn: '2026-11-27' } })
  expect(await take('a', '2026-11-28')).toMatchObject({ ok: true })
  expect(await take('b', '2026-12-01')).toMatchObject({ code: 'post_overlaps_open', facts: { what: 'A01' } })
  const coming = (await record(c)).posts.find((one) => one.startsOn === '2026-11-28')?.id ?? ''
  expect(await endPost(by, { personId: c, id: coming, endsOn: '2026-11-20' }, friday)).toMatchObject({
    ok: true,
    value: { takenBack: true },
  })
  expect((await record(c)).posts.some((one) => one.id === coming)).toBe(false)
})

test('posts, appointments and groups lie within the posting and the window’s own days', async () => {
  const own = await makeCentre(prisma)
  const by = hrOf(own)
  const [, , , d] = own.personIds
  const early = post(own.windowIds[2], 'b', '2025-12-31')
  expect(await startPost(by, { personId: d, input: early }, friday)).toMatchObject({ code: 'no_posting' })
  const back = post(own.windowIds[2], 'b', '2026-11-20', '2026-11-19')
  expect(await startPost(by, { personId: d, input: back }, friday)).toMatchObject({ code: 'ends_before_start' })
  await prisma.window.updateMany({
    where: { centreId: own.centreId, id: own.windowIds[2] },
    data: { closesOn: toDate('2026-12-31') },
  })
  const open = post(own.windowIds[2], 'b', '2026-11-20')
  expect(await startPost(by, { personId: d, input: open }, friday)).toMatchObject({
    code: 'window_not_open',
    facts: { window: 'A03', closesOn: '2026-12-31' },
  })
  const chief = chiefInput.parse({ windowId: own.windowIds[0], startsOn: '2026-11-20' })
  expect(await appointChief(by, { personId: d, input: chief }, friday)).toMatchObject({
    code: 'chief_taken_open',
    facts: { name: '陆𬭎' },
  })
  const group = groupInput.parse({ group: 'front_desk', startsOn: '2026-11-18' })
  expect(await startGroup(by, { personId: d, input: group }, friday)).toMatchObject({ ok: true })
  expect(await startGroup(by, { personId: d, input: group }, friday)).toMatchObject({ code: 'group_overlaps_open' })
  const stale = await prisma.staleDay.findMany({ where: { personId: d }, orderBy: { day: 'asc' } })
  expect(stale.map((one) => one.day.toISOString().slice(8, 10))).toEqual(['18', '19', '20'])
})

test('a posting keeps what lies in it; changed days are judged again, days to come are not stored', async () => {
  const own = await makeCentre(prisma)
  const by = hrOf(own)
  const [, b] = own.personIds
  const [found] = (await record(b, own)).postings
  const edit = (typed: Record<string, string>) =>
    editPosting(
      by,
      {
        personId: b,
        id: found?.id ?? '',
        posting: postingInput.parse({ unitId: own.unitIds[0], startsOn: '2026-01-01', ...typed }),
        seen: null,
      },
      friday,
    )
  expect(await edit({ endsOn: '2026-11-30' })).toMatchObject({ code: 'posts_outside', facts: { what: 'A01' } })
  expect(await edit({ dueOn: '2025-12-31' })).toMatchObject({ code: 'due_before_start' })
  expect(await edit({ startsOn: '2025-12-29', note: '两年一轮换' })).toMatchObject({ ok: true })
  expect(await prisma.staleDay.count({ where: { personId: b } })).toBe(0)
  await prisma.windowPost.updateMany({ where: { personId: b }, data: { endsOn: toDate('2026-11-10') } })
  expect(await edit({ endsOn: '2026-11-17' })).toMatchObject({ ok: true })
  const stale = await prisma.staleDay.findMany({ where: { personId: b }, orderBy: { day: 'asc' } })
  expect(stale.map((one) => one.day.toISOString().slice(8, 10))).toEqual(['18', '19', '20'])
  const outdated = { ...postingInput.parse({ unitId: own.unitIds[0], startsOn: '2026-01-01' }) }
  const again = { personId: b, id: found?.id ?? '', posting: outdated, seen: outdated }
  expect(await editPosting(by, again, friday)).toMatchObject({ code: 'edited_meanwhile' })
})

test('ids of another centre and unknown ids are nobody’s', async () => {
  const other = await makeCentre(prisma)
  const by = hrOf(centre)
  const unit = centre.unitIds[0]
  expect(
    await startPosting(by, { personId: other.personIds[0], posting: posting(unit, '2027-01-01') }, friday),
  ).toMatchObject({ code: 'person_unknown' })
  expect(
    await startPosting(by, { personId: centre.personIds[0], posting: posting(other.unitIds[0], '2027-01-01') }, friday),
  ).toMatchObject({ code: 'unit_unknown' })
  const foreign = (await record(other.personIds[0], other)).postings[0]?.id ?? ''
  expect(
    await endPosting(by, { personId: centre.personIds[0], id: foreign, end: end('2026-11-30') }, friday),
  ).toMatchObject({ code: 'posting_unknown' })
  const window = post(other.windowIds[0], 'b', '2026-11-20')
  expect(await startPost(by, { personId: centre.personIds[0], input: window }, friday)).toMatchObject({
    code: 'window_unknown',
  })
})

import { beforeAll, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { hallRecord } from '#app/db/hall-records.server.ts'
import { hallView } from '#app/db/hall-structure.server.ts'
import { historyOfRecord, versionOf } from '#app/db/record-changes.server.ts'
import { type HallFacts, type HallKind, hallInputs } from '#app/domain/hall/input.ts'
import { endHall, reopenHall } from '#app/services/hall/end-hall.server.ts'
import { endingOf } from '#app/services/hall/ending.ts'
import { saveHall } from '#app/services/hall/save-hall.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { friday, hrOf, today } from '../people/support.ts'

useDatabase()
let centre: Fixture
beforeAll(async () => {
  centre = await makeCentre(prisma)
})

function save(kind: HallKind, typed: Record<string, string>, id: string | null = null, version = '') {
  const facts = { kind, input: hallInputs[kind].parse(typed) } as HallFacts
  return saveHall(hrOf(centre), { facts, id, version }, friday)
}

async function idOf(saved: ReturnType<typeof save>): Promise<string> {
  const done = await saved
  if (!done.ok) throw new Error(done.code)
  return done.value.id
}

const names = { name: '试用', nameEn: 'Trial' }
const end = (kind: HallKind, id: string, on = today) => endHall(hrOf(centre), { kind, id, on }, friday)

test('a hall is built from nothing: zone, window, unit, group; each with its history', async () => {
  const zone = await idOf(save('zones', { ...names, code: 'c' }))
  const window = await idOf(save('windows', { ...names, zoneId: zone, number: 'c０１', opensOn: '2026/11/2' }))
  const unit = await idOf(save('units', { ...names, shortName: '试' }))
  const group = await idOf(save('groups', { ...names, minStaff: '2', windowIds: `${window},${centre.windowIds[0]}` }))
  const view = await hallView(prisma, centre.centreId, today)
  expect(view.zones.find((one) => one.id === zone)).toMatchObject({ code: 'C', windows: 1, people: 0 })
  expect(view.windows.find((one) => one.id === window)).toMatchObject({ number: 'C01', groups: ['试用'], aPost: null })
  expect(view.units.find((one) => one.id === unit)).toMatchObject({ assessmentMode: 'b', people: 0 })
  expect(view.groups.find((one) => one.id === group)).toMatchObject({ minStaff: 2, people: 2 })
  const [line] = await historyOfRecord(prisma, centre.centreId, 'window_group', group)
  expect(line).toMatchObject({ kind: 'created', fields: { windows: { from: null, to: 'A01 C01' } } })
})

test('codes, numbers and names belong to one; a closed window keeps its number', async () => {
  const [zoneId] = centre.zoneIds
  expect(await save('zones', { ...names, code: 'A' })).toMatchObject({
    code: 'code_taken',
    facts: { name: '企业开办' },
  })
  expect(await save('units', { ...names, shortName: '市监' })).toMatchObject({ code: 'name_taken' })
  expect(await save('groups', { ...names, name: '企业开办', windowIds: centre.windowIds[0] })).toMatchObject({
    code: 'name_taken',
  })
  const window = { ...names, zoneId, opensOn: '2026-11-02' }
  expect(await save('windows', { ...window, number: 'A01' })).toMatchObject({ code: 'number_taken' })
  const id = await idOf(save('windows', { ...window, number: 'A90' }))
  expect(await end('windows', id)).toMatchObject({ ok: true })
  expect(await save('windows', { ...window, number: 'A90' })).toMatchObject({
    code: 'number_taken_closed',
    facts: { endedOn: today },
  })
  expect(await save('windows', { ...window, number: 'A91', zoneId: centre.unitIds[0] })).toMatchObject({
    code: 'zone_unknown',
  })
})

test('of two editors the second is told; opening later than the first post is refused', async () => {
  const [, id] = centre.windowIds
  const version = await versionOf(prisma, centre.centreId, 'window', id)
  const typed = { ...names, zoneId: centre.zoneIds[0], number: 'A02', opensOn: '2026-01-01' }
  expect(await save('windows', typed, id, version)).toMatchObject({ ok: true })
  expect(await save('windows', { ...typed, name: '二' }, id, version)).toMatchObject({ code: 'edited_meanwhile' })
  const now = await versionOf(prisma, centre.centreId, 'window', id)
  expect(await save('windows', { ...typed, opensOn: '2026-02-01' }, id, now)).toMatchObject({
    code: 'opens_after_posts',
    facts: { name: '王㛃', startsOn: '2026-01-01' },
  })
  expect((await hallRecord(prisma, centre.centreId, 'windows', id))?.input).toMatchObject({ name: '试用' })
})

test('nothing ends while people or windows need it, and what would break is said before', async () => {
  const own = await makeCentre(prisma)
  const by = hrOf(own)
  const stop = (kind: HallKind, id: string) => endHall(by, { kind, id, on: today }, friday)
  expect(await stop('zones', own.zoneIds[0])).toMatchObject({
    code: 'zone_has_windows',
    facts: { count: 2, windows: 'A01 A02' },
  })
  expect(await stop('units', own.unitIds[0])).toMatchObject({
    code: 'unit_has_people',
    facts: { count: 2, names: '陆𬭎、王㛃' },
  })
  expect(await stop('windows', own.windowIds[0])).toMatchObject({ code: 'window_has_posts', facts: { count: 2 } })
  const record = await hallRecord(prisma, own.centreId, 'windows', own.windowIds[0])
  if (!record) throw new Error('no window')
  const ending = await endingOf(prisma, own.centreId, record, today)
  expect(ending.blockers[0]?.people.map((person) => person.name).sort()).toEqual(['王㛃', '陆𬭎'].sort())
  expect(ending.consequences).toContainEqual({
    code: 'group_smaller',
    facts: { name: '企业开办', minStaff: 1, others: 1 },
  })
  await prisma.windowPost.updateMany({ where: { centreId: own.centreId }, data: { endsOn: new Date('2026-11-20') } })
  await prisma.chiefAppointment.updateMany({
    where: { centreId: own.centreId },
    data: { endsOn: new Date('2026-11-20') },
  })
  expect(await stop('windows', own.windowIds[0])).toMatchObject({ ok: true })
  expect(await stop('windows', own.windowIds[0])).toMatchObject({ code: 'already_ended' })
})

test('an ended window comes back only into a zone in use; a group goes and its windows stay', async () => {
  const zone = await idOf(save('zones', { ...names, code: 'D' }))
  const typed = { ...names, zoneId: zone, number: 'D01', opensOn: '2026-11-02' }
  const window = await idOf(save('windows', typed))
  const group = await idOf(save('groups', { ...names, name: '只有一个', windowIds: window }))
  expect(await end('windows', window, '2026-11-01')).toMatchObject({ code: 'ends_before_opens' })
  expect(await end('windows', window)).toMatchObject({ ok: true })
  expect(await end('zones', zone)).toMatchObject({ ok: true })
  const by = hrOf(centre)
  expect(await reopenHall(by, { kind: 'windows', id: window }, friday)).toMatchObject({ code: 'zone_ended' })
  expect(await reopenHall(by, { kind: 'zones', id: zone }, friday)).toMatchObject({ ok: true })
  expect(await reopenHall(by, { kind: 'windows', id: window }, friday)).toMatchObject({ ok: true })
  expect(await reopenHall(by, { kind: 'windows', id: window }, friday)).toMatchObject({ code: 'not_ended' })
  const kinds = (await historyOfRecord(prisma, centre.centreId, 'window', window)).map((line) => line.kind)
  expect(kinds).toEqual(['reopened', 'ended', 'created'])
  expect(await end('groups', group)).toMatchObject({ ok: true })
  expect(await hallRecord(prisma, centre.centreId, 'groups', group)).toBeNull()
  expect(await hallRecord(prisma, centre.centreId, 'windows', window)).not.toBeNull()
})

test('what belongs to another centre is unknown', async () => {
  const other = await makeCentre(prisma)
  expect(await end('windows', other.windowIds[0])).toMatchObject({ code: 'hall_unknown' })
  expect(await save('zones', { ...names, code: 'Z' }, other.zoneIds[0])).toMatchObject({ code: 'hall_unknown' })
  expect(await save('groups', { ...names, name: '外', windowIds: other.windowIds[0] })).toMatchObject({
    code: 'window_unknown',
  })
  expect(await hallRecord(prisma, centre.centreId, 'zones', 'not-an-id')).toBeNull()
})

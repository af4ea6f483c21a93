import { beforeAll, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { newId } from '#app/db/id.server.ts'
import { leaveProfile } from '#app/domain/leave/preset.ts'
import { parseLeaveRules, type RouteRule } from '#app/domain/leave/rules.ts'
import { decideLeave } from '#app/services/leave/decide-leave.server.ts'
import { revealLeavePhone } from '#app/services/leave/reveal-phone.server.ts'
import { submitLeave } from '#app/services/leave/submit-leave.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { actor, asked, period, revisionOf, slip, stateOf, thursday, yes } from './support.ts'

useDatabase()

let fixture: Fixture

/** What a centre may write instead of ours: notice, somebody without an account, an order in which both sign. */
const own: Partial<Record<string, Partial<RouteRule>>> = {
  staff_private_1: { before: { lead: { workdays: 2 }, refuse: true, warn: true } },
  staff_1: { steps: [{ by: [{ external: '人社局分管领导' }], side: 'unit' }] },
  staff_2: { steps: [{ all_of: ['unit_leader', 'hr'], order: 'listed' }] },
}

beforeAll(async () => {
  fixture = await makeCentre(prisma)
  const routes = leaveProfile.routes.map((route) => ({ ...route, ...own[route.id ?? ''] }))
  const document = { ...leaveProfile, version: 'own-1', valid_from: '2026-06-01', routes }
  expect(parseLeaveRules(document)).toMatchObject({ ok: true })
  const set = { centreId: fixture.centreId, id: newId(), kind: 'leave', version: 'own-1', name: '本中心', source: {} }
  const dates = { validFrom: toDate('2026-06-01'), createdAt: new Date(thursday) }
  const stored = JSON.parse(JSON.stringify(document))
  await prisma.ruleSet.create({ data: { ...set, ...dates, document: stored, state: 'active' } })
})

const approve = async (
  id: string,
  role: 'hr' | 'unit_leader',
  forParty?: `external:${string}`,
  note: string | null = null,
) => {
  const by = await actor(fixture, role)
  const revision = await revisionOf(fixture, id)
  return decideLeave({ by, id, revision, act: 'approve', note, forParty: forParty ?? null }, thursday)
}

it('a route that asks for notice counts working days, and refuses what comes too late', async () => {
  const by = await actor(fixture, 'staff')
  const on = (day: string) => ({
    by,
    id: null,
    revision: null,
    slip: slip(fixture, 'private', period(`${day} am`, `${day} am`)),
  })
  expect(await submitLeave(on('2026-11-20'), thursday)).toMatchObject({
    code: 'short_notice',
    facts: { workdays: 1, wanted: 2 },
  })
  yes(await submitLeave(on('2026-11-23'), thursday))
})

it('the word of somebody without an account is recorded by HR from the paper, by nobody else', async () => {
  const { id } = await asked(fixture, 'sick', '2026-11-24 am', '2026-11-24 am')
  const party = 'external:人社局分管领导'
  expect(await approve(id, 'hr')).toMatchObject({ code: 'not_your_step' })
  expect(await approve(id, 'unit_leader', party, '已签')).toMatchObject({ code: 'not_on_paper' })
  expect(await approve(id, 'hr', 'external:别的领导', '已签')).toMatchObject({ code: 'not_your_step' })
  yes(await approve(id, 'hr', party, '11月19日签字，原件存人事科'))
  expect(await stateOf(fixture, id)).toBe('approved')
})

it('who signs second in a listed order waits for the first', async () => {
  const { id } = await asked(fixture, 'sick', '2026-11-26 am', '2026-11-26 pm')
  expect(await approve(id, 'hr')).toMatchObject({ code: 'not_your_step' })
  yes(await approve(id, 'unit_leader'))
  expect(await stateOf(fixture, id)).toBe('submitted')
  yes(await approve(id, 'hr'))
  expect(await stateOf(fixture, id)).toBe('approved')
})

it('what was sent under one rule set goes on under it', async () => {
  const { id } = await asked(fixture, 'sick', '2026-12-01 am', '2026-12-01 am', Date.parse('2026-05-29T02:00:00Z'))
  const where = { centreId_id: { centreId: fixture.centreId, id } }
  const row = await prisma.leaveRequest.findUniqueOrThrow({ where })
  expect(row.ruleVersion).toBe('leave-1')
  expect((row.route as { parties: string[] }[])[0]?.parties).toEqual(['chief_representative', 'duty_officer'])
})

it('a telephone number is read by who may see the slip, and the reading is noted', async () => {
  const { id } = await asked(fixture, 'annual', '2026-12-08 am', '2026-12-08 pm')
  const chief = await actor(fixture, 'chief_representative')
  expect(yes(await revealLeavePhone({ by: chief, id }, thursday)).phone).toBe('13800001234')
  expect(await prisma.auditEntry.count({ where: { action: 'leave.phone_read', subject: id } })).toBe(1)
  const inspector = await actor(fixture, 'inspector')
  expect(await revealLeavePhone({ by: inspector, id }, thursday)).toMatchObject({ code: 'not_found' })
})

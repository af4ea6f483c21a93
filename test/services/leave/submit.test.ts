import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { open } from '#app/db/personal-data.server.ts'
import type { LeavePeriod } from '#app/domain/leave/view.ts'
import { saveDraft } from '#app/services/leave/save-draft.server.ts'
import { submitLeave } from '#app/services/leave/submit-leave.server.ts'
import { withdrawLeave } from '#app/services/leave/withdraw-leave.server.ts'
import { cover } from '#test/services/attendance/facts.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { a, actor, approved, asked, b, c, d, period, slip, stateOf, thursday, yes } from './support.ts'

useDatabase()

let fixture: Fixture

beforeAll(async () => {
  fixture = await makeCentre(prisma)
})

async function trial(when: LeavePeriod, change: Partial<ReturnType<typeof slip>> = {}) {
  const by = await actor(fixture, 'staff')
  return submitLeave({ by, id: null, revision: null, slip: { ...slip(fixture, 'private', when), ...change } }, thursday)
}

const rows = () => prisma.leaveRequest.count({ where: { centreId: fixture.centreId } })

describe('sending a slip', () => {
  it('counts it both ways, numbers it, gives it its route and its first entry', async () => {
    const { id, number } = await asked(fixture, 'annual', '2026-11-26 pm', '2026-12-02 pm')
    expect(number).toBe('QJ-2026-0001')
    const where = { centreId_id: { centreId: fixture.centreId, id } }
    const row = await prisma.leaveRequest.findUniqueOrThrow({ where, include: { decisions: true } })
    expect(row).toMatchObject({ state: 'submitted', workingHalves: 9, calendarHalves: 13, round: 1, step: 0 })
    expect(row.ruleVersion).toBe('leave-1')
    expect((row.route as { parties: string[] }[]).map((step) => step.parties)).toEqual([
      ['chief_representative'],
      ['unit_contact', 'unit_leader'],
    ])
    expect(row.decisions).toMatchObject([{ party: 'applicant', act: 'submitted', round: 1 }])
  })

  it('seals the telephone number', async () => {
    const row = await prisma.leaveRequest.findFirstOrThrow({ where: { centreId: fixture.centreId } })
    const stored = row.phoneCipher ?? new Uint8Array()
    expect(Buffer.from(stored).includes('13800001234')).toBe(false)
    expect(open(stored)).toBe('13800001234')
  })

  it('tells that it overlaps another, which one and where', async () => {
    expect(await trial(period('2026-12-02 pm', '2026-12-03 am'))).toMatchObject({
      code: 'overlaps_leave',
      facts: { number: 'QJ-2026-0001', firstDay: '2026-11-26', lastDay: '2026-12-02', lastHalf: 'pm' },
    })
    yes(await trial(period('2026-11-26 am', '2026-11-26 am')))
  })

  it.each([
    ['ends_before_start', period('2026-12-09 am', '2026-12-08 pm'), {}],
    ['ends_before_start', period('2026-12-09 pm', '2026-12-09 am'), {}],
    ['rest_days_only', period('2026-12-12 am', '2026-12-13 pm'), { first: '2026-12-12' }],
    ['calendar_unknown_year', period('2099-06-01 am', '2099-06-01 pm'), {}],
    ['not_in_service', period('2025-06-03 am', '2025-06-03 pm'), { day: '2025-06-03' }],
    ['too_long', period('2026-12-01 am', '2029-12-01 pm'), {}],
  ] as const)('%s', async (code, when, facts) => {
    const before = await rows()
    expect(await trial(when)).toMatchObject({ ok: false, code, facts })
    expect(await rows()).toBe(before)
  })

  it.each([
    ['reason_missing', { reason: null }],
    ['stand_in_missing', { standInId: null }],
    ['whole_days_only', { kind: 'marriage' as const }],
  ])('%s', async (code, change) => {
    expect(await trial(period('2026-12-08 am', '2026-12-08 am'), change)).toMatchObject({ ok: false, code })
  })

  it('refuses oneself and a stranger as stand-in, and somebody who is away then', async () => {
    const when = period('2026-12-08 am', '2026-12-08 am')
    expect(await trial(when, { standInId: fixture.personIds[b] })).toMatchObject({ code: 'stand_in_self' })
    expect(await trial(when, { standInId: fixture.centreId })).toMatchObject({ code: 'stand_in_unknown' })
    await cover(fixture, d, 'training', '2026-12-08 09:00', '2026-12-08 11:00')
    expect(await trial(when, { standInId: fixture.personIds[d] })).toMatchObject({ code: 'stand_in_away' })
  })

  it('refuses a stand-in who is away all the time where none is asked for, and takes one who is there for a part', async () => {
    const hr = await actor(fixture, 'hr')
    await cover(fixture, a, 'training', '2026-12-17 08:00', '2026-12-17 18:00')
    const ask = (from: string, to: string) => {
      const own = { ...slip(fixture, 'private', period(from, to), a) }
      return submitLeave({ by: hr, id: null, revision: null, slip: own }, thursday)
    }
    expect(await ask('2026-12-17 am', '2026-12-17 pm')).toMatchObject({
      code: 'stand_in_away',
      facts: { name: '陆𬭎' },
    })
    expect(await ask('2026-12-16 pm', '2026-12-17 am')).toMatchObject({ ok: true })
  })

  it('names an outing that fills a half-day, and goes around one that fills a part', async () => {
    await cover(fixture, b, 'training', '2026-12-10 13:30', '2026-12-10 17:00')
    expect(await trial(period('2026-12-10 am', '2026-12-10 pm'))).toMatchObject({
      code: 'covered_already',
      facts: { kind: 'training', firstDay: '2026-12-10', firstHalf: 'pm' },
    })
    await cover(fixture, b, 'duty_out', '2026-12-11 10:00', '2026-12-11 11:10')
    const sent = yes(await trial(period('2026-12-11 am', '2026-12-11 am')))
    await approved(fixture, sent.id, ['duty_officer'])
    const pieces = await prisma.coverage.findMany({ where: { leaveId: sent.id }, orderBy: { startsAt: 'asc' } })
    expect(pieces.map((one) => [one.startsAt.toISOString(), one.endsAt.toISOString()])).toEqual([
      ['2026-12-10T16:00:00.000Z', '2026-12-11T02:00:00.000Z'],
      ['2026-12-11T03:10:00.000Z', '2026-12-11T04:00:00.000Z'],
    ])
  })

  it('refuses what no rules are in force for, and who has no posting any more', async () => {
    const by = await actor(fixture, 'staff')
    const early = Date.parse('2025-12-30T02:00:00Z')
    const request = {
      by,
      id: null,
      revision: null,
      slip: slip(fixture, 'private', period('2026-12-08 am', '2026-12-08 am')),
    }
    expect(await submitLeave(request, early)).toMatchObject({ code: 'no_leave_rules' })
  })

  it('adds up what follows itself, so that one long leave is not two short ones', async () => {
    const friday = yes(await trial(period('2026-12-18 am', '2026-12-18 pm'), { kind: 'sick' }))
    const monday = yes(await trial(period('2026-12-21 am', '2026-12-21 am'), { kind: 'sick' }))
    const routes = await prisma.leaveRequest.findMany({
      where: { id: { in: [friday.id, monday.id] } },
      orderBy: { id: 'asc' },
    })
    const steps = routes.map((row) => (row.route as { parties: string[] }[]).map((step) => step.parties.join('+')))
    expect(steps).toEqual([
      ['chief_representative', 'hr'],
      ['chief_representative', 'hr+unit_leader'],
    ])
  })
})

describe('of two at once', () => {
  it('that overlap, one goes in and the other is told its number', async () => {
    const days = [period('2027-01-05 am', '2027-01-06 pm'), period('2027-01-06 pm', '2027-01-07 am')]
    const answers = await Promise.all(days.map((when) => trial(when)))
    const [won] = answers.filter((one) => one.ok)
    const [lost] = answers.filter((one) => !one.ok)
    expect(won).toBeDefined()
    expect(lost).toMatchObject({ code: 'overlaps_leave', facts: { number: won?.ok ? won.value.number : '' } })
  })

  it('the database refuses besides, for whoever goes past the lock', async () => {
    const row = await prisma.leaveRequest.findFirstOrThrow({ where: { firstDay: { gte: toDate('2027-01-05') } } })
    const { route, ...copy } = row
    const twin = { ...copy, id: crypto.randomUUID(), number: 'QJ-2026-9999', route: route ?? [] }
    await expect(prisma.leaveRequest.create({ data: twin })).rejects.toThrow(/leave_request_no_overlap/)
  })
})

describe('numbers', () => {
  it('have no gaps: a refused slip gives none away, and many at once get one each', async () => {
    const days = ['2027-02-01', '2027-02-02', '2027-02-03', '2027-02-04']
    await trial(period('2026-12-12 am', '2026-12-13 pm'))
    const sent = await Promise.all(days.map((day) => trial(period(`${day} am`, `${day} am`))))
    const numbers = await prisma.leaveRequest.findMany({
      where: { centreId: fixture.centreId, number: { startsWith: 'QJ-2026-' } },
      orderBy: { number: 'asc' },
    })
    expect(sent.every((one) => one.ok)).toBe(true)
    expect(numbers.map((row) => Number(row.number?.slice(-4)))).toEqual(numbers.map((_, index) => index + 1))
  })

  it('begin again each year and in each centre', async () => {
    const other = await makeCentre(prisma)
    expect((await asked(other, 'private', '2026-12-08 am', '2026-12-08 am')).number).toBe('QJ-2026-0001')
    const january = Date.parse('2027-01-04T02:00:00Z')
    expect((await asked(other, 'private', '2027-01-08 am', '2027-01-08 am', january)).number).toBe('QJ-2027-0001')
  })
})

describe('a draft', () => {
  it('is kept, edited by its revision and then sent; nobody else touches it', async () => {
    const by = await actor(fixture, 'staff')
    const when = period('2027-03-01 am', '2027-03-01 am')
    const draft = yes(await saveDraft({ by, id: null, revision: null, slip: slip(fixture, 'private', when) }, thursday))
    expect(draft.number).toBeNull()
    const kept = { ...slip(fixture, 'private', when), phone: null }
    const again = yes(await saveDraft({ by, id: draft.id, revision: 0, slip: kept }, thursday))
    expect(await saveDraft({ by, id: draft.id, revision: 0, slip: kept }, thursday)).toMatchObject({
      code: 'changed_meanwhile',
    })
    const stranger = await actor(fixture, 'duty_officer')
    expect(
      await saveDraft({ by: stranger, id: draft.id, revision: again.revision, slip: kept }, thursday),
    ).toMatchObject({
      code: 'not_found',
    })
    const sent = yes(await submitLeave({ by, id: draft.id, revision: again.revision, slip: kept }, thursday))
    expect(sent.id).toBe(draft.id)
    const where = { centreId_id: { centreId: fixture.centreId, id: draft.id } }
    const row = await prisma.leaveRequest.findUniqueOrThrow({ where })
    expect(open(row.phoneCipher ?? new Uint8Array())).toBe('13800001234')
    expect(await saveDraft({ by, id: draft.id, revision: sent.revision, slip: kept }, thursday)).toMatchObject({
      code: 'not_editable',
    })
  })

  it('that cannot be sent stays as it was', async () => {
    const by = await actor(fixture, 'duty_officer')
    const weekend = slip(fixture, 'private', period('2027-03-06 am', '2027-03-07 pm'), d)
    const draft = yes(await saveDraft({ by, id: null, revision: null, slip: weekend }, thursday))
    const sent = await submitLeave({ by, id: draft.id, revision: draft.revision, slip: weekend }, thursday)
    expect(sent).toMatchObject({ code: 'rest_days_only' })
    expect(await stateOf(fixture, draft.id)).toBe('draft')
    yes(await withdrawLeave({ by, id: draft.id, note: null }, thursday))
    expect(await stateOf(fixture, draft.id)).toBe('withdrawn')
  })

  it('of a person alone at a window asks HR, the duty officer not deciding on himself', async () => {
    const by = await actor(fixture, 'duty_officer')
    const mine = slip(fixture, 'private', period('2027-03-08 am', '2027-03-08 am'), d)
    const sent = yes(await submitLeave({ by, id: null, revision: null, slip: mine }, thursday))
    const where = { centreId_id: { centreId: fixture.centreId, id: sent.id } }
    const row = await prisma.leaveRequest.findUniqueOrThrow({ where })
    expect(row.personId).toBe(fixture.personIds[c])
    expect((row.route as { parties: string[] }[]).map((step) => step.parties)).toEqual([['hr']])
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { leaveById, leavesOfPerson, onLeave, waitingLeaveCount, waitingOnPaper } from '#app/db/leave.server.ts'
import { previewLeave } from '#app/db/leave-preview.server.ts'
import { staffingOf } from '#app/db/leave-staffing.server.ts'
import { type RecordRequest, recordLeave } from '#app/services/leave/record-leave.server.ts'
import { saveDraft } from '#app/services/leave/save-draft.server.ts'
import { cover, marksOf } from '#test/services/attendance/facts.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { a, actor, approved, asked, b, c, d, period, slip, stateOf, thursday, yes, zone } from './support.ts'

useDatabase()

let fixture: Fixture
const scan = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31])

beforeAll(async () => {
  fixture = await makeCentre(prisma)
})

async function recorded(change: Partial<RecordRequest> = {}) {
  const when = period('2026-11-16 am', '2026-11-18 pm')
  const request = { personId: fixture.personIds[b], slip: slip(fixture, 'sick', when, null), note: '住院，电话请假' }
  const paper = { name: '请假条.pdf', bytes: scan }
  return recordLeave({ by: await actor(fixture, 'hr'), ...request, paper, decided: 'on_paper', ...change }, thursday)
}

describe('entering a paper slip for somebody', () => {
  it.each([
    ['paper_missing', { paper: null }],
    ['paper_type', { paper: { name: 'x.exe', bytes: new Uint8Array([77, 90]) } }],
    ['paper_too_large', { paper: { name: 'x.pdf', bytes: new Uint8Array(11 * 1024 * 1024) } }],
  ])('%s', async (code, change) => {
    expect(await recorded(change)).toMatchObject({ ok: false, code })
    expect(await prisma.leaveRequest.count({ where: { centreId: fixture.centreId } })).toBe(0)
  })

  it('not for oneself, and by the chief representative only along the route', async () => {
    expect(await recorded({ personId: fixture.personIds[d] })).toMatchObject({ code: 'own_record' })
    const chief = await actor(fixture, 'chief_representative')
    expect(await recorded({ by: chief })).toMatchObject({ code: 'not_allowed_on_paper' })
    expect(await recorded({ by: chief, decided: 'by_route', personId: fixture.personIds[c] })).toMatchObject({
      code: 'not_found',
    })
  })

  it('decided on the paper already counts at once, marked as entered, with the paper beside', async () => {
    const { id, state, number } = yes(await recorded())
    expect([state, number]).toEqual(['approved', 'QJ-2026-0001'])
    expect(await marksOf(fixture, b, '2026-11-17')).toEqual(['sick', 'sick'])
    const view = await leaveById(prisma, await actor(fixture, 'staff'), id, thursday)
    expect(view).toMatchObject({ onBehalf: true, enteredBy: '阿依古丽·买买提', paper: { name: '请假条.pdf' } })
    expect(view?.decisions.filter((one) => one.act === 'approved').every((one) => one.onPaper)).toBe(true)
  })

  it('meets what is there already', async () => {
    expect(await recorded()).toMatchObject({ code: 'overlaps_leave', facts: { number: 'QJ-2026-0001' } })
  })

  it('by the route waits for those who decide', async () => {
    const chief = await actor(fixture, 'chief_representative')
    const later = slip(fixture, 'sick', period('2026-11-26 am', '2026-11-26 am'), a)
    const { id, state } = yes(await recorded({ by: chief, decided: 'by_route', slip: later }))
    expect(state).toBe('submitted')
    await approved(fixture, id, ['chief_representative'])
    expect(await stateOf(fixture, id)).toBe('approved')
    expect(await prisma.storedFile.count({ where: { centreId: fixture.centreId } })).toBe(1)
  })
})

describe('a word that only paper can bring', () => {
  it('shows up for HR when nobody with an account can give it', async () => {
    const small = await makeCentre(prisma)
    const { id } = await asked(small, 'private', '2026-12-08 am', '2026-12-09 pm')
    const waits = async () =>
      (await waitingOnPaper(prisma, await actor(small, 'hr'), '2026-11-19')).map((one) => one.id)
    await approved(small, id, ['chief_representative', 'hr'])
    const counted = async () => waitingLeaveCount(prisma, await actor(small, 'hr'), '2026-11-19')
    expect([await waits(), await counted()]).toEqual([[], 0])
    const unit = { centreId: small.centreId, role: 'unit_leader' }
    await prisma.roleGrant.updateMany({ where: unit, data: { endsOn: new Date('2026-11-01T00:00:00Z') } })
    expect([await waits(), await counted()]).toEqual([[id], 1])
    expect(await waitingOnPaper(prisma, await actor(small, 'leader'), '2026-11-19')).toEqual([])
  })
})

describe('what is seen', () => {
  it('by its holder, those who look after the person, and nobody else', async () => {
    const [line] = await leavesOfPerson(prisma, fixture.centreId, fixture.personIds[b], '2026-11-19')
    const id = line?.id ?? ''
    const seen = async (role: Parameters<typeof actor>[1]) =>
      (await leaveById(prisma, await actor(fixture, role), id, thursday)) !== null
    expect(await seen('staff')).toBe(true)
    expect(await seen('chief_representative')).toBe(true)
    expect(await seen('unit_leader')).toBe(true)
    expect(await seen('inspector')).toBe(false)
    expect(await leaveById(prisma, await actor(await makeCentre(prisma), 'hr'), id, thursday)).toBeNull()
  })

  it('not by anybody while it is a draft, nor under an id that is none', async () => {
    const by = await actor(fixture, 'staff')
    const later = slip(fixture, 'private', period('2027-05-11 am', '2027-05-11 am'))
    const draft = yes(await saveDraft({ by, id: null, revision: null, slip: later }, thursday))
    expect(await leaveById(prisma, await actor(fixture, 'hr'), draft.id, thursday)).toBeNull()
    expect(await leaveById(prisma, by, draft.id, thursday)).toMatchObject({ state: 'draft', number: null })
    expect(await leaveById(prisma, by, '-'.repeat(36), thursday)).toBeNull()
  })

  it('never the whole telephone number', async () => {
    const { id } = await asked(fixture, 'private', '2026-12-01 am', '2026-12-01 am')
    const view = await leaveById(prisma, await actor(fixture, 'chief_representative'), id, thursday)
    expect(view?.phoneMasked).toBe('138****1234')
    expect(JSON.stringify(view)).not.toContain('13800001234')
  })

  it('in the calendar: who is away and who has asked', async () => {
    const scope = { centreId: fixture.centreId, reach: 'centre' as const }
    const away = await onLeave(prisma, scope, '2026-11-16', '2026-12-31')
    expect(away.map((one) => `${one.period.firstDay} ${one.kind} ${one.state}`)).toEqual([
      '2026-11-16 sick approved',
      '2026-11-26 sick approved',
      '2026-12-01 private submitted',
    ])
  })
})

describe('before it is sent', () => {
  const centre = () => ({ id: fixture.centreId, zone })

  it('both counts, the route by name, overlaps and staffing are told', async () => {
    await cover(fixture, a, 'training', '2026-12-03 13:30', '2026-12-03 17:00')
    const question = { personId: fixture.personIds[b], kind: 'annual' as const, leaveId: null, standInId: null }
    const preview = yes(
      await previewLeave(prisma, centre(), { ...question, period: period('2026-12-03 am', '2026-12-05 pm') }, thursday),
    )
    expect([preview.count.workingHalves, preview.count.calendarHalves]).toEqual([4, 6])
    expect(
      preview.steps.map((step) =>
        step.parties.map((one) => `${one.party}: ${one.people.map(({ name }) => name).join()}`),
      ),
    ).toEqual([['chief_representative: 陆𬭎'], ['unit_contact: unit_contact', 'unit_leader: unit_leader']])
    const [group] = preview.staffing.groups
    expect(group?.columns.map((column) => `${column.present}${column.short ? ' short' : ''}`)).toEqual([
      '1',
      '0 short',
      '1',
      '1',
    ])
    expect(preview.warnings.map((one) => one.code)).toEqual(['short_staffed', 'stand_in_needed'])
  })

  it('another request and a registered outing stand in the way', async () => {
    const question = { personId: fixture.personIds[b], kind: 'private' as const, leaveId: null, standInId: null }
    const preview = yes(
      await previewLeave(prisma, centre(), { ...question, period: period('2026-12-01 am', '2026-12-01 pm') }, thursday),
    )
    expect(preview.overlaps).toMatchObject([{ what: 'leave', kind: 'private', blocks: true }])
  })

  it('the year whose holidays are not announced is provisional, the one beyond refused', async () => {
    const question = {
      personId: fixture.personIds[b],
      kind: 'private' as const,
      leaveId: null,
      standInId: fixture.personIds[a],
    }
    const next = yes(
      await previewLeave(prisma, centre(), { ...question, period: period('2027-06-01 am', '2027-06-01 am') }, thursday),
    )
    expect(next.provisional).toBe(true)
    expect(next.warnings.map((one) => one.code)).toContain('provisional')
  })

  it('a chief representative who falls out is passed over and said so; without anybody at all it is refused', async () => {
    const chiefs = { centreId: fixture.centreId, windowId: fixture.windowIds[0] }
    await prisma.chiefAppointment.updateMany({ where: chiefs, data: { endsOn: new Date('2026-11-01T00:00:00Z') } })
    const question = { personId: fixture.personIds[b], leaveId: null, standInId: fixture.personIds[a] }
    const annual = { ...question, kind: 'annual' as const, period: period('2026-12-08 am', '2026-12-08 pm') }
    const preview = yes(await previewLeave(prisma, centre(), annual, thursday))
    expect(preview.steps).toHaveLength(1)
    expect(preview.warnings).toContainEqual({ code: 'passed_over', facts: { party: 'chief_representative' } })
    const duty = { centreId: fixture.centreId, role: { in: ['duty_officer', 'chief_representative'] } }
    await prisma.roleGrant.updateMany({ where: duty, data: { endsOn: new Date('2026-11-01T00:00:00Z') } })
    const half = { ...question, kind: 'private' as const, period: period('2026-12-08 am', '2026-12-08 am') }
    expect(await previewLeave(prisma, centre(), half, thursday)).toMatchObject({ code: 'no_decider' })
  })

  it('staffing of somebody without a window is empty', async () => {
    const asked = {
      leaveId: null,
      personId: fixture.personIds[d],
      kind: 'annual' as const,
      period: period('2026-12-08 am', '2026-12-08 pm'),
    }
    expect(await staffingOf(prisma, centre(), asked)).toEqual({ groups: [], cut: false })
  })
})

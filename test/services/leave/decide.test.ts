import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { loadHall } from '#app/db/hall.server.ts'
import { newId } from '#app/db/id.server.ts'
import { leaveById, waitingLeaves } from '#app/db/leave.server.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { cancelLeave } from '#app/services/leave/cancel-leave.server.ts'
import { type DecideRequest, decideLeave } from '#app/services/leave/decide-leave.server.ts'
import { submitLeave } from '#app/services/leave/submit-leave.server.ts'
import { withdrawLeave } from '#app/services/leave/withdraw-leave.server.ts'
import { instant, marksOf, punch } from '#test/services/attendance/facts.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { a, actor, approved, asked, b, d, period, revisionOf, slip, stateOf, thursday, yes, zone } from './support.ts'

useDatabase()

let fixture: Fixture

beforeAll(async () => {
  fixture = await makeCentre(prisma)
})

async function act(id: string, role: Role, change: Partial<DecideRequest> = {}, nowMs = thursday) {
  const by = await actor(fixture, role)
  const revision = await revisionOf(fixture, id)
  return decideLeave({ by, id, revision, act: 'approve', note: null, ...change }, nowMs)
}

const coverages = (leaveId: string) => prisma.coverage.count({ where: { leaveId } })

describe('the route', () => {
  it('is walked step by step, each party in its turn, and only the last word makes it count', async () => {
    const { id } = await asked(fixture, 'private', '2026-11-24 am', '2026-11-25 pm')
    expect(await act(id, 'hr')).toMatchObject({ code: 'not_your_step' })
    expect(await act(id, 'leader')).toMatchObject({ code: 'not_your_step' })
    yes(await act(id, 'chief_representative'))
    expect(await act(id, 'chief_representative')).toMatchObject({ code: 'not_your_step' })
    yes(await act(id, 'unit_leader'))
    expect(await act(id, 'unit_leader')).toMatchObject({ code: 'already_decided', facts: { by: 'unit_leader' } })
    expect([await stateOf(fixture, id), await coverages(id)]).toEqual(['submitted', 0])
    expect(yes(await act(id, 'hr')).state).toBe('approved')
    const [coverage] = await prisma.coverage.findMany({ where: { leaveId: id } })
    expect(coverage?.startsAt.toISOString()).toBe('2026-11-23T16:00:00.000Z')
    expect(coverage?.endsAt.toISOString()).toBe('2026-11-25T16:00:00.000Z')
    expect(coverage?.standInId).toBe(fixture.personIds[a])
  })

  it('files with those who are told, at the step before', async () => {
    const { id } = await asked(fixture, 'annual', '2026-12-07 am', '2026-12-08 pm')
    await approved(fixture, id, ['chief_representative', 'unit_contact'])
    const ledger = await prisma.leaveDecision.findMany({
      where: { requestId: id },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    })
    expect(ledger.map((one) => `${one.step} ${one.party} ${one.act}`)).toEqual([
      '0 applicant submitted',
      '0 chief_representative approved',
      '1 unit_contact approved',
      '1 hr filed',
    ])
  })

  it('covers rest days too where calendar days count', async () => {
    const { id } = await asked(fixture, 'home_visit', '2027-01-08 am', '2027-01-12 pm')
    await approved(fixture, id, ['chief_representative', 'unit_leader'])
    const [coverage] = await prisma.coverage.findMany({ where: { leaveId: id } })
    expect([coverage?.startsAt.toISOString(), coverage?.endsAt.toISOString()]).toEqual([
      '2027-01-07T16:00:00.000Z',
      '2027-01-12T16:00:00.000Z',
    ])
  })
})

describe('nobody decides', () => {
  it("on the own leave, in whatever role, not even as the paper's recorder", async () => {
    const hr = await actor(fixture, 'hr')
    const own = slip(fixture, 'private', period('2026-12-15 am', '2026-12-15 am'), null)
    const { id } = yes(await submitLeave({ by: hr, id: null, revision: null, slip: own }, thursday))
    expect(await act(id, 'hr', { forParty: 'leader', note: '局长签字' })).toMatchObject({ code: 'own_request' })
    const asLeader = { ...(await actor(fixture, 'leader')), personId: fixture.personIds[d] }
    expect(await act(id, 'leader', { by: asLeader })).toMatchObject({ code: 'own_request' })
    expect(yes(await act(id, 'leader')).state).toBe('approved')
  })

  it("on other people's people, another centre's request, or a draft", async () => {
    const { id } = await asked(fixture, 'private', '2026-12-16 am', '2026-12-16 am')
    const other = await makeCentre(prisma)
    const foreign = await actor(other, 'hr')
    expect(await decideLeave({ by: foreign, id, revision: 1, act: 'approve', note: null }, thursday)).toMatchObject({
      code: 'not_found',
    })
    const elsewhere = {
      ...(await actor(fixture, 'unit_leader')),
      scope: { centreId: fixture.centreId, reach: 'unit' as const, unitId: fixture.unitIds[1] },
    }
    expect(await act(id, 'unit_leader', { by: elsewhere })).toMatchObject({ code: 'not_found' })
    expect(
      await decideLeave({ by: foreign, id: 'nonsense', revision: 1, act: 'approve', note: null }, thursday),
    ).toMatchObject({ code: 'not_found' })
  })

  it('as chief representative over a window where one only holds a post', async () => {
    const startsOn = toDate('2026-01-01')
    const own = { centreId: fixture.centreId, personId: fixture.personIds[a] }
    await prisma.windowPost.create({
      data: { ...own, id: newId(), windowId: fixture.windowIds[2], post: 'b', startsOn },
    })
    const by = await actor(fixture, 'duty_officer')
    const mine = slip(fixture, 'annual', period('2026-12-17 am', '2026-12-17 am'), d)
    const { id } = yes(await submitLeave({ by, id: null, revision: null, slip: mine }, thursday))
    expect(await act(id, 'chief_representative')).toMatchObject({ code: 'not_found' })
    await prisma.windowPost.updateMany({
      where: { ...own, windowId: fixture.windowIds[2] },
      data: { endsOn: startsOn },
    })
  })
})

describe('of two at once', () => {
  it('who approve, one does and the other is told who did', async () => {
    const { id, revision } = await asked(fixture, 'private', '2026-12-21 am', '2026-12-21 am')
    const [chief, duty] = [await actor(fixture, 'chief_representative'), await actor(fixture, 'duty_officer')]
    const answers = await Promise.all(
      [chief, duty].map((by) => decideLeave({ by, id, revision, act: 'approve', note: null }, thursday)),
    )
    expect(answers.filter((one) => one.ok)).toHaveLength(1)
    expect(answers.find((one) => !one.ok)).toMatchObject({ code: 'already_decided', facts: { act: 'approved' } })
    expect(await coverages(id)).toBe(1)
  })

  it('parties of a joint step, both give their word with what they read before', async () => {
    const { id } = await asked(fixture, 'private', '2026-12-22 am', '2026-12-23 pm')
    await approved(fixture, id, ['chief_representative'])
    const revision = await revisionOf(fixture, id)
    const [hr, unit] = [await actor(fixture, 'hr'), await actor(fixture, 'unit_leader')]
    const answers = await Promise.all(
      [hr, unit].map((by) => decideLeave({ by, id, revision, act: 'approve', note: null }, thursday)),
    )
    expect(answers.map((one) => one.ok)).toEqual([true, true])
    expect([await stateOf(fixture, id), await coverages(id)]).toEqual(['approved', 1])
  })

  it.each(['2026-12-28', '2026-12-29', '2026-12-30'])(
    'one withdrawing and one approving %s, exactly one wins and nothing is half done',
    async (day) => {
      const staff = await actor(fixture, 'staff')
      const chief = await actor(fixture, 'chief_representative')
      const { id, revision } = await asked(fixture, 'private', `${day} pm`, `${day} pm`)
      const [withdrawn, decided] = await Promise.all([
        withdrawLeave({ by: staff, id, note: null }, thursday),
        decideLeave({ by: chief, id, revision, act: 'approve', note: null }, thursday),
      ])
      const [lost, code, state, covered] = withdrawn.ok
        ? [decided, 'not_waiting', 'withdrawn', 0]
        : [withdrawn, 'not_withdrawable', 'approved', 1]
      expect([withdrawn, decided].filter((one) => one.ok)).toHaveLength(1)
      expect(lost).toMatchObject({ code })
      expect([await stateOf(fixture, id), await coverages(id)]).toEqual([state, covered])
    },
  )

  it('a page of the round before does not decide on what was sent again', async () => {
    const { id } = await asked(fixture, 'private', '2027-01-14 am', '2027-01-14 am')
    const before = await revisionOf(fixture, id)
    expect(await act(id, 'chief_representative', { act: 'return' })).toMatchObject({ code: 'note_missing' })
    yes(await act(id, 'chief_representative', { act: 'return', note: '请写明替岗人' }))
    expect(await act(id, 'duty_officer')).toMatchObject({ code: 'already_decided', facts: { act: 'returned' } })
    const by = await actor(fixture, 'staff')
    const again = { by, id, revision: await revisionOf(fixture, id) }
    yes(
      await submitLeave(
        { ...again, slip: slip(fixture, 'private', period('2027-01-14 am', '2027-01-15 pm')) },
        thursday,
      ),
    )
    expect(await act(id, 'chief_representative', { revision: before })).toMatchObject({ code: 'changed_meanwhile' })
    const visitor = await actor(fixture, 'chief_representative')
    const view = await leaveById(prisma, visitor, id, thursday)
    expect(view).toMatchObject({ round: 2, workingHalves: 4, awaited: ['chief_representative'] })
    expect(view?.decisions.map((one) => one.act)).toEqual(['submitted', 'returned', 'submitted'])
  })
})

describe('on paper', () => {
  it('HR records the word of who signs by hand, saying what it read', async () => {
    const { id } = await asked(fixture, 'private', '2027-01-20 am', '2027-01-21 pm')
    await approved(fixture, id, ['chief_representative', 'hr'])
    expect(await act(id, 'hr', { forParty: 'unit_leader' })).toMatchObject({ code: 'note_missing' })
    yes(await act(id, 'hr', { forParty: 'unit_leader', note: '局领导 1月18日 签字，原件存人事科' }))
    const view = await leaveById(prisma, await actor(fixture, 'staff'), id, thursday)
    expect(view?.state).toBe('approved')
    const said = view?.decisions.find((one) => one.party === 'unit_leader')
    expect(said).toMatchObject({ act: 'approved', onPaper: true, actor: { accountId: fixture.accountIds.hr } })
    expect(view?.steps[1]?.parties.map((one) => one.decision?.onPaper)).toEqual([false, true])
  })
})

describe('the effect', () => {
  const friday = instant('2026-11-20 21:00:00')

  it('is there at once for days that have begun, and gone when HR cancels', async () => {
    await punch(fixture, b, '2026-11-20 13:20:00', '2026-11-20 17:02:00')
    const { id } = await asked(fixture, 'private', '2026-11-20 am', '2026-11-20 am', friday)
    yes(await act(id, 'chief_representative', {}, friday))
    expect(await marksOf(fixture, b, '2026-11-20')).toEqual(['private', 'present'])
    const { centreId, personIds } = fixture
    const board = await loadHall(prisma, { id: centreId, zone }, { centreId, reach: 'centre' }, friday)
    expect(board.days.get(personIds[b])?.facts.coverage).toMatchObject([{ kind: 'private', to: 12 * 3600 }])
    const staff = await actor(fixture, 'staff')
    const revision = await revisionOf(fixture, id)
    expect(await cancelLeave({ by: staff, id, revision, note: null }, friday)).toMatchObject({ code: 'leave_begun' })
    const hr = await actor(fixture, 'hr')
    expect(await cancelLeave({ by: hr, id, revision, note: null }, friday)).toMatchObject({ code: 'note_missing' })
    yes(await cancelLeave({ by: hr, id, revision, note: '登记错误' }, friday))
    expect(await marksOf(fixture, b, '2026-11-20')).toEqual(['absent', 'present'])
    expect([await stateOf(fixture, id), await coverages(id)]).toEqual(['cancelled', 0])
  })

  it('stores nothing for days to come', async () => {
    const { id } = await asked(fixture, 'private', '2027-02-22 am', '2027-02-22 am')
    yes(await act(id, 'duty_officer'))
    expect(await marksOf(fixture, b, '2027-02-22')).toEqual([])
    const staff = await actor(fixture, 'staff')
    yes(await cancelLeave({ by: staff, id, revision: await revisionOf(fixture, id), note: null }, thursday))
    expect(await coverages(id)).toBe(0)
    await asked(fixture, 'private', '2027-02-22 am', '2027-02-22 am')
  })
})

describe('the lists', () => {
  it('show what waits for this visitor, in this role', async () => {
    const small = await makeCentre(prisma)
    const { id } = await asked(small, 'private', '2026-12-08 am', '2026-12-09 pm')
    const waits = async (role: Role) =>
      (await waitingLeaves(prisma, await actor(small, role), '2026-11-19')).map((one) => one.id)
    expect(await waits('chief_representative')).toEqual([id])
    for (const role of ['hr', 'unit_leader', 'leader', 'duty_officer', 'unit_contact'] as const)
      expect(await waits(role)).toEqual([])
    yes(
      await decideLeave(
        { by: await actor(small, 'chief_representative'), id, revision: 1, act: 'approve', note: null },
        thursday,
      ),
    )
    expect([await waits('hr'), await waits('unit_leader'), await waits('chief_representative')]).toEqual([
      [id],
      [id],
      [],
    ])
  })
})

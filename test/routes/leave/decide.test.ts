import '#test/routes/attendance/morning.ts'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { loader as rootLoader } from '#app/root.tsx'
import { loader as mineLoader } from '#app/routes/_shell.leave._index.tsx'
import { action as slipAction, loader as slipLoader } from '#app/routes/_shell.leave.$id.tsx'
import { loader as calendarLoader } from '#app/routes/_shell.leave.calendar.tsx'
import { loader as waitingLoader } from '#app/routes/_shell.leave.waiting.tsx'
import { loader as meLoader } from '#app/routes/_shell.me.tsx'
import type { MineModel } from '#app/ui/leave/mine-page.tsx'
import type { SlipModel } from '#app/ui/leave/slip-page.tsx'
import type { WaitingModel } from '#app/ui/leave/waiting-page.tsx'
import { type Answer, ask, get, post } from '#test/routes/requests.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { asked, decide, type Entered, enter, slip } from './support.ts'

useDatabase()

let fixture: Fixture
let staff: Entered
let chief: Entered
let duty: Entered
let day = 6

beforeAll(async () => {
  fixture = await makeCentre(prisma)
  staff = await enter(fixture, 'staff')
  chief = await enter(fixture, 'chief_representative')
  duty = await enter(fixture, 'duty_officer')
})

/** Each test asks for another working day of January. */
let one: Record<string, string>
beforeEach(() => {
  day += 1
  while ([6, 0].includes(new Date(`2026-12-${String(day).padStart(2, '0')}`).getUTCDay())) day += 1
  const on = `2026-12-${String(day).padStart(2, '0')}`
  one = slip(fixture, { from: on, to: on })
})

function bodyOf<Model>(answer: Answer): Model {
  expect(answer.fault).toBeNull()
  return (answer.body as { model: Model }).model
}

const waitingOf = async (who: Entered, query = '') =>
  bodyOf<WaitingModel>(await ask(waitingLoader, get(`/leave/waiting${query}`, who.cookie)))

describe('deciding on leave', () => {
  it('shows it to whoever may decide, and the approval takes effect', async () => {
    const id = await asked(staff, one)
    const before = await waitingOf(chief, `?id=${id}`)
    expect(before.lines.map((line) => line.id)).toContain(id)
    expect(before.detail?.mine).toBe('chief_representative')
    expect(before.detail?.staffing?.groups[0]?.columns[0]).toMatchObject({ half: 'am' })
    const done = await decide(chief, id, 'approve')
    expect(done.location).toBe(`/leave/waiting?done=approved&of=${id}`)
    expect(await prisma.coverage.count({ where: { leaveId: id } })).toBe(1)
    expect((await waitingOf(chief)).lines.map((line) => line.id)).not.toContain(id)
    expect((await waitingOf(chief, '?show=decided')).lines.map((line) => line.id)).toContain(id)
  })

  it('lets one of two approvers at once do it, and tells the other who did', async () => {
    const id = await asked(staff, one)
    const answers = await Promise.all([decide(chief, id, 'approve'), decide(duty, id, 'approve')])
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([302, 409])
    const late = answers.find(({ status }) => status === 409)
    const winner = answers[0]?.status === 302 ? '陆𬭎' : '曾祥瑞'
    const model = bodyOf<WaitingModel>(late as Answer)
    expect(model.deciding?.errors['']).toContain(winner)
    expect(await prisma.coverage.count({ where: { leaveId: id } })).toBe(1)
  })

  it('asks for an opinion before it is sent back, and keeps the one that was typed', async () => {
    const id = await asked(staff, one)
    const without = await decide(chief, id, 'return')
    expect(without.status).toBe(409)
    expect(bodyOf<WaitingModel>(without).deciding?.errors.note).toContain('写明')
    expect((await decide(chief, id, 'return', '请改到下周')).status).toBe(302)
    const mine = bodyOf<MineModel>(await ask(mineLoader, get('/leave', staff.cookie)))
    expect(mine.leaves.find((line) => line.id === id)).toMatchObject({ state: 'returned', note: '请改到下周' })
    const late = bodyOf<WaitingModel>(await decide(chief, id, 'refuse', '写了很多'))
    expect(late.deciding).toMatchObject({ note: '写了很多' })
  })

  it('refuses the approval of one’s own leave', async () => {
    const on = one.from as string
    const id = await asked(chief, slip(fixture, { from: on, to: on, stand_in: fixture.personIds[1] }))
    const answer = await decide(chief, id, 'approve')
    expect(answer.status).toBe(409)
    expect(bodyOf<WaitingModel>(answer).deciding?.errors['']).toContain('本人')
    expect((await waitingOf(chief, `?id=${id}`)).idle).toBe('own')
  })

  it('knows nothing of a request of another centre, or of nobody the reader looks after', async () => {
    const other = await makeCentre(prisma)
    const theirs = await asked(await enter(other, 'staff'), { ...one, stand_in: other.personIds[0] })
    const hr = await enter(fixture, 'hr')
    expect((await ask(slipLoader, get(`/leave/${theirs}`, hr.cookie), { id: theirs })).status).toBe(404)
    expect((await ask(waitingLoader, get(`/leave/waiting?id=${theirs}`, hr.cookie))).status).toBe(404)
    expect((await decide(hr, theirs, 'approve')).status).toBe(404)
    const own = await asked(
      chief,
      slip(fixture, { from: '2026-12-31', to: '2026-12-31', stand_in: fixture.personIds[1] }),
    )
    expect((await ask(slipLoader, get(`/leave/${own}`, staff.cookie), { id: own })).status).toBe(404)
    expect((await ask(slipLoader, get('/leave/nonsense', hr.cookie), { id: 'nonsense' })).status).toBe(404)
  })

  it('is withdrawn by its owner, cancelled before it begins, and by nobody else', async () => {
    const id = await asked(staff, one)
    const act = (who: Entered, name: string) =>
      ask(slipAction, post(`/leave/${id}`, { csrf: who.csrf, act: name, revision: '' }, who.cookie), { id })
    const page = bodyOf<SlipModel>(await ask(slipLoader, get(`/leave/${id}?act=withdraw`, staff.cookie), { id }))
    expect(page).toMatchObject({ may: ['withdraw'], asking: 'withdraw' })
    expect((await act(chief, 'withdraw')).status).toBe(409)
    await decide(chief, id, 'approve')
    const { revision } = await prisma.leaveRequest.findFirstOrThrow({ where: { id } })
    const cancel = { csrf: staff.csrf, act: 'cancel', revision: String(revision) }
    const done = await ask(slipAction, post(`/leave/${id}`, cancel, staff.cookie), { id })
    expect(done.location).toContain('done=cancelled')
    expect(await prisma.coverage.count({ where: { leaveId: id } })).toBe(0)
  })

  it('is counted in the rail, on the own page, and shown in the calendar without its kind where asked', async () => {
    const id = await asked(staff, one)
    const root = (await ask(rootLoader, get('/', chief.cookie))).body as { counts: Record<string, number> }
    const lines = (await waitingOf(chief)).lines.length
    expect(root.counts.leave).toBe(lines)
    const me = (await ask(meLoader, get('/me', chief.cookie))).body as { leaves: { waiting: number } }
    expect(me.leaves.waiting).toBe(lines)
    await decide(chief, id, 'approve')
    const calendar = await ask(calendarLoader, get('/leave/calendar?month=2026-12', chief.cookie))
    expect(JSON.stringify(calendar.body)).toContain('"kind":"private"')
    const plain = await ask(calendarLoader, get('/leave/calendar?month=2026-12&plain=1', chief.cookie))
    expect(JSON.stringify(plain.body)).toContain(fixture.personIds[1])
    expect(JSON.stringify(plain.body)).not.toContain('private')
  })
})

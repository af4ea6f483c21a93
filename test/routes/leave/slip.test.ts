import '#test/routes/attendance/morning.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { action as slipAction } from '#app/routes/_shell.leave.$id.tsx'
import { action as editAction, loader as editLoader } from '#app/routes/_shell.leave.$id_.edit.tsx'
import { action as recordAction } from '#app/routes/_shell.leave.record.tsx'
import { action as waitingAction, loader as waitingLoader } from '#app/routes/_shell.leave.waiting.tsx'
import { loader as meLoader } from '#app/routes/_shell.me.tsx'
import type { FormModel } from '#app/ui/leave/form-page.tsx'
import type { SlipModel } from '#app/ui/leave/slip-page.tsx'
import type { WaitingModel } from '#app/ui/leave/waiting-page.tsx'
import type { MyDay } from '#app/ui/me/model.ts'
import { type Answer, ask, get, post, site } from '#test/routes/requests.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { asked, decide, type Entered, enter, send, slip } from './support.ts'

useDatabase()

let fixture: Fixture
let staff: Entered
let chief: Entered
let hr: Entered

beforeAll(async () => {
  fixture = await makeCentre(prisma)
  staff = await enter(fixture, 'staff')
  chief = await enter(fixture, 'chief_representative')
  hr = await enter(fixture, 'hr')
})

const on = (day: string, fields: Record<string, string> = {}) => slip(fixture, { from: day, to: day, ...fields })

function modelOf<Model>(answer: Answer): Model {
  expect(answer.fault).toBeNull()
  return (answer.body as { model: Model }).model
}

async function act(who: Entered, id: string, fields: Record<string, string>): Promise<Answer> {
  const { revision } = await prisma.leaveRequest.findFirstOrThrow({ where: { id }, select: { revision: true } })
  const form = { csrf: who.csrf, revision: String(revision), ...fields }
  return await ask(slipAction, post(`/leave/${id}`, form, who.cookie), { id })
}

describe('an approved leave that HR cancels', () => {
  it('asks why, keeps what was written, and is cancelled with the reason on record', async () => {
    const id = await asked(staff, on('2026-12-01'))
    await decide(chief, id, 'approve')
    const without = await act(hr, id, { act: 'cancel', note: ' ' })
    expect(without.status).toBe(409)
    expect(modelOf<SlipModel>(without)).toMatchObject({ asking: 'cancel', refused: expect.stringContaining('原因') })
    const long = await act(hr, id, { act: 'cancel', note: '因'.repeat(501) })
    expect(modelOf<SlipModel>(long)).toMatchObject({ asking: 'cancel', note: '因'.repeat(501) })
    expect((await act(hr, id, { act: 'cancel', note: '录错了人' })).location).toContain('done=cancelled')
    const last = await prisma.leaveDecision.findFirst({ where: { requestId: id, act: 'cancelled' } })
    expect(last?.note).toBe('录错了人')
    expect(await prisma.coverage.count({ where: { leaveId: id } })).toBe(0)
  })
})

describe('leave of today', () => {
  it('is the reason that the own page gives for its half-day', async () => {
    const id = await asked(staff, on('2026-11-20', { from_half: 'pm', to_half: 'pm' }))
    await decide(chief, id, 'approve')
    const me = await ask(meLoader, get('/me', staff.cookie))
    const { day } = modelOf<{ day: MyDay }>(me)
    const covered = day.slots.filter(({ mark }) => mark === 'private')
    expect(covered.length).toBeGreaterThan(0)
    for (const { why } of covered) expect(why?.actual.join()).toContain('事假')
  })
})

describe('an opinion', () => {
  it('of thousands of characters comes back to be shortened', async () => {
    const id = await asked(staff, on('2026-12-02'))
    const answer = await decide(chief, id, 'return', '改'.repeat(20_000))
    expect(answer.status).toBe(409)
    const { deciding } = modelOf<WaitingModel>(answer)
    expect(deciding?.errors.note).toContain('500')
    expect([...(deciding?.note ?? '')]).toHaveLength(20_000)
  })

  it('loses the characters that no database keeps, and stands above the form that it asks to mend', async () => {
    const id = await asked(staff, on('2026-12-03'))
    expect((await decide(chief, id, 'return', '请写明\u0000去向')).location).toContain('done=returned')
    const form = modelOf<FormModel>(await ask(editLoader, get(`/leave/${id}/edit`, staff.cookie), { id }))
    expect(form.opinion).toBe('请写明去向')
  })
})

describe('a stand-in', () => {
  it('that is nobody at all is not silently left out', async () => {
    const answer = await send(staff, 'submit', on('2026-12-04', { stand_in: 'somebody' }))
    expect(modelOf<FormModel>(answer).problems.stand_in?.code).toBe('stand_in_unknown')
  })
})

describe('a telephone number', () => {
  it('is shown whole to a decider, which the audit trail keeps, and not to others', async () => {
    const id = await asked(staff, on('2026-12-07'))
    const shown = await act(chief, id, { act: 'phone' })
    expect(modelOf<SlipModel>(shown).detail.phone).toBe('138 0000 8103')
    const fields = { csrf: chief.csrf, id, act: 'phone' }
    const beside = await ask(waitingAction, post('/leave/waiting', fields, chief.cookie))
    expect(modelOf<WaitingModel>(beside).detail?.phone).toBe('138 0000 8103')
    expect(await prisma.auditEntry.count({ where: { action: 'leave.phone_read', subject: id } })).toBe(2)
    expect((await act(staff, id, { act: 'phone' })).status).toBe(403)
    const plain = modelOf<WaitingModel>(await ask(waitingLoader, get(`/leave/waiting?id=${id}`, chief.cookie)))
    expect(plain.detail).toMatchObject({ phone: null, mayPhone: true })
  })

  it('that is stored goes with a tick', async () => {
    const id = /id=([0-9a-f-]{36})/.exec((await send(staff, 'draft', on('2026-12-08'))).location ?? '')?.[1] ?? ''
    const edit = async (fields: Record<string, string>) => {
      const { revision } = await prisma.leaveRequest.findFirstOrThrow({ where: { id }, select: { revision: true } })
      const form = { csrf: staff.csrf, intent: 'draft', ...on('2026-12-08', fields), revision: String(revision) }
      return await ask(editAction, post(`/leave/${id}/edit`, form, staff.cookie), { id })
    }
    const stored = async () => (await prisma.leaveRequest.findFirstOrThrow({ where: { id } })).phoneCipher !== null
    expect((await edit({ phone: '' })).location).toContain('done=saved')
    expect(await stored()).toBe(true)
    await edit({ phone: '', phone_clear: 'yes' })
    expect(await stored()).toBe(false)
  })
})

describe('a paper on which everybody has signed', () => {
  const record = async (who: Entered, fields: Record<string, string>) => {
    const body = new FormData()
    const all = { csrf: who.csrf, intent: 'submit', ...fields, person: fixture.personIds[1] }
    for (const [name, value] of Object.entries(all)) body.set(name, value)
    body.set('paper', new File(['%PDF-1.4\n%%EOF'], '假条.pdf', { type: 'application/pdf' }))
    const request = new Request(`${site}/leave/record`, { method: 'POST', body, headers: { cookie: who.cookie } })
    return await ask(recordAction, request)
  }

  it('takes effect when HR enters it so', async () => {
    const answer = await record(hr, on('2026-12-09', { decided: 'on_paper' }))
    const id = /\/leave\/([0-9a-f-]{36})/.exec(answer.location ?? '')?.[1] ?? ''
    expect(await prisma.leaveRequest.findFirst({ where: { id } })).toMatchObject({ state: 'approved' })
    expect(await prisma.coverage.count({ where: { leaveId: id } })).toBe(1)
  })

  it('still goes its way when a chief representative enters it', async () => {
    const answer = await record(chief, on('2026-12-10', { decided: 'on_paper' }))
    expect(answer.status).toBe(409)
    expect(modelOf<FormModel>(answer).problems.decided?.code).toBe('not_allowed_on_paper')
  })
})

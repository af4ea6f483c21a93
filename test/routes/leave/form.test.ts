import '#test/routes/attendance/morning.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { translator } from '#app/i18n/translator.ts'
import { action as editAction, loader as editLoader } from '#app/routes/_shell.leave.$id_.edit.tsx'
import { loader as newLoader } from '#app/routes/_shell.leave.new.tsx'
import { refusalText } from '#app/ui/leave/answer.tsx'
import type { FormModel } from '#app/ui/leave/form-page.tsx'
import { type Answer, ask, get, post } from '#test/routes/requests.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { asked, type Entered, enter, send, slip } from './support.ts'

useDatabase()

let fixture: Fixture
let staff: Entered

beforeAll(async () => {
  fixture = await makeCentre(prisma)
  staff = await enter(fixture, 'staff')
})

function modelOf(answer: Answer): FormModel {
  expect(answer.fault).toBeNull()
  return (answer.body as { model: FormModel }).model
}

/** The sentences beside the fields, by field. */
function sentences(answer: Answer): Record<string, string> {
  const { problems } = modelOf(answer)
  const t = translator('zh-CN')
  return Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, refusalText(t, problem)]))
}

describe('the leave form', () => {
  it('begins with the next working day, and offers the colleagues of the window group', async () => {
    const model = modelOf(await ask(newLoader, get('/leave/new', staff.cookie)))
    expect(model.typed.from).toBe('2026-11-23')
    expect(model.standIns.map(({ id }) => id)).toEqual([fixture.personIds[0]])
    expect(model.kinds.length).toBe(15)
    expect(model.outcome.preview).toBeNull()
  })

  it('counts both ways and names who decides, before anything is sent', async () => {
    const period = { from: '2026-11-26', from_half: 'pm', to: '2026-12-02', to_half: 'pm' }
    const { outcome } = modelOf(await send(staff, 'preview', slip(fixture, { kind: 'annual', ...period })))
    expect(outcome.preview?.count.workingHalves).toBe(9)
    expect(outcome.preview?.count.calendarHalves).toBe(13)
    expect(outcome.preview?.steps[0]?.parties[0]).toMatchObject({
      party: 'chief_representative',
      people: [{ name: '陆𬭎' }],
    })
    expect(await prisma.leaveRequest.count({ where: { centreId: fixture.centreId } })).toBe(0)
  })

  it('loses nothing that was typed when something is wrong, and says what to do', async () => {
    const fields = slip(fixture, { to: '2026-11-20', reason: '  第一行\n第二行  ' })
    const answer = await send(staff, 'submit', fields)
    expect(answer.status).toBe(409)
    const { typed } = modelOf(answer)
    expect(typed).toMatchObject({ ...fields, leaves_town: true })
    expect(sentences(answer)).toEqual({ to: '结束早于开始。请把“到”改为 2026年11月26日 周四或以后。' })
  })

  it('names every field that is missing at once', async () => {
    const answer = await send(staff, 'submit', { from: '2026-02-30', to: '', reason: ' ', phone: 'abc' })
    expect(answer.status).toBe(400)
    expect(Object.keys(sentences(answer)).sort()).toEqual(['from', 'kind', 'phone', 'reason', 'to'])
    expect(sentences(answer).from).toContain('2026-02-30')
  })

  it('refuses rest days only', async () => {
    const weekend = { from: '2026-11-28', to: '2026-11-29', to_half: 'pm' }
    const answer = await send(staff, 'submit', slip(fixture, weekend))
    expect(answer.status).toBe(409)
    expect(sentences(answer).to).toContain('休息日')
  })

  it('counts code points, not halves of them', async () => {
    const answer = await send(staff, 'submit', slip(fixture, { reason: '𬭎'.repeat(501) }))
    expect(sentences(answer).reason).toContain('501')
  })

  it('refuses what overlaps, and keeps the text', async () => {
    const period = { from: '2026-12-07', to: '2026-12-07', to_half: 'pm' }
    await asked(staff, slip(fixture, period))
    const answer = await send(staff, 'submit', slip(fixture, { ...period, from_half: 'pm', reason: '第二张' }))
    expect(answer.status).toBe(409)
    expect(modelOf(answer).typed.reason).toBe('第二张')
    expect(sentences(answer).from).toContain('审批中')
  })

  it('keeps a draft, opens it again, and refuses the edit of what was sent', async () => {
    const day = { from: '2026-12-09', to: '2026-12-09' }
    const saved = await send(staff, 'draft', slip(fixture, { ...day, reason: '' }))
    expect(saved.location).toMatch(/^\/leave\?done=saved/)
    const id = /id=([0-9a-f-]{36})/.exec(saved.location ?? '')?.[1] ?? ''
    const opened = modelOf(await ask(editLoader, get(`/leave/${id}/edit`, staff.cookie), { id }))
    expect(opened.typed).toMatchObject({ ...day, kind: 'private', destination: '桐城', phone: '' })
    expect(opened.phoneMasked).toContain('****')
    const fields = { ...slip(fixture, day), revision: opened.typed.revision, phone: '' }
    const edit = (more: Record<string, string>) =>
      ask(editAction, post(`/leave/${id}/edit`, { csrf: staff.csrf, ...fields, ...more }, staff.cookie), { id })
    expect((await edit({ intent: 'submit' })).location).toContain('done=submitted')
    expect((await edit({ intent: 'submit' })).status).toBe(409)
    const again = await ask(editLoader, get(`/leave/${id}/edit`, staff.cookie), { id })
    expect(again.location).toBe(`/leave/${id}`)
  })

  it('is not opened on the draft of somebody else', async () => {
    const saved = await send(staff, 'draft', slip(fixture, { from: '2026-12-10', to: '2026-12-10' }))
    const id = /id=([0-9a-f-]{36})/.exec(saved.location ?? '')?.[1] ?? ''
    for (const role of ['chief_representative', 'hr'] as const) {
      const other = await enter(fixture, role)
      expect((await ask(editLoader, get(`/leave/${id}/edit`, other.cookie), { id })).status).toBe(404)
    }
  })
})

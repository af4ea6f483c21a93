import '#test/routes/attendance/morning.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { action } from '#app/routes/_shell.leave.record.tsx'
import { loader as paperLoader } from '#app/routes/leave.$id.paper.ts'
import type { FormModel } from '#app/ui/leave/form-page.tsx'
import { ask, get, site } from '#test/routes/requests.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { type Entered, enter, slip } from './support.ts'

useDatabase()

let fixture: Fixture
let hr: Entered

beforeAll(async () => {
  fixture = await makeCentre(prisma)
  hr = await enter(fixture, 'hr')
})

function send(fields: Record<string, string>, paper: Uint8Array<ArrayBuffer> | null) {
  const body = new FormData()
  const all = { ...slip(fixture), person: fixture.personIds[1], ...fields }
  for (const [name, value] of Object.entries({ csrf: hr.csrf, intent: 'submit', ...all })) body.set(name, value)
  if (paper) body.set('paper', new File([paper], '假条.pdf', { type: 'application/pdf' }))
  return ask(action, new Request(`${site}/leave/record`, { method: 'POST', body, headers: { cookie: hr.cookie } }))
}

const pdf = new TextEncoder().encode('%PDF-1.4\n%%EOF')

describe('a paper slip entered for somebody', () => {
  it('needs a person and the paper itself, and loses nothing that was typed', async () => {
    const answer = await send({ person: '' }, null)
    const { model } = answer.body as { model: FormModel }
    expect(answer.status).toBe(400)
    expect(Object.keys(model.problems).sort()).toEqual(['paper', 'person'])
    expect(model.typed.reason).toBe('家里有事')
  })

  it('takes a file by what it is and not by its name', async () => {
    const answer = await send({}, new TextEncoder().encode('hello'))
    expect(answer.status).toBe(409)
    expect((answer.body as { model: FormModel }).model.problems.paper?.code).toBe('paper_type')
  })

  it('is kept with its paper, which only those see who may see the request', async () => {
    const answer = await send({}, pdf)
    const id = /\/leave\/([0-9a-f-]{36})/.exec(answer.location ?? '')?.[1] ?? ''
    expect(answer.location).toContain('done=recorded')
    const paper = await ask(paperLoader, get(`/leave/${id}/paper`, hr.cookie), { id })
    expect(paper).toMatchObject({ status: 200, body: '%PDF-1.4\n%%EOF' })
    const duty = await enter(await makeCentre(prisma), 'hr')
    expect((await ask(paperLoader, get(`/leave/${id}/paper`, duty.cookie), { id })).status).toBe(404)
  })
})

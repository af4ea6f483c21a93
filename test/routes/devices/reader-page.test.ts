import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import type { ReaderPage } from '#app/domain/devices/reader-page.ts'
import { loader as listLoader } from '#app/routes/_shell.readers.tsx'
import { action, loader } from '#app/routes/_shell.readers_.$id.tsx'
import { action as copy } from '#app/routes/_shell.readers_.copy.tsx'
import { loader as rulesLoader, action as saveRules } from '#app/routes/_shell.readers_.rules.tsx'
import { ask, get, post, type SignedIn, signedIn } from '#test/routes/requests.ts'
import { makeTestCentre } from '#test/services/devices/support.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'

useDatabase()

let centre: Fixture
let administrator: SignedIn
let hr: SignedIn
let officer: SignedIn
let id: string

beforeAll(async () => {
  centre = await makeTestCentre()
  administrator = await signedIn(centre.centreId, ['system_administrator'])
  hr = await signedIn(centre.centreId, ['hr'])
  officer = await signedIn(centre.centreId, ['duty_officer'])
  id = centre.sourceIds[0]
  await tableSays('2-4,9')
})

/** The module's index table as a finished self-test told it; the fixture has people 1 to 4 enrolled. */
async function tableSays(taken: string): Promise<string> {
  const command = newId()
  const at = new Date(now())
  const facts = { templates: 4, taken, capacity: 200, dialect: 'zfm', milliseconds: 120 }
  await prisma.agentCommand.create({
    data: {
      ...{ centreId: centre.centreId, id: command, agentId: centre.agentId, sourceId: id, kind: 'self_test' },
      payload: { kind: 'self_test', serial: centre.serials[0] },
      state: 'done',
      steps: [{ state: 'done', step: 'passed', facts, at: at.toISOString() }],
      createdAt: at,
      finishedAt: at,
    },
  })
  return command
}

async function pageOf(who: SignedIn): Promise<ReaderPage> {
  const answer = await ask(loader, get(`/readers/${id}`, who.cookie), { id })
  return (answer.body as { page: ReaderPage }).page
}

function send(who: SignedIn, fields: Record<string, string>) {
  return ask(action, post(`/readers/${id}`, { csrf: who.csrf, ...fields }, who.cookie), { id })
}

const missing = () =>
  prisma.enrolment.findFirstOrThrow({ where: { centreId: centre.centreId, sourceId: id, subject: '1' } })
const commands = (kind: string) => prisma.agentCommand.count({ where: { centreId: centre.centreId, kind } })

describe('the page of a reader', () => {
  test('compares the module with the database, with names for those who enrol and numbers for the others', async () => {
    const named = await pageOf(hr)
    expect(named.slots).toMatchObject({ takenCount: 4, enrolled: 4, people: 4, taken: '2-4,9' })
    expect(named.slots?.unknown.map((one) => one.slot)).toEqual([9])
    expect(named.slots?.missing).toMatchObject([{ slot: 1, person: { name: '陆𬭎' } }])
    for (const who of [administrator, officer]) {
      const numbers = await pageOf(who)
      expect(numbers.slots?.missing).toMatchObject([{ slot: 1, person: null, enrolmentId: null }])
      expect(JSON.stringify(numbers)).not.toContain('陆𬭎')
    }
    expect(named.test).toMatchObject({ state: 'done', failedAt: null })
  })

  test('is nobody’s when the reader is another centre’s or none', async () => {
    for (const unknown of [randomUUID(), 'alarm']) {
      expect((await ask(loader, get(`/readers/${unknown}`, hr.cookie), { id: unknown })).status).toBe(404)
    }
  })

  test('asks the reader only for what the role may ask', async () => {
    expect(await send(administrator, { intent: 'self_test' })).toMatchObject({
      location: `/readers/${id}?done=self_test`,
    })
    expect(await send(hr, { intent: 'index' })).toMatchObject({ location: `/readers/${id}?done=index` })
    expect((await send(hr, { intent: 'self_test' })).status).toBe(403)
    expect((await send(officer, { intent: 'index' })).status).toBe(403)
    expect((await send(administrator, { intent: 'lost', enrolmentId: (await missing()).id })).status).toBe(403)
    expect((await send(administrator, { intent: 'delete', slot: '9' })).status).toBe(403)
    expect((await send(administrator, { intent: 'toString' })).status).toBe(400)
  })
})

describe('a difference between module and database', () => {
  test('a copy back that is refused leaves the enrolment as it was', async () => {
    const lost = await missing()
    const restore = async () => (await send(hr, { intent: 'restore', enrolmentId: lost.id })).location
    expect(await restore()).toBe(`/readers/${id}?refused=copy_off`)
    const { centreId, sourceIds } = centre
    await prisma.source.update({
      where: { centreId_id: { centreId, id: sourceIds[1] } },
      data: { dialect: 'grow' },
    })
    expect(await restore()).toBe(`/readers/${id}?refused=not_elsewhere`)
    expect(await missing()).toMatchObject({ endsAt: null, deletedBy: null })
    expect(await prisma.auditEntry.count({ where: { action: 'enrolment.lost' } })).toBe(0)
    expect(await commands('copy')).toBe(0)
  })

  test('an unknown slot is deleted, an owned one never', async () => {
    expect(await send(hr, { intent: 'delete', slot: '2' })).toMatchObject({
      location: `/readers/${id}?refused=slot_owned`,
    })
    expect(await commands('delete')).toBe(0)
    expect(await send(hr, { intent: 'delete', slot: '9' })).toMatchObject({ location: `/readers/${id}?done=delete` })
    expect(await commands('delete')).toBe(1)
  })

  test('a slot that is in the module is not ended as lost; a missing one is, with its proof', async () => {
    const present = await prisma.enrolment.findFirstOrThrow({
      where: { centreId: centre.centreId, sourceId: id, subject: '2' },
    })
    expect((await send(hr, { intent: 'lost', enrolmentId: present.id })).location).toContain('slot_not_missing')
    const lost = await missing()
    const proof = await tableSays('2-4,9')
    expect((await send(hr, { intent: 'lost', enrolmentId: lost.id })).location).toContain('done=lost')
    const ended = await missing()
    expect(ended.endsAt).not.toBeNull()
    expect(ended.deletedBy).toBe(proof)
    expect(await prisma.auditEntry.count({ where: { action: 'enrolment.lost', subject: lost.personId } })).toBe(1)
    expect((await pageOf(hr)).slots?.missing).toEqual([])
    expect((await send(hr, { intent: 'lost', enrolmentId: lost.id })).location).toContain('enrolment_unknown')
  })
})

test('a reader is retired and brought back; an outage that still ran ends with its use', async () => {
  const { centreId } = centre
  await prisma.outage.create({
    data: { centreId, id: newId(), sourceId: id, startsAt: new Date(now() - 60_000), reason: 'unplugged' },
  })
  expect((await send(hr, { intent: 'retire' })).status).toBe(403)
  expect((await send(administrator, { intent: 'retire' })).location).toContain('done=retire')
  const retired = await prisma.source.findFirstOrThrow({ where: { id } })
  expect(retired.retiredAt).not.toBeNull()
  expect(await prisma.outage.count({ where: { centreId, sourceId: id, endsAt: null } })).toBe(0)
  expect((await pageOf(administrator)).reader.badge).toBe('retired')
  expect((await send(administrator, { intent: 'retire' })).status).toBe(404)
  expect((await send(administrator, { intent: 'bring_back' })).location).toContain('done=bring_back')
  expect((await prisma.source.findFirstOrThrow({ where: { id } })).retiredAt).toBeNull()
})

test('the list tells how many templates a module has too many, and what waits for a ruling', async () => {
  await prisma.source.updateMany({ where: { id }, data: { templateCount: 6, capacity: 200 } })
  const answer = await ask(listLoader, get('/readers', hr.cookie))
  const { view } = answer.body as { view: { readers: { id: string; templates: number; enrolled: number }[] } }
  expect(view.readers.find((one) => one.id === id)).toMatchObject({ templates: 6, enrolled: 3, missing: null })
  expect(answer.body).toMatchObject({ view: { doubtful: { quarantined: 0, parked: 0, missing: 0 } } })
})

describe('the rules for readers', () => {
  const rules = async (fields: Record<string, string>, intent = 'save') => {
    const { body } = await ask(rulesLoader, get('/readers/rules', administrator.cookie))
    const { typed } = body as { typed: Record<string, string> }
    const all = { ...typed, name: '放宽', ...fields, intent, csrf: administrator.csrf }
    return ask(saveRules, post('/readers/rules', all, administrator.cookie))
  }

  test('are refused with the field and what it may be', async () => {
    expect(await rules({ 'clock.warn_seconds': '0', name: '' })).toMatchObject({
      status: 400,
      body: {
        problems: [
          { path: 'clock.warn_seconds', code: 'too_small', limit: 1 },
          { path: 'name', code: 'name_length' },
        ],
      },
    })
    expect(await prisma.ruleSet.count({ where: { centreId: centre.centreId, kind: 'devices' } })).toBe(0)
  })

  test('show what would change, then become a version in force from today', async () => {
    const seen = await rules({ 'queue.punches': '80' }, 'check')
    expect(seen.body).toMatchObject({ changes: [{ path: 'queue.punches', before: 50, after: 80 }] })
    expect((await rules({ 'queue.punches': '80' })).location).toBe('/readers/rules?done=saved')
    expect((await rules({ 'queue.punches': '80' })).body).toMatchObject({ unchanged: true })
    expect((await rules({ 'queue.punches': '90', copy_templates: 'on' })).location).toContain('saved')
    const { body } = await ask(rulesLoader, get('/readers/rules', officer.cookie))
    expect(body).toMatchObject({ typed: { 'queue.punches': '90', copy_templates: 'on' } })
    const { history } = body as { history: { version: string }[] }
    expect(history.map((one) => one.version.slice(-2))).toEqual(['-2', '-1'])
    expect(await prisma.auditEntry.count({ where: { action: 'device_rules.saved' } })).toBe(2)
  })
})

test('a copy that is asked for comes back to the person’s page and says what came of it', async () => {
  const [personId] = centre.personIds
  const enrolment = await prisma.enrolment.findFirstOrThrow({ where: { centreId: centre.centreId, personId } })
  const fields = { personId, enrolmentId: enrolment.id, target: centre.sourceIds[1], csrf: hr.csrf }
  const asked = await ask(copy, post('/readers/copy', fields, hr.cookie))
  expect(asked.location).toMatch(`/people/${personId}/enrol?copy=`)
  expect(asked.location).not.toContain('asked')
  const foreign = { ...fields, personId: randomUUID() }
  expect((await ask(copy, post('/readers/copy', foreign, hr.cookie))).status).toBe(404)
  expect((await ask(copy, post('/readers/copy', { ...fields, target: 'x' }, hr.cookie))).status).toBe(400)
})

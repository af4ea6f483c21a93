import { beforeAll, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import * as list from '#app/routes/_shell.hall.tsx'
import * as record from '#app/routes/_shell.hall_.$kind.$id.tsx'
import type { HallPageModel } from '#app/ui/hall/hall-page.tsx'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { ask, get, post, type SignedIn, signedIn } from '../requests.ts'

useDatabase()
let centre: Fixture
let hr: SignedIn
beforeAll(async () => {
  centre = await makeCentre(prisma)
  hr = await signedIn(centre.centreId, ['hr'])
})

function send(path: string, fields: Record<string, string>, who = hr) {
  const [kind = '', id = ''] = path.split('/')
  return ask(record.action, post(`/hall/${path}`, { csrf: who.csrf, ...fields }, who.cookie), { kind, id })
}

async function view(query: string): Promise<HallPageModel> {
  return (await ask(list.loader, get(`/hall${query}`, hr.cookie))).body as HallPageModel
}

const page = (kind: string, id: string, query = '') =>
  ask(record.loader, get(`/hall/${kind}/${id}${query}`, hr.cookie), { kind, id })

test('the list finds windows by number and by who is there', async () => {
  expect((await view('')).view.windows.map((one) => one.number)).toEqual(['A01', 'A02', 'A03'])
  expect((await view('?q=a03')).view.windows.map((one) => one.number)).toEqual(['A03'])
  expect((await view(`?q=${encodeURIComponent('陆𬭎')}`)).view.windows.map((one) => one.number)).toEqual(['A01'])
  expect((await view('?state=ended')).view.windows).toEqual([])
  expect((await view('?tab=units&q=social')).view.units.map((one) => one.shortName)).toEqual(['人社'])
})

test('a window is added through the form; what is wrong comes back with what was typed', async () => {
  const bad = await send('windows/new', {
    intent: 'save',
    number: 'A 3?',
    name: '',
    opensOn: '2026-02-30',
    phone: '12',
  })
  expect(bad).toMatchObject({
    status: 400,
    body: {
      typed: { number: 'A 3?', phone: '12' },
      problems: {
        zoneId: { code: 'empty' },
        number: { code: 'window_number' },
        name: { code: 'empty' },
        opensOn: { code: 'day' },
        phone: { code: 'phone' },
      },
    },
  })
  const good = {
    intent: 'save',
    zoneId: centre.zoneIds[0],
    number: 'A03',
    name: '三',
    nameEn: 'Three',
    opensOn: '2026-11-02',
  }
  expect(await send('windows/new', good)).toMatchObject({ status: 409, body: { problems: { number: {} } } })
  const added = await send('windows/new', { ...good, number: 'A07' })
  expect(added.location).toMatch(/^\/hall\/windows\/[0-9a-f-]{36}\?done=added$/u)
})

test('a window with people asks what to do first, and does not end', async () => {
  const [id] = centre.windowIds
  const asked = await page('windows', id, '?act=end&on=2026-11-30')
  expect(asked.body).toMatchObject({
    model: { ending: { on: '2026-11-30', found: { blockers: [{ code: 'window_has_posts' }] } } },
  })
  expect(await send(`windows/${id}`, { intent: 'end', on: '2026-11-30' })).toMatchObject({
    status: 409,
    body: { problems: { '': { code: 'window_has_posts', facts: { count: 2 } } } },
  })
  expect((await send(`windows/${id}`, { intent: 'look', on: '2026-12-31' })).location).toBe(
    `/hall/windows/${id}?act=end&on=2026-12-31`,
  )
})

test('unknown kinds, ids and acts, and those of another centre, are not found', async () => {
  const other = await makeCentre(prisma)
  for (const [kind, id] of [
    ['doors', 'new'],
    ['windows', 'nothing'],
    ['windows', other.windowIds[0]],
    ['groups', other.groupId],
  ] as const)
    expect((await page(kind, id)).status).toBe(404)
  expect((await send(`windows/${other.windowIds[0]}`, { intent: 'end', on: '2026-11-30' })).status).toBe(404)
  expect((await send(`windows/${centre.windowIds[0]}`, { intent: 'burn' })).status).toBe(400)
})

test('only the personnel office is let in', async () => {
  const chief = await signedIn(centre.centreId, ['chief_representative'])
  expect((await ask(list.loader, get('/hall', chief.cookie))).status).toBe(403)
  expect((await send('zones/new', { intent: 'save' }, chief)).status).toBe(403)
})

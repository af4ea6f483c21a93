import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { action, loader } from '#app/routes/_shell.readers.tsx'
import { ask, get, post, type SignedIn, signedIn } from '#test/routes/requests.ts'
import { makeTestCentre } from '#test/services/devices/support.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'

useDatabase()

let centre: Fixture
let administrator: SignedIn
let id: string

beforeAll(async () => {
  centre = await makeTestCentre()
  administrator = await signedIn(centre.centreId, ['system_administrator'])
  id = (await prisma.source.findFirstOrThrow({ where: { centreId: centre.centreId, kind: 'reader' } })).id
})

function name(fields: Record<string, string>) {
  const { cookie, csrf } = administrator
  return ask(action, post('/readers', { intent: 'name_reader', id, csrf, ...fields }, cookie))
}

test('a reader gets the name and zone that board and kiosks show', async () => {
  const zone = await prisma.zone.findFirstOrThrow({ where: { centreId: centre.centreId } })
  const asked = await ask(loader, get(`/readers?act=name-reader&id=${id}`, administrator.cookie))
  expect(asked.body).toMatchObject({ naming: { reader: { id } } })
  const named = await name({ name: ' 东门指纹机 ', nameEn: '', zoneId: zone.id })
  expect(named.location).toBe('/readers?done=named')
  const kept = await prisma.source.findFirstOrThrow({ where: { id } })
  expect(kept).toMatchObject({ name: '东门指纹机', nameEn: '东门指纹机', zoneId: zone.id })
  expect(await prisma.auditEntry.count({ where: { action: 'reader.named', subject: id } })).toBe(1)
})

test('without a name nothing is kept; a foreign reader or zone is unknown', async () => {
  expect(await name({ name: ' ', nameEn: 'East' })).toMatchObject({
    status: 400,
    body: { misnamed: { nameEn: 'East' } },
  })
  expect((await name({ name: '𬭎'.repeat(41) })).status).toBe(400)
  expect((await name({ name: '西门', id: randomUUID() })).status).toBe(404)
  expect((await name({ name: '西门', zoneId: randomUUID() })).status).toBe(404)
  expect((await prisma.source.findFirstOrThrow({ where: { id } })).name).toBe('东门指纹机')
})

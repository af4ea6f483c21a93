import { beforeAll, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { fingerAtReader, pressToMake } from '#app/db/demo-finger.server.ts'
import { demoFinger } from '#app/domain/devices/demo-finger.ts'
import { findTemplate, makeLibrary } from '#devices/emulator/library.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre } from './support.ts'

const database = useDatabase()
let centre: Fixture
let staffNumber: string

beforeAll(async () => {
  centre = await makeTestCentre()
  const person = await prisma.person.findFirstOrThrow({ where: { id: centre.personIds[0] } })
  staffNumber = person.staffNumber
})

const at = (personId: string, atMs = friday) => {
  const { centreId, sourceIds } = centre
  return fingerAtReader(prisma, { centreId, sourceId: sourceIds[0], personId, atMs })
}
const fingerIs = (finger: number | null) =>
  database.asOwner('UPDATE enrolment SET finger = $2 WHERE centre_id = $1', [centre.centreId, finger])

test('a visitor lays on the very finger that is enrolled, not whatever the emulator believes to be in a slot', async () => {
  await fingerIs(2)
  expect(await at(centre.personIds[0])).toEqual({ slot: 1, finger: demoFinger(staffNumber, 2) })
  const [, other] = centre.personIds
  const press = { centreId: centre.centreId, sourceId: centre.sourceIds[0], personId: other, finger: 3 }
  const made = await pressToMake(prisma, { ...press, way: 'other' })
  expect(made).toMatchObject({ ok: true, value: { slot: 1, finger: demoFinger(staffNumber, 2), how: 'good' } })
})

test('of an enrolment without a finger the slot is all that is known; before it began there is none', async () => {
  await fingerIs(null)
  expect(await at(centre.personIds[0])).toEqual({ slot: 1, finger: null })
  expect(await at(centre.personIds[0], 0)).toBeNull()
})

test('a copied template is found by its finger at the reader that never saw it enrolled, also after a restart', () => {
  const finger = demoFinger('30610', 2)
  const file = { dialect: 'grow', capacity: 200, password: 0 } as const
  const enrolled = makeLibrary({ ...file, serial: 'one', slots: { 7: finger } })
  const target = makeLibrary({ ...file, serial: 'two', slots: {} })
  target.set(9, enrolled.get(7) ?? new Uint8Array())
  expect(target.identityOf(9)).toBeNull()
  for (const library of [target, makeLibrary(target.file)])
    expect(findTemplate(library, library.learn(finger), 0, 200)).toBe(9)
})

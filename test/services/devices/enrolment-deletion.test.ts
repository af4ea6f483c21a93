import { beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { enrolmentReceipt } from '#app/db/enrolment-receipt.server.ts'
import type { By } from '#app/db/enrolment-sending.server.ts'
import { recordConsent, withdrawConsent } from '#app/services/devices/enrol-consent.server.ts'
import { deleteEnrolment, deleteUnowned } from '#app/services/devices/enrol-delete.server.ts'
import { takeCommands } from '#app/services/devices/take-commands.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { type Desk, openDesk } from './enrolment-desk.ts'
import { friday, makeTestCentre } from './support.ts'

useDatabase()
let centre: Fixture
let by: By
let desk: Desk

beforeEach(async () => {
  ;({ centre, by, desk } = await openDesk())
})

describe('deletion', () => {
  const own = async () => (await desk.enrolments(1))[0] ?? { id: '' }
  const ask = async (atMs = friday) =>
    deleteEnrolment(by, { personId: centre.personIds[0], enrolmentId: (await own()).id }, atMs)

  test('ends at once, is proved by the index table, and leaves a receipt', async () => {
    expect(await ask()).toMatchObject({ ok: true })
    expect(await own()).toMatchObject({ endsAt: new Date(friday), deletedBy: null })
    const [deletion] = await takeCommands(centre, friday)
    expect(deletion?.body).toEqual({ kind: 'delete', serial: centre.serials[0], slot: 1 })
    await desk.tell(deletion?.id ?? '', 'deleted', { slot: 1, was_taken: 1, before: 4, templates: 3, taken: '2-4' })
    expect(await own()).toMatchObject({ deletedBy: deletion?.id })
    const asked = { personId: centre.personIds[0], enrolmentId: (await own()).id }
    expect(await enrolmentReceipt(prisma, centre.centreId, asked)).toMatchObject({
      deleted: { command: deletion?.id, facts: { before: 4, templates: 3 } },
    })
    expect(await ask()).toMatchObject({ code: 'already_deleted' })
  })

  test('a reader that is away deletes when it is back, however long that takes', async () => {
    await ask()
    const [first] = await takeCommands(centre, friday)
    await desk.report('offline', friday + 1000)
    await desk.tell(first?.id ?? '', 'unplugged', {}, 'failed')
    expect((await desk.view()).stored.find((one) => one.endsMs !== null)).toMatchObject({ deletion: 'waiting' })
    const monday = friday + 3 * 86_400_000
    await desk.report('online', monday)
    const [second] = await takeCommands(centre, monday)
    expect(second?.body).toMatchObject({ kind: 'delete', slot: 1 })
    await desk.report('offline', monday + 1000)
    await desk.report('online', monday + 2000)
    expect(await desk.waiting('delete')).toHaveLength(2)
    await desk.tell(second?.id ?? '', 'deleted', { slot: 1, was_taken: 1, templates: 3, taken: '2-4' }, 'done', monday)
    expect((await desk.view(undefined, monday)).stored.find((one) => one.endsMs !== null)).toMatchObject({
      deletion: 'proved',
    })
  })

  test('a deletion that its agent never fetched still waits after days', async () => {
    await ask()
    expect(await takeCommands(centre, friday + 9 * 86_400_000)).toMatchObject([{ body: { kind: 'delete', slot: 1 } }])
  })

  test('withdrawn consent deletes everywhere and stops what runs; it can be given again', async () => {
    const id = await desk.started()
    expect(await withdrawConsent(by, centre.personIds[0], friday + 1000)).toMatchObject({ ok: true, value: 2 })
    expect(await desk.command(id)).toMatchObject({ state: 'failed' })
    expect((await desk.waiting('delete')).map((one) => one.sourceId).sort()).toEqual([...centre.sourceIds].sort())
    const seen = await desk.view()
    expect(seen.consent).toMatchObject({ holds: false })
    expect(seen.stored.map((one) => one.deletion)).toEqual(['running', 'running'])
    expect(await desk.start({}, friday + 2000)).toMatchObject({ code: 'consent_missing' })
    expect(await withdrawConsent(by, centre.personIds[1], friday)).toMatchObject({ ok: true })
    await recordConsent(by, { personId: centre.personIds[0], how: 'screen' }, friday + 3000)
    expect((await desk.view()).consent).toMatchObject({ holds: true, how: 'screen' })
  })

  test('another person’s, another centre’s or an unknown enrolment is nobody’s to delete', async () => {
    const request = { personId: centre.personIds[1], enrolmentId: (await own()).id }
    expect(await deleteEnrolment(by, request, friday)).toMatchObject({ code: 'enrolment_unknown' })
    const other = await makeTestCentre()
    const foreign = { personId: centre.personIds[0], enrolmentId: (await own()).id }
    expect(await deleteEnrolment({ ...by, centreId: other.centreId }, foreign, friday)).toMatchObject({ ok: false })
    expect(await own()).toMatchObject({ endsAt: null })
  })

  test('a template that the index table shows and nobody owns can go; one that is owned cannot', async () => {
    const id = await desk.started()
    await desk.tell(id, 'nobody_came', { press: 1, templates: 5, taken: '1-4,77' }, 'failed')
    const at = { sourceId: centre.sourceIds[0] }
    expect(await deleteUnowned(by, { ...at, slot: 2 }, friday)).toMatchObject({ code: 'slot_owned' })
    expect(await deleteUnowned(by, { ...at, slot: 78 }, friday)).toMatchObject({ code: 'slot_owned' })
    expect(await deleteUnowned(by, { ...at, slot: 77 }, friday)).toMatchObject({ ok: true })
    expect(await desk.waiting('delete')).toMatchObject([{ payload: { slot: 77 } }])
  })
})

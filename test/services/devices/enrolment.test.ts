import { beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { enrolmentReceipt } from '#app/db/enrolment-receipt.server.ts'
import type { By } from '#app/db/enrolment-sending.server.ts'
import { enrolmentView } from '#app/db/enrolment-view.server.ts'
import { newId } from '#app/db/id.server.ts'
import { commandTimes, type Step } from '#app/domain/devices/command.ts'
import { cancelAttempt } from '#app/services/devices/enrol-cancel.server.ts'
import { recordConsent, withdrawConsent } from '#app/services/devices/enrol-consent.server.ts'
import { deleteEnrolment, deleteUnowned } from '#app/services/devices/enrol-delete.server.ts'
import { startEnrolment, startTrial } from '#app/services/devices/enrol-start.server.ts'
import { recordStep } from '#app/services/devices/record-step.server.ts'
import { takeCommands } from '#app/services/devices/take-commands.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre, reportReaders } from './support.ts'

useDatabase()
let centre: Fixture
let by: By

beforeEach(async () => {
  centre = await makeTestCentre()
  by = { ...centre, zone: 'Asia/Shanghai', accountId: centre.accountIds.hr, role: 'hr', address: null }
  await report('online', friday)
  await recordConsent(by, { personId: centre.personIds[0], how: 'paper' }, friday)
})

const report = (state: 'online' | 'offline', atMs: number) => reportReaders(centre, state, atMs)

const start = (changes: { personId?: string; sourceId?: string; finger?: number } = {}, atMs = friday) =>
  startEnrolment(by, { personId: centre.personIds[0], sourceId: centre.sourceIds[0], finger: 7, ...changes }, atMs)

async function started(atMs = friday): Promise<string> {
  const begun = await start({}, atMs)
  if (!begun.ok) throw new Error(begun.code)
  return begun.value
}

let told = 0
function tell(
  commandId: string,
  step: string,
  facts: Step['facts'] = {},
  state: Step['state'] = 'done',
  atMs = friday,
) {
  told += 1
  return recordStep(
    { ...centre, commandId, step: { state, step, facts, at: new Date(atMs + told).toISOString() } },
    atMs,
  )
}

const command = (id: string) => prisma.agentCommand.findFirstOrThrow({ where: { id } })
const enrolments = (slot: number) =>
  prisma.enrolment.findMany({
    where: { centreId: centre.centreId, sourceId: centre.sourceIds[0], subject: String(slot) },
  })
const waiting = (kind: string) =>
  prisma.agentCommand.findMany({ where: { centreId: centre.centreId, kind }, orderBy: { id: 'asc' } })

async function view(personId = centre.personIds[0], nowMs = friday + 1000) {
  const at = { id: centre.centreId, zone: 'Asia/Shanghai' }
  const seen = await enrolmentView(prisma, at, { personId, finger: null, sourceId: null }, nowMs)
  if (seen === null) throw new Error('nobody')
  return seen
}

describe('an enrolment', () => {
  test('takes a free slot, tells the agent nothing of the person, and begins when the template is stored', async () => {
    const id = await started()
    const [taken] = await takeCommands(centre, friday)
    expect(taken).toEqual({
      id,
      body: { kind: 'enrol', serial: centre.serials[0], slot: 5, presses: 4 },
    })
    await tell(id, 'press', { press: 1, of: 2 }, 'running')
    expect(await enrolments(5)).toEqual([])
    await tell(id, 'stored', { slot: 5, before: 4, templates: 5, taken: '1-5' })
    expect(await enrolments(5)).toMatchObject([
      { personId: centre.personIds[0], finger: 7, storedBy: id, endsAt: null, deletedBy: null },
    ])
    const seen = await view()
    expect(seen.attempt).toMatchObject({ outcome: 'stored', slot: 5, facts: { before: 4, templates: 5 } })
    expect(seen.attempt?.neighbours.filter((one) => one.taken).map((one) => one.slot)).toEqual([1, 2, 3, 4, 5])
  })

  test('of a second finger takes another slot, and the same finger at another reader is its own', async () => {
    const personId = centre.personIds[0]
    const first = await started()
    await tell(first, 'stored', { slot: 5, before: 4, templates: 5, taken: '1-5' })
    const second = await start({ finger: 3 })
    const there = await start({ finger: 7, sourceId: centre.sourceIds[1] })
    if (!second.ok || !there.ok) throw new Error('refused')
    expect((await command(second.value)).payload).toMatchObject({ slot: 6 })
    expect((await command(there.value)).payload).toMatchObject({ slot: 5, serial: centre.serials[1] })
    await tell(second.value, 'stored', { slot: 6, before: 5, templates: 6, taken: '1-6' })
    await tell(there.value, 'stored', { slot: 5, before: 4, templates: 5, taken: '1-5' })
    const rows = await prisma.enrolment.findMany({ where: { centreId: centre.centreId, personId, endsAt: null } })
    expect(rows.map((row) => `${row.sourceId === centre.sourceIds[0] ? 'one' : 'two'} ${row.finger}`).sort()).toEqual([
      'one 2',
      'one 3',
      'one 7',
      'two 2',
      'two 7',
    ])
  })

  test('told twice, the template is one enrolment', async () => {
    const id = await started()
    const at = new Date(friday).toISOString()
    const step = { state: 'done', step: 'stored', facts: { slot: 5 }, at } as const
    await Promise.all([1, 2, 3].map(() => recordStep({ ...centre, commandId: id, step }, friday)))
    expect(await enrolments(5)).toHaveLength(1)
  })

  test('of two officers at one reader the second learns who is being enrolled', async () => {
    await recordConsent(by, { personId: centre.personIds[1], how: 'screen' }, friday)
    const both = await Promise.all([start(), start({ personId: centre.personIds[1] })])
    const refusal = both.find((one) => !one.ok)
    expect(both.filter((one) => one.ok)).toHaveLength(1)
    expect(refusal).toMatchObject({ code: 'reader_busy', facts: { by: by.accountId } })
    expect(await start({ personId: centre.personIds[1], sourceId: centre.sourceIds[1] })).toMatchObject({ ok: true })
  })

  test('is refused without consent, for who has left, for a finger that is there, at a reader that is away', async () => {
    expect(await start({ personId: centre.personIds[2] })).toMatchObject({ code: 'consent_missing' })
    expect(await start({ finger: 2 })).toMatchObject({ code: 'finger_known', facts: { slot: '1' } })
    expect(await start({ sourceId: newId() })).toMatchObject({ code: 'reader_unknown' })
    expect(await start({}, friday + 60_000)).toMatchObject({ code: 'reader_away', facts: { badge: 'silent' } })
    await report('offline', friday + 1000)
    expect(await start({}, friday + 2000)).toMatchObject({ code: 'reader_away', facts: { badge: 'offline' } })
    await prisma.posting.updateMany({
      where: { personId: centre.personIds[0] },
      data: { endsOn: new Date('2026-11-01') },
    })
    expect(await start()).toMatchObject({ code: 'person_left' })
    expect(await recordConsent(by, { personId: centre.personIds[0], how: 'paper' }, friday)).toMatchObject({
      code: 'person_left',
    })
  })

  test('a slot that the module holds after all is tried again with the next, before anybody pressed', async () => {
    const id = await started()
    await tell(id, 'slot_taken', { slot: 5, taken: '1-6' }, 'failed')
    const [, second] = await waiting('enrol')
    expect(second?.payload).toMatchObject({ slot: 7, about: { follows: id, finger: 7 } })
    expect((await view()).attempt).toMatchObject({ phase: 'waiting', slot: 7 })
    await tell(second?.id ?? '', 'slot_taken', { slot: 7, taken: '1-7' }, 'failed')
    expect(await waiting('enrol')).toHaveLength(2)
  })

  test('a finger that is somebody’s says whose; the page tells it, the agent does not know it', async () => {
    const id = await started()
    await tell(id, 'already_enrolled', { slot: 3, templates: 4, taken: '1-4' }, 'failed')
    expect((await view()).attempt).toMatchObject({
      outcome: 'already_enrolled',
      owner: { personId: centre.personIds[2], finger: 2 },
    })
    const note = await prisma.auditEntry.findFirst({
      where: { centreId: centre.centreId, action: 'enrolment.refused' },
    })
    expect(note).toMatchObject({ subject: centre.personIds[0], actor: `agent:${centre.agentId}` })
    expect(await start()).toMatchObject({ ok: true })
  })
})

describe('stopped, late, away', () => {
  test('stopped in the middle, nothing is left: the agent is told, and what it stores all the same is deleted', async () => {
    const id = await started()
    await takeCommands(centre, friday)
    expect(await cancelAttempt(by, centre.personIds[0], friday + 1000)).toMatchObject({ ok: true })
    expect(await cancelAttempt(by, centre.personIds[0], friday + 1000)).toMatchObject({ code: 'nothing_to_stop' })
    const [cancel] = await takeCommands(centre, friday + 1000)
    expect(cancel?.body).toMatchObject({ kind: 'cancel', command: id })
    await tell(id, 'stopped', {}, 'failed')
    expect((await view()).attempt?.outcome).toBe('cancelled')
    await tell(id, 'stored', { slot: 5, templates: 5, taken: '1-5' })
    expect(await enrolments(5)).toEqual([])
    expect((await view()).attempt?.outcome).toBe('stored_late')
    expect((await takeCommands(centre, friday + 2000)).map((one) => one.body)).toMatchObject([
      { kind: 'delete', slot: 5 },
    ])
  })

  test('not fetched for two minutes it is void, and a reader is free for the next', async () => {
    const id = await started()
    const later = friday + commandTimes.hurriedExpiresAfterMs + 1
    expect((await view(undefined, later)).attempt?.outcome).toBe('expired')
    await report('online', later)
    expect(await start({}, later)).toMatchObject({ ok: true })
    expect((await takeCommands(centre, later)).map((one) => one.id)).not.toContain(id)
    expect(await command(id)).toMatchObject({ state: 'expired' })
    await tell(id, 'press', { press: 1, of: 2 }, 'running', later)
    expect(await command(id)).toMatchObject({ state: 'expired', steps: [] })
  })

  test('a template of an expired enrolment is deleted again, not enrolled', async () => {
    const id = await started()
    await takeCommands(centre, friday)
    const later = friday + commandTimes.expiresAfterMs + 1
    await takeCommands(centre, later)
    await tell(id, 'stored', { slot: 5, templates: 5, taken: '1-5' }, 'done', later)
    expect(await enrolments(5)).toEqual([])
    expect(await waiting('delete')).toMatchObject([{ payload: { slot: 5, about: { reason: 'late' } } }])
  })

  test('consent withdrawn while the finger was pressed: nothing is enrolled', async () => {
    const id = await started()
    await prisma.enrolmentConsent.updateMany({
      where: { personId: centre.personIds[0] },
      data: { withdrawnAt: new Date(friday) },
    })
    await tell(id, 'stored', { slot: 5, templates: 5, taken: '1-5' })
    expect(await enrolments(5)).toEqual([])
    expect(await waiting('delete')).toHaveLength(1)
  })

  test('a trial says whose finger it was and makes no punch', async () => {
    const trial = await startTrial(by, { personId: centre.personIds[0], sourceId: centre.sourceIds[0] }, friday)
    await tell(trial.ok ? trial.value : '', 'recognised', { slot: 2, score: 140, milliseconds: 400 })
    expect((await view()).trial).toMatchObject({ result: 'other', slot: 2, owner: { personId: centre.personIds[1] } })
    expect(await prisma.punch.count({ where: { centreId: centre.centreId } })).toBe(0)
  })
})

describe('deletion', () => {
  const own = async () => (await enrolments(1))[0] ?? { id: '' }
  const ask = async (atMs = friday) =>
    deleteEnrolment(by, { personId: centre.personIds[0], enrolmentId: (await own()).id }, atMs)

  test('ends at once, is proved by the index table, and leaves a receipt', async () => {
    expect(await ask()).toMatchObject({ ok: true })
    expect(await own()).toMatchObject({ endsAt: new Date(friday), deletedBy: null })
    const [deletion] = await takeCommands(centre, friday)
    expect(deletion?.body).toEqual({ kind: 'delete', serial: centre.serials[0], slot: 1 })
    await tell(deletion?.id ?? '', 'deleted', { slot: 1, was_taken: 1, before: 4, templates: 3, taken: '2-4' })
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
    await report('offline', friday + 1000)
    await tell(first?.id ?? '', 'unplugged', {}, 'failed')
    expect((await view()).stored.find((one) => one.endsMs !== null)).toMatchObject({ deletion: 'waiting' })
    const monday = friday + 3 * 86_400_000
    await report('online', monday)
    const [second] = await takeCommands(centre, monday)
    expect(second?.body).toMatchObject({ kind: 'delete', slot: 1 })
    await report('offline', monday + 1000)
    await report('online', monday + 2000)
    expect(await waiting('delete')).toHaveLength(2)
    await tell(second?.id ?? '', 'deleted', { slot: 1, was_taken: 1, templates: 3, taken: '2-4' }, 'done', monday)
    expect((await view(undefined, monday)).stored.find((one) => one.endsMs !== null)).toMatchObject({
      deletion: 'proved',
    })
  })

  test('a deletion that its agent never fetched still waits after days', async () => {
    await ask()
    expect(await takeCommands(centre, friday + 9 * 86_400_000)).toMatchObject([{ body: { kind: 'delete', slot: 1 } }])
  })

  test('withdrawn consent deletes everywhere and stops what runs; it can be given again', async () => {
    const id = await started()
    expect(await withdrawConsent(by, centre.personIds[0], friday + 1000)).toMatchObject({ ok: true, value: 2 })
    expect(await command(id)).toMatchObject({ state: 'failed' })
    expect((await waiting('delete')).map((one) => one.sourceId).sort()).toEqual([...centre.sourceIds].sort())
    const seen = await view()
    expect(seen.consent).toMatchObject({ holds: false })
    expect(seen.stored.map((one) => one.deletion)).toEqual(['running', 'running'])
    expect(await start({}, friday + 2000)).toMatchObject({ code: 'consent_missing' })
    expect(await withdrawConsent(by, centre.personIds[1], friday)).toMatchObject({ ok: true })
    await recordConsent(by, { personId: centre.personIds[0], how: 'screen' }, friday + 3000)
    expect((await view()).consent).toMatchObject({ holds: true, how: 'screen' })
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
    const id = await started()
    await tell(id, 'nobody_came', { press: 1, templates: 5, taken: '1-4,77' }, 'failed')
    const at = { sourceId: centre.sourceIds[0] }
    expect(await deleteUnowned(by, { ...at, slot: 2 }, friday)).toMatchObject({ code: 'slot_owned' })
    expect(await deleteUnowned(by, { ...at, slot: 78 }, friday)).toMatchObject({ code: 'slot_owned' })
    expect(await deleteUnowned(by, { ...at, slot: 77 }, friday)).toMatchObject({ ok: true })
    expect(await waiting('delete')).toMatchObject([{ payload: { slot: 77 } }])
  })
})

import { beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import type { By } from '#app/db/enrolment-sending.server.ts'
import { newId } from '#app/db/id.server.ts'
import { commandTimes } from '#app/domain/devices/command.ts'
import { cancelAttempt } from '#app/services/devices/enrol-cancel.server.ts'
import { recordConsent } from '#app/services/devices/enrol-consent.server.ts'
import { startTrial } from '#app/services/devices/enrol-start.server.ts'
import { recordStep } from '#app/services/devices/record-step.server.ts'
import { takeCommands } from '#app/services/devices/take-commands.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { type Desk, openDesk } from './enrolment-desk.ts'
import { friday } from './support.ts'

useDatabase()
let centre: Fixture
let by: By
let desk: Desk

beforeEach(async () => {
  ;({ centre, by, desk } = await openDesk())
})

describe('an enrolment', () => {
  test('takes a free slot, tells the agent nothing of the person, and begins when the template is stored', async () => {
    const id = await desk.started()
    const [taken] = await takeCommands(centre, friday)
    expect(taken).toEqual({
      id,
      body: { kind: 'enrol', serial: centre.serials[0], slot: 5, presses: 4 },
    })
    await desk.tell(id, 'press', { press: 1, of: 2 }, 'running')
    expect(await desk.enrolments(5)).toEqual([])
    await desk.tell(id, 'stored', { slot: 5, before: 4, templates: 5, taken: '1-5' })
    expect(await desk.enrolments(5)).toMatchObject([
      { personId: centre.personIds[0], finger: 7, storedBy: id, endsAt: null, deletedBy: null },
    ])
    const seen = await desk.view()
    expect(seen.attempt).toMatchObject({ outcome: 'stored', slot: 5, facts: { before: 4, templates: 5 } })
    expect(seen.attempt?.neighbours.filter((one) => one.taken).map((one) => one.slot)).toEqual([1, 2, 3, 4, 5])
  })

  test('of a second finger takes another slot, and the same finger at another reader is its own', async () => {
    const personId = centre.personIds[0]
    const first = await desk.started()
    await desk.tell(first, 'stored', { slot: 5, before: 4, templates: 5, taken: '1-5' })
    const second = await desk.start({ finger: 3 })
    const there = await desk.start({ finger: 7, sourceId: centre.sourceIds[1] })
    if (!second.ok || !there.ok) throw new Error('refused')
    expect((await desk.command(second.value)).payload).toMatchObject({ slot: 6 })
    expect((await desk.command(there.value)).payload).toMatchObject({ slot: 5, serial: centre.serials[1] })
    await desk.tell(second.value, 'stored', { slot: 6, before: 5, templates: 6, taken: '1-6' })
    await desk.tell(there.value, 'stored', { slot: 5, before: 4, templates: 5, taken: '1-5' })
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
    const id = await desk.started()
    const at = new Date(friday).toISOString()
    const step = { state: 'done', step: 'stored', facts: { slot: 5 }, at } as const
    await Promise.all([1, 2, 3].map(() => recordStep({ ...centre, commandId: id, step }, friday)))
    expect(await desk.enrolments(5)).toHaveLength(1)
  })

  test('of two officers at one reader the second learns who is being enrolled', async () => {
    await recordConsent(by, { personId: centre.personIds[1], how: 'screen' }, friday)
    const both = await Promise.all([desk.start(), desk.start({ personId: centre.personIds[1] })])
    const refusal = both.find((one) => !one.ok)
    expect(both.filter((one) => one.ok)).toHaveLength(1)
    expect(refusal).toMatchObject({ code: 'reader_busy', facts: { by: by.accountId } })
    expect(await desk.start({ personId: centre.personIds[1], sourceId: centre.sourceIds[1] })).toMatchObject({
      ok: true,
    })
  })

  test('is refused without consent, for who has left, for a finger that is there, at a reader that is away', async () => {
    expect(await desk.start({ personId: centre.personIds[2] })).toMatchObject({ code: 'consent_missing' })
    expect(await desk.start({ finger: 2 })).toMatchObject({ code: 'finger_known', facts: { slot: '1' } })
    expect(await desk.start({ sourceId: newId() })).toMatchObject({ code: 'reader_unknown' })
    expect(await desk.start({}, friday + 60_000)).toMatchObject({ code: 'reader_away', facts: { badge: 'silent' } })
    await desk.report('offline', friday + 1000)
    expect(await desk.start({}, friday + 2000)).toMatchObject({ code: 'reader_away', facts: { badge: 'offline' } })
    await prisma.posting.updateMany({
      where: { personId: centre.personIds[0] },
      data: { endsOn: new Date('2026-11-01') },
    })
    expect(await desk.start()).toMatchObject({ code: 'person_left' })
    expect(await recordConsent(by, { personId: centre.personIds[0], how: 'paper' }, friday)).toMatchObject({
      code: 'person_left',
    })
  })

  test('a slot that the module holds after all is tried again with the next, before anybody pressed', async () => {
    const id = await desk.started()
    await desk.tell(id, 'slot_taken', { slot: 5, taken: '1-6' }, 'failed')
    const [, second] = await desk.waiting('enrol')
    expect(second?.payload).toMatchObject({ slot: 7, about: { follows: id, finger: 7 } })
    expect((await desk.view()).attempt).toMatchObject({ phase: 'waiting', slot: 7 })
    await desk.tell(second?.id ?? '', 'slot_taken', { slot: 7, taken: '1-7' }, 'failed')
    expect(await desk.waiting('enrol')).toHaveLength(2)
  })

  test('a finger that is somebody’s says whose; the page tells it, the agent does not know it', async () => {
    const id = await desk.started()
    await desk.tell(id, 'already_enrolled', { slot: 3, templates: 4, taken: '1-4' }, 'failed')
    expect((await desk.view()).attempt).toMatchObject({
      outcome: 'already_enrolled',
      owner: { personId: centre.personIds[2], finger: 2 },
    })
    const note = await prisma.auditEntry.findFirst({
      where: { centreId: centre.centreId, action: 'enrolment.refused' },
    })
    expect(note).toMatchObject({ subject: centre.personIds[0], actor: `agent:${centre.agentId}` })
    expect(await desk.start()).toMatchObject({ ok: true })
  })
})

describe('stopped, late, away', () => {
  test('stopped in the middle, nothing is left: the agent is told, and what it stores all the same is deleted', async () => {
    const id = await desk.started()
    await takeCommands(centre, friday)
    expect(await cancelAttempt(by, centre.personIds[0], friday + 1000)).toMatchObject({ ok: true })
    expect(await cancelAttempt(by, centre.personIds[0], friday + 1000)).toMatchObject({ code: 'nothing_to_stop' })
    const [cancel] = await takeCommands(centre, friday + 1000)
    expect(cancel?.body).toMatchObject({ kind: 'cancel', command: id })
    await desk.tell(id, 'stopped', {}, 'failed')
    expect((await desk.view()).attempt?.outcome).toBe('cancelled')
    await desk.tell(id, 'stored', { slot: 5, templates: 5, taken: '1-5' })
    expect(await desk.enrolments(5)).toEqual([])
    expect((await desk.view()).attempt?.outcome).toBe('stored_late')
    expect((await takeCommands(centre, friday + 2000)).map((one) => one.body)).toMatchObject([
      { kind: 'delete', slot: 5 },
    ])
  })

  test('not fetched for two minutes it is void, and a reader is free for the next', async () => {
    const id = await desk.started()
    const later = friday + commandTimes.hurriedExpiresAfterMs + 1
    expect((await desk.view(undefined, later)).attempt?.outcome).toBe('expired')
    await desk.report('online', later)
    expect(await desk.start({}, later)).toMatchObject({ ok: true })
    expect((await takeCommands(centre, later)).map((one) => one.id)).not.toContain(id)
    expect(await desk.command(id)).toMatchObject({ state: 'expired' })
    await desk.tell(id, 'press', { press: 1, of: 2 }, 'running', later)
    expect(await desk.command(id)).toMatchObject({ state: 'expired', steps: [] })
  })

  test('a template of an expired enrolment is deleted again, not enrolled', async () => {
    const id = await desk.started()
    await takeCommands(centre, friday)
    const later = friday + commandTimes.expiresAfterMs + 1
    await takeCommands(centre, later)
    await desk.tell(id, 'stored', { slot: 5, templates: 5, taken: '1-5' }, 'done', later)
    expect(await desk.enrolments(5)).toEqual([])
    expect(await desk.waiting('delete')).toMatchObject([{ payload: { slot: 5, about: { reason: 'late' } } }])
  })

  test('consent withdrawn while the finger was pressed: nothing is enrolled', async () => {
    const id = await desk.started()
    await prisma.enrolmentConsent.updateMany({
      where: { personId: centre.personIds[0] },
      data: { withdrawnAt: new Date(friday) },
    })
    await desk.tell(id, 'stored', { slot: 5, templates: 5, taken: '1-5' })
    expect(await desk.enrolments(5)).toEqual([])
    expect(await desk.waiting('delete')).toHaveLength(1)
  })

  test('a trial says whose finger it was and makes no punch', async () => {
    const trial = await startTrial(by, { personId: centre.personIds[0], sourceId: centre.sourceIds[0] }, friday)
    await desk.tell(trial.ok ? trial.value : '', 'recognised', { slot: 2, score: 140, milliseconds: 400 })
    expect((await desk.view()).trial).toMatchObject({
      result: 'other',
      slot: 2,
      owner: { personId: centre.personIds[1] },
    })
    expect(await prisma.punch.count({ where: { centreId: centre.centreId } })).toBe(0)
  })
})

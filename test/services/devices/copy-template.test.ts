import { beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import type { By } from '#app/db/enrolment-sending.server.ts'
import type { Step } from '#app/domain/devices/command.ts'
import { deviceProfile } from '#app/domain/devices/device-rules.ts'
import { copyTemplate } from '#app/services/devices/copy-template.server.ts'
import { recordConsent, withdrawConsent } from '#app/services/devices/enrol-consent.server.ts'
import { startEnrolment } from '#app/services/devices/enrol-start.server.ts'
import { recordStep } from '#app/services/devices/record-step.server.ts'
import { saveDeviceRules } from '#app/services/devices/save-device-rules.server.ts'
import { takeCommands } from '#app/services/devices/take-commands.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre, reportReaders } from './support.ts'

useDatabase()
let centre: Fixture
let by: By
let enrolmentId: string

const finger = 7
let told = 0

function tell(commandId: string, step: string, facts: Step['facts'], state: Step['state'] = 'running', at?: string) {
  told += 1
  const when = at ?? new Date(friday + told).toISOString()
  return recordStep({ ...centre, commandId, step: { state, step, facts, at: when } }, friday)
}

async function switchOn(): Promise<void> {
  const { kind, version, name, source, valid_from, ...values } = deviceProfile
  const asked = { values: { ...values, copy_templates: true }, name: '允许复制' }
  const saved = await saveDeviceRules({ ...by, role: 'system_administrator' }, asked, friday)
  if (!saved.ok) throw new Error(saved.code)
}

/** The first person's finger at the first reader, in slot 5. */
async function enrolled(): Promise<string> {
  const [personId] = centre.personIds
  await recordConsent(by, { personId, how: 'paper' }, friday)
  const begun = await startEnrolment(by, { personId, sourceId: centre.sourceIds[0], finger }, friday)
  if (!begun.ok) throw new Error(begun.code)
  await tell(begun.value, 'stored', { slot: 5, taken: '1-5' }, 'done')
  const row = await prisma.enrolment.findFirstOrThrow({ where: { storedBy: begun.value } })
  return row.id
}

const copy = (targets: readonly string[] = [centre.sourceIds[1]]) =>
  copyTemplate(by, { personId: centre.personIds[0], enrolmentId, targets }, friday)

async function asked(): Promise<string> {
  const begun = await copy()
  if (!begun.ok) throw new Error(begun.code)
  return begun.value
}

const there = (slot = 5) =>
  prisma.enrolment.findMany({
    where: { centreId: centre.centreId, sourceId: centre.sourceIds[1], subject: String(slot) },
  })

const copied = () => ({ serial: centre.serials[1], slot: 5 })

beforeEach(async () => {
  centre = await makeTestCentre()
  by = { ...centre, zone: 'Asia/Shanghai', accountId: centre.accountIds.hr, role: 'hr', address: null }
  await reportReaders(centre, 'online', friday)
  enrolmentId = await enrolled()
})

describe('a template carried to another reader', () => {
  test('is refused unless the centre has switched it on', async () => {
    expect(await copy()).toMatchObject({ ok: false, code: 'copy_off' })
  })

  test('goes to a free slot, tells the agent nothing of the person, and begins an enrolment when it is stored', async () => {
    await switchOn()
    const id = await asked()
    const taken = (await takeCommands(centre, friday)).find((one) => one.id === id)
    expect(taken?.body).toEqual({ kind: 'copy', serial: centre.serials[0], slot: 5, to: [copied()] })
    expect(await there()).toEqual([])
    await tell(id, 'copied', copied())
    await tell(id, 'copied_all', {}, 'done')
    expect(await there()).toMatchObject([{ personId: centre.personIds[0], finger, storedBy: id, endsAt: null }])
    const notes = await prisma.auditEntry.findMany({
      where: { centreId: centre.centreId, action: { startsWith: 'enrolment.cop' } },
    })
    expect(notes.map((one) => one.action).sort()).toEqual(['enrolment.copied', 'enrolment.copy_asked'])
  })

  test('told again by an agent that began anew, it stays one enrolment and is not deleted', async () => {
    await switchOn()
    const id = await asked()
    await tell(id, 'copied', copied())
    await tell(id, 'copied', copied())
    expect(await there()).toHaveLength(1)
    expect(await prisma.agentCommand.count({ where: { centreId: centre.centreId, kind: 'delete' } })).toBe(0)
  })

  test('a story about a slot that was never asked for begins nothing', async () => {
    await switchOn()
    const id = await asked()
    await tell(id, 'copied', { serial: centre.serials[1], slot: 9 })
    await tell(id, 'copied', { serial: 'NOBODY', slot: 5 })
    expect([...(await there(9)), ...(await there(5))]).toEqual([])
  })

  test('is deleted again when consent was withdrawn while it was carried', async () => {
    await switchOn()
    const id = await asked()
    await withdrawConsent(by, centre.personIds[0], friday)
    await tell(id, 'copied', copied())
    expect(await there()).toEqual([])
    const deletions = await prisma.agentCommand.findMany({
      where: { centreId: centre.centreId, kind: 'delete', sourceId: centre.sourceIds[1] },
    })
    // Slot 1 is the finger the person had there before.
    expect(deletions.map((one) => one.payload)).toContainEqual(expect.objectContaining({ ...copied(), kind: 'delete' }))
  })
})

describe('a copy that may not be', () => {
  beforeEach(switchOn)

  test('needs consent that holds', async () => {
    await prisma.enrolmentConsent.updateMany({
      where: { centreId: centre.centreId },
      data: { withdrawnAt: new Date(friday) },
    })
    expect(await copy()).toMatchObject({ ok: false, code: 'consent_missing' })
  })

  test('goes to readers of the same agent that are awake, not to its own, and only once at a time', async () => {
    expect(await copy([])).toMatchObject({ ok: false, code: 'no_target' })
    expect(await copy([centre.sourceIds[0]])).toMatchObject({ ok: false, code: 'reader_unknown' })
    await asked()
    expect(await copy()).toMatchObject({ ok: false, code: 'reader_busy' })
    await prisma.source.update({
      where: { centreId_id: { centreId: centre.centreId, id: centre.sourceIds[1] } },
      data: { agentId: null },
    })
    expect(await copy()).toMatchObject({ ok: false, code: 'other_agent' })
  })

  test('is no copy when the finger is there already', async () => {
    const id = await asked()
    await tell(id, 'copied', copied())
    await tell(id, 'copied_all', {}, 'done')
    expect(await copy()).toMatchObject({ ok: false, code: 'finger_known' })
  })

  test('is asked for only of a person’s own enrolment, in force and in this centre', async () => {
    const other = { personId: centre.personIds[1], enrolmentId, targets: [centre.sourceIds[1]] }
    expect(await copyTemplate(by, other, friday)).toMatchObject({ ok: false, code: 'enrolment_unknown' })
  })
})

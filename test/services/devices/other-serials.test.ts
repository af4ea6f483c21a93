import { beforeAll, expect, test } from 'vitest'
import { lockKioskSource } from '#app/db/alternate-source.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { addOfflineTerminal } from '#app/db/terminal-imports.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { allowTerminal } from '#app/services/devices/allow-terminal.server.ts'
import { ingestPunches } from '#app/services/devices/ingest-punches.server.ts'
import { recordStatus } from '#app/services/devices/record-status.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre, newEpoch, punch } from './support.ts'

useDatabase()
let centre: Fixture
beforeAll(async () => {
  centre = await makeTestCentre()
})

const by = () => ({ centreId: centre.centreId, accountId: centre.accountIds.hr, role: 'hr', address: null })

function deliver(serial: string) {
  const { centreId, agentId } = centre
  return ingestPunches({ centreId, agentId, epoch: newEpoch(), punches: [punch(1, { serial })] }, friday)
}

function report(serial: string) {
  const reader = {
    serial,
    state: 'online' as const,
    detail: null,
    dialect: null,
    capacity: null,
    templates: null,
    emulated: false,
  }
  const told = { startedAtMs: friday - 60_000, readers: [reader], detail: null, queue: 0, offsetMs: 0, events: [] }
  return recordStatus({ ...centre, ...told }, friday)
}

async function refuses(serial: string) {
  const { centreId } = centre
  const refused = { ok: false, code: 'serial_of_another_agent', facts: { serial } }
  expect(await deliver(serial)).toMatchObject(refused)
  expect(await report(serial)).toMatchObject(refused)
  expect(await prisma.source.count({ where: { centreId, serial, agentId: { not: null } } })).toBe(0)
  expect(await prisma.punch.count({ where: { centreId, source: { serial } } })).toBe(0)
}

test('an agent speaks neither for the kiosks, nor for a terminal, nor for a clock of which files are read', async () => {
  const { centreId, accountIds } = centre
  await refuses('kiosk')
  const kiosk = await inTransaction((tx) => lockKioskSource(tx, centreId))
  await refuses('kiosk')
  expect(await prisma.source.findFirst({ where: { centreId, id: kiosk } })).toMatchObject({
    kind: 'kiosk',
    state: 'unknown',
  })
  const clock = { name: '钟', nameEn: '', zoneId: null, utcOffsetMinutes: 480 }
  expect(await allowTerminal({ ...by(), ...clock, serial: 'CLOCK-1' }, friday)).toMatchObject({ ok: true })
  await refuses('CLOCK-1')
  const file = {
    centreId,
    serial: 'CLOCK-2',
    name: '钟',
    utcOffsetMinutes: 480,
    accountId: accountIds.hr,
    nowMs: friday,
  }
  await inTransaction((tx) => addOfflineTerminal(tx, file))
  await refuses('CLOCK-2')
})

test('a source that an agent once took is not spoken for by it', async () => {
  const { centreId, agentId } = centre
  const id = newId()
  const named = { name: '钟', nameEn: 'Clock', place: '', placeEn: '', serial: 'CLOCK-3' }
  await prisma.source.create({ data: { centreId, id, kind: 'terminal', ...named, agentId } })
  expect(await report('CLOCK-3')).toMatchObject({ ok: false, code: 'serial_of_another_agent' })
})

test('no terminal takes the serial number of the kiosks', async () => {
  const other = await makeTestCentre()
  const clock = { name: '钟', nameEn: '', zoneId: null, utcOffsetMinutes: 480, serial: 'kiosk' }
  const asked = { ...by(), centreId: other.centreId, accountId: other.accountIds.hr, ...clock }
  expect(await allowTerminal(asked, friday)).toMatchObject({ ok: false, code: 'serial_bad' })
  await expect(inTransaction((tx) => lockKioskSource(tx, other.centreId))).resolves.toBeTypeOf('string')
})

import { beforeAll, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { hashSecret } from '#app/db/secrets.server.ts'
import { createPairing } from '#app/services/devices/create-pairing.server.ts'
import { pairAgent } from '#app/services/devices/pair-agent.server.ts'
import { pairKiosk } from '#app/services/devices/pair-kiosk.server.ts'
import { revokeDevice } from '#app/services/devices/revoke-device.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre } from './support.ts'

useDatabase()
let centre: Fixture
beforeAll(async () => {
  centre = await makeTestCentre()
})

function make(kind: 'agent' | 'kiosk', sourceId: string | null = null) {
  const { centreId, accountIds } = centre
  const request = { centreId, kind, name: '东门', sourceId, actor: accountIds.system_administrator, address: null }
  return createPairing(request, friday)
}

const publicKey = new Uint8Array(32).fill(9)

function agentWith(code: string, atMs = friday) {
  return pairAgent({ code, name: 'east', publicKey, address: null }, atMs)
}

test('an agent is let in once with its code, however the code is typed', async () => {
  const { code } = await make('agent')
  expect(code).toMatch(/^[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}$/)
  const paired = await agentWith(` ${code.toLowerCase().replace('-', ' ')} `)
  if (!paired.ok) throw new Error(paired.code)
  const agent = await prisma.agent.findFirstOrThrow({ where: { id: paired.value.agentId } })
  expect(agent).toMatchObject({ centreId: centre.centreId, name: 'east', revokedAt: null })
  expect(await agentWith(code)).toMatchObject({ ok: false, code: 'pairing_used' })
})

test('of two that use a code at the same moment one gets in', async () => {
  const { code } = await make('agent')
  const both = await Promise.all([agentWith(code), agentWith(code)])
  expect(both.filter((one) => one.ok)).toHaveLength(1)
})

test('a code runs out after ten minutes and fits its own kind only', async () => {
  const { code, endsAtMs } = await make('agent')
  expect(endsAtMs).toBe(friday + 600_000)
  expect(await agentWith(code, endsAtMs)).toMatchObject({ ok: false, code: 'pairing_expired' })
  expect(await pairKiosk({ code, address: null }, friday)).toMatchObject({ ok: false, code: 'pairing_unknown' })
  expect(await agentWith('ZZZZ-ZZZZ')).toMatchObject({ ok: false, code: 'pairing_unknown' })
})

test('a screen keeps its reader; the code and the token are stored nowhere', async () => {
  const { code } = await make('kiosk', centre.sourceIds[1])
  const paired = await pairKiosk({ code, address: '10.0.0.9' }, friday)
  if (!paired.ok) throw new Error(paired.code)
  const kiosk = await prisma.kiosk.findUniqueOrThrow({ where: { tokenHash: hashSecret(paired.value.token) } })
  expect(kiosk).toMatchObject({ name: '东门', sourceId: centre.sourceIds[1], centreId: centre.centreId })
  const pairings = JSON.stringify(await prisma.pairing.findMany())
  expect(pairings).not.toContain(code)
  const entries = await prisma.auditEntry.findMany({ where: { centreId: centre.centreId, action: 'kiosk.paired' } })
  expect(JSON.stringify(entries)).not.toContain(paired.value.token)
  expect(entries).toHaveLength(1)
})

test('revoking happens once, in the own centre only, and is written down', async () => {
  const { code } = await make('agent')
  const paired = await agentWith(code)
  const id = paired.ok ? paired.value.agentId : ''
  const who = { accountId: centre.accountIds.system_administrator, role: 'system_administrator', address: null }
  const other = await makeTestCentre()
  const revoke = (centreId: string) => revokeDevice({ ...who, centreId, kind: 'agent', id }, friday)
  expect(await revoke(other.centreId)).toMatchObject({ ok: false, code: 'device_unknown' })
  expect(await revoke(centre.centreId)).toMatchObject({ ok: true })
  expect(await revoke(centre.centreId)).toMatchObject({ ok: false })
  expect(await prisma.auditEntry.count({ where: { action: 'agent.revoked', subject: id } })).toBe(1)
})

import { beforeAll, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { commandById } from '#app/db/commands.server.ts'
import { newId } from '#app/db/id.server.ts'
import type { Step } from '#app/domain/devices/command.ts'
import { recordStep } from '#app/services/devices/record-step.server.ts'
import { requestCommand } from '#app/services/devices/request-command.server.ts'
import { requestPress } from '#app/services/devices/request-press.server.ts'
import { takeCommands } from '#app/services/devices/take-commands.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre } from './support.ts'

useDatabase()
let centre: Fixture
beforeAll(async () => {
  centre = await makeTestCentre()
})

async function press(slot: number | null = 1, atMs = friday): Promise<string> {
  const sourceId = centre.sourceIds[0]
  const sent = await requestPress({ centreId: centre.centreId, sourceId, slot, how: 'good' }, atMs)
  if (!sent.ok) throw new Error(sent.code)
  return sent.value
}

function step(name: string, state: Step['state'] = 'running'): Step {
  return { state, step: name, facts: { slot: 1 }, at: `2026-11-20T00:21:0${name.length % 10}.000Z` }
}

test('two long-polls of one agent never get the same command', async () => {
  const ids = [await press(), await press(), await press()]
  const [a, b] = await Promise.all([takeCommands(centre, friday), takeCommands(centre, friday)])
  const taken = [...(a ?? []), ...(b ?? [])].map((one) => one.id)
  expect(taken.sort()).toEqual(ids.sort())
  expect(await takeCommands(centre, friday + 1000)).toEqual([])
})

test('what was taken and then fell silent is offered again; a step renews the hold', async () => {
  const own = await makeTestCentre()
  const sent = await requestPress({ ...own, sourceId: own.sourceIds[0], slot: 1, how: 'held' }, friday)
  const commandId = sent.ok ? sent.value : ''
  await takeCommands(own, friday)
  await recordStep({ ...own, commandId, step: step('finger_down') }, friday + 50_000)
  expect(await takeCommands(own, friday + 61_000)).toEqual([])
  expect((await takeCommands(own, friday + 111_000)).map((one) => one.id)).toEqual([commandId])
})

test('a command that nobody fetched for ten minutes is not done late', async () => {
  const own = await makeTestCentre()
  const sent = await requestPress({ ...own, sourceId: own.sourceIds[0], slot: 1, how: 'good' }, friday)
  expect(await takeCommands(own, friday + 600_001)).toEqual([])
  expect(await commandById(prisma, own.centreId, sent.ok ? sent.value : '')).toMatchObject({ state: 'expired' })
})

test('steps are kept in order, one told twice counts once, and what has ended stays ended', async () => {
  const commandId = await press()
  const tell = (one: Step) => recordStep({ ...centre, commandId, step: one }, friday)
  await tell(step('finger_down'))
  await tell(step('finger_down'))
  await tell(step('matched'))
  await tell(step('lifted', 'done'))
  await tell(step('late_news'))
  const command = await commandById(prisma, centre.centreId, commandId)
  expect(command?.state).toBe('done')
  expect(command?.steps.map((one) => one.step)).toEqual(['finger_down', 'matched', 'lifted'])
})

test("another agent's command is unknown", async () => {
  const commandId = await press()
  const foreign = { centreId: centre.centreId, agentId: newId(), commandId, step: step('matched') }
  expect(await recordStep(foreign, friday)).toMatchObject({ ok: false, code: 'command_unknown' })
})

test('a real reader is never pressed, an unknown one is refused, a light is asked for and written down', async () => {
  const own = await makeTestCentre()
  const [first, second] = own.sourceIds
  await prisma.source.updateMany({ where: { id: second }, data: { emulated: false } })
  const pressed = (sourceId: string) => requestPress({ ...own, sourceId, slot: 1, how: 'good' }, friday)
  expect(await pressed(second)).toMatchObject({ ok: false, code: 'reader_is_real' })
  expect(await pressed(newId())).toMatchObject({ ok: false, code: 'source_unknown' })
  expect(await pressed(centre.sourceIds[0])).toMatchObject({ ok: false, code: 'source_unknown' })
  const asked = {
    centreId: own.centreId,
    kind: 'light' as const,
    accountId: own.accountIds.system_administrator,
    role: 'system_administrator',
    address: null,
  }
  expect(await requestCommand({ ...asked, sourceId: first }, friday)).toMatchObject({ ok: true })
  const entry = await prisma.auditEntry.findFirstOrThrow({ where: { centreId: own.centreId, action: 'reader.light' } })
  expect(entry).toMatchObject({ subject: first, actor: asked.accountId })
  await prisma.agent.updateMany({ where: { id: own.agentId }, data: { revokedAt: new Date(friday) } })
  expect(await requestCommand({ ...asked, sourceId: first }, friday)).toMatchObject({
    ok: false,
    code: 'agent_missing',
  })
})

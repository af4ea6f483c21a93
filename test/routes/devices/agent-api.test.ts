import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { loader as commands } from '#app/routes/api.agent.commands.ts'
import { action as pair } from '#app/routes/api.agent.pair.ts'
import { action as punches } from '#app/routes/api.agent.punches.ts'
import { action as status } from '#app/routes/api.agent.status.ts'
import { action as steps } from '#app/routes/api.agent.steps.ts'
import { createPairing } from '#app/services/devices/create-pairing.server.ts'
import { requestPress } from '#app/services/devices/request-press.server.ts'
import { commandList, pairReceipt, punchReceipt, statusReceipt } from '#devices/contract.ts'
import { ask, site } from '#test/routes/requests.ts'
import { makeTestCentre } from '#test/services/devices/support.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { newKeys, pairedAgent, signedRequest, type TestAgent } from './signed.ts'

useDatabase()
let centre: Fixture
let agent: TestAgent
beforeAll(async () => {
  centre = await makeTestCentre()
  agent = await pairedAgent(centre.centreId, centre.sourceIds)
})

function record(seq: number, changes: Record<string, unknown> = {}) {
  const at = new Date(now()).toISOString()
  return { seq, serial: 'TEST-READER-1', subject: '1', at, score: 100, offsetMs: 10, ...changes }
}

function count() {
  return prisma.punch.count({ where: { centreId: centre.centreId } })
}

describe('delivery', () => {
  test('a signed batch is stored and answered by the contract; sent again it is known', async () => {
    const body = { epoch: randomUUID(), punches: [record(1), record(2)] }
    const first = await ask(punches, signedRequest(agent, 'POST', '/api/agent/punches', body))
    expect(first.status).toBe(200)
    expect(punchReceipt.parse(first.body)).toMatchObject({ storedThrough: 2, stored: 2, known: 0 })
    const again = await ask(punches, signedRequest(agent, 'POST', '/api/agent/punches', body))
    expect(punchReceipt.parse(again.body)).toMatchObject({ storedThrough: 2, stored: 0, known: 2 })
  })

  test('a malformed batch says where, in both languages, and stores nothing', async () => {
    const before = await count()
    const body = { epoch: 'x', punches: [record(1), record(2, { at: 'yesterday', extra: 1 })] }
    const answer = await ask(punches, signedRequest(agent, 'POST', '/api/agent/punches', body))
    expect(answer.status).toBe(400)
    const { problems } = answer.body as { problems: { path: string; zh: string; en: string }[] }
    expect(problems.map((one) => one.path)).toEqual(expect.arrayContaining(['epoch', 'punches[1].at', 'punches[1]']))
    expect(problems.every((one) => one.zh !== '' && one.en !== '')).toBe(true)
    const gap = { epoch: randomUUID(), punches: [record(1), record(3)] }
    const broken = await ask(punches, signedRequest(agent, 'POST', '/api/agent/punches', gap))
    expect(broken).toMatchObject({ status: 400, code: 'sequence_broken' })
    expect(await count()).toBe(before)
  })

  test('a changed body, a stranger’s key, no signature and a revoked agent are refused', async () => {
    const before = await count()
    const body = { epoch: randomUUID(), punches: [record(1)] }
    const path = '/api/agent/punches'
    const spoiled = signedRequest(agent, 'POST', path, body, (text) => text.replace('"score":100', '"score":101'))
    expect(await ask(punches, spoiled)).toMatchObject({ status: 401, code: 'agent_signature' })
    const stranger = { agentId: agent.agentId, key: newKeys().key }
    expect(await ask(punches, signedRequest(stranger, 'POST', path, body))).toMatchObject({ status: 401 })
    const bare = new Request(site + path, { method: 'POST', body: JSON.stringify(body) })
    expect(await ask(punches, bare)).toMatchObject({ status: 401, code: 'agent_unsigned' })
    const other = await makeTestCentre()
    const revoked = await pairedAgent(other.centreId, other.sourceIds)
    await prisma.agent.updateMany({ where: { id: revoked.agentId }, data: { revokedAt: new Date(0) } })
    expect(await ask(punches, signedRequest(revoked, 'POST', path, body))).toMatchObject({ status: 403 })
    expect(await count()).toBe(before)
  })

  test("another centre's agent with the same serial reaches its own centre only", async () => {
    const other = await makeTestCentre()
    const foreign = await pairedAgent(other.centreId, other.sourceIds)
    const before = await count()
    const body = { epoch: randomUUID(), punches: [record(1)] }
    const answer = await ask(punches, signedRequest(foreign, 'POST', '/api/agent/punches', body))
    expect(answer.status).toBe(200)
    expect(await count()).toBe(before)
    expect(await prisma.punch.count({ where: { centreId: other.centreId } })).toBe(1)
  })
})

test('an agent pairs with a code once, and may then speak', async () => {
  const { centreId, accountIds } = centre
  const asked = { centreId, kind: 'agent', name: 'east', sourceId: null, actor: accountIds.hr, address: null } as const
  const { code } = await createPairing(asked, now())
  const { publicKey, key } = newKeys()
  const body = JSON.stringify({ code, name: 'east', publicKey })
  const request = () => new Request(`${site}/api/agent/pair`, { method: 'POST', body })
  const answer = await ask(pair, request())
  const { agentId } = pairReceipt.parse(answer.body)
  expect(await ask(pair, request())).toMatchObject({ status: 410, code: 'pairing_used' })
  const report = {
    version: '1',
    at: new Date(now()).toISOString(),
    startedAt: new Date(now()).toISOString(),
    detail: 'no_reader',
    readers: [],
    queue: 0,
    offsetMs: null,
    events: [],
  }
  const spoken = await ask(status, signedRequest({ agentId, key }, 'POST', '/api/agent/status', report))
  expect(statusReceipt.safeParse(spoken.body).success).toBe(true)
  const nonsense = new Request(`${site}/api/agent/pair`, { method: 'POST', body: 'nonsense' })
  expect(await ask(pair, nonsense)).toMatchObject({ status: 400, code: 'malformed' })
})

describe('commands', () => {
  const path = '/api/agent/commands?wait=10'
  const press = async () => {
    const sent = await requestPress({ ...centre, sourceId: centre.sourceIds[0], slot: 2, how: 'good' }, now())
    return sent.ok ? sent.value : ''
  }

  test('what waits is handed out at once', async () => {
    const id = await press()
    const answer = await ask(commands, signedRequest(agent, 'GET', path))
    const list = commandList.parse(answer.body)
    expect(list.commands).toEqual([{ id, body: { kind: 'press', serial: 'TEST-READER-1', slot: 2, how: 'good' } }])
  })

  test('a long-poll wakes when a command is written', async () => {
    const started = performance.now()
    const polling = ask(commands, signedRequest(agent, 'GET', path))
    await new Promise((resolve) => setTimeout(resolve, 700))
    const id = await press()
    const answer = await polling
    expect(commandList.parse(answer.body).commands.map((one) => one.id)).toEqual([id])
    expect(performance.now() - started).toBeLessThan(6000)
    const step = { command: id, state: 'done', step: 'lifted', facts: {}, at: new Date(now()).toISOString() }
    const told = await ask(steps, signedRequest(agent, 'POST', '/api/agent/steps', step))
    expect(told.status).toBe(200)
    expect(await prisma.agentCommand.findFirst({ where: { id } })).toMatchObject({ state: 'done' })
  })

  test('with nothing to do it answers empty when the time is over', async () => {
    const answer = await ask(commands, signedRequest(agent, 'GET', '/api/agent/commands?wait=0.3'))
    expect(answer.body).toEqual({ commands: [] })
  })
})

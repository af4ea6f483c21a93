import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { action, loader } from '#app/routes/_shell.readers_.alarms.tsx'
import { loader as today } from '#app/routes/_shell.today.tsx'
import { action as status } from '#app/routes/api.agent.status.ts'
import { loader as wall } from '#app/routes/wall.tsx'
import { statusReceipt } from '#devices/contract.ts'
import { ask, get, post, type SignedIn, signedIn } from '#test/routes/requests.ts'
import { makeTestCentre } from '#test/services/devices/support.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { pairedAgent, signedRequest, type TestAgent } from './signed.ts'

useDatabase()

const path = '/readers/alarms'
let centre: Fixture
let agent: TestAgent
let hr: SignedIn
let administrator: SignedIn

beforeAll(async () => {
  centre = await makeTestCentre()
  agent = await pairedAgent(centre.centreId, centre.sourceIds)
  hr = await signedIn(centre.centreId, ['hr'])
  administrator = await signedIn(centre.centreId, ['system_administrator'])
})

type Said = {
  readonly state?: 'online' | 'offline'
  readonly moduleSerial?: string
  readonly spool?: unknown
  readonly offsetMs?: number
}

/** The agent says how its first reader does. */
function says({ state = 'online', moduleSerial = 'A1', spool, offsetMs = 0 }: Said = {}) {
  const at = new Date(now()).toISOString()
  const reader = {
    serial: centre.serials[0],
    state,
    detail: state === 'online' ? null : 'unplugged',
    dialect: 'zfm',
    capacity: 200,
    templates: 4,
    emulated: true,
    identity: { moduleSerial, firmware: '1.2', model: null },
    lastError: { code: 'unplugged', at },
  }
  const told = {
    version: '1.3.0',
    at,
    startedAt: at,
    detail: null,
    readers: [reader],
    queue: 0,
    offsetMs,
    events: [],
  }
  const body = spool === undefined ? told : { ...told, spool }
  return ask(status, signedRequest(agent, 'POST', '/api/agent/status', body))
}

const look = async (who: SignedIn = hr) =>
  (await ask(loader, get(path, who.cookie))).body as {
    view: { open: { id: string; kind: string; out: boolean; facts: object }[]; outages: { id: string }[] }
  }
const act = (fields: Record<string, string>, who: SignedIn = hr) =>
  ask(action, post(path, { csrf: who.csrf, ...fields }, who.cookie))

test('what the agent says of itself is kept, and what we do not have is asked for', async () => {
  const epoch = randomUUID()
  const spool = { epoch, next: 5, through: 4, keptFrom: 1, bytes: 900, limitBytes: 1000, oldestWaitingAt: null }
  const answer = await says({ spool })
  expect(statusReceipt.parse(answer.body).wanted).toEqual([{ epoch, first: 1, last: 4 }])
  const kept = await prisma.agent.findFirstOrThrow({ where: { centreId: centre.centreId, id: agent.agentId } })
  expect(kept).toMatchObject({ version: '1.3.0', spoolBytes: 900n, spoolLimitBytes: 1000n, clockOffsetMs: 0 })
  const source = await prisma.source.findFirstOrThrow({ where: { id: centre.sourceIds[0] } })
  expect(source.lastError).toBe('unplugged')
  const { view } = await look()
  expect(view.open.map((one) => one.kind).sort()).toEqual(['sequence_gap', 'spool_filling'])
})

describe('the page of alarms', () => {
  test('shows what is out, on the board too; after it HR confirms the outage', async () => {
    await says({ state: 'offline' })
    const alarm = (await look()).view.open.find((one) => one.kind === 'reader_offline')
    expect(alarm).toMatchObject({ out: true })
    const staff = await signedIn(centre.centreId, ['guide'])
    const board = await ask(today, get('/today', staff.cookie))
    expect(board.body).toMatchObject({ alarms: [{ kind: 'reader_offline', zones: [{ code: 'A' }] }] })
    // On the hall's screen such a reader has its own line already.
    expect((await ask(wall, get('/wall', staff.cookie))).body).toMatchObject({ alarms: [] })
    expect(await act({ intent: 'seen', id: alarm?.id ?? '' })).toMatchObject({ location: `${path}?done=seen` })
    const [outage] = (await look()).view.outages
    const confirm = { intent: 'confirm', id: outage?.id ?? '' }
    expect(await act(confirm)).toMatchObject({ location: `${path}?done=gone` })
    await says()
    expect(await act(confirm, administrator)).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await act(confirm)).toMatchObject({ location: `${path}?done=confirmed` })
    expect((await look()).view.open.some((one) => one.kind === 'reader_offline')).toBe(false)
  })

  test('tells the hall’s screen of what it would not know: a clock that is far off', async () => {
    await says({ offsetMs: 500_000 })
    expect((await ask(wall, get('/wall', hr.cookie))).body).toMatchObject({
      alarms: [{ kind: 'clock_drift', out: true }],
    })
    await says()
    expect((await ask(wall, get('/wall', hr.cookie))).body).toMatchObject({ alarms: [] })
  })

  test('lets the system administrator accept another module', async () => {
    const [id] = centre.sourceIds
    await says({ moduleSerial: 'B7' })
    expect((await look()).view.open.map((one) => one.kind)).toContain('identity_changed')
    expect(await act({ intent: 'accept', id })).toMatchObject({ status: 403 })
    expect(await act({ intent: 'accept', id }, administrator)).toMatchObject({ location: `${path}?done=accepted` })
    expect((await look()).view.open.map((one) => one.kind)).not.toContain('identity_changed')
  })

  test('takes an outage that somebody noticed, and says what is wrong with one', async () => {
    const wrong = await act({ intent: 'declare', sourceId: '', from: '', to: '', reason: '' })
    expect(wrong).toMatchObject({
      status: 400,
      body: { problems: { sourceId: 'reader', from: 'time', to: 'time', reason: 'reason' } },
    })
    const local = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16)
    const [, sourceId] = centre.sourceIds
    const from = local(now() - 7_200_000)
    const good = { intent: 'declare', sourceId, from, to: local(now() - 3_600_000), reason: '玻璃面破裂' }
    expect(await act(good, administrator)).toMatchObject({ status: 403 })
    expect(await act({ ...good, sourceId: randomUUID() })).toMatchObject({ status: 404 })
    expect(await act(good)).toMatchObject({ location: `${path}?done=declared` })
    expect(await prisma.outage.findMany({ where: { sourceId, reason: good.reason } })).toMatchObject([
      { confirmedBy: hr.accountId },
    ])
  })

  test('knows which device another page led here for', async () => {
    const [sourceId] = centre.sourceIds
    const { body } = await ask(loader, get(`${path}?source=${sourceId}`, hr.cookie))
    expect(body).toMatchObject({ about: sourceId })
    expect((body as { view: { readers: { id: string }[] } }).view.readers.map((one) => one.id)).toContain(sourceId)
  })

  test('refuses what it does not know', async () => {
    expect(await act({ intent: 'constructor', id: randomUUID() })).toMatchObject({ status: 400 })
    expect(await act({ intent: 'seen', id: 'x' })).toMatchObject({ status: 404 })
    expect(await act({ intent: 'seen', id: randomUUID() })).toMatchObject({ location: `${path}?done=gone` })
    const other = await makeTestCentre()
    const stranger = await signedIn(other.centreId, ['hr'])
    const [outage] = (await look()).view.outages
    expect(await act({ intent: 'confirm', id: outage?.id ?? '' }, stranger)).toMatchObject({
      location: `${path}?done=gone`,
    })
  })
})

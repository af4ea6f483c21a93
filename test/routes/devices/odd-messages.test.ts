import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { action as punches } from '#app/routes/api.agent.punches.ts'
import { action as status } from '#app/routes/api.agent.status.ts'
import { ask } from '#test/routes/requests.ts'
import { makeTestCentre } from '#test/services/devices/support.ts'
import { useDatabase } from '#test/support/database.ts'
import { pairedAgent, signedRequest, type TestAgent } from './signed.ts'

useDatabase()
let agent: TestAgent
beforeAll(async () => {
  const centre = await makeTestCentre()
  agent = await pairedAgent(centre.centreId, centre.sourceIds)
})

const at = () => new Date(now()).toISOString()

async function deliver(changes: Record<string, unknown>) {
  const record = { seq: 1, serial: 'TEST-READER-1', subject: '1', at: at(), score: 1, offsetMs: 0, ...changes }
  const body = { epoch: randomUUID(), punches: [record] }
  return (await ask(punches, signedRequest(agent, 'POST', '/api/agent/punches', body))).status
}

const reader = {
  serial: 'TEST-READER-1',
  state: 'online',
  detail: null,
  dialect: null,
  capacity: 200,
  templates: 4,
  emulated: true,
}

async function report(changes: Record<string, unknown>) {
  const lists = { readers: [reader], events: [] }
  const body = { version: '1', at: at(), startedAt: at(), detail: null, queue: 0, offsetMs: 0, ...lists, ...changes }
  return (await ask(status, signedRequest(agent, 'POST', '/api/agent/status', body))).status
}

describe('a punch that no database could keep is refused as malformed, so that its agent sets it aside', () => {
  test.each([
    ['a year before there were clocks', { at: '0000-01-01T00:00:00.000Z' }],
    ['a year that its zone takes past 9999', { at: '9999-12-31T23:59:59.999-23:59' }],
    ['a subject with a zero character', { subject: '1\0' }],
    ['a serial with half a character', { serial: '\ud800' }],
    ['an offset longer than there are years', { offsetMs: 1e15 }],
  ])('%s', async (_what, changes) => {
    expect(await deliver(changes)).toBe(400)
  })

  test.each([
    ['a clock that lost its date', { at: '2000-01-01T00:00:00.000Z', offsetMs: -848_000_000_000 }],
    ['a clock at the end of its years', { at: '9999-12-31T23:59:59.999Z', offsetMs: 251_600_000_000_000 }],
    ['a zone of three quarters', { at: '2026-11-22T22:45:00.000+05:45' }],
  ])('%s is kept', async (_what, changes) => {
    expect(await deliver(changes)).toBe(200)
  })
})

describe('a status with odd figures', () => {
  test.each([
    ['an offset longer than there are years', { offsetMs: 1e15 }],
    ['more waiting than a column counts', { queue: 2 ** 40 }],
    ['more slots than a column counts', { readers: [{ ...reader, capacity: 2 ** 40 }] }],
  ])('%s is malformed', async (_what, changes) => {
    expect(await report(changes)).toBe(400)
  })

  test('a clock at either end of time is still a status', async () => {
    const last = '9999-12-31T23:59:59.999Z'
    expect(await report({ at: last, startedAt: last, offsetMs: -250_000_000_000_000 })).toBe(200)
    expect(await report({ startedAt: '1970-01-01T00:00:00.000Z', offsetMs: 250_000_000_000_000 })).toBe(200)
  })

  test('characters that no text holds are left out of what is said', async () => {
    const identity = { moduleSerial: 'M\0', firmware: '\ud800v1', model: null }
    const event = { serial: reader.serial, at: at(), kind: 'poor_image', detail: 'w\0et\ud800' }
    const said = {
      detail: 'no\0',
      readers: [{ ...reader, state: 'fault', detail: 'lo\0st', identity }],
      events: [event],
    }
    expect(await report(said)).toBe(200)
    const noted = await prisma.readerEvent.findFirst({ where: { centreId: agent.centreId, kind: 'poor_image' } })
    expect(noted?.detail).toEqual({ text: 'w et ' })
  })
})

import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { anonymousCookieName } from '#app/auth/cookies.server.ts'
import { anonymousCsrf } from '#app/auth/csrf.server.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import type { KioskGreeting } from '#app/domain/devices/greeting.ts'
import { loader as events } from '#app/routes/kiosk.events.ts'
import { action, loader } from '#app/routes/kiosk.tsx'
import { createPairing } from '#app/services/devices/create-pairing.server.ts'
import { ingestPunches } from '#app/services/devices/ingest-punches.server.ts'
import { recordStatus } from '#app/services/devices/record-status.server.ts'
import { revokeDevice } from '#app/services/devices/revoke-device.server.ts'
import { ask, contextOf, get, post } from '#test/routes/requests.ts'
import { makeTestCentre, punch } from '#test/services/devices/support.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'

/** What an agent says that has nothing else to say. */
const quiet = { startedAtMs: 0, detail: null, readers: [], queue: 0, offsetMs: null }

useDatabase()
let centre: Fixture
beforeAll(async () => {
  centre = await makeTestCentre()
})

const formCookie = `${anonymousCookieName}=test-secret`

function pairForm(code: string): Request {
  const { token } = anonymousCsrf({ request: get('/kiosk', formCookie) })
  return post('/kiosk', { code, csrf: token }, formCookie)
}

async function pairedCookie(sourceId: string | null = null): Promise<string> {
  const { centreId, accountIds } = centre
  const asked = { centreId, kind: 'kiosk', name: 'hall', sourceId, actor: accountIds.hr, address: null } as const
  const { code } = await createPairing(asked, now())
  const answer = await ask(action, pairForm(code))
  expect(answer).toMatchObject({ status: 302, location: '/kiosk' })
  return answer.setCookie?.split(';')[0] ?? ''
}

type Heard = { readonly event: string; readonly data: unknown }

/** Reads a stream as a browser does, until the wanted event comes. */
function listen(cookie: string) {
  const closing = new AbortController()
  const opened = events({ request: get('/kiosk/events', cookie), params: {}, context: contextOf(closing) })
  const heard: Heard[] = []
  const reading = opened.then(async (response) => {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
      const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) heard.push(...messageOf(part))
    }
  })
  const until = async (event: string, fits = (_: unknown) => true, ms = 8000): Promise<unknown> => {
    for (const end = Date.now() + ms; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 25))) {
      const found = heard.find((one) => one.event === event && fits(one.data))
      if (found) return found.data
    }
    throw new Error(`no ${event} in ${ms} ms; heard ${heard.map((one) => one.event).join(', ')}`)
  }
  const stop = async () => {
    closing.abort()
    await reading
  }
  return { opened, until, stop, heard }
}

function messageOf(part: string): Heard[] {
  const event = /^event: (.*)$/m.exec(part)?.[1]
  const data = /^data: (.*)$/m.exec(part)?.[1]
  return event === undefined || data === undefined ? [] : [{ event, data: JSON.parse(data) }]
}

test('a screen without a token asks for a code and says what is wrong with it', async () => {
  const page = await ask(loader, get('/kiosk'))
  expect(page.body).toMatchObject({ view: null })
  expect((await ask(action, pairForm(''))).body).toMatchObject({ problem: 'empty' })
  expect((await ask(action, pairForm('abc'))).body).toMatchObject({ problem: 'malformed', code: 'abc' })
  expect((await ask(action, pairForm('ZZZZ-ZZZZ'))).body).toMatchObject({ problem: 'pairing_unknown' })
  expect(await ask(action, post('/kiosk', { code: 'ZZZZ-ZZZZ' }))).toMatchObject({ status: 403, code: 'form_token' })
})

test('a paired screen gets its view, and after it is revoked nothing', async () => {
  const cookie = await pairedCookie()
  const page = await ask(loader, get('/kiosk', cookie))
  const view = (page.body as { view: Record<string, unknown> }).view
  expect(view).toMatchObject({ inService: 4, centre: { nameEn: 'Pilot Service Centre' } })
  expect(view.readers).toHaveLength(2)
  const stream = listen(cookie)
  await stream.opened
  const kiosk = await prisma.kiosk.findFirstOrThrow({
    where: { centreId: centre.centreId },
    orderBy: { pairedAt: 'desc' },
  })
  const who = { accountId: centre.accountIds.hr, role: 'hr', address: null }
  await new Promise((resolve) => setTimeout(resolve, 500))
  await revokeDevice({ ...who, centreId: centre.centreId, kind: 'kiosk', id: kiosk.id }, now())
  await stream.until('gone')
  await stream.stop()
  expect(await ask(events, get('/kiosk/events', cookie))).toMatchObject({ status: 401, code: 'kiosk_unknown' })
  expect((await ask(loader, get('/kiosk', cookie))).body).toMatchObject({ view: null })
})

test('a punch is greeted on the screen with name, window, post and partner, then the list follows', async () => {
  const own = centre
  const partner = punch(1, { subject: '2', atMs: now() - 3000 })
  await ingestPunches({ ...own, epoch: randomUUID(), punches: [partner] }, now())
  const stream = listen(await pairedCookie(own.sourceIds[0]))
  await stream.opened
  await new Promise((resolve) => setTimeout(resolve, 500))
  await ingestPunches({ ...own, epoch: randomUUID(), punches: [punch(1, { atMs: now() })] }, now())
  const ofHer = (one: unknown) => (one as KioskGreeting).person?.name === '陆𬭎'
  const greeting = (await stream.until('greeting', ofHer)) as KioskGreeting
  expect(greeting.person).toMatchObject({ post: 'chief', window: { number: 'A01' } })
  expect(JSON.stringify(greeting)).not.toMatch(/score|annual|sick/)
  // A view of the moment before, with the partner alone, may have come first.
  await stream.until('view', (view) => (view as { present: number }).present === 2)
  await stream.stop()
})

test('a punch is first said to be received, then judged under the same key; another reader’s screen hears neither', async () => {
  const [here, there] = [
    listen(await pairedCookie(centre.sourceIds[0])),
    listen(await pairedCookie(centre.sourceIds[1])),
  ]
  await Promise.all([here.opened, there.opened])
  await new Promise((resolve) => setTimeout(resolve, 500))
  await ingestPunches({ ...centre, epoch: randomUUID(), punches: [punch(1, { subject: '3', atMs: now() })] }, now())
  const judged = (await here.until('greeting', (one) => (one as KioskGreeting).code !== 'received')) as KioskGreeting
  const said = here.heard.filter((one) => one.event === 'greeting').map((one) => one.data as KioskGreeting)
  expect(said.map((one) => [one.key, one.person, one.second])).toEqual(
    [judged, judged].map((one) => [one.key, one.person, one.second]),
  )
  expect(said[0]?.code).toBe('received')
  expect(there.heard.filter((one) => one.event === 'greeting')).toEqual([])
  await Promise.all([here.stop(), there.stop()])
})

test('a finger that was not read is answered, and another reader’s screen stays quiet', async () => {
  const [here, there] = [
    listen(await pairedCookie(centre.sourceIds[0])),
    listen(await pairedCookie(centre.sourceIds[1])),
  ]
  await Promise.all([here.opened, there.opened])
  await new Promise((resolve) => setTimeout(resolve, 500))
  const event = { serial: 'TEST-READER-1', atMs: now(), kind: 'not_recognised', detail: '' }
  await recordStatus({ ...centre, ...quiet, events: [event] }, now())
  expect(await here.until('greeting')).toMatchObject({ code: 'not_recognised', attempt: 1, person: null })
  expect(there.heard.filter((one) => one.event === 'greeting')).toEqual([])
  await Promise.all([here.stop(), there.stop()])
})

test.each(['poor_image', 'finger_held'] as const)('a finger with %s is answered at once', async (kind) => {
  const stream = listen(await pairedCookie(centre.sourceIds[0]))
  await stream.opened
  await new Promise((resolve) => setTimeout(resolve, 500))
  const event = { serial: 'TEST-READER-1', atMs: now(), kind, detail: 'too_wet' }
  await recordStatus({ ...centre, ...quiet, events: [event] }, now())
  expect(await stream.until('greeting')).toMatchObject({ code: kind, person: null })
  await stream.stop()
})

test('nobody’s finger is said to be nobody’s', async () => {
  const stream = listen(await pairedCookie())
  await stream.opened
  await new Promise((resolve) => setTimeout(resolve, 500))
  await ingestPunches({ ...centre, epoch: randomUUID(), punches: [punch(1, { subject: '99', atMs: now() })] }, now())
  expect(await stream.until('greeting')).toMatchObject({ code: 'parked', subject: '99', tone: 'bad' })
  await stream.stop()
})

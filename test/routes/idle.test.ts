import { beforeAll, describe, expect, it } from 'vitest'
import { visitorOrNull } from '#app/auth/visitor.server.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { contextOf, post, type SignedIn, signedIn, site } from './requests.ts'

useDatabase()

const minute = 60_000

let fixture: Fixture
let one: SignedIn
beforeAll(async () => {
  fixture = await makeCentre(prisma)
  one = await signedIn(fixture.centreId, ['duty_officer'])
})

/** Whether the session counts as used after this request; it was last used five minutes before. */
async function isUsedBy(request: Request): Promise<boolean> {
  const before = now() - 5 * minute
  const where = { centreId_id: { centreId: fixture.centreId, id: one.sessionId } }
  await prisma.session.update({ where, data: { seenAt: new Date(before) } })
  expect(await visitorOrNull({ request, context: contextOf() })).not.toBeNull()
  return (await prisma.session.findUniqueOrThrow({ where })).seenAt.getTime() > before
}

function asking(accept: string, cookie = ''): Request {
  return new Request(`${site}/today`, { headers: { accept, cookie: `${one.cookie}${cookie}` } })
}

describe('a session is used', () => {
  it('by opening a page and by sending a form', async () => {
    expect(await isUsedBy(asking('text/html,application/xhtml+xml'))).toBe(true)
    expect(await isUsedBy(post('/role', { role: 'duty_officer' }, one.cookie))).toBe(true)
  })

  it('by what a page asks for just after somebody touched it', async () => {
    expect(await isUsedBy(asking('*/*', '; ws_here=1'))).toBe(true)
  })

  it('not by a page that refreshes itself, nor by its event stream', async () => {
    expect(await isUsedBy(asking('*/*'))).toBe(false)
    expect(await isUsedBy(asking('text/event-stream'))).toBe(false)
  })
})

import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { publish } from '#app/db/events.server.ts'
import { newId } from '#app/db/id.server.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { startJobs, stopJobs } from '#app/jobs/queue.server.ts'
import { clockQueue } from '#app/jobs/queues.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'

useDatabase()

let fixture: Fixture
const faults: string[] = []

async function stale(): Promise<void> {
  const { centreId, personIds } = fixture
  const day = toDate(civilOf(now() - 7 * 86_400_000, 'Asia/Shanghai').day)
  await prisma.staleDay.createMany({ data: personIds.map((personId) => ({ centreId, personId, day })) })
}

const noneStale = () =>
  vi.waitFor(async () => expect(await prisma.staleDay.count()).toBe(0), { timeout: 15_000, interval: 200 })

beforeAll(async () => {
  fixture = await makeCentre(prisma)
  const { centreId } = fixture
  const at = new Date(now() - 600_000)
  await prisma.auditEntry.create({ data: { centreId, id: newId(), at, actor: 'system', action: 'tried' } })
  await stale()
  await startJobs((fault, queue) => faults.push(`${queue}: ${String(fault)}`))
})

afterAll(() => stopJobs())

it('does at its start what waited while nobody ran', async () => {
  await noneStale()
  expect(await prisma.halfResult.count()).toBeGreaterThanOrEqual(8)
  await vi.waitFor(async () => expect(await prisma.auditSeal.count()).toBe(1), { timeout: 15_000, interval: 200 })
  expect(faults).toEqual([])
})

it('recomputes soon after it is told that days are stale', async () => {
  await stale()
  await publish(prisma, { topic: 'result', centreId: fixture.centreId, stale: 4 })
  await noneStale()
  expect(faults).toEqual([])
})

it('does what the clock asks for, which goes through a queue of its own', async () => {
  await stale()
  const due = JSON.stringify({ name: 'recompute-stale', data: {} })
  // As the library's own clock does it, every minute.
  await prisma.$executeRaw`INSERT INTO pgboss.job (name, data) VALUES (${clockQueue}, ${due}::jsonb)`
  await noneStale()
  expect(faults).toEqual([])
})

import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { printJob } from '#app/db/print-jobs.server.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { startJobs, stopJobs } from '#app/jobs/queue.server.ts'
import { subscribe } from '#app/live/events.server.ts'
import { requestPrint } from '#app/services/assessment/request-print.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'

useDatabase()

let fixture: Fixture
const faults: string[] = []
const { day } = civilOf(now(), 'Asia/Shanghai')

beforeAll(async () => {
  fixture = await makeCentre(prisma)
})

afterAll(() => stopJobs())

const ended = (id: string) =>
  vi.waitFor(async () => expect((await printJob(prisma, fixture.centreId, id))?.state).toBe('done'), {
    timeout: 20_000,
    interval: 100,
  })

it('prints at its start what was asked for while nobody ran, and what was left half done', async () => {
  const { centreId, accountIds, personIds } = fixture
  const id = newId()
  await prisma.printJob.create({
    data: {
      centreId,
      id,
      kind: 'pdf',
      year: Number(day.slice(0, 4)),
      personIds: [...personIds],
      state: 'running',
      done: 2,
      requestedBy: accountIds.hr,
      createdAt: new Date(now()),
    },
  })
  await startJobs((fault, queue) => faults.push(`${queue}: ${String(fault)}`))
  await ended(id)
  expect(faults).toEqual([])
})

it('wakes as soon as it is asked, and tells the page how far it is', async () => {
  const { centreId, accountIds, personIds } = fixture
  const told: (string | undefined)[] = []
  const stop = subscribe(
    (event) => event.topic === 'print',
    (event) => told.push(event.id),
  )
  const by = { accountId: accountIds.hr, role: 'hr', address: null }
  const centre = { id: centreId, name: '试点市政务服务中心' }
  const scope = { centreId, reach: 'centre' } as const
  const year = Number(day.slice(0, 4))
  const asked = await requestPrint({ centre, scope, kind: 'zip', year, today: day, personIds, ...by }, now())
  if (!asked.ok) throw new Error(asked.code)
  await ended(asked.value.id)
  stop()
  // Asked, begun, ended.
  expect(told.filter((id) => id === asked.value.id).length).toBeGreaterThanOrEqual(3)
  expect(faults).toEqual([])
})

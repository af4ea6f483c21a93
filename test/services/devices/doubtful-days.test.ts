import { expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { likelyAt } from '#app/db/doubt-sql.server.ts'
import { markDoubtful } from '#app/db/doubtful-days.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { likelyMs } from '#app/domain/devices/doubtful.ts'
import { instant } from '#test/services/attendance/facts.ts'
import { useDatabase } from '#test/support/database.ts'
import { makeCentre } from '#test/support/fixture.ts'
import { doubtfulPunch } from './doubt.ts'

useDatabase()

it('a punch that comes into quarantine has the day judged again on which it was most likely made', async () => {
  const fixture = await makeCentre(prisma)
  const received = '2026-11-20 09:00:00'
  await doubtfulPunch(fixture, { at: '2026-11-20 03:00:00', received, offsetMs: 300_000 })
  await doubtfulPunch(fixture, { at: '2026-11-20 08:50:00', received, offsetMs: 300_000, subject: '77' })
  await doubtfulPunch(fixture, { at: '2026-11-20 08:50:00', received, quarantine: null, subject: '3' })
  const centre = { id: fixture.centreId, zone: 'Asia/Shanghai' }
  await inTransaction((tx) => markDoubtful(tx, centre, instant(received)))
  const stale = await prisma.staleDay.findMany({ where: { centreId: fixture.centreId } })
  expect(stale).toMatchObject([{ personId: fixture.personIds[1], day: toDate('2026-11-19') }])
})

it('the database and the domain agree on when a punch was most likely made', async () => {
  const fixture = await makeCentre(prisma)
  const times = [
    '1999-12-31 23:59:59',
    '2019-12-31 20:00:00',
    '2026-11-20 08:50:00',
    '2026-11-20 09:30:00',
    '2090-01-01 00:00:00',
  ]
  const offsets = [null, -(2 ** 31), -90_000_000, -300_000, 0, 300_000, 2 ** 31 - 1]
  for (const at of times) {
    for (const offsetMs of offsets) {
      for (const quarantine of ['future', 'before_2020', 'clock_off', 'unconfirmed'] as const) {
        await doubtfulPunch(fixture, { at, received: '2026-11-20 09:00:00', offsetMs, quarantine })
      }
    }
  }
  type Row = { quarantine: string; recordedMs: number; receivedMs: number; offsetMs: number | null; likely: number }
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT p.quarantine, (extract(epoch FROM p.at) * 1000)::float8 AS "recordedMs", p.offset_ms AS "offsetMs",
           (extract(epoch FROM p.received_at) * 1000)::float8 AS "receivedMs",
           (extract(epoch FROM ${likelyAt('p')}) * 1000)::float8 AS likely
      FROM punch p WHERE p.centre_id = ${fixture.centreId}::uuid`
  expect(rows).toHaveLength(140)
  for (const row of rows) expect(row.likely).toBe(likelyMs(row))
})

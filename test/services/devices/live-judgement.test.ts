import { expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { fromDate } from '#app/db/dates.ts'
import { followRecords } from '#app/db/terminal-punches.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { makeTestCentre } from './support.ts'

useDatabase()

it('somebody at a terminal on a day that cannot be judged yet is judged when it can', async () => {
  const { centreId, sourceIds, personIds } = await makeTestCentre()
  const [personId] = personIds
  // Nobody knows the calendar of that year.
  const atMs = Date.parse('2041-03-12T00:40:00.000Z')
  const record = { seq: 1, atMs, subject: '1', personId }
  await inTransaction((tx) => followRecords(tx, { id: centreId, zone: 'Asia/Shanghai' }, sourceIds[0], [record], atMs))
  const waiting = await prisma.staleDay.findMany({ where: { centreId } })
  expect(waiting.map((row) => [row.personId, fromDate(row.day)])).toEqual([[personId, '2041-03-12']])
})

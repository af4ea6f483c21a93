import { expect, it } from 'vitest'
import { pool, prisma } from '#app/db/client.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { makeCentre } from '#test/support/fixture.ts'

useDatabase()

it('puts two small centres beside each other, as the web role', async () => {
  const first = await inTransaction(makeCentre)
  const second = await makeCentre(prisma)
  expect(await prisma.centre.count()).toBe(2)
  expect(await prisma.person.count({ where: { centreId: first.centreId } })).toBe(4)
  expect(await prisma.account.count({ where: { centreId: second.centreId } })).toBe(18)
  const { rows } = await pool.query('SELECT current_user AS me, current_setting($1) AS zone', ['TimeZone'])
  expect(rows[0]).toEqual({ me: 'window_staff_web', zone: 'UTC' })
})

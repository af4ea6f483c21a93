import type { FirstStepKey } from '#app/domain/hall/first-steps.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

/** Which of the things that a working hall needs a centre has at least one of. */
export async function whatIsThere(db: Tx | PrismaClient, centreId: string): Promise<Record<FirstStepKey, boolean>> {
  const [row] = await db.$queryRaw<Record<FirstStepKey, boolean>[]>`
    SELECT EXISTS (SELECT FROM zone WHERE centre_id = c.id) AS zones,
           EXISTS (SELECT FROM dispatching_unit WHERE centre_id = c.id) AS units,
           EXISTS (SELECT FROM "window" WHERE centre_id = c.id) AS windows,
           EXISTS (SELECT FROM posting WHERE centre_id = c.id) AS people,
           EXISTS (SELECT FROM account WHERE centre_id = c.id AND person_id IS NOT NULL) AS accounts,
           EXISTS (SELECT FROM source WHERE centre_id = c.id) AS readers,
           EXISTS (SELECT FROM enrolment WHERE centre_id = c.id) AS fingers
      FROM (SELECT ${centreId}::uuid AS id) AS c`
  if (row === undefined) throw new Error('a SELECT without a condition gave no row')
  return row
}

import type pg from 'pg'
import { queuePolicy, queueSchema } from '#app/jobs/queues.ts'
import { until } from '../tour/world.ts'

const held = ['recompute-stale', 'close-days'] as const

/**
 * Keeps the server's own jobs from recomputing days while something else is measured. A queue has one waiting place; when the
 * jobs of the start are done, one that begins next year takes it, and every later one finds it taken.
 */
export async function holdRecomputation(db: pg.Client): Promise<void> {
  for (const name of held) {
    await until(`${name} is idle`, async () => {
      await db.query(
        `INSERT INTO ${queueSchema}.job (name, data, policy, start_after, keep_until)
         VALUES ($1, '{}', $2, now() + interval '1 year', now() + interval '2 years') ON CONFLICT DO NOTHING`,
        [name, queuePolicy],
      )
      const { rows } = await db.query<{ busy: boolean; held: boolean }>(
        `SELECT coalesce(bool_or(state = 'active' OR start_after <= now()), false) AS busy,
                coalesce(bool_or(start_after > now()), false) AS held
           FROM ${queueSchema}.job WHERE name = $1 AND state IN ('created', 'active')`,
        [name],
      )
      return rows[0]?.held === true && !rows[0].busy
    })
  }
}

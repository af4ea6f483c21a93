import type pg from 'pg'
import PgBoss from 'pg-boss'
import { clockQueue, queuePolicy, queueSchema, queues } from '#app/jobs/queues.ts'

/** The installed version of the queue's own schema and whether every queue of the program exists. */
async function isInstalled(client: pg.Client): Promise<boolean> {
  const { rows: found } = await client.query(`SELECT to_regclass('${queueSchema}.version') AS version`)
  if (found[0]?.version === null) return false
  const { rows } = await client.query<{ names: string[]; version: number }>(
    `SELECT array_agg(name) AS names, (SELECT version FROM ${queueSchema}.version) AS version FROM ${queueSchema}.queue`,
  )
  const names = rows[0]?.names ?? []
  const wanted = Number(
    /INSERT INTO \w+\.version\(version\) VALUES \('(\d+)'\)/i.exec(PgBoss.getConstructionPlans(queueSchema))?.[1],
  )
  return rows[0]?.version === wanted && [clockQueue, ...queues].every((name) => names.includes(name))
}

async function install(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: queueSchema,
    max: 2,
    supervise: false,
    schedule: false,
  })
  boss.on('error', () => {})
  await boss.start()
  await boss.createQueue(clockQueue)
  for (const name of queues) await boss.createQueue(name, { name, policy: queuePolicy })
  await boss.stop({ graceful: false, wait: true })
}

/** Makes the job queue's tables as owner, so that the web role needs no right to create anything. */
export async function installQueues(ownerUrl: string, client: pg.Client): Promise<void> {
  if (await isInstalled(client)) return
  await install(ownerUrl)
  await client.query(`GRANT USAGE ON SCHEMA ${queueSchema} TO window_staff_web`)
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${queueSchema} TO window_staff_web`)
  await client.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${queueSchema} TO window_staff_web`)
}

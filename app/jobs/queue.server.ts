import PgBoss from 'pg-boss'
import { now } from '#app/clock.server.ts'
import { createDirectPool } from '#app/db/client.server.ts'
import { subscribe } from '#app/live/events.server.ts'
import { log } from '#app/server/log.server.ts'
import { printWaiting } from '#app/services/assessment/print-registers.server.ts'
import { closeDays } from '#app/services/attendance/close-days.server.ts'
import { recomputeStale } from '#app/services/attendance/recompute.server.ts'
import { removeDeparted } from '#app/services/devices/remove-departed.server.ts'
import { watchReaders } from '#app/services/devices/watch-readers.server.ts'
import { type QueueName, queueSchema, queues } from './queues.ts'
import { sealSettled } from './seal-audit.server.ts'

/** Each handler finds its own work in the tables, so a job that is lost or runs twice changes nothing. */
const handlers: Readonly<Record<QueueName, () => Promise<unknown>>> = {
  'recompute-stale': () => recomputeStale(),
  'close-days': () => closeDays().then(() => removeDeparted(now())),
  'seal-audit': () => sealSettled(),
  'watch-readers': () => watchReaders(now(), listeningSince),
  'print-registers': () => printWaiting({ clock: now }),
}

/** Days and slots end on the centre's clock, which a demo moves: every few minutes suits every zone and every rule. */
const schedules: Readonly<Record<QueueName, string>> = {
  'recompute-stale': '* * * * *',
  'close-days': '*/5 * * * *',
  'seal-audit': '* * * * *',
  'watch-readers': '* * * * *',
  'print-registers': '* * * * *',
}

const sending = { retryLimit: 0, expireInSeconds: 600 }
const stopPatienceMs = 3_000

export type ReportFault = (fault: unknown, queue: string) => void

type Running = {
  readonly boss: PgBoss
  readonly pool: ReturnType<typeof createDirectPool>
  readonly unsubscribe: () => void
}

let running: Running | null = null
/** When this process began to listen to agents, epoch milliseconds. */
let listeningSince = 0

function toLog(fault: unknown, queue: string): void {
  log().error({ err: fault, queue }, 'background job')
}

async function workOn(boss: PgBoss, name: QueueName, report: ReportFault): Promise<string> {
  const worker = await boss.work(name, { pollingIntervalSeconds: 1 }, async () => {
    try {
      await handlers[name]()
    } catch (fault) {
      report(fault, name)
      throw fault
    }
  })
  await boss.schedule(name, schedules[name], {}, sending)
  // What waited while no process ran is done now and not at the next full minute.
  await boss.send(name, {}, sending)
  return worker
}

type Workers = Readonly<Partial<Record<QueueName, string>>>
type Wake = { readonly boss: PgBoss; readonly workers: Workers; readonly report: ReportFault }

/** Sends a job and does not wait for the next look into the queue. */
async function wake({ boss, workers, report }: Wake, name: QueueName): Promise<void> {
  try {
    await boss.send(name, {}, sending)
    const worker = workers[name]
    if (worker) boss.notifyWorker(worker)
  } catch (fault) {
    report(fault, name)
  }
}

/** A backlog that arrived marks days as stale and says so, a print that was asked for likewise; after a gap nobody knows. */
function listenForWork(waking: Wake): () => void {
  const stale = subscribe(
    (event) => event.topic === 'resync' || (event.topic === 'result' && typeof event.stale === 'number'),
    () => void wake(waking, 'recompute-stale'),
  )
  const print = subscribe(
    (event) => event.topic === 'resync' || (event.topic === 'print' && event.wake === 1),
    () => void wake(waking, 'print-registers'),
  )
  return () => {
    stale()
    print()
  }
}

/** Starts the background work of this process. Any number of processes may; each job goes to one of them. */
export async function startJobs(report: ReportFault = toLog): Promise<void> {
  if (running !== null) return
  listeningSince = now()
  const pool = createDirectPool(3, 'window-staff jobs')
  const boss = new PgBoss({
    // A job that outlived the patience of stopJobs() still wants to note its end; its queue row expires by itself.
    db: { executeSql: async (text, values) => (pool.ending ? { rows: [] } : pool.query(text, values)) },
    schema: queueSchema,
    migrate: false,
    archiveCompletedAfterSeconds: 600,
    deleteAfterDays: 1,
  })
  boss.on('error', (fault) => report(fault, 'queue'))
  await boss.start()
  const workers: Partial<Record<QueueName, string>> = {}
  running = { boss, pool, unsubscribe: listenForWork({ boss, workers, report }) }
  for (const name of queues) workers[name] = await workOn(boss, name, report)
}

/** Lets running jobs finish for a moment, then ends. */
export async function stopJobs(): Promise<void> {
  if (running === null) return
  const { boss, pool, unsubscribe } = running
  running = null
  unsubscribe()
  await boss.stop({ graceful: true, wait: true, timeout: stopPatienceMs })
  await pool.end()
}

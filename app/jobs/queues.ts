/** The queues of the program. They are made by `npm run migrate`, as owner: the web role may not create tables. */
export const queues = ['recompute-stale', 'close-days', 'seal-audit', 'watch-readers', 'print-registers'] as const

export type QueueName = (typeof queues)[number]

/** PostgreSQL schema of the job queue. */
export const queueSchema = 'pgboss'

/** A queue holds one waiting job: each run finds all there is to do, so a second in line would find nothing. */
export const queuePolicy = 'short'

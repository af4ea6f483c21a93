/** The queues of the program. They are made by `npm run migrate`, as owner: the web role may not create tables. */
export const queues = ['recompute-stale', 'close-days', 'seal-audit', 'watch-readers', 'print-registers'] as const

/**
 * The queue through which the library hands on what its schedule is due for. It would make it by itself, may not as the web
 * role, and is silent about it: without it nothing is ever done by the clock.
 */
export const clockQueue = '__pgboss__send-it'

export type QueueName = (typeof queues)[number]

/** PostgreSQL schema of the job queue. */
export const queueSchema = 'pgboss'

/** A queue holds one waiting job: each run finds all there is to do, so a second in line would find nothing. */
export const queuePolicy = 'short'

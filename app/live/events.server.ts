import pg from 'pg'
import { type LiveEvent, liveChannel } from '#app/db/events.server.ts'
import { env } from '#app/env.server.ts'

export type { LiveEvent } from '#app/db/events.server.ts'

type Subscriber = { readonly filter: (event: LiveEvent) => boolean; readonly onEvent: (event: LiveEvent) => void }

const shortestPauseMs = 200
const longestPauseMs = 5_000
/** A connection that died without a word is found out within this time. */
const pulseMs = 20_000

const subscribers = new Set<Subscriber>()
let client: pg.Client | null = null
let wanted = false
let timer: ReturnType<typeof setTimeout> | null = null
let pause = shortestPauseMs

function deliver(event: LiveEvent): void {
  for (const { filter, onEvent } of [...subscribers]) {
    try {
      if (filter(event)) onEvent(event)
    } catch {
      // One page's closed stream must not keep the event from the others.
    }
  }
}

function heard(payload: string | undefined): void {
  if (!payload) return
  try {
    deliver(JSON.parse(payload) as LiveEvent)
  } catch {
    // Somebody else's notification on our channel.
  }
}

function later(): void {
  if (!wanted || timer !== null) return
  timer = setTimeout(() => {
    timer = null
    void listen()
  }, pause)
  timer.unref()
  pause = Math.min(pause * 2, longestPauseMs)
}

function lost(which: pg.Client): void {
  if (client !== which) return
  client = null
  void which.end().catch(() => {})
  later()
}

function feel(which: pg.Client): void {
  const round = setInterval(() => {
    if (client !== which) {
      clearInterval(round)
      return
    }
    which.query('SELECT 1').catch(() => lost(which))
  }, pulseMs)
  round.unref()
}

/** One connection for all pages. After each connect anything may have been missed, so everybody is told to look again. */
async function listen(): Promise<void> {
  const made = new pg.Client({
    connectionString: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    application_name: 'window-staff live',
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
  })
  client = made
  made.on('error', () => lost(made))
  made.on('end', () => lost(made))
  made.on('notification', (message) => heard(message.payload))
  try {
    await made.connect()
    await made.query(`LISTEN ${liveChannel}`)
  } catch {
    lost(made)
    return
  }
  if (client !== made) return
  pause = shortestPauseMs
  feel(made)
  deliver({ topic: 'resync', centreId: '' })
}

/** Calls `onEvent` for what the filter takes, and for `resync` when it takes that, until the answer is called. */
export function subscribe(filter: (event: LiveEvent) => boolean, onEvent: (event: LiveEvent) => void): () => void {
  const subscriber = { filter, onEvent }
  subscribers.add(subscriber)
  if (!wanted) {
    wanted = true
    void listen()
  }
  return () => {
    subscribers.delete(subscriber)
  }
}

/** Ends the connection; for the end of a process and of a test file. */
export async function stopListening(): Promise<void> {
  wanted = false
  if (timer !== null) clearTimeout(timer)
  timer = null
  const last = client
  client = null
  await last?.end().catch(() => {})
}

import { env } from '#app/env.server.ts'

/** The present instant in epoch milliseconds. A demo stands on a workday morning by a constant offset. */
export function now(): number {
  return Date.now() + env.CLOCK_OFFSET_MS
}

/** The present instant as the database libraries want it. */
export function nowDate(): Date {
  return new Date(now())
}

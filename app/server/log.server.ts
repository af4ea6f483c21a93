import { pino } from 'pino'
import { env } from '#app/env.server.ts'

let made: pino.Logger | null = null

/** The program's log: one JSON line per event on standard output. It holds ids and addresses, never names or bodies. */
export function log(): pino.Logger {
  made ??= pino({ level: env.LOG_LEVEL, base: { program: 'window-staff' } })
  return made
}

import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from '../lib/messages.ts'

export type StartOptions = {
  readonly demo: boolean
  /** The instant the demo should stand at, epoch milliseconds. */
  readonly at: number | null
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly reset: boolean
}

const usage = `npm start -- [--port 3000] [--data DIR]
npm run demo -- [--port 3000] [--data DIR] [--at 2026-11-23T08:48:00+08:00] [--reset]`

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        demo: { type: 'boolean', default: false },
        at: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        reset: { type: 'boolean', default: false },
      },
    }).values
  } catch (cause) {
    throw new Problem('bad_option', { reason: (cause as Error).message, usage })
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65535) throw new Problem('bad_option', { reason: `--port ${text}`, usage })
  return port
}

function instantOf(text: string): number {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T08:48` : text
  const instant = /(Z|[+-]\d\d:?\d\d)$/.test(day.slice(10)) ? Date.parse(day) : Date.parse(`${day}+08:00`)
  if (Number.isNaN(instant)) throw new Problem('bad_option', { reason: `--at ${text}`, usage })
  return instant
}

/** A real centre has neither a clock to choose nor data to throw away; nor is a database emptied that somebody else keeps. */
function requireSense(asked: ReturnType<typeof parse>, env: Readonly<Record<string, string | undefined>>): void {
  for (const name of ['at', 'reset'] as const) {
    if (!asked.demo && asked[name]) throw new Problem('bad_option', { reason: `--${name}`, usage })
  }
  if (asked.reset && env.DATABASE_URL) throw new Problem('reset_elsewhere')
}

/** What was asked for on the command line; PORT, HOST and DATA_DIR stand in for what was not. The demo has a folder of its own. */
export function readOptions(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): StartOptions {
  const asked = parse(argv)
  requireSense(asked, env)
  const base = resolve(asked.data ?? env.DATA_DIR ?? 'data')
  return {
    demo: asked.demo,
    at: asked.at === undefined ? null : instantOf(asked.at),
    port: portOf(asked.port ?? env.PORT ?? '3000'),
    host: asked.host ?? env.HOST ?? '127.0.0.1',
    dataDir: asked.demo && asked.data === undefined && env.DATA_DIR === undefined ? join(base, 'demo') : base,
    reset: asked.reset,
  }
}

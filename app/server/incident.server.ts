import { randomInt } from 'node:crypto'
import type { LoadContext } from './load-context.ts'
import { log } from './log.server.ts'

type Where = { readonly request?: Request; readonly context?: unknown }

const numbers = new WeakMap<object, string>()

function newNumber(): string {
  return `E-${randomInt(0x10000).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Method and path of a request; the query may hold a name, so it stays out of the log. */
function place(request: Request | undefined): Record<string, string> {
  if (!request) return {}
  return { method: request.method, path: new URL(request.url).pathname }
}

/**
 * Writes a fault into the log and answers the number 事故编号 that the page shows beside it, for example E-7F21.
 * The same error asked about twice keeps its number.
 */
export function incident(error: unknown, where: Where = {}): string {
  const key = typeof error === 'object' && error !== null ? error : null
  const known = key === null ? undefined : numbers.get(key)
  if (known) return known
  const number = newNumber()
  if (key !== null) numbers.set(key, number)
  const context = where.context as LoadContext | undefined
  if (context) context.incident = number
  log().error({ incident: number, requestId: context?.requestId, ...place(where.request), err: error }, 'incident')
  return number
}

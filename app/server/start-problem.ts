import type { Key } from '#app/i18n/catalogue.ts'
import { translator } from '#app/i18n/translator.ts'

/** Why the server cannot start, in both languages with the remedy: whoever starts it may read either. */
export function startProblem(error: unknown, port: number | null): string {
  const code = (error as { code?: unknown } | null)?.code
  const facts = {
    port: port ?? 0,
    next: (port ?? 0) + 1,
    message: error instanceof Error ? error.message : String(error),
  }
  const key = keyOf(code)
  return [translator('zh-CN')(key, facts), translator('en')(key, facts)].join('\n')
}

function keyOf(code: unknown): Key {
  if (code === 'EADDRINUSE') return 'access.start.port_taken'
  if (code === 'EACCES') return 'access.start.port_forbidden'
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') return 'access.start.no_database'
  if (code === 'ERR_MODULE_NOT_FOUND') return 'access.start.not_built'
  return 'access.start.other'
}

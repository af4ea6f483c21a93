import type { Key } from '#app/i18n/catalogue.ts'
import { translator } from '#app/i18n/translator.ts'

type Problem = { readonly key: Key; readonly withReason: boolean }

/** Why the server cannot start, in both languages with the remedy: whoever starts it may read either. */
export function startProblem(error: unknown, port: number | null): string {
  const facts = { port: port ?? 0, next: (port ?? 0) + 1 }
  const { key, withReason } = problemOf(error)
  const reason = error instanceof Error ? error.message : String(error)
  const sentences = [translator('zh-CN')(key, facts), translator('en')(key, facts)]
  return (withReason ? [...sentences, reason] : sentences).join('\n')
}

const databaseCodes = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'P1000', 'P1001', 'P1003', '28P01', '3D000', '57P03']

function problemOf(error: unknown): Problem {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  if (code === 'EADDRINUSE') return { key: 'access.start.port_taken', withReason: false }
  if (code === 'EACCES') return { key: 'access.start.port_forbidden', withReason: false }
  if (code === 'EADDRNOTAVAIL') return { key: 'access.start.no_such_host', withReason: true }
  if (code === 'bad_env') return { key: 'access.start.bad_env', withReason: true }
  if (code === 'ERR_MODULE_NOT_FOUND') return { key: 'access.start.not_built', withReason: true }
  if (databaseCodes.includes(code)) return { key: 'access.start.no_database', withReason: true }
  // Missing tables, or missing rights on them.
  if (code === 'P2021' || code === '42P01' || code === '42501')
    return { key: 'access.start.no_tables', withReason: true }
  return { key: 'access.start.other', withReason: true }
}

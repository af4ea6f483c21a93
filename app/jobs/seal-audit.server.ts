import { now } from '#app/clock.server.ts'
import { sealAudit } from '#app/db/audit-seal.server.ts'

/** Seals the audit entries that have settled by now 审计封存. */
export function sealSettled(): Promise<number> {
  return sealAudit(now())
}

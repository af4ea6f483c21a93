import type { ActionFunctionArgs } from '@remix-run/node'
import { guardAgent } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { recordStatus } from '#app/services/devices/record-status.server.ts'
import { lastInstantMs, type StatusReceipt, type StatusReport, statusReport } from '#devices/contract.ts'
import { agentAnswer, agentRefusal, badMessage } from './api.agent/answer.ts'

export const handle = { access: 'agent' } satisfies RouteAccess

export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { centreId, agentId, body } = await guardAgent(args)
  const report = statusReport.safeParse(body)
  if (!report.success) return badMessage(report.error)
  const stored = await recordStatus({ centreId, agentId, ...toldBy(report.data) }, now())
  if (!stored.ok) return agentRefusal(stored)
  const { wanted } = stored.value
  const at = new Date(now()).toISOString()
  return agentAnswer<StatusReceipt>(wanted.length === 0 ? { now: at } : { now: at, wanted: [...wanted] })
}

/** Times of the agent's clock as far as they are compared with ours, by ours. */
function toldBy(report: StatusReport) {
  const { version, detail, queue, offsetMs, spool, lost } = report
  const ours = (at: string) => Math.min(Math.max(Date.parse(at) - (offsetMs ?? 0), 0), lastInstantMs)
  return {
    version,
    detail,
    queue,
    offsetMs,
    spool,
    lost,
    startedAtMs: ours(report.startedAt),
    oldestWaitingMs: spool?.oldestWaitingAt == null ? null : ours(spool.oldestWaitingAt),
    readers: report.readers.map(({ lastError, ...reader }) => ({
      ...reader,
      lastError: lastError == null ? null : { code: lastError.code, atMs: ours(lastError.at) },
    })),
    events: report.events.map(({ at, ...event }) => ({ ...event, atMs: Date.parse(at) })),
  }
}

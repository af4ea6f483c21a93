import type { ActionFunctionArgs } from '@remix-run/node'
import { guardAgent } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { recordStatus } from '#app/services/devices/record-status.server.ts'
import { type StatusReceipt, statusReport } from '#devices/contract.ts'
import { agentAnswer, agentRefusal, badMessage } from './api.agent/answer.ts'

export const handle = { access: 'agent' } satisfies RouteAccess

export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { centreId, agentId, body } = await guardAgent(args)
  const report = statusReport.safeParse(body)
  if (!report.success) return badMessage(report.error)
  const { detail, readers, queue, offsetMs } = report.data
  const events = report.data.events.map(({ at, ...event }) => ({ ...event, atMs: Date.parse(at) }))
  const startedAtMs = Date.parse(report.data.startedAt) - (offsetMs ?? 0)
  const told = { centreId, agentId, startedAtMs, detail, readers, queue, offsetMs, events }
  const stored = await recordStatus(told, now())
  if (!stored.ok) return agentRefusal(stored)
  return agentAnswer<StatusReceipt>({ now: new Date(now()).toISOString() })
}

import type { ActionFunctionArgs } from '@remix-run/node'
import { guardAgent } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { ingestPunches } from '#app/services/devices/ingest-punches.server.ts'
import { type PunchReceipt, punchBatch } from '#devices/contract.ts'
import { agentAnswer, agentRefusal, badMessage } from './api.agent/answer.ts'

export const handle = { access: 'agent' } satisfies RouteAccess

/** The one way in for punches. A replayed batch answers like the first time and stores nothing. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { centreId, agentId, body } = await guardAgent(args)
  const batch = punchBatch.safeParse(body)
  if (!batch.success) return badMessage(batch.error)
  const { epoch, punches } = batch.data
  const incoming = punches.map(({ seq, serial, subject, at, score, offsetMs }) => {
    return { seq, serial, subject, atMs: Date.parse(at), score, offsetMs }
  })
  const stored = await ingestPunches({ centreId, agentId, epoch, punches: incoming }, now())
  if (!stored.ok) return agentRefusal(stored)
  return agentAnswer<PunchReceipt>({ ...stored.value, now: new Date(now()).toISOString() })
}

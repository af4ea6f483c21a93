import type { ActionFunctionArgs } from '@remix-run/node'
import { guardAgent } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { recordStep } from '#app/services/devices/record-step.server.ts'
import { commandStep, type StatusReceipt } from '#devices/contract.ts'
import { agentAnswer, agentRefusal, badMessage } from './api.agent/answer.ts'

export const handle = { access: 'agent' } satisfies RouteAccess

export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { centreId, agentId, body } = await guardAgent(args)
  const told = commandStep.safeParse(body)
  if (!told.success) return badMessage(told.error)
  const { command, ...step } = told.data
  const stored = await recordStep({ centreId, agentId, commandId: command, step }, now())
  if (!stored.ok) return agentRefusal(stored)
  return agentAnswer<StatusReceipt>({ now: new Date(now()).toISOString() })
}

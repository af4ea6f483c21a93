import type { ActionFunctionArgs } from '@remix-run/node'
import { publicRoute } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { pairAgent } from '#app/services/devices/pair-agent.server.ts'
import { type PairReceipt, pairRequest } from '#devices/contract.ts'
import { agentAnswer, agentRefusal, badMessage, jsonOf } from './api.agent/answer.ts'

export const handle = { access: 'public' } satisfies RouteAccess

/** A code typed on both sides lets an agent in; it is not signed, since the key travels with it. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  publicRoute(args)
  const request = pairRequest.safeParse(await jsonOf(args.request))
  if (!request.success) return badMessage(request.error)
  const { code, name, publicKey } = request.data
  const at = now()
  const key = new Uint8Array(Buffer.from(publicKey, 'base64'))
  const paired = await pairAgent({ code, name, publicKey: key, address: args.context.address ?? null }, at)
  if (!paired.ok) return agentRefusal(paired)
  return agentAnswer<PairReceipt>({ ...paired.value, now: new Date(at).toISOString() })
}

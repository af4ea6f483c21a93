import type { LoaderFunctionArgs } from '@remix-run/node'
import { guardAgent } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { subscribe } from '#app/live/events.server.ts'
import { takeCommands } from '#app/services/devices/take-commands.server.ts'
import { type CommandList, commandBody } from '#devices/contract.ts'
import { agentAnswer } from './api.agent/answer.ts'

export const handle = { access: 'agent' } satisfies RouteAccess

const longestWaitMs = 25_000

/** Answers at once when something waits; otherwise as soon as something comes, or empty after `wait` seconds. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const agent = await guardAgent(args)
  const waitMs = waitOf(args.request.url)
  const bell = ringWhenAsked(agent.agentId, waitMs, args.context.closed)
  try {
    let taken = await takeCommands(agent, now())
    if (taken.length === 0 && waitMs > 0) {
      await bell.rung
      if (!args.context.closed.aborted) taken = await takeCommands(agent, now())
    }
    return agentAnswer<CommandList>({
      commands: taken.flatMap(({ id, body }) => {
        const known = commandBody.safeParse(body)
        return known.success ? [{ id, body: known.data }] : []
      }),
    })
  } finally {
    bell.stop()
  }
}

function waitOf(url: string): number {
  const seconds = Number(new URL(url).searchParams.get('wait') ?? 0)
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0) * 1000, longestWaitMs) : 0
}

/** Listening begins before the first look, so that a command written in between is not slept through. */
function ringWhenAsked(
  agentId: string,
  waitMs: number,
  closed: AbortSignal,
): { rung: Promise<void>; stop: () => void } {
  let ring = () => {}
  const rung = new Promise<void>((resolve) => {
    ring = resolve
  })
  const unsubscribe = subscribe(
    (event) =>
      event.topic === 'resync' || (event.topic === 'command' && event.agentId === agentId && event.state === 'waiting'),
    ring,
  )
  const timer = setTimeout(ring, waitMs)
  closed.addEventListener('abort', ring, { once: true })
  const stop = () => {
    clearTimeout(timer)
    unsubscribe()
    closed.removeEventListener('abort', ring)
  }
  return { rung, stop }
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { guardAgent } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { type LiveEvent, subscribe } from '#app/live/events.server.ts'
import { takeCommands } from '#app/services/devices/take-commands.server.ts'
import { type CommandList, commandBody } from '#devices/contract.ts'
import { agentAnswer } from './api.agent/answer.ts'

export const handle = { access: 'agent' } satisfies RouteAccess

const longestWaitMs = 25_000

/** Answers at once when something waits; otherwise as soon as something comes, or empty after `wait` seconds. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const agent = await guardAgent(args)
  const bell = bellFor(agent.agentId, waitOf(args.request.url), args.context.closed)
  try {
    let taken = await takeCommands(agent, now())
    while (taken.length === 0 && (await bell.rang())) taken = await takeCommands(agent, now())
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

/** Something may have been written for this agent; after a gap in listening that is unknown, so it is looked at. */
function isFor(agentId: string, event: LiveEvent): boolean {
  if (event.topic === 'resync') return true
  return event.topic === 'command' && event.agentId === agentId && event.state === 'waiting'
}

/**
 * Rings when there may be a command; `rang` is false once the time is over or the agent has gone. Listening begins
 * before the first look, so that what is written in between is not slept through.
 */
function bellFor(agentId: string, waitMs: number, closed: AbortSignal) {
  let rung = false
  let over = waitMs <= 0
  let wake = () => {}
  const ring = () => {
    rung = true
    wake()
  }
  const end = () => {
    over = true
    wake()
  }
  const unsubscribe = subscribe((event) => isFor(agentId, event), ring)
  const timer = setTimeout(end, waitMs)
  closed.addEventListener('abort', end, { once: true })
  const rang = async (): Promise<boolean> => {
    if (!rung && !over) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    rung = false
    return !over && !closed.aborted
  }
  const stop = () => {
    clearTimeout(timer)
    unsubscribe()
    closed.removeEventListener('abort', end)
  }
  return { rang, stop }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { random } from './far-side.ts'
import type { Stage, StagedAgent } from './stage.ts'

export type Blow = 'agent killed' | 'server killed' | 'database killed' | 'network cut' | 'answers lost' | 'spool torn'

/** Ten minutes: beyond every limit, so that each punch made meanwhile has to wait in quarantine. */
export const jumpMs = 600_000

type Hit = { readonly stage: Stage; readonly next: () => number }

function oneOf(agents: readonly StagedAgent[], next: () => number): StagedAgent {
  const agent = agents[Math.floor(next() * agents.length)]
  if (!agent) throw new Error('there is no agent')
  return agent
}

const blows: Readonly<Record<Blow, (hit: Hit) => Promise<void>>> = {
  async 'agent killed'({ stage, next }) {
    const agent = oneOf(stage.agents, next)
    await agent.kill()
    await sleep(next() * 1000)
    await agent.start()
  },
  async 'spool torn'({ stage, next }) {
    const agent = oneOf(stage.agents, next)
    await agent.kill()
    await agent.tearSpool()
    await agent.start()
  },
  async 'server killed'({ stage, next }) {
    await stage.killServer()
    await sleep(next() * 1000)
    await stage.startServer()
  },
  async 'database killed'({ stage, next }) {
    await stage.killDatabase()
    await sleep(next() * 1000)
    await stage.startDatabase()
  },
  async 'network cut'({ stage, next }) {
    const { network } = oneOf(stage.agents, next)
    network.cut()
    await sleep(500 + next() * 2500)
    network.mend()
  },
  async 'answers lost'({ stage, next }) {
    const { network } = oneOf(stage.agents, next)
    network.swallowAnswers()
    await sleep(300 + next() * 1000)
    network.mend()
  },
}

/** How long the clock stands wrong. */
const jumpLastsMs = 4000

/**
 * Hits the stage again and again, each kind in its turn and the order shaken, until the signal ends. Early on one agent's
 * clock jumps ahead, and back a while later. Answers how often each blow fell.
 */
export async function rage(stage: Stage, seed: number, signal: AbortSignal): Promise<Record<string, number>> {
  const next = random(seed)
  const fallen: Record<string, number> = {}
  const count = (what: string) => {
    fallen[what] = (fallen[what] ?? 0) + 1
  }
  for (const jump of jumps(stage)) {
    jump()
    count('clock set')
    await sleep(jumpLastsMs)
  }
  while (!signal.aborted) {
    const order = (Object.keys(blows) as Blow[]).map((blow) => ({ blow, at: next() })).sort((a, b) => a.at - b.at)
    for (const { blow } of order) {
      await sleep(400 + next() * 1600)
      if (signal.aborted) break
      await blows[blow]({ stage, next })
      count(blow)
    }
  }
  return fallen
}

function jumps({ agents }: Stage): (() => void)[] {
  return [jumpMs, 0].map((milliseconds) => () => agents[1]?.setClock(milliseconds))
}

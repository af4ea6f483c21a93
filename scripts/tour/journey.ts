import type { Agent } from '#devices/agent/agent.ts'
import type { Client } from './client.ts'
import type { World } from './world.ts'

/** The workday the tour takes place on, and the person whose finger it is: 王㛃, whose name needs a rare character. */
export const day = '2026-11-20'
export const visitor = { name: '王㛃', signIn: '30517', slot: 17 }

/** What steps hand on to each other. */
export type Tour = {
  readonly world: World
  readonly browser: Client
  agent: Agent
  readonly at: (second: number) => number
  /** What the agent's clock shows. */
  readonly now: () => number
  /** Stops agent and server, moves the day on, starts both again: like a hall's PC over a day. */
  readonly moveTo: (second: number) => Promise<void>
}

export type Step = {
  readonly zh: string
  readonly en: string
  /** Does the step; answers what was checked, throws when it is not so. */
  readonly walk: (tour: Tour) => Promise<string>
}

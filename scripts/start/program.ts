import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { disconnect } from '#app/db/client.server.ts'
import { Problem } from '../lib/messages.ts'
import { agentPlan } from './agent.ts'
import { root } from './build.ts'
import { type ChildPlan, supervise } from './children.ts'
import type { Database } from './database.ts'
import { fillEnv, readEnv } from './environment.ts'
import { pidFile } from './left-overs.ts'
import type { StartOptions } from './options.ts'
import { say } from './say.ts'

export type Stops = { stop: () => Promise<void> }[]

const serverPatience = 60

export type AgentTask = {
  readonly centreId: string
  /** Folder of emulated readers and file of their presses to come; absent, real readers are looked for. */
  readonly emulators?: string
  readonly schedule?: string
}

/** What a demo or a real centre brings to the common start. */
export type Occasion = {
  readonly env: Readonly<Record<string, string>>
  /** What the local agent is to do, as soon as there is a centre it can belong to. */
  readonly agent: Promise<AgentTask>
  readonly banner: (address: string) => Promise<string>
  /** Called when everything runs; its answer is called at the end. */
  readonly onRunning: () => () => Promise<void>
}

async function answers(address: string): Promise<boolean> {
  return fetch(`${address}/healthz`).then(
    (response) => response.ok,
    () => false,
  )
}

async function untilAnswering(address: string, plan: ChildPlan): Promise<void> {
  const deadline = performance.now() + serverPatience * 1000
  while (!(await answers(address))) {
    if (performance.now() > deadline) {
      const tail = (await readFile(plan.log, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-12).join('\n')
      throw new Problem('not_answering', { seconds: serverPatience, log: plan.log, tail })
    }
    await sleep(100)
  }
}

function serverPlan(options: StartOptions): ChildPlan {
  return {
    name: '网页服务 server',
    script: join(root, 'build/server.js'),
    env: { ...readEnv(), NODE_ENV: 'production', PORT: String(options.port), HOST: options.host },
    log: join(options.dataDir, 'logs', 'server.log'),
    pidFile: pidFile(options.dataDir, 'server'),
    patienceMs: 6000,
  }
}

/** Starts server and agent over a prepared database and says where everything is. */
export async function startProgram(options: StartOptions, database: Database, stops: Stops): Promise<void> {
  await mkdir(join(options.dataDir, 'logs'), { recursive: true })
  const { demoOccasion } = await import('../demo/occasion.ts')
  const { realOccasion } = await import('./occasion.ts')
  stops.unshift({ stop: disconnect })
  const occasion = options.demo ? await demoOccasion(options, database) : await realOccasion(options)
  fillEnv(occasion.env)
  const address = `http://${options.host === '0.0.0.0' ? 'localhost' : options.host}:${options.port}`
  const plan = serverPlan(options)
  const server = supervise(plan, say)
  stops.unshift(server)
  await untilAnswering(address, plan)
  say(await occasion.banner(address))
  const agents = startAgent(options, address, occasion, stops)
  stops.unshift({ stop: occasion.onRunning() })
  await agents
}

/** The agent starts when it knows its centre: at once, or after somebody has set the centre up. */
async function startAgent(options: StartOptions, address: string, occasion: Occasion, stops: Stops): Promise<void> {
  const task = await occasion.agent
  const agent = supervise(await withPatience(() => agentPlan(options, address, task)), say)
  stops.unshift(agent)
}

/** A database that goes away for a moment just now must not end what is being started. */
async function withPatience<T>(work: () => Promise<T>, attempts = 20): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (attempts === 1) throw cause
    await sleep(1000)
    return withPatience(work, attempts - 1)
  }
}

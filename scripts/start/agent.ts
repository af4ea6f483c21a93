import { join } from 'node:path'
import { root } from './build.ts'
import type { ChildPlan } from './children.ts'
import { readEnv } from './environment.ts'
import { pidFile } from './left-overs.ts'
import type { StartOptions } from './options.ts'
import type { AgentTask } from './program.ts'

/** The agent of this machine: its own folder for key and spool, paired without typing. */
export async function agentPlan(options: StartOptions, address: string, task: AgentTask): Promise<ChildPlan> {
  return {
    name: '采集程序 agent',
    script: join(root, 'build/agent.js'),
    env: { ...readEnv(), NODE_ENV: 'production', SERVER: address, CENTRE: task.centreId },
    log: join(options.dataDir, 'logs', 'agent.log'),
    pidFile: pidFile(options.dataDir, 'agent'),
    patienceMs: 5000,
  }
}

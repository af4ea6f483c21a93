import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { addPairing, newPairingCode, revokeAgent } from '#app/db/kiosk.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { pairingLastsMs } from '#app/domain/devices/pairing.ts'
import { readers } from '../../prisma/seed/hall.ts'
import { root } from './build.ts'
import type { ChildPlan } from './children.ts'
import { readEnv } from './environment.ts'
import { pidFile } from './left-overs.ts'
import type { StartOptions } from './options.ts'
import type { AgentTask } from './program.ts'

const localName = '本机'

/** Whether the agent of this folder has been let in and was not shut out since. */
async function isPaired(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, 'agent.json'), 'utf8').catch(() => null)
  const agentId = text === null ? null : (JSON.parse(text) as { agentId: string | null }).agentId
  if (agentId === null) return false
  return (await prisma.agent.findFirst({ where: { id: agentId, revokedAt: null } })) !== null
}

/** A code for the agent of this machine, so that nobody has to type it; a lost predecessor gives its readers up. */
async function pairingCode(centreId: string, atMs: number): Promise<string> {
  const code = newPairingCode()
  const endsAtMs = atMs + pairingLastsMs
  const former = await prisma.agent.findMany({ where: { centreId, name: localName, revokedAt: null } })
  await inTransaction(async (tx) => {
    for (const { id } of former) await revokeAgent(tx, centreId, id, atMs)
    await addPairing(tx, { centreId, kind: 'agent', code, label: localName, atMs, endsAtMs })
  })
  return code
}

function readersOf(task: AgentTask) {
  const { emulators } = task
  if (emulators === undefined) return { discover: true }
  return {
    readers: readers.map(({ serial, dialect, link }) => ({
      emulated: true,
      serial,
      dialect,
      profile: link,
      file: join(emulators, `${serial}.json`),
    })),
  }
}

/** The agent of this machine: its own folder for key and spool, paired without typing. */
export async function agentPlan(options: StartOptions, address: string, task: AgentTask): Promise<ChildPlan> {
  const folder = join(options.dataDir, 'agent')
  const code = (await isPaired(folder)) ? {} : { pairingCode: await pairingCode(task.centreId, now()) }
  const config = join(options.dataDir, 'agent-config.json')
  const settings = {
    server: address,
    dataDir: folder,
    name: localName,
    ...code,
    clockOffsetMs: Number(readEnv().CLOCK_OFFSET_MS ?? 0),
    ...readersOf(task),
    ...(task.schedule === undefined ? {} : { schedule: task.schedule }),
  }
  await writeFile(config, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 })
  return {
    name: '采集程序 agent',
    script: join(root, 'build/agent.js'),
    args: [config],
    env: { PATH: readEnv().PATH, NODE_ENV: 'production' },
    log: join(options.dataDir, 'logs', 'agent.log'),
    pidFile: pidFile(options.dataDir, 'agent'),
    patienceMs: 5000,
  }
}

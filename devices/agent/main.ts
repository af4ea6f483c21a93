import { mkdirSync } from 'node:fs'
import { pino } from 'pino'
import { startAgent } from './agent.ts'
import { systemClock } from './clock.ts'
import type { AgentConfig } from './config.ts'
import { lockFolder } from './lock.ts'
import { obey } from './program.ts'
import { explained } from './spool-error.ts'

/**
 * The agent's process: `main.ts CONFIG.json`, or another command of program.ts. A running agent writes JSON lines,
 * "agent ready" when its readers are being watched; it ends with status 0 on SIGTERM, SIGINT or Ctrl-Break, with 1 when
 * it cannot start.
 */
const version = '0.2.0'
const log = pino({ name: 'agent' })

async function run(config: AgentConfig): Promise<void> {
  makeFolder(config.dataDir)
  const lock = await lockFolder(config.dataDir)
  const agent = await startAgent({ config, clock: systemClock(config.clockOffsetMs), log, version })
  const emulated = config.readers.filter((reader) => reader.emulated).map(({ serial }) => serial)
  log.info({ readers: [...agent.workers.keys()], emulated, waiting: agent.spool.length }, 'agent ready')

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal, waiting: agent.spool.length }, 'agent stops')
    await agent.stop()
    await lock.release()
    process.exit(0)
  }
  process.on('SIGTERM', stop).on('SIGINT', stop).on('SIGBREAK', stop).on('SIGHUP', stop)
  endWithInput(() => void stop('input closed'))
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw explained(error, dataDir)
  }
}

/** Service wrappers without signals hold a pipe to standard input and close it. A terminal or no input says nothing. */
function endWithInput(stop: () => void): void {
  // biome-ignore lint/style/noProcessEnv: set by whoever wraps the agent, not a setting of the agent
  if (process.env.WINDOW_STAFF_AGENT_END_WITH_INPUT !== '1') return
  process.stdin.resume().once('end', stop).once('error', stop)
}

async function main(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: the agent is a program of its own; its environment is checked like its file
  const asked = await obey(process.argv.slice(2), process.env, (line) => process.stdout.write(`${line}\n`))
  if ('run' in asked) await run(asked.run)
  else process.exitCode = asked.ended
}

main().catch((error: unknown) => {
  log.fatal({ error: error instanceof Error ? error.message : String(error) }, 'the agent cannot start')
  process.exitCode = 1
})

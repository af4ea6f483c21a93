import { mkdirSync } from 'node:fs'
import { pino } from 'pino'
import { startAgent } from './agent.ts'
import { systemClock } from './clock.ts'
import { loadConfig } from './config.ts'
import { lockFolder } from './lock.ts'

/**
 * The agent's process: `main.ts CONFIG.json`, or the path in AGENT_CONFIG. Writes JSON lines, "agent ready" when its
 * readers are being watched; ends with status 0 on SIGTERM or SIGINT, with 1 when it cannot start.
 */
const version = '0.1.0'
const log = pino({ name: 'agent' })

async function main(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: the agent is a program of its own; this is its one setting besides the file
  const path = process.argv[2] ?? process.env.AGENT_CONFIG
  if (!path) throw new Error('Say where the configuration is: main.ts CONFIG.json, or AGENT_CONFIG=CONFIG.json')
  const config = loadConfig(path)
  mkdirSync(config.dataDir, { recursive: true })
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
    lock.release()
    process.exit(0)
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
}

main().catch((error: unknown) => {
  log.fatal({ error: error instanceof Error ? error.message : String(error) }, 'the agent cannot start')
  process.exitCode = 1
})

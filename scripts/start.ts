import { requireFolder } from './lib/folder.ts'
import { runScript } from './lib/messages.ts'
import { requireNode, requireSharedMemory } from './start/checks.ts'
import { readEnv } from './start/environment.ts'
import { claimFolder, endLeftOvers } from './start/left-overs.ts'
import { readOptions } from './start/options.ts'
import { requirePort } from './start/port.ts'
import { say } from './start/say.ts'

/**
 * `npm start` and `npm run demo`: prepares what is missing, starts database, server and agent, and stops them in order.
 * The rest is loaded after the checks, so that an old Node or a forbidden folder gives its message and not a stack.
 */
async function main(): Promise<number> {
  requireNode(process.versions.node)
  const options = readOptions(process.argv.slice(2), readEnv())
  if (!readEnv().DATABASE_URL) requireSharedMemory()
  await requireFolder(options.dataDir)
  await claimFolder(options.dataDir)
  if ((await endLeftOvers(options.dataDir)) > 0) say('  上次没有正常停止，已收尾 cleaned up after an unclean stop')
  await requirePort(options.port, options.host)
  const { run } = await import('./start/run.ts')
  return run(options)
}

await runScript(main)
// What an interrupted start left half done must not keep the process.
process.exit()

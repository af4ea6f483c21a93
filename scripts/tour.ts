import { generateClient } from './lib/generate.ts'
import { runScript } from './lib/messages.ts'
import { build, isStale } from './start/build.ts'
import { loadAndWalk } from './tour/walk.ts'

/** `npm run tour`: the main job without a browser, in a database of its own; status 1 when anything is off. */
async function main(): Promise<number> {
  const began = performance.now()
  if ((await generateClient()) || (await isStale())) await build()
  const done = await loadAndWalk((line) => process.stdout.write(`${line}\n`))
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(done ? `\n全部通过 all well, ${seconds} s\n` : `\n有一步不对 something is off, ${seconds} s\n`)
  return done ? 0 : 1
}

await runScript(main)
process.exit()

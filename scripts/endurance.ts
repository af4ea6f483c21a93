import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type EnduranceAgent, runEnduranceAgent } from './endurance/agent.ts'
import { rage } from './endurance/chaos.ts'
import { type FarSide, runFarSide, type Told } from './endurance/far-side.ts'
import { startPart } from './endurance/parts.ts'
import { setStage } from './endurance/stage.ts'
import { judge } from './endurance/verdict.ts'
import { generateClient } from './lib/generate.ts'
import { runScript } from './lib/messages.ts'
import { build, isStale } from './start/build.ts'

const usage = `npm run endurance [-- --short | --punches N] [--seed N]`

/** Latencies of real modules times this, so that minutes are enough; said in the output. */
const latency = 0.05
const slots = Array.from({ length: 60 }, (_, n) => n + 1)

function options() {
  const { values } = parseArgs({
    options: { short: { type: 'boolean' }, punches: { type: 'string' }, seed: { type: 'string' } },
  })
  const punches = Number(values.punches ?? (values.short ? 2000 : 20_000))
  const seed = Number(values.seed ?? 20_261_122)
  if (!Number.isInteger(punches) || punches < 10 || !Number.isInteger(seed)) throw new Error(usage)
  return { punches, seed }
}

/** Ten readers, two agents, and no mercy; afterwards the ledger must equal what the modules matched. */
async function endure(): Promise<number> {
  const { punches, seed } = options()
  if ((await generateClient()) || (await isStale())) await build()
  const began = performance.now()
  const stage = await setStage()
  try {
    const truth = join(stage.world.folder, 'truth.jsonl')
    const { readers } = stage
    const side: FarSide = { readers, slots, presses: Math.ceil(punches / readers.length), latency, truth, seed }
    const people = startPart('far-side', side, join(stage.world.folder, 'far-side.log'))
    await people.started
    for (const agent of stage.agents) await agent.start()
    const calm = new AbortController()
    const raging = rage(stage, seed, calm.signal)
    const status = await Promise.race([people.ended, raging.then(() => null)])
    calm.abort()
    const blows = await raging
    if (status !== 0) throw new Error(`the people ended with ${status}`)
    const told = (await readFile(truth, 'utf8'))
      .trim()
      .split('\n')
      .map((line): Told => JSON.parse(line))
    const verdict = await judge(stage, told)
    const seconds = Math.round((performance.now() - began) / 1000)
    process.stdout.write(`${JSON.stringify({ punches, seed, latency, seconds, blows, ...verdict }, null, 2)}\n`)
    return verdict.differences.length === 0 ? 0 : 1
  } finally {
    await stage.close()
  }
}

await runScript(async () => {
  const [role, settings = '{}'] = process.argv.slice(2)
  if (role === 'agent') {
    await runEnduranceAgent(JSON.parse(settings) as EnduranceAgent)
    return new Promise<number>(() => undefined)
  }
  if (role !== 'far-side') return endure()
  process.stdout.write('started\n')
  await runFarSide(JSON.parse(settings) as FarSide)
  return 0
})
process.exit()

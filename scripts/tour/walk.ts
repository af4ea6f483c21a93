import { instantOf } from '#app/domain/time/zone.ts'
import { makeClient } from './client.ts'
import { day, type Tour, visitor } from './journey.ts'
import { makeWorld, type World, within } from './world.ts'

const patienceMs = 10_000
const morning = instantOf(day, 8 * 3600 + 50 * 60, 'Asia/Shanghai')

async function prepare(world: World): Promise<Tour> {
  const { codeFor, runAgent } = await import('./agent.ts')
  const at = (second: number) => instantOf(day, second, 'Asia/Shanghai')
  const code = await codeFor(world, 'agent', morning)
  await world.startServer(morning)
  let shift = morning - Date.now()
  const tour: Tour = {
    world,
    browser: makeClient(world.address),
    agent: await runAgent(world, morning, code),
    at,
    now: () => Date.now() + shift,
    async moveTo(second) {
      // The server first: an agent that stops says so, and its reader would be out for the hours left out.
      await world.killServer('SIGTERM')
      await within('the agent stops', patienceMs, tour.agent.stop())
      // The hours are left out, not missed: a reader unheard for so long would have been down.
      await world.db.query('UPDATE source SET seen_at = $1 WHERE seen_at IS NOT NULL', [new Date(at(second))])
      await world.startServer(at(second))
      shift = at(second) - Date.now()
      tour.agent = await runAgent(world, at(second), code)
    },
  }
  return tour
}

async function walk(tour: Tour, say: (line: string) => void): Promise<boolean> {
  const { steps } = await import('./steps.ts')
  const { paperSteps } = await import('./papers.ts')
  for (const [index, step] of [...steps, ...paperSteps].entries()) {
    const began = performance.now()
    const title = `${index + 1}. ${step.zh} ${step.en}`
    try {
      const checked = await step.walk(tour)
      say(`√ ${title}: ${checked} (${Math.round(performance.now() - began)} ms)`)
    } catch (cause) {
      say(`✗ ${title}: ${cause instanceof Error ? cause.message : String(cause)}`)
      return false
    }
  }
  return true
}

/** Walks the steps one after the other and stops at the first that is off; whatever happens, nothing is left running. */
export async function loadAndWalk(say: (line: string) => void): Promise<boolean> {
  const world = await makeWorld(day, morning, visitor.slot)
  try {
    const tour = await prepare(world)
    try {
      return await walk(tour, say)
    } finally {
      await within('the agent stops', patienceMs, tour.agent.stop()).catch(() => {})
    }
  } finally {
    await world.close()
  }
}

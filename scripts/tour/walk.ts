import { instantOf } from '#app/domain/time/zone.ts'
import { makeClient } from './client.ts'
import { day, type Tour, visitor } from './journey.ts'
import { makeWorld } from './world.ts'

async function prepare(): Promise<Tour> {
  const { codeFor, runAgent } = await import('./agent.ts')
  const at = (second: number) => instantOf(day, second, 'Asia/Shanghai')
  const morning = at(8 * 3600 + 50 * 60)
  const world = await makeWorld(day, morning, visitor.slot)
  const code = await codeFor(world, 'agent', morning)
  await world.startServer(morning)
  const tour: Tour = {
    world,
    browser: makeClient(world.address),
    agent: await runAgent(world, morning, code),
    at,
    async moveTo(second) {
      await tour.agent.stop()
      await world.killServer('SIGTERM')
      await world.startServer(at(second))
      tour.agent = await runAgent(world, at(second), code)
    },
  }
  return tour
}

/** Walks the steps one after the other and stops at the first that is off. */
export async function loadAndWalk(say: (line: string) => void): Promise<boolean> {
  const tour = await prepare()
  const { steps } = await import('./steps.ts')
  try {
    for (const [index, step] of steps.entries()) {
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
  } finally {
    await tour.agent.stop().catch(() => {})
    await tour.world.close()
  }
}

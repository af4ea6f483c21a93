import { setTimeout as sleep } from 'node:timers/promises'

/** Thrown inside whatever the module was doing when its power went. */
export class PowerLost extends Error {
  override readonly name = 'PowerLost'
}

/** The module's sense of time: everything it does takes as long as on a real one, times a factor, while it has power. */
export type Stopwatch = {
  readonly powered: boolean
  powerOn(): void
  powerOff(): void
  work(latencyMs: number): Promise<void>
  /** Looks until the condition holds; false when it did not in time. */
  until(condition: () => boolean, withinMs: number): Promise<boolean>
}

export function makeStopwatch(factor: number): Stopwatch {
  let powered = false
  let session = 0

  async function pass(ms: number): Promise<void> {
    const mine = session
    await sleep(ms)
    if (!powered || session !== mine) throw new PowerLost()
  }
  return {
    get powered() {
      return powered
    },
    powerOn() {
      powered = true
    },
    powerOff() {
      powered = false
      session++
    },
    work: (latencyMs: number) => pass(latencyMs * factor),
    async until(condition, withinMs) {
      const lookMs = Math.max(1, 20 * factor)
      for (let waited = 0; waited < withinMs; waited += lookMs) {
        if (condition()) return true
        await pass(lookMs)
      }
      return condition()
    },
  }
}

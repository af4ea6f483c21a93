import { pause } from '#devices/driver/pause.ts'
import type { EmulatedReader } from '#devices/emulator/device.ts'
import type { Finger } from '#devices/emulator/finger.ts'

/** Lays simulated fingers on one emulated reader, one after the other. */
export type Presses = {
  /** A visitor's press. Null slot: a finger that nobody enrolled. */
  visitor(slot: number | null, how: Finger['quality'] | 'held'): Promise<void>
  /** A press of the demo's simulated staff: waits until no visitor presses; nothing happens at an unplugged reader. */
  staff(slot: number): Promise<void>
  unplug(): void
  replug(): void
}

/** A person keeps the finger down for about a second, and takes it off before the next one comes. */
const pressMs = 1200
const heldMs = 6000
const betweenMs = 500
/** The loop must have time to see the finger even when the module is made very fast. */
const shortest = 0.25

export function emulatedPresses(reader: EmulatedReader, latencyFactor: number, signal: AbortSignal): Presses {
  const pace = Math.max(shortest, latencyFactor)
  let last: Promise<void> = Promise.resolve()
  let visitors = 0
  let plugged = true

  const press = async (finger: Finger, forMs: number) => {
    reader.press(finger)
    await pause(forMs, signal)
    reader.lift()
    await pause(betweenMs * pace, signal)
  }
  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work)
    return last
  }
  return {
    async visitor(slot, how) {
      visitors++
      const identity = slot === null ? reader.stranger() : reader.fingerOfSlot(slot)
      const quality = how === 'held' ? 'good' : how
      const forMs = how === 'held' ? heldMs : pressMs * pace
      await inTurn(() => press({ identity, quality }, forMs)).finally(() => visitors--)
    },
    async staff(slot) {
      while (visitors > 0 && !signal.aborted) await last
      if (!plugged || reader.module.library.identityOf(slot) === null) return
      await inTurn(() => press({ identity: reader.fingerOfSlot(slot), quality: 'good' }, pressMs * pace))
    },
    unplug() {
      plugged = false
      reader.unplug()
    },
    replug() {
      plugged = true
      reader.replug()
    },
  }
}

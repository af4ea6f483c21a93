import { pause } from '#devices/driver/pause.ts'
import type { EmulatedReader } from '#devices/emulator/device.ts'
import type { Finger } from '#devices/emulator/finger.ts'

/** Lays simulated fingers on one emulated reader, one after the other. */
export type Presses = {
  /** A visitor's press. Null slot: a finger that nobody enrolled, or the one that is named. */
  visitor(slot: number | null, how: Finger['quality'] | 'held', finger?: string | null): Promise<void>
  /** A press of the demo's simulated staff: waits until no visitor presses; nothing happens at an unplugged reader. */
  staff(slot: number): Promise<void>
  /** Keeps simulated staff waiting until it is released. */
  hold(): () => void
  unplug(): void
  replug(): void
}

/** A person keeps the finger down for about a second and until it is read, and leaves the glass before the next comes. */
const pressMs = 1200
const heldMs = 6000
const betweenMs = 500
/** Who is not read for so long gives up. */
const givesUpMs = 5000
const lookMs = 10
/** A very fast module still gets fingers that lie for a moment. */
const shortest = 0.25

export function emulatedPresses(reader: EmulatedReader, latencyFactor: number, signal: AbortSignal): Presses {
  const pace = Math.max(shortest, latencyFactor)
  let last: Promise<void> = Promise.resolve()
  let visitors = 0
  let held = 0
  let plugged = true

  const untilNoticed = async (what: 'finger' | 'empty') => {
    for (let waited = 0; waited < givesUpMs && plugged && !signal.aborted; waited += lookMs) {
      if (reader.module.noticed === what) return
      await pause(lookMs, signal)
    }
  }
  const press = async (finger: Finger, forMs: number) => {
    reader.press(finger)
    await Promise.all([pause(forMs, signal), untilNoticed('finger')])
    reader.lift()
    await Promise.all([pause(betweenMs * pace, signal), untilNoticed('empty')])
  }
  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work)
    return last
  }
  return {
    async visitor(slot, how, finger) {
      visitors++
      const identity = finger ?? (slot === null ? reader.stranger() : reader.fingerOfSlot(slot))
      const quality = how === 'held' ? 'good' : how
      const forMs = how === 'held' ? heldMs : pressMs * pace
      await inTurn(() => press({ identity, quality }, forMs)).finally(() => visitors--)
    },
    async staff(slot) {
      while (visitors + held > 0 && !signal.aborted) await (held > 0 ? pause(betweenMs, signal) : last)
      if (!plugged || reader.module.library.identityOf(slot) === null) return
      await inTurn(() => press({ identity: reader.fingerOfSlot(slot), quality: 'good' }, pressMs * pace))
    },
    hold() {
      held++
      let holds = true
      return () => {
        if (holds) held--
        holds = false
      }
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

import { type Dialect, dialects } from '#devices/protocol/dialects.ts'
import { defaultAddress } from '#devices/protocol/packet.ts'
import { type Finger, type Image, imageOf } from './finger.ts'
import type { Library } from './library.ts'

/** Everything a module remembers: flash, working memory and what lies on its sensor. */
export type ModuleState = {
  readonly dialect: Dialect
  readonly library: Library
  // Flash: survives power-off.
  address: number
  security: number
  packetSizeCode: number
  baudFactor: number
  enrolLogic: number
  readonly notepad: Map<number, Uint8Array>
  // Working memory: gone with the power.
  unlocked: boolean
  passed: boolean
  asleep: boolean
  image: Image | null
  readonly buffers: Map<number, Uint8Array>
  // The outside world.
  finger: Finger | null
  /** What the host has found out about the sensor since a finger came or went. */
  noticed: 'finger' | 'empty' | null
  /** The next search finds what an earlier finger left on the glass. */
  residue: boolean
}

export function makeState(library: Library): ModuleState {
  return {
    dialect: dialects[library.file.dialect],
    library,
    address: defaultAddress,
    security: 3,
    packetSizeCode: 2,
    baudFactor: 6,
    enrolLogic: 1,
    notepad: new Map(),
    unlocked: library.file.password === 0,
    passed: false,
    asleep: false,
    image: null,
    buffers: new Map(),
    finger: null,
    noticed: null,
    residue: false,
  }
}

export function losePower(state: ModuleState): void {
  state.unlocked = state.library.file.password === 0
  state.passed = false
  state.asleep = false
  state.image = null
  state.buffers.clear()
}

/** Takes a picture of what lies on the sensor; false when nothing does. */
export function takeImage(state: ModuleState): boolean {
  state.image = state.finger && imageOf(state.finger)
  if (!state.finger) state.noticed = 'empty'
  return state.image !== null
}

/** Bit 0 busy (never while it answers), bit 1 last match passed, bit 2 password verified, bit 3 image in the buffer. */
export function statusWord(state: ModuleState): number {
  return (state.passed ? 2 : 0) | (state.unlocked ? 4 : 0) | (state.image ? 8 : 0)
}

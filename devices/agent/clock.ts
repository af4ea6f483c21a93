/** Wall time may jump, monotonic time never does. Both in milliseconds. */
export type Clock = { now(): number; monotonic(): number }

/** The machine's clock, shifted by a constant: the demo may stand on another day. */
export function systemClock(shiftMs = 0): Clock {
  return { now: () => Date.now() + shiftMs, monotonic: () => performance.now() }
}

/** How far this machine's clock is from the server's: positive when it is ahead. */
export type OffsetMeter = {
  /** The server said `serverNow` somewhere between sending and receiving; the middle is the best guess. */
  measure(exchange: { sentAt: number; receivedAt: number; serverNow: number }): void
  /** Null until it was measured for the first time since the start. */
  current(): number | null
}

/** An answer that took longer than this says too little about the clock. */
const slowestMs = 5000

/**
 * Between two measurements (the server may be away for days) the monotonic clock watches the wall clock: when somebody
 * sets it, the offset moves by the same step.
 */
export function offsetMeter(clock: Clock): OffsetMeter {
  let measured: { offset: number; drift: number } | null = null
  const drift = () => clock.now() - clock.monotonic()
  return {
    measure({ sentAt, receivedAt, serverNow }) {
      if (receivedAt < sentAt || receivedAt - sentAt > slowestMs) return
      measured = { offset: (sentAt + receivedAt) / 2 - serverNow, drift: drift() }
    },
    current: () => measured && Math.round(measured.offset + drift() - measured.drift),
  }
}

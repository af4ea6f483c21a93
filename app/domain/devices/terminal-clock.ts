/** What is known of a terminal when one push of records arrives. */
export type Contact = {
  readonly nowMs: number
  /** When it called last before this push; null for never. */
  readonly seenMs: number | null
  /** When its last push of records arrived; null for not lately. */
  readonly pushedMs: number | null
  /** Its clock against ours as measured last. */
  readonly offsetMs: number | null
}

const rules = { contactMs: 90_000, quietMs: 15_000, steadyMs: 60_000, jumpMs: 60_000, mostMs: 43_200_000 } as const

/**
 * A terminal's clock against ours 时钟误差, from the time in a record that it sends as it happens; null when that is not sure.
 * Sure is a single record that agrees with what was measured before, and one that comes out of quiet while the terminal was
 * in contact all along: then it had nothing old left to send. A jump of half a day or more is taken for something old, and the
 * limits for impossible times look after it. Proposed by us.
 */
export function measuredOffset(atMs: number, records: number, contact: Contact): number | null {
  const { nowMs, seenMs, pushedMs, offsetMs } = contact
  if (records !== 1) return null
  const offset = atMs - nowMs
  if (offsetMs !== null && Math.abs(offset - offsetMs) <= rules.steadyMs) return offset
  const inContact = seenMs !== null && nowMs - seenMs <= rules.contactMs
  const quiet = pushedMs === null || nowMs - pushedMs >= rules.quietMs
  return inContact && quiet && Math.abs(offset) < rules.mostMs ? offset : null
}

/** Whether a clock went to another time at one go 时钟跳变: somebody set it, or something set it for him. */
export function isClockJump(beforeMs: number | null, nowMs: number): boolean {
  return beforeMs !== null && Math.abs(nowMs - beforeMs) > rules.jumpMs
}

/** The stamp to keep after a push, and whether everything should be sent again. */
export type StampStep = { readonly stamp: string | null; readonly again: boolean }

/**
 * What becomes of the stamp 断点 that a terminal is told at its next greeting. A push brings the stamp of its records; 9999 says
 * nothing and moves nothing. One lower than what is kept, with records nobody had, is a terminal that was replaced or emptied:
 * its count began anew, and records below the kept stamp would never come. Then nothing is kept, so that it sends all it has; what
 * is known already is dropped by its key. Lower with nothing new is the same history once more.
 */
export function nextStamp(kept: string | null, sent: string | null, fresh: number): StampStep {
  if (sent === null || !/^\d{1,18}$/.test(sent) || Number(sent) === 0 || sent === '9999')
    return { stamp: kept, again: false }
  if (kept === null || BigInt(sent) >= BigInt(kept)) return { stamp: sent, again: false }
  return fresh > 0 ? { stamp: null, again: true } : { stamp: kept, again: false }
}

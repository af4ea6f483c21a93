/** A small deterministic source of numbers: the demo centre must come out the same on every machine. */
export type Random = {
  readonly next: () => number
  readonly int: (from: number, to: number) => number
  readonly chance: (probability: number) => boolean
  /** Roughly normal: the sum of four uniform numbers. */
  readonly around: (mean: number, spread: number) => number
}

function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0
  return value
}

/** Numbers that depend on the keys and on nothing else, so that one day can be made without the days before it. */
export function randomFor(...keys: readonly (string | number)[]): Random {
  let state = hash(keys.join('/'))
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  next()
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    around: (mean, spread) => Math.round(mean + (next() + next() + next() + next() - 2) * spread),
  }
}

/** Numbers that look random and are the same in every run. */
export function seeded(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  return {
    next,
    below: (limit: number) => Math.floor(next() * limit),
    chance: (share: number) => next() < share,
    bytes(length: number) {
      const bytes = new Uint8Array(length)
      for (let at = 0; at < length; at++) bytes[at] = next() * 256
      return bytes
    },
  }
}
export type Random = ReturnType<typeof seeded>

/** A packet as a module sends it, written out here so that no mistake of the driver's own encoder is shared. */
export function moduleFrame(id: number, payload: ArrayLike<number>): Uint8Array {
  const length = payload.length + 2
  const body = [id, length >> 8, length & 0xff, ...Array.from(payload)]
  const sum = body.reduce((total, byte) => total + byte, 0)
  return Uint8Array.from([0xef, 0x01, 0xff, 0xff, 0xff, 0xff, ...body, (sum >> 8) & 0xff, sum & 0xff])
}

export const enrolled = [3, 17, 42, 150] as const
const stranger = -1

/**
 * A module that answers at once and always truly: fingers come and go as it is looked at. What happens to its answers on
 * their way is not its matter.
 */
export function plainModule(random: Random) {
  let finger: number | null = null
  let looks = 0
  const frames: Readonly<Record<number, (parameters: Uint8Array) => Uint8Array[]>> = {
    1: () => {
      if (looks++ % 3 === 0) {
        const others = [...enrolled, stranger]
        finger = finger === null ? (others[random.below(others.length)] ?? null) : null
      }
      return [moduleFrame(7, [finger === null ? 2 : 0])]
    },
    2: () => [moduleFrame(7, [finger === null ? 0x15 : 0])],
    4: () => [moduleFrame(7, finger === null || finger === stranger ? [9, 0, 0, 0, 0] : [0, 0, finger, 0, 150])],
    8: () => [moduleFrame(7, [0]), ...[0, 1, 2, 3].map((part) => moduleFrame(part === 3 ? 8 : 2, random.bytes(128)))],
    15: () => [moduleFrame(7, [0, 0, 4, 0, 9, 0, 200, 0, 3, 255, 255, 255, 255, 0, 2, 0, 6])],
    29: () => [moduleFrame(7, [0, 0, enrolled.length])],
    31: () => {
      const table = new Uint8Array(33)
      for (const slot of enrolled) table[1 + (slot >> 3)] = (table[1 + (slot >> 3)] ?? 0) | (1 << (slot & 7))
      return [moduleFrame(7, table)]
    },
  }
  return {
    /** What the person on the glass would be found as; null when nobody is there, or a stranger. */
    onGlass: () => (finger === stranger ? null : finger),
    answer: ([command = 0, ...parameters]: readonly number[]) =>
      frames[command]?.(Uint8Array.from(parameters)) ?? [moduleFrame(7, [0])],
  }
}

import type { Presence, PresenceState } from '#app/domain/duty/presence.ts'
import type { HallFacts, PostFacts, PostKind, WindowFacts } from '#app/domain/duty/window.ts'

export const nine = 9 * 3600

export function presence(state: PresenceState, more: Partial<Presence> = {}): Presence {
  return { state, since: nine, until: null, kind: null, leftAt: null, minutesLate: 0, ...more }
}

export function windowFacts(...numbers: string[]): WindowFacts[] {
  return numbers.map((number) => ({ id: number, zoneId: number.slice(0, 1), number }))
}

/** "A01 a ann" is Ann's A post at window A01. */
export function posts(...lines: string[]): PostFacts[] {
  return lines.map((line) => {
    const [windowId = '', post = '', personId = ''] = line.split(' ')
    return { windowId, post: post as PostKind, personId }
  })
}

export function hall(facts: Partial<HallFacts> & { people: ReadonlyMap<string, Presence> }): HallFacts {
  return { now: nine + 600, windows: [], posts: [], groups: [], standIns: new Map(), ...facts }
}

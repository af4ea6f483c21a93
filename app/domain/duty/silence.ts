import type { Second } from '#app/domain/attendance/day.ts'

/** What is known of a reader at this second: what its agent said last and how often it usually hears a finger at this time of day. */
export type ReaderFacts = {
  readonly id: string
  readonly state: 'online' | 'offline' | 'fault' | 'unknown'
  /** Second of today since when the agent reports this state; null when it began before today. */
  readonly stateSince: Second | null
  readonly lastPunch: Second | null
  /** Punches in the last `watch` seconds, and the mean of the same stretch on earlier workdays. */
  readonly recent: number
  readonly usual: number
}

export type Silence = {
  readonly readerId: string
  readonly why: 'offline' | 'fault' | 'quiet'
  readonly since: Second | null
  /** Usual minutes between two punches at this time of day; null when the reader said itself that it is down. */
  readonly usualEvery: number | null
}

/** How long a stretch is compared with earlier days. */
export const watch = 1800
/** A stretch that usually has fewer punches says nothing when it has none. */
const enough = 4

/** Which readers are silent 静默: the agent says so, or nothing came where earlier days had at least four punches. */
export function silentReaders(readers: readonly ReaderFacts[]): Silence[] {
  return readers.flatMap((reader): Silence[] => {
    if (reader.state === 'offline' || reader.state === 'fault') {
      return [{ readerId: reader.id, why: reader.state, since: reader.stateSince, usualEvery: null }]
    }
    if (reader.recent > 0 || reader.usual < enough) return []
    const usualEvery = Math.max(1, Math.round(watch / 60 / reader.usual))
    return [{ readerId: reader.id, why: 'quiet', since: reader.lastPunch, usualEvery }]
  })
}

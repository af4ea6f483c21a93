import { offsetLevel } from './quarantine.ts'

export type ReaderBadge = 'online' | 'clock' | 'silent' | 'offline' | 'fault' | 'unknown' | 'retired'

type ReaderFacts = {
  readonly state: string
  readonly seenAtMs: number | null
  readonly clockOffsetMs: number | null
  readonly retired: boolean
}

/** An agent reports every few seconds; after this silence what it said last is no longer believed (proposed by us). */
export const silentAfterMs = 45_000

/** An agent unheard for so long is taken to be down: its readers are out from its last word on (proposed by us). */
export const silentAgentMs = 120_000

function isKnownState(state: string): state is 'online' | 'offline' | 'fault' {
  return state === 'online' || state === 'offline' || state === 'fault'
}

/**
 * What a reader's card shows. An agent that has gone quiet 静默 outweighs what it said last; a clock that is off is
 * worth a look even while the reader works. Source: design 13, complaints 23 and 26.
 */
export function readerBadge(reader: ReaderFacts, nowMs: number): ReaderBadge {
  if (reader.retired) return 'retired'
  if (reader.seenAtMs === null || !isKnownState(reader.state)) return 'unknown'
  if (nowMs - reader.seenAtMs > silentAfterMs) return 'silent'
  if (reader.state !== 'online') return reader.state
  const level = offsetLevel(reader.clockOffsetMs)
  return level === 'warn' || level === 'off' ? 'clock' : 'online'
}

/** Whether people can punch there now: a reader with a doubtful clock still records. */
export function takesPunches(badge: ReaderBadge): boolean {
  return badge === 'online' || badge === 'clock'
}

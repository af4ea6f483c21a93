import type { CommandState, Step } from './command.ts'
import type { Attempt } from './enrol-attempt.ts'
import type { ReaderBadge } from './reader-state.ts'
import type { Named } from './readers-view.ts'

export type EnrolReader = Named & {
  readonly id: string
  readonly place: string
  readonly placeEn: string
  readonly badge: ReaderBadge
  /** A finger can be laid on it now. */
  readonly readable: boolean
  readonly emulated: boolean
  readonly templates: number | null
  readonly capacity: number | null
  /** Somebody else's finger is awaited there. */
  readonly busyWith: Named | null
}

/** How far a deletion has come: asked for at a reader that is away, running, refused by the reader, or proved. */
export type DeletionState = 'waiting' | 'running' | 'failed' | 'proved' | 'unproved'

export type StoredFinger = {
  readonly id: string
  readonly sourceId: string
  readonly reader: Named
  readonly finger: number | null
  readonly slot: string
  readonly startsMs: number
  readonly endsMs: number | null
  readonly deletion: DeletionState | null
  /** The last word of the deletion that did not work. */
  readonly why: string | null
}

export type SlotOwner = Named & {
  readonly personId: string
  readonly finger: number | null
  readonly sinceMs: number
}

export type EnrolAttempt = Attempt & {
  readonly id: string
  readonly state: CommandState
  readonly createdMs: number
  readonly sourceId: string
  readonly reader: Named
  readonly badge: ReaderBadge
  readonly finger: number
  readonly slot: number | null
  readonly steps: readonly Step[]
  /** Whose template refused the finger; null when nobody's enrolment knows that slot. */
  readonly owner: SlotOwner | null
  /** The slots around the new one, as the index table shows them. */
  readonly neighbours: readonly { readonly slot: number; readonly taken: boolean }[]
}

export type EnrolTrial = {
  readonly id: string
  readonly state: CommandState
  readonly steps: readonly Step[]
  readonly sourceId: string
  readonly result: 'hers' | 'other' | 'failed' | null
  readonly slot: number | null
  readonly score: number | null
  readonly milliseconds: number | null
  readonly owner: SlotOwner | null
}

export type EnrolView = {
  readonly nowMs: number
  readonly zone: string
  readonly person: Named & {
    readonly id: string
    readonly reading: string
    readonly staffNumber: string
    readonly window: string | null
    readonly unit: Named | null
    readonly startsOn: string | null
    readonly left: boolean
  }
  readonly consent: {
    readonly how: string
    readonly statement: string
    readonly givenMs: number
    readonly recordedBy: string
    readonly withdrawnMs: number | null
    readonly holds: boolean
  } | null
  readonly stored: readonly StoredFinger[]
  readonly readers: readonly EnrolReader[]
  readonly chosen: { readonly finger: number; readonly sourceId: string | null }
  readonly attempt: EnrolAttempt | null
  readonly trial: EnrolTrial | null
  readonly waiting: { readonly count: number; readonly next: (Named & { readonly id: string }) | null }
}

/** The slots around one, to be drawn as a strip of the index table. Source: design 20. */
export function neighboursOf(
  slot: number,
  taken: readonly number[],
  capacity: number,
): readonly { readonly slot: number; readonly taken: boolean }[] {
  const first = Math.max(0, Math.min(slot - 5, capacity - 8))
  return Array.from({ length: Math.min(8, capacity) }, (_, index) => ({
    slot: first + index,
    taken: taken.includes(first + index),
  }))
}

/** What a person is asked to enrol next: a finger not yet stored at this reader, index fingers first (design 20: two fingers). */
export function nextFinger(stored: readonly StoredFinger[], sourceId: string | null): number {
  const here = stored.filter((one) => one.endsMs === null && (sourceId === null || one.sourceId === sourceId))
  const preferred = [2, 7, 3, 8, 1, 6, 4, 9, 5, 10]
  return preferred.find((finger) => !here.some((one) => one.finger === finger)) ?? 2
}

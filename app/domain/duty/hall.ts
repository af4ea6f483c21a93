import type { CivilDay, Second } from '#app/domain/attendance/day.ts'
import type { HallDay, PersonDay } from './hall-day.ts'
import type { GroupFacts, PostFacts } from './window.ts'

export type ZoneLine = { readonly id: string; readonly code: string; readonly name: string; readonly nameEn: string }

export type WindowLine = {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly nameEn: string
  readonly phone: string | null
  readonly zoneId: string
}

export type PersonLine = {
  readonly id: string
  readonly staffNumber: string
  readonly name: string
  readonly nameEn: string
  readonly reading: string
  readonly initials: string
  readonly identityKind: string
}

export type ReaderName = { readonly id: string; readonly name: string; readonly nameEn: string }

export type GroupLine = GroupFacts & { readonly name: string }

/** The hall of one moment with the names that a page needs: what is loaded, and what the board says of it. */
export type Hall = {
  readonly day: CivilDay
  readonly now: Second
  readonly hall: HallDay
  readonly zones: readonly ZoneLine[]
  readonly windows: readonly WindowLine[]
  readonly groups: readonly GroupLine[]
  /** The chief representative of each window 首席代表. */
  readonly chiefs: ReadonlyMap<string, string>
  readonly people: readonly PersonLine[]
  readonly readers: readonly ReaderName[]
  readonly days: ReadonlyMap<string, PersonDay>
  readonly posts: readonly PostFacts[]
  /** The name of each rule set in force, by its version. */
  readonly rules: ReadonlyMap<string, string>
}

import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { IdentityKind, Post } from './person.ts'

/** serving: a posting holds the day; coming: one begins later; left: all have ended; unposted: there never was one. */
export const personStates = ['serving', 'coming', 'left', 'unposted'] as const
export type PersonState = (typeof personStates)[number]

export type UnitName = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly shortName: string
}
export type WindowName = {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly nameEn: string
}

export type PostingLine = {
  readonly id: string
  readonly unit: UnitName
  readonly startsOn: CivilDay
  readonly endsOn: CivilDay | null
  readonly dueOn: CivilDay | null
  readonly documentNumber: string | null
  readonly documentOn: CivilDay | null
  /** The person's own mode, or null where the unit's holds. */
  readonly assessmentMode: 'a' | 'b' | 'c' | null
  readonly endReason: string | null
  readonly note: string | null
}

export type PostLine = {
  readonly id: string
  readonly post: Post
  readonly window: WindowName | null
  readonly startsOn: CivilDay
  readonly endsOn: CivilDay | null
}

export type ChiefLine = {
  readonly id: string
  readonly window: WindowName
  readonly startsOn: CivilDay
  readonly endsOn: CivilDay | null
}

export type GroupLine = {
  readonly id: string
  readonly group: string
  readonly startsOn: CivilDay
  readonly endsOn: CivilDay | null
}

/** One person as the record page shows it 人员档案; everything newest first. */
export type PersonRecord = {
  readonly id: string
  readonly staffNumber: string
  readonly name: string
  readonly reading: string
  readonly initials: string
  readonly nameEn: string
  readonly nameNote: string | null
  readonly identityKind: IdentityKind
  readonly title: string | null
  readonly duties: string | null
  readonly revision: number
  readonly state: PersonState
  readonly postings: readonly PostingLine[]
  readonly posts: readonly PostLine[]
  readonly chiefs: readonly ChiefLine[]
  readonly groups: readonly GroupLine[]
  /** At how many readers a finger is stored today. */
  readonly enrolledAt: number
  /** What only those who see the whole centre are given; null for everybody else. */
  readonly personnel: PersonnelFacts | null
}

export type PersonnelFacts = {
  readonly politicalStatus: string | null
  readonly gender: 'female' | 'male' | null
  readonly bornMonth: string | null
  readonly nameOnCard: string | null
  readonly rankSince: string | null
  readonly education: string | null
  readonly workSince: string | null
  readonly postCategory: 'management' | 'technical' | 'worker' | null
  readonly postGrade: string | null
  /** "138****8517"; the whole number only through `revealed`. */
  readonly phoneMasked: string | null
  readonly idNumberMasked: string | null
}

/** One line of the list 人员名单. */
export type PersonRow = {
  readonly id: string
  readonly staffNumber: string
  readonly name: string
  readonly nameEn: string
  readonly reading: string
  readonly nameNote: string | null
  readonly identityKind: IdentityKind
  readonly state: PersonState
  /** The posting of the day, else the next, else the last. */
  readonly posting: Pick<PostingLine, 'unit' | 'startsOn' | 'endsOn' | 'dueOn'> | null
  /** The posts of the day. */
  readonly posts: readonly { readonly post: Post; readonly window: WindowName | null }[]
  readonly chiefOf: readonly string[]
  readonly enrolled: boolean
}

/** One act in the history of a record 变更记录; `fields` say each value from and to in words, sealed ones as "***". */
export type HistoryLine = {
  readonly id: string
  readonly atMs: number
  readonly actor: string
  readonly record: string
  readonly recordId: string
  readonly kind: 'created' | 'edited' | 'ended' | 'reopened'
  readonly fields: Readonly<
    Record<string, { readonly from: string | number | null; readonly to: string | number | null }>
  >
}

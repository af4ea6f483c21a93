import type { CivilDay } from '#app/domain/attendance/day.ts'

export type ZoneLine = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly endedOn: CivilDay | null
  readonly windows: number
  readonly people: number
}

export type UnitLine = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly shortName: string
  readonly assessmentMode: 'a' | 'b' | 'c'
  readonly contact: string | null
  readonly phone: string | null
  readonly endedOn: CivilDay | null
  readonly people: number
}

export type Somebody = { readonly id: string; readonly name: string }

export type WindowRow = {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly nameEn: string
  readonly zone: { readonly id: string; readonly code: string; readonly name: string; readonly nameEn: string }
  readonly phone: string | null
  readonly opensOn: CivilDay
  readonly closesOn: CivilDay | null
  readonly aPost: Somebody | null
  readonly bPosts: readonly Somebody[]
  readonly chief: Somebody | null
  readonly groups: readonly string[]
}

export type GroupRow = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly minStaff: number
  readonly windows: readonly { readonly id: string; readonly number: string }[]
  /** How many people hold a post at its windows today. */
  readonly people: number
}

export type HallView = {
  readonly zones: readonly ZoneLine[]
  readonly units: readonly UnitLine[]
  readonly windows: readonly WindowRow[]
  readonly groups: readonly GroupRow[]
}

/** What stands against ending something, and what will follow from it; people are named so that one can go and see to them. */
export type Ending = {
  readonly blockers: readonly { readonly code: string; readonly facts: Facts; readonly people: readonly Somebody[] }[]
  readonly consequences: readonly { readonly code: string; readonly facts: Facts }[]
}

type Facts = Readonly<Record<string, string | number>>

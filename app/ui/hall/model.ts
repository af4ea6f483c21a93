import type { HallKind } from '#app/domain/hall/input.ts'
import type { Ending } from '#app/domain/hall/view.ts'
import type { HistoryLine } from '#app/domain/people/record.ts'

export type Typed = Readonly<Record<string, string>>
export type Problems = Readonly<
  Record<string, { readonly code: string; readonly facts: Readonly<Record<string, string | number>> }>
>

export type ZoneChoice = { readonly id: string; readonly code: string; readonly name: string; readonly nameEn: string }
export type WindowChoice = {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly nameEn: string
}

/** Everything the page of one zone, unit, window or group draws. */
export type HallRecordModel = {
  readonly kind: HallKind
  /** Null while it is being added. */
  readonly id: string | null
  readonly name: string
  readonly nameEn: string
  readonly typed: Typed
  readonly version: string
  readonly endedOn: string | null
  readonly over: boolean
  readonly zones: readonly ZoneChoice[]
  readonly windows: readonly WindowChoice[]
  readonly history: readonly (HistoryLine & { readonly when: { readonly day: string; readonly second: number } })[]
  /** The question before ending, for a last day. */
  readonly ending: { readonly on: string; readonly found: Ending } | null
  readonly done: string | null
}

/** The field of the form that a refusal of the service belongs to; '' for the whole form. */
const fieldOf: Readonly<Record<string, string>> = {
  code_taken: 'code',
  name_taken: 'name',
  number_taken: 'number',
  number_taken_closed: 'number',
  zone_unknown: 'zoneId',
  zone_ended: 'zoneId',
  window_unknown: 'windowIds',
  opens_after_posts: 'opensOn',
  opens_after_closing: 'opensOn',
  already_ended: 'on',
  ends_before_opens: 'on',
}

/** A refusal of the service as a problem of the form. */
export function problemOf(refusal: {
  readonly code: string
  readonly facts: Readonly<Record<string, string | number>>
}): Problems {
  return { [fieldOf[refusal.code] ?? '']: { code: refusal.code, facts: refusal.facts } }
}

import type {
  ClaimLine,
  DecidedLine,
  DoubtfulLine,
  Named,
  ParkedLine,
  SourceChoice,
  WaitingCount,
} from '#app/domain/devices/doubtful-view.ts'
import type { T } from '#app/i18n/translator.ts'

export const shows = ['claims', 'quarantined', 'parked', 'gaps', 'decided'] as const
export type Show = (typeof shows)[number]

export type GapLine = {
  readonly id: string
  readonly agent: string
  readonly first: number
  readonly last: number
  readonly missing: number
  readonly notedMs: number
  readonly fromMs: number | null
  readonly toMs: number | null
}

export type Found = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly staffNumber: string
  readonly state: string
  readonly unit: string | null
}

/** The number that the address asks to claim, and who answers to what was typed. */
export type Claiming = {
  readonly line: ParkedLine
  readonly q: string
  readonly found: readonly Found[]
}

/** What was typed when it could not be done. */
export type Typed = {
  readonly intent: string
  readonly fields: Readonly<Record<string, string>>
  readonly chosen: readonly string[]
}

export type DoubtfulModel = {
  readonly show: Show
  readonly zone: string
  readonly counts: WaitingCount
  /** Whether the visitor may say whose a number is. */
  readonly claims: boolean
  readonly filter: { readonly source: string; readonly day: string }
  readonly sources: readonly SourceChoice[]
  readonly lines: readonly DoubtfulLine[]
  readonly parked: readonly ParkedLine[]
  readonly claiming: Claiming | null
  readonly gaps: readonly GapLine[]
  readonly decided: readonly DecidedLine[]
  readonly made: readonly ClaimLine[]
}

/** Picks the Chinese or the English of a stored pair by language. */
export function named(t: T, one: Named): string {
  return t.locale === 'en' ? one.nameEn || one.name : one.name
}

/** Where a list is, with the filter kept. */
export function hrefOf(
  model: Pick<DoubtfulModel, 'filter'>,
  show: Show,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ show })
  if (model.filter.source) query.set('source', model.filter.source)
  if (model.filter.day) query.set('day', model.filter.day)
  for (const [name, value] of Object.entries(more)) query.set(name, value)
  return `/readers/doubtful?${query}`
}

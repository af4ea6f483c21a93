import type { FormField, FormFields } from '#app/domain/assessment/form-fields.ts'
import { filledBy, type NeededField, type RegisterFacts, registerFields } from '#app/domain/assessment/register.ts'
import { wordOf } from '#app/domain/assessment/register-words.ts'
import { type Aspect, silentAspects } from '#app/domain/assessment/summary.ts'
import type { IdentityKind } from '#app/domain/people/person.ts'
import { formatDay, formatInstant } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import type { Words } from './autosave.ts'
import { fieldNames, withCodePoints } from './problem-text.ts'

/** What the printer says of the form before it is printed. */
export type PaperNotes = {
  readonly pages: number
  readonly fonts: readonly string[]
  readonly bad: readonly { readonly field: string; readonly characters: readonly string[] }[]
}

export type FormModel = {
  readonly state: 'form'
  readonly year: number
  readonly years: readonly number[]
  readonly writable: boolean
  readonly personId: string
  readonly form: RegisterFacts['form']
  readonly kind: IdentityKind
  readonly number: string | null
  readonly stored: Words
  readonly revision: number
  readonly savedAt: string | null
  /** Every other box as it is printed; an empty text is a blank. */
  readonly rows: readonly { readonly label: string; readonly value: string }[]
  readonly missing: { readonly count: number; readonly own: string; readonly record: string }
  readonly pages: number
  readonly fonts: readonly string[]
  readonly bad: { readonly characters: string; readonly fields: string } | null
  readonly silent: readonly Aspect[]
  readonly countedTo: string | null
  /** Who keeps records himself is led there. */
  readonly keepsRecords: boolean
}

export type MineModel =
  | FormModel
  | { readonly state: 'nobody' }
  | { readonly state: 'not_here'; readonly year: number; readonly years: readonly number[] }
  | {
      readonly state: 'none'
      readonly kind: IdentityKind
      readonly year: number
      readonly years: readonly number[]
    }

const identity = ['name', 'gender', 'born_month', 'political_status'] as const

/** The boxes of each form beside the own words, in their order on paper. */
const boxes = {
  civil_servant_register: [...identity, 'rank_since', 'title', 'duties'],
  institution_register: [
    ...identity,
    'education',
    'work_since',
    'department',
    'post_category',
    'appointed_since',
    'duties',
    'attendance',
    'regular_grades',
    'remarks',
  ],
} as const satisfies Record<RegisterFacts['form'], readonly FormField[]>

export type FormSource = {
  readonly t: T
  readonly zone: string
  readonly today: string
  readonly year: number
  readonly years: readonly number[]
  readonly writable: boolean
  readonly kind: IdentityKind
  readonly facts: RegisterFacts
  readonly missing: readonly NeededField[]
  readonly register: { readonly revision: number; readonly savedAt: Date } | null
  readonly paper: PaperNotes
  readonly keepsRecords: boolean
}

/** One's own form as its page shows it. */
export function formModel(source: FormSource): FormModel {
  const { t, zone, facts, register, paper, year } = source
  const fields = registerFields(facts)
  const saved = register !== null && register.revision > 0
  return {
    state: 'form',
    year,
    years: source.years,
    writable: source.writable,
    personId: facts.person.id,
    form: facts.form,
    kind: source.kind,
    number: facts.number,
    stored: { summary: facts.summary, training: facts.training },
    revision: register?.revision ?? 0,
    savedAt: saved ? formatInstant(register.savedAt.getTime(), zone, t.locale) : null,
    rows: boxes[facts.form].map((field) => ({ label: fieldNames(t, [field]), value: printed(field, fields) })),
    missing: missingTexts(t, source.missing),
    pages: paper.pages,
    fonts: paper.fonts,
    bad: badCharacters(t, paper),
    silent: facts.summary === '' ? [] : silentAspects(facts.summary),
    countedTo: facts.form === 'institution_register' ? countedTo(source) : null,
    keepsRecords: source.keepsRecords,
  }
}

function printed(field: FormField, fields: FormFields): string {
  const text = fields[field] ?? ''
  if (field !== 'post_category' || text === '') return text
  return `${wordOf('category', text)} ${fields.post_grade ?? ''}`.trim()
}

function missingTexts(t: T, missing: readonly NeededField[]): FormModel['missing'] {
  const of = (who: 'person' | 'record') =>
    fieldNames(
      t,
      missing.filter((field) => filledBy(field) === who),
    )
  return { count: missing.length, own: of('person'), record: of('record') }
}

function badCharacters(t: T, { bad }: PaperNotes): FormModel['bad'] {
  if (bad.length === 0) return null
  const characters = withCodePoints(t, new Set(bad.flatMap((one) => one.characters)))
  return {
    characters,
    fields: fieldNames(
      t,
      bad.map((one) => one.field),
    ),
  }
}

function countedTo({ t, today, year }: FormSource): string {
  const last = `${year}-12-31`
  return formatDay(today < last ? today : last, t.locale)
}

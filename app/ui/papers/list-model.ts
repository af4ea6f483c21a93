import { filledBy, missingFields } from '#app/domain/assessment/register.ts'
import {
  filterRegisters,
  formChoices,
  hasWritten,
  type RegisterFilter,
  type RegisterPerson,
} from '#app/domain/assessment/register-list.ts'
import { countCharacters } from '#app/domain/assessment/summary.ts'
import type { AnnualForm, IdentityKind } from '#app/domain/people/person.ts'
import { identityKinds } from '#app/domain/people/person.ts'
import { formatInstant, formatNames } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'

type Named = { readonly id: string; readonly name: string; readonly nameEn: string }

export type ListLine = {
  readonly id: string
  readonly name: string
  /** Staff number; for an English reader with the name as it is written. */
  readonly number: string
  readonly kind: IdentityKind
  readonly form: AnnualForm
  readonly where: string
  /** Null when nothing is written. */
  readonly words: { readonly count: number; readonly day: string } | null
  /** What would be printed blank, in words. */
  readonly blanks: readonly string[]
  /** Whether any of these stands in the person's record, which HR can fill in. */
  readonly toRecord: boolean
}

export type ListModel = {
  readonly year: number
  readonly years: readonly number[]
  readonly filter: RegisterFilter
  readonly counts: Readonly<Record<(typeof formChoices)[number], number>>
  readonly written: number
  readonly ready: number
  readonly units: readonly { readonly id: string; readonly name: string }[]
  readonly zones: readonly { readonly id: string; readonly name: string }[]
  readonly kinds: readonly IdentityKind[]
  readonly lines: readonly ListLine[]
  readonly page: number
  readonly pages: number
  /** Everybody the filters leave, and how many of them have blanks. */
  readonly found: number
  readonly foundBlank: number
  /** Who fills in no register, by identity. */
  readonly without: readonly { readonly kind: IdentityKind; readonly count: number }[]
}

export type ListSource = {
  readonly t: T
  readonly zone: string
  readonly people: readonly RegisterPerson[]
  readonly zones: readonly Named[]
  readonly filter: RegisterFilter
  readonly year: number
  readonly years: readonly number[]
  readonly page: number
}

export const pageSize = 50

/** The list of a year's registers as its page shows it. */
export function listModel(source: ListSource): ListModel {
  const { t, people, filter, year, years } = source
  const found = filterRegisters(people, filter)
  const pages = Math.max(1, Math.ceil(found.length / pageSize))
  const page = Math.min(Math.max(1, source.page), pages)
  const fillers = people.filter((person) => person.facts !== null)
  return {
    year,
    years,
    filter,
    counts: countsOf(people),
    written: fillers.filter(hasWritten).length,
    ready: fillers.filter((person) => blanksOf(person).length === 0).length,
    units: unitsOf(people, t),
    zones: source.zones.map((zone) => ({ id: zone.id, name: inLocale(zone, t) })),
    kinds: identityKinds.filter((kind) => people.some((person) => person.identityKind === kind)),
    lines: found.slice((page - 1) * pageSize, page * pageSize).map((person) => lineOf(person, source)),
    page,
    pages,
    found: found.length,
    foundBlank: found.filter((person) => blanksOf(person).length > 0).length,
    without: withoutRegister(people),
  }
}

function inLocale(named: { name: string; nameEn: string }, t: T): string {
  return t.locale === 'en' ? named.nameEn : named.name
}

function countsOf(people: readonly RegisterPerson[]): ListModel['counts'] {
  const blank = { unit: '', zone: '', kind: '', state: '', q: '' }
  const count = (form: (typeof formChoices)[number]) => filterRegisters(people, { ...blank, form }).length
  return Object.fromEntries(formChoices.map((form) => [form, count(form)])) as ListModel['counts']
}

function unitsOf(people: readonly RegisterPerson[], t: T) {
  const units = new Map(people.flatMap(({ unit }) => (unit ? [[unit.id, inLocale(unit, t)] as const] : [])))
  return [...units].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name, t.locale))
}

function withoutRegister(people: readonly RegisterPerson[]): ListModel['without'] {
  const count = (kind: IdentityKind) => people.filter((one) => one.facts === null && one.identityKind === kind).length
  return identityKinds.map((kind) => ({ kind, count: count(kind) })).filter((line) => line.count > 0)
}

function blanksOf({ facts }: RegisterPerson) {
  return facts === null ? [] : missingFields(facts)
}

function lineOf(person: RegisterPerson, { t, zone }: ListSource): ListLine {
  const { facts, savedAt, unit, windows } = person
  const count = facts ? countCharacters(facts.summary) : 0
  const place = windows.length === 0 ? [] : [formatNames(windows, t.locale)]
  return {
    id: person.id,
    name: t.locale === 'en' ? person.nameEn : person.name,
    number: t.locale === 'en' ? `${person.name} · ${person.staffNumber}` : person.staffNumber,
    kind: person.identityKind,
    form: person.form,
    where: [...(unit ? [inLocale(unit, t)] : []), ...place].join(' · '),
    words: count === 0 || savedAt === null ? null : { count, day: formatInstant(savedAt, zone, t.locale) },
    blanks: blanksOf(person).map((field) => t(`assessment.field.${field}`)),
    toRecord: blanksOf(person).some((field) => filledBy(field) === 'record'),
  }
}

import { personMatches } from '#app/domain/duty/find.ts'
import type { AnnualForm, IdentityKind } from '#app/domain/people/person.ts'
import { missingFields, type RegisterFacts } from './register.ts'

/** Somebody who served in a year, with the annual form of that year; `facts` is null for whom no register is meant. */
export type RegisterPerson = {
  readonly id: string
  readonly staffNumber: string
  readonly name: string
  readonly nameEn: string
  readonly reading: string
  readonly initials: string
  readonly identityKind: IdentityKind
  readonly form: AnnualForm
  readonly unit: { readonly id: string; readonly name: string; readonly nameEn: string } | null
  readonly zoneIds: readonly string[]
  readonly windows: readonly string[]
  /** When own words were last saved, epoch milliseconds. */
  readonly savedAt: number | null
  readonly facts: RegisterFacts | null
}

export const formChoices = ['all', 'civil_servant_register', 'institution_register', 'none'] as const
export const fillStates = ['unwritten', 'written', 'blank', 'ready'] as const

/** What the list of a year is narrowed by; an empty text narrows nothing. */
export type RegisterFilter = {
  readonly form: (typeof formChoices)[number]
  readonly unit: string
  readonly zone: string
  readonly kind: string
  readonly state: string
  readonly q: string
}

/** Reads a filter from an address or a form; what is unknown narrows nothing. */
export function readRegisterFilter(value: (name: string) => string | null): RegisterFilter {
  const text = (name: string) => (value(name) ?? '').trim().slice(0, 100)
  const form = text('form')
  return {
    form: formChoices.find((choice) => choice === form) ?? 'all',
    unit: text('unit'),
    zone: text('zone'),
    kind: text('kind'),
    state: text('state'),
    q: text('q'),
  }
}

/** Whether a person has written anything for the year. */
export function hasWritten({ facts }: RegisterPerson): boolean {
  return facts !== null && facts.summary !== ''
}

function fits(person: RegisterPerson, state: string): boolean {
  if (state === 'written') return hasWritten(person)
  if (state === 'unwritten') return !hasWritten(person)
  const blanks = person.facts ? missingFields(person.facts).length : 0
  if (state === 'blank') return blanks > 0
  return state === 'ready' ? blanks === 0 : true
}

function isAsked(person: RegisterPerson, q: string): boolean {
  const window = q.toUpperCase()
  return (
    q === '' || personMatches(person, q) || person.windows.some((number) => number.toUpperCase().startsWith(window))
  )
}

/** The people of a list, in their order; `all` are those who fill in a register, `none` those who do not. */
export function filterRegisters(people: readonly RegisterPerson[], filter: RegisterFilter): RegisterPerson[] {
  return people.filter((person) => {
    const ofForm =
      filter.form === 'all'
        ? person.facts !== null
        : filter.form === 'none'
          ? person.facts === null
          : person.form === filter.form
    return (
      ofForm &&
      (filter.unit === '' || person.unit?.id === filter.unit) &&
      (filter.zone === '' || person.zoneIds.includes(filter.zone)) &&
      (filter.kind === '' || person.identityKind === filter.kind) &&
      fits(person, filter.state) &&
      isAsked(person, filter.q)
    )
  })
}

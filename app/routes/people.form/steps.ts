import { insertCharacter } from '#app/domain/people/characters/rare.ts'
import { findCharacters } from '#app/domain/people/characters/search.ts'
import { normaliseName, withStandardCharacters } from '#app/domain/people/name-input.ts'
import { type PersonTyped, personFields } from '#app/domain/people/person-input.ts'
import { proposeReading } from '#app/domain/people/reading.ts'
import type { FormState } from '#app/ui/people/person-form.tsx'

const postingFields = ['unitId', 'startsOn', 'dueOn', 'documentNumber', 'documentOn', 'post', 'windowId'] as const
const longest = 2000

/** Everything typed in the form of a person, so that no step and no refusal loses any of it. */
export function typedOf(form: FormData): Record<string, string> {
  const names = [...personFields, ...postingFields, 'characterQuery']
  return Object.fromEntries(
    names.map((name) => [name, [...String(form.get(name) ?? '')].slice(0, longest).join('')] as const),
  )
}

/** The part of it that is the person's own. */
export function personTyped(typed: Readonly<Record<string, string>>): PersonTyped {
  return Object.fromEntries(personFields.map((name) => [name, typed[name] ?? '']))
}

type Step = Pick<FormState, 'typed' | 'answer' | 'inserted' | 'notes'>

/** A step on the way that saves nothing: to look for a character, to take one, to have the reading proposed. Null when it is none. */
export function stepOf(form: FormData, typed: Record<string, string>): Step | null {
  const name = typed.name ?? ''
  const query = typed.characterQuery ?? ''
  const same = { typed, answer: query ? findCharacters(query) : null, inserted: null, notes: [] }
  const chosen = [...String(form.get('insert') ?? '')][0]
  if (chosen) return { ...same, typed: { ...typed, name: insertCharacter(name, chosen, null) }, inserted: chosen }
  const intent = String(form.get('intent') ?? '')
  if (intent === 'find') return same
  if (intent === 'standard') return { ...same, typed: { ...typed, name: withStandardCharacters(name) } }
  if (intent === 'propose') return { ...same, typed: { ...typed, ...proposeReading(normaliseName(name).name) } }
  return null
}

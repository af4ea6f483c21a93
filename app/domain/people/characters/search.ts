import { plainReading } from '#app/domain/people/name.ts'
import { characterAt, codePointText } from './code-point.ts'
import { deepest, holders, isPart } from './holders.ts'
import { type CharacterFact, characterFacts } from './parse.ts'
import { isRareOnScreen } from './rare.ts'
import { shapesOf } from './variants.ts'

export type CharacterFound = {
  readonly character: string
  readonly code: string
  readonly readings: readonly string[]
  readonly parts: readonly string[]
  /** How it was found: by its parts, its reading or its number; by_sound when a typed part only told how it is read. */
  readonly by: 'parts' | 'reading' | 'code' | 'by_sound'
}

export type CharacterAnswer = { readonly found: readonly CharacterFound[]; readonly more: number }

export const mostFound = 48
const nothing: CharacterAnswer = { found: [], more: 0 }

type Question = {
  readonly codes: readonly string[]
  readonly parts: readonly string[]
  readonly readings: readonly string[]
}

/**
 * Finds characters that a keyboard does not offer: by parts (女吉, 金 宏), by reading (jie), by both (女 jie) or by number
 * (U+36C3). Words for where a part stands (上㓞下女) are left out when they are no parts. Parts are found at any depth, in any
 * of their shapes; a part typed twice must be there twice (吉吉 → 喆).
 */
export function findCharacters(query: string): CharacterAnswer {
  const asked = questionOf(query)
  if (asked.codes.length > 0)
    return answerOf(
      asked.codes.map((one) => factOf(one)),
      'code',
    )
  if (asked.parts.length === 0 && asked.readings.length === 0) return nothing
  const exact = rankedOr(asked, withoutPlaces(asked))
  if (exact.length > 0) return answerOf(exact, asked.parts.length > 0 ? 'parts' : 'reading')
  return answerOf(bySound(asked), 'by_sound')
}

function questionOf(query: string): Question {
  const words = query
    .trim()
    .split(/[\s+＋,，、]+/u)
    .filter((word) => word !== '')
  // "U+36C3" is one word to its reader, though a plus stands between parts elsewhere.
  const whole = query.trim().split(/[\s,，、]+/u)
  const codes = whole.map(characterAt).filter((one) => one !== null)
  if (codes.length > 0 && codes.length === whole.length) return { codes, parts: [], readings: [] }
  const parts = [...query].filter((one) => /\p{Script=Han}/u.test(one))
  // One character that is no part of another is asked about itself.
  if (parts.length === 1 && words.length === 1 && !isPart(parts[0] ?? ''))
    return { codes: parts, parts: [], readings: [] }
  const readings = words.map((word) => plainReading(word)).filter((word) => /^[a-z]+$/u.test(word))
  return { codes: [], parts, readings }
}

const places = new Set('上下左右内外中')

/** 上㓞下女 says where the parts stand, as one describes a character to somebody: the parts without those words. */
function withoutPlaces(asked: Question): Question {
  return { ...asked, parts: asked.parts.filter((part) => !places.has(part)) }
}

function rankedOr(asked: Question, otherwise: Question): CharacterFact[] {
  const found = ranked(asked)
  const tries = found.length === 0 && otherwise.parts.length > 0 && otherwise.parts.length < asked.parts.length
  return tries ? ranked(otherwise) : found
}

function factOf(character: string): CharacterFact {
  return characterFacts().get(character) ?? { character, parts: [], readings: [] }
}

type Scored = { readonly fact: CharacterFact; readonly score: number }

function ranked({ parts, readings }: Pick<Question, 'parts' | 'readings'>): CharacterFact[] {
  const wanted = parts.map((part) => new Set(shapesOf(part)))
  const scored: Scored[] = []
  for (const fact of candidates(wanted)) {
    if (!readings.every((reading) => fact.readings.includes(reading))) continue
    const left = wanted.length === 0 ? 0 : taken(fact.parts, wanted, 0)
    // What nobody reads comes after what is read.
    if (left !== null) scored.push({ fact, score: left + (fact.readings.length > 0 ? 0 : 0.5) })
  }
  return scored.sort((a, b) => a.score - b.score || order(a.fact, b.fact)).map(({ fact }) => fact)
}

/** Of what fits alike, first what a keyboard does not offer: that is what one comes here for. */
function order(a: CharacterFact, b: CharacterFact): number {
  const rare = Number(isRareOnScreen(b.character)) - Number(isRareOnScreen(a.character))
  return rare || (a.character.codePointAt(0) ?? 0) - (b.character.codePointAt(0) ?? 0)
}

/** The characters that hold all wanted parts somewhere; whether often enough is for `taken` to say. */
function candidates(wanted: readonly ReadonlySet<string>[]): Iterable<CharacterFact> {
  const [first, ...others] = wanted.map((shapes) => holders(shapes))
  if (first === undefined) return characterFacts().values()
  return [...first].filter((one) => others.every((set) => set.has(one))).map(factOf)
}

/** Takes the wanted parts out, opening what is left when some are missing; answers how much is left over, null when one is not there. */
function taken(parts: readonly string[], wanted: readonly ReadonlySet<string>[], depth: number): number | null {
  const left = [...wanted]
  const rest = parts.filter((part) => {
    const at = left.findIndex((shapes) => shapes.has(part))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  if (left.length === 0) return rest.length + depth
  if (depth >= deepest || rest.length === 0) return null
  const opened = rest.flatMap((part) => factOf(part).parts)
  return opened.length === 0 ? null : taken(opened, left, depth + 1)
}

/** 金 + 弘: no character has both, but 弘 tells the sound; so the characters with 金 that are read hong. */
function bySound({ parts, readings }: Question): CharacterFact[] {
  if (parts.length < 2) return []
  return parts.flatMap((part, index) => {
    const sounds = factOf(part).readings.slice(0, 1)
    if (sounds.length === 0) return []
    return ranked({ parts: parts.filter((_, other) => other !== index), readings: [...readings, ...sounds] })
  })
}

function answerOf(facts: readonly CharacterFact[], by: CharacterFound['by']): CharacterAnswer {
  const each = [...new Map(facts.map((fact) => [fact.character, fact])).values()]
  const found = each.slice(0, mostFound).map(({ character, parts, readings }) => {
    return { character, parts, readings, code: codePointText(character), by }
  })
  return { found, more: each.length - found.length }
}

import { ok, refuse } from '#app/domain/result.ts'
import { plainReading } from './name.ts'
import { isPrivateUse, standardOf } from './private-use.ts'
import { type Read, shown, tidy } from './read-fields.ts'

export const longestName = 100

export type NameChange = {
  readonly why: 'radical' | 'compatibility' | 'dot' | 'space' | 'width' | 'invisible'
  readonly from: string
  readonly to: string
}

export type Normalised = { readonly name: string; readonly changes: readonly NameChange[] }

/** "U+4DAE": how a character is named where its shape cannot be trusted. */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

const kangxi = /[\u2f00-\u2fd5]/u
/** Radicals that stand alone and have an ordinary character of the same shape in the standard's own table. */
const radicalPairs: Readonly<Record<string, string>> = { '⺟': '母', '⻳': '龟' }
const compatibility = /[\uf900-\ufaff\u{2f800}-\u{2fa1f}]/u
const wide = /[\uff01-\uff5e\uff61-\uff9f]/u
const invisible = /[\p{Cf}\p{Zl}\p{Zp}\p{Variation_Selector}]|(?![\t\n\v\f\r])\p{Cc}/u
const dots = /[·•・‧∙⋅･●]/u

function standing(character: string): { readonly to: string; readonly why: NameChange['why'] } | null {
  if (invisible.test(character)) return { to: '', why: 'invisible' }
  if (dots.test(character)) return character === '·' ? null : { to: '·', why: 'dot' }
  if (kangxi.test(character)) return { to: character.normalize('NFKC'), why: 'radical' }
  if (Object.hasOwn(radicalPairs, character)) return { to: radicalPairs[character] ?? character, why: 'radical' }
  if (compatibility.test(character)) {
    const to = character.normalize('NFC')
    return to === character ? null : { to, why: 'compatibility' }
  }
  return wide.test(character) ? { to: character.normalize('NFKC'), why: 'width' } : null
}

/**
 * A name as it is stored: Kangxi radicals and compatibility forms as the characters they look like, one middle dot ·, no
 * spaces between Chinese characters, nothing invisible. Says each change. Private use characters stay: they need a person's
 * decision. Source: domain study §6.2 (normalise, keep what was meant).
 */
export function normaliseName(text: string): Normalised {
  const changes: NameChange[] = []
  const characters = [...text].map((character) => {
    const change = standing(character)
    if (!change) return character
    changes.push({
      why: change.why,
      from: codePointName(character),
      to: change.to === '' ? '' : codePointName(change.to),
    })
    return change.to
  })
  const joined = characters.join('').normalize('NFC')
  const dotted = joined.replace(/(?<=[\p{Script=Han}·])\s*[.．。]\s*(?=\p{Script=Han})/gu, '·')
  if (dotted !== joined) changes.push({ why: 'dot', from: '.', to: codePointName('·') })
  const spaced = withoutSpaces(dotted)
  if (spaced !== dotted.trim()) changes.push({ why: 'space', from: ' ', to: '' })
  return { name: spaced, changes }
}

/** Spaces between Chinese characters and around a dot go; between words of letters one stays. */
function withoutSpaces(text: string): string {
  return text
    .replace(/[\s\u00a0\u3000]+/gu, ' ')
    .trim()
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .replace(/ ?· ?/gu, '·')
    .replace(/^·+|·+$/gu, '')
    .replace(/·{2,}/gu, '·')
}

type Check = { readonly fits: RegExp; readonly answer: (character: string) => Read<never> | null }

/** In this order: the first that fits a character says whether it may stand in a name. */
const checks: readonly Check[] = [
  { fits: /\p{Cs}/u, answer: () => refuse('broken_character') },
  { fits: /[?\ufffd]/u, answer: () => refuse('question_mark') },
  { fits: /\p{Co}/u, answer: (character) => refusePrivate(character, character.codePointAt(0) ?? 0) },
  {
    fits: /[\u2ff0-\u2fff]/u,
    answer: (character) => refuse('description_character', { point: codePointName(character) }),
  },
  { fits: /[\u2e80-\u2eff]/u, answer: (character) => refuse('radical', { point: codePointName(character) }) },
  { fits: /[\p{Script=Han}\p{L}\p{M}·. '’-]/u, answer: () => null },
  { fits: /./su, answer: (character) => refuse('strange_character', { character, point: codePointName(character) }) },
]

function problemOf(character: string): Read<never> | null {
  return checks.find(({ fits }) => fits.test(character))?.answer(character) ?? null
}

function refusePrivate(character: string, codePoint: number): Read<never> {
  const point = codePointName(character)
  const offered = standardOf(codePoint)
  if (offered === null) return refuse('private_use_unknown', { point })
  return refuse('private_use', { point, offered, offeredPoint: codePointName(offered) })
}

/** A name 姓名, normalised; refused with the code point named when a character cannot be what the identity card has. */
export function readName(text: string): Read<string> {
  const { name } = normaliseName(text)
  const characters = [...name]
  if (characters.length === 0) return refuse('empty')
  if (characters.length > longestName)
    return refuse('too_long', { max: longestName, length: characters.length, value: shown(name) })
  for (const character of characters) {
    const problem = problemOf(character)
    if (problem) return problem
  }
  return /[\p{L}\p{N}]/u.test(name)
    ? ok(name)
    : refuse('strange_character', { character: name, point: codePointName(name) })
}

/** The same name with its private use characters replaced by what they stood for; what the refusal offers in one click. */
export function withStandardCharacters(name: string): string {
  return [...name]
    .map((character) => {
      const codePoint = character.codePointAt(0) ?? 0
      return isPrivateUse(codePoint) ? (standardOf(codePoint) ?? character) : character
    })
    .join('')
}

/** A reading 读音 in plain letters, tones dropped; empty when it is to be proposed from the name. */
export function readReading(text: string): Read<string> {
  const plain = plainReading(tidy(text))
  if (/\p{Script=Han}/u.test(text) || (plain === '' && text.trim() !== ''))
    return refuse('letters', { value: shown(text) })
  return [...plain].length > 200 ? refuse('too_long', { max: 200, length: [...plain].length }) : ok(plain)
}

/** The name in Latin letters as passports and English pages have it; empty when it is to be proposed. */
export function readNameEn(text: string): Read<string> {
  const plain = tidy(text.normalize('NFKC'))
  if (!/^[\p{Script=Latin}\p{M} '’.,-]*$/u.test(plain)) return refuse('letters', { value: shown(plain) })
  return [...plain].length > longestName
    ? refuse('too_long', { max: longestName, length: [...plain].length })
    : ok(plain)
}

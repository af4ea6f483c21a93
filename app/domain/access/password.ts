import type { AccessSettings } from './settings.ts'

export type PasswordProblem = 'too_short' | 'too_long' | 'too_simple' | 'contains_you' | 'repeats' | 'unchanged'

export type PasswordFacts = {
  readonly password: string
  readonly signIn: string
  readonly name: string
  /** The password (or activation code) it replaces, when known. */
  readonly previous: string | null
}

const longest = 128

const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]

function contains(password: string, part: string): boolean {
  return [...part].length >= 3 && password.toLowerCase().includes(part.toLowerCase())
}

/**
 * Everything that is wrong with a new password 口令复杂度, all at once: length, kinds of characters, the person's own
 * number or name in it, one character over and over, the same as before (GB/T 22239-2019: complexity of identification).
 */
export function passwordProblems(
  facts: PasswordFacts,
  rules: Pick<AccessSettings, 'password_length' | 'password_classes'>,
): readonly PasswordProblem[] {
  const letters = [...facts.password]
  const kinds = classes.filter((pattern) => pattern.test(facts.password)).length
  const found: [PasswordProblem, boolean][] = [
    ['too_short', letters.length < rules.password_length],
    ['too_long', letters.length > longest],
    ['too_simple', kinds < rules.password_classes],
    ['contains_you', contains(facts.password, facts.signIn) || contains(facts.password, facts.name)],
    ['repeats', new Set(letters).size < 5],
    ['unchanged', facts.previous !== null && facts.previous === facts.password],
  ]
  return found.filter(([, wrong]) => wrong).map(([problem]) => problem)
}

const codeLetters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Writes an activation code 激活码 from random bytes: three groups of four, without letters that look alike. Takes 12 bytes. */
export function activationCode(random: Uint8Array): string {
  const letters = [...random.slice(0, 12)].map((byte) => codeLetters.charAt(byte % 32))
  return [0, 4, 8].map((start) => letters.slice(start, start + 4).join('')).join('-')
}

/** The one form of a typed activation code that is compared: capitals, without spaces and dashes, O read as 0, I and L as 1. */
export function plainCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-—–]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
}

const written = /^(?:u\+?|0x|\\u\{?)?([0-9a-f]{4,6})\}?$/iu

/** The character of a code point as people write it: "U+36C3", "36c3", "u36C3"; null when it is none that a name may hold. */
export function characterAt(text: string): string | null {
  const digits = written.exec(text.trim())?.[1]
  if (digits === undefined) return null
  const at = Number.parseInt(digits, 16)
  if (at > 0x10ffff || (at >= 0xd800 && at <= 0xdfff)) return null
  const character = String.fromCodePoint(at)
  return /^\p{Script=Han}$/u.test(character) ? character : null
}

/** How a code point is written: "U+36C3", "U+2CB4E". */
export function codePointText(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

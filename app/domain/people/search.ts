import { plainReading } from './name.ts'
import { normaliseName } from './name-input.ts'

export type Asked = {
  /** As it was typed, tidied; empty when nothing was asked. */
  readonly text: string
  /** The characters to look for in names: normalised as names are, a code point turned into its character. */
  readonly name: string
  /** Plain letters without spaces, to look for in readings and initials; empty when there are none. */
  readonly letters: string
  /** To look for in staff numbers and window numbers. */
  readonly number: string
}

/** "U+4DAE", "u4dae" or "4DAE" with a plus: the character itself. */
function fromCodePoint(text: string): string | null {
  const match = /^u\+?([0-9a-f]{4,6})$/iu.exec(text)
  const codePoint = match ? Number.parseInt(match[1] ?? '', 16) : Number.NaN
  return codePoint >= 0x20 && codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff)
    ? String.fromCodePoint(codePoint)
    : null
}

/** What somebody typed into the search box, as the list looks for it: name, pinyin, initials, window, staff number. */
export function asked(typed: string): Asked {
  const text = [...normaliseName(typed).name].slice(0, 50).join('')
  const name = fromCodePoint(text) ?? text
  const latin = /^[\p{Script=Latin}\p{M}\s'’-]+$/u.test(text)
  return {
    text,
    name,
    letters: latin ? plainReading(text).replace(/ /gu, '') : '',
    number: text.replace(/\s/gu, '').toUpperCase(),
  }
}

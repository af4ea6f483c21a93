import { faceFor } from './faces.ts'

const radicals = /[\u2f00-\u2fd5]/g
const unseen = /\p{Default_Ignorable_Code_Point}/gu
const controls = /(?!\n)\p{Cc}/gu

/**
 * A text as paper takes it: one kind of line feed, composed letters, no characters that cannot be seen, and the unified character in the
 * place of a Kangxi radical, which looks the same and is found by no search. Source: stack.md, fonts for PDF.
 */
export function paperText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .normalize('NFC')
    .replace(radicals, (radical) => radical.normalize('NFKC'))
    .replace(controls, ' ')
    .replace(unseen, '')
    .replace(/\u00a0/g, ' ')
}

/** The characters of a text, each once, that no shipped font has; of a name these are asked before it is saved. */
export function missingGlyphs(text: string): string[] {
  const characters = new Set(paperText(text).replaceAll('\n', ''))
  return [...characters].filter((character) => faceFor(character.codePointAt(0) as number, 'song') === null)
}

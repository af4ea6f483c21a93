import fc from 'fast-check'
import { expect, test } from 'vitest'
import { missingGlyphs, renderRegister } from '#app/pdf/registers.ts'
import { civilServant, institutionStaff, textOf, withoutSpaces } from './support.ts'

const blocks: readonly (readonly [number, number])[] = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0x20000, 0x2f7ff],
  [0x30000, 0x323af],
]

/** Every Chinese character that the shipped Song has, so that no name can meet one that comes back as another. */
function everyCharacter(): string[] {
  const all = blocks.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)),
  )
  const missing = new Set(missingGlyphs(all.join('')))
  return all.filter((character) => !missing.has(character))
}

test('every character the fonts have comes back out of the file as itself', async () => {
  const all = everyCharacter()
  expect(all.length).toBeGreaterThan(27_500)
  const raw = textOf(await renderRegister(civilServant({ summary: all.join('') })), '-raw')
  const [text, pages] = [withoutSpaces(raw), (raw.match(/\f/g) ?? []).length]
  const chunks = Array.from({ length: Math.ceil(all.length / 10) }, (_, index) =>
    all.slice(index * 10, index * 10 + 10),
  )
  const torn = chunks.filter((chunk) => !text.includes(chunk.join('')))
  // A chunk at the seam of two pages has the foot of one and the head of the other between its characters.
  expect(torn.length).toBeLessThanOrEqual(pages)
  expect(torn.flat().filter((character) => !text.includes(character))).toEqual([])
}, 60_000)

test('names of any kind come back whole', async () => {
  const han = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((point) => String.fromCodePoint(point))
  const chinese = fc.array(han, { minLength: 2, maxLength: 4 }).map((parts) => parts.join(''))
  const minority = fc.array(fc.array(han, { minLength: 2, maxLength: 5 }), { minLength: 2, maxLength: 3 })
  const english = fc.tuple(
    fc.constantFrom('Anna', 'Zoë', 'Jürgen'),
    fc.constantFrom('Müller', 'O’Neill', 'Smith-Jones'),
  )
  const name = fc.oneof(
    chinese,
    minority.map((parts) => parts.map((part) => part.join('')).join('·')),
    english.map((parts) => parts.join(' ')),
  )
  await fc.assert(
    fc.asyncProperty(name, async (text) => {
      const found = textOf(await renderRegister(institutionStaff({ name: text })), '-raw')
      expect(withoutSpaces(found)).toContain(withoutSpaces(`姓名${text}性别`))
    }),
    { numRuns: 25 },
  )
}, 60_000)

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { breakLines, neverFirst, neverLast } from '#app/domain/assessment/lines.ts'

/** Every Chinese character is 1000 wide, Latin letters and digits half of it. */
const advance = (codePoint: number) => (codePoint < 0x2000 ? 500 : 1000)
const broken = (text: string, characters: number, indent = 0) =>
  breakLines(text, { advance, room: characters * 1000, indent: indent * 1000 }).map((line) => line.text)

const closing = [...'。，、；：？！》」』）']
const opening = [...'《「『（']
const word = fc.constantFrom('2026', '98.6%', 'A03', 'KH-26', '3.5', 'VIP', '10:30')
const han = fc.constantFrom(
  ...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经',
)
const sentence = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: han },
      { weight: 2, arbitrary: fc.tuple(han, fc.constantFrom(...closing)).map((pair) => pair.join('')) },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...opening), han).map((pair) => pair.join('')) },
      { weight: 2, arbitrary: fc.tuple(word, han).map((pair) => pair.join('')) },
    ),
    { maxLength: 200 },
  )
  .map((parts) => parts.join(''))
const room = fc.integer({ min: 8, max: 40 })

describe('lines of any text', () => {
  test('hold every character in its order', () => {
    fc.assert(
      fc.property(sentence, room, (text, characters) => {
        expect(broken(text, characters).join('')).toBe(text)
      }),
    )
  })

  test('never begin with a closing mark nor end with an opening one', () => {
    fc.assert(
      fc.property(sentence, room, (text, characters) => {
        for (const line of broken(text, characters)) {
          expect(neverFirst.has(line.codePointAt(0) as number)).toBe(false)
          expect(neverLast.has([...line].pop()?.codePointAt(0) as number)).toBe(false)
        }
      }),
    )
  })

  test('tear no number and no Latin word', () => {
    fc.assert(
      fc.property(sentence, room, (text, characters) => {
        const lines = broken(text, characters)
        lines.slice(1).forEach((line, index) => {
          const seam = `${lines[index]?.slice(-1)}${line.slice(0, 1)}`
          expect(seam).not.toMatch(/[A-Za-z0-9.:%-]{2}/)
        })
      }),
    )
  })

  test('are never wider than their room, and the next character would not have fitted', () => {
    const whatever = fc.string({ unit: fc.constantFrom(...'中，。（A1.-—… ·𬭎'), maxLength: 120 })
    fc.assert(
      fc.property(whatever, fc.integer({ min: 2, max: 12 }), (text, characters) => {
        for (const line of breakLines(text, { advance, room: characters * 1000, indent: 0 })) {
          expect(line.width).toBeLessThanOrEqual(characters * 1000)
        }
        expect(broken(text, characters).join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''))
      }),
    )
  })
})

test.each([
  ['a closing mark takes the character before it along', '一二三四五，六', 5, ['一二三四', '五，六']],
  ['two closing marks stay with theirs', '一二三四五。”六', 5, ['一二三四', '五。”六']],
  ['an opening mark goes to what it opens', '一二三四《五六》', 5, ['一二三四', '《五六》']],
  ['a percentage stays whole', '出勤率为 98.6%，好', 6, ['出勤率为', '98.6%，好']],
  ['digits parted by a space are one number', '办结三件 3 812 件', 6, ['办结三件', '3 812 件']],
  ['a dash of two characters stays whole', '一二三四——六', 5, ['一二三四', '——六']],
  ['a word longer than the line is torn at its hyphen first', 'Montgomery-Whitfield', 7, ['Montgomery-', 'Whitfield']],
  ['a word longer than the line is torn at last', 'abcdefghij', 3, ['abcdef', 'ghij']],
  ['a character beyond the first plane is one character', '𬭎𬭎𬭎', 2, ['𬭎𬭎', '𬭎']],
])('%s', (_, text, characters, lines) => {
  expect(broken(text, characters)).toEqual(lines)
})

test('each paragraph begins two characters in, whatever indent was typed', () => {
  const lines = breakLines('　　一二三四五六七\n\n 八九', { advance, room: 5000, indent: 2000 })
  expect(lines.map(({ text, indent, last }) => [text, indent, last])).toEqual([
    ['一二三', 2000, false],
    ['四五六七', 0, true],
    ['八九', 2000, true],
  ])
})

test.each([
  ['阿卜杜拉·买买提伊力', 6, ['阿卜杜拉·', '买买提伊力']],
  ['Alexandra Montgomery-Whitfield', 7, ['Alexandra', 'Montgomery-', 'Whitfield']],
  ['欧阳上官司马', 4, ['欧阳上官', '司马']],
])('the name %s is parted between its parts', (text, characters, lines) => {
  const found = breakLines(text, { advance, room: characters * 1000, indent: 0, name: true })
  expect(found.map((line) => line.text)).toEqual(lines)
})

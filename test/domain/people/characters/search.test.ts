import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { characterAt, codePointText } from '#app/domain/people/characters/code-point.ts'
import { characterFacts } from '#app/domain/people/characters/parse.ts'
import { insertCharacter, isRareOnScreen, rareCharacters, unicodeRange } from '#app/domain/people/characters/rare.ts'
import { findCharacters, mostFound } from '#app/domain/people/characters/search.ts'

function found(query: string): string[] {
  return findCharacters(query).found.map((one) => one.character)
}

describe('finding a character', () => {
  it.each([
    ['女吉', '姞'],
    ['女 + 吉', '姞'],
    ['龙天', '䶮'],
    ['吉吉', '喆'],
    ['㓞女', '㛃'],
    ['上㓞下女', '㛃'],
    ['左女右吉', '姞'],
    ['上卜', '卡'],
    ['丰刀女', '㛃'],
    ['钅宏', '𬭎'],
    ['金宏', '𬭎'],
    ['文武贝', '赟'],
    ['方方土', '堃'],
    ['女 jie', '㛃'],
    ['jie', '㛃'],
    ['U+36C3', '㛃'],
    ['2cb4e', '𬭎'],
    ['𬭎', '𬭎'],
  ])('%s finds %s', (query, character) => {
    expect(found(query)).toContain(character)
  })

  it('puts first what a keyboard does not offer, and what fits best', () => {
    expect(found('jie')[0]).toBe('㛃')
    expect(found('金宏')[0]).toBe('𬭎')
    expect(found('女吉')).toEqual(['姞'])
  })

  it('takes a part for its sound when nothing has both', () => {
    const answer = findCharacters('金 + 弘')
    expect(answer.found.map((one) => one.character)).toContain('𬭎')
    expect(answer.found.every((one) => one.by === 'by_sound')).toBe(true)
  })

  it('asks for a part as often as it is typed', () => {
    expect(found('火火火')).toContain('焱')
    expect(found('火火火')).not.toContain('炎')
  })

  it('has no answer to nothing, to noise and to surrogates', () => {
    for (const query of ['', '   ', '+', '!!!', 'U+D800', 'U+110000', 'zzzz']) expect(found(query)).toEqual([])
  })

  it('never answers more than a page, and says how many more there are', () => {
    const answer = findCharacters('口')
    expect(answer.found).toHaveLength(mostFound)
    expect(answer.more).toBeGreaterThan(100)
  })

  it('finds every character by its own parts or, where too many share them, by parts and reading, and by its number', () => {
    const facts = [...characterFacts().values()]
    const some = fc.integer({ min: 0, max: facts.length - 1 }).map((at) => facts[at] ?? facts[0])
    fc.assert(
      fc.property(some, (fact) => {
        if (!fact) return
        expect(found(codePointText(fact.character))).toEqual([fact.character])
        if (fact.parts.length < 2) return
        const answer = findCharacters([...fact.parts.join(''), ' ', fact.readings[0] ?? ''].join(''))
        expect(answer.more > 0 || answer.found.some((one) => one.character === fact.character)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('answers whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (query) => {
        expect(findCharacters(query).found.length).toBeLessThanOrEqual(mostFound)
      }),
      { numRuns: 60 },
    )
  })
})

describe('a code point', () => {
  it.each(['U+36C3', 'u+36c3', '36c3', 'u36C3', '0x36c3', '\\u{36c3}'])('is read as %s', (text) => {
    expect(characterAt(text)).toBe('㛃')
  })
  it('is no letter, no surrogate and nothing beyond the last', () => {
    for (const text of ['U+0041', 'U+DBFF', 'U+110000', '1F600', 'jie', '']) expect(characterAt(text)).toBeNull()
  })
})

describe('rare characters', () => {
  it('are those outside the two-byte part of GB 18030', () => {
    const names = ['陆𬭎', '王㛃', '赵䶮', '李喆', '徐赟', '阿依古丽·买买提']
    expect(rareCharacters(names)).toEqual(['㛃', '䶮', '𬭎'])
    expect(isRareOnScreen('\u{9fa5}')).toBe(false)
    expect(isRareOnScreen('\u{9fa6}')).toBe(true)
  })
  it('make a unicode-range with neighbours as one', () => {
    expect(unicodeRange(['㛃', '㛄', '𬭎'])).toBe('U+36C3-36C4, U+2CB4E')
    expect(unicodeRange([])).toBe('')
  })
  it('are put into a name by characters, not by code units', () => {
    expect(insertCharacter('陆', '𬭎', null)).toBe('陆𬭎')
    expect(insertCharacter('𬭎一', '㛃', 1)).toBe('𬭎㛃一')
    expect(insertCharacter('王', '㛃', 99)).toBe('王㛃')
  })
})

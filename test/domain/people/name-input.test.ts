import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePointName, normaliseName, readName, withStandardCharacters } from '#app/domain/people/name-input.ts'
import { completeReading, proposeReading } from '#app/domain/people/reading.ts'

test.each([
  ['  张\u3000伟 ', '张伟'],
  ['⽅⽟⽯', '方玉石'],
  ['金\uf90a', '金金'],
  ['阿依古丽•买买提', '阿依古丽·买买提'],
  ['阿依古丽．买买提', '阿依古丽·买买提'],
  ['阿依古丽 . 买买提', '阿依古丽·买买提'],
  ['迪丽热巴 · 迪力木拉提', '迪丽热巴·迪力木拉提'],
  ['王\u200b㛃', '王㛃'],
  ['陆𬭎', '陆𬭎'],
  ['John  Q. Smith', 'John Q. Smith'],
  ['Ｊｏｈｎ', 'John'],
])('%j is stored as %s', (typed, stored) => {
  expect(readName(typed)).toEqual({ ok: true, value: stored })
})

test('what was put right is said, by code point', () => {
  expect(normaliseName('⽅').changes).toEqual([{ why: 'radical', from: 'U+2F45', to: 'U+65B9' }])
  expect(normaliseName('张 伟').changes).toMatchObject([{ why: 'space' }])
  expect(normaliseName('张伟').changes).toEqual([])
})

test('a private use character is refused and its standard one offered, never replaced by itself', () => {
  expect(readName('赵\ue863')).toEqual({
    ok: false,
    code: 'private_use',
    facts: { point: 'U+E863', offered: '䶮', offeredPoint: 'U+4DAE' },
  })
  expect(withStandardCharacters('赵\ue863')).toBe('赵䶮')
  expect(readName('赵\ue000')).toMatchObject({ code: 'private_use_unknown', facts: { point: 'U+E000' } })
})

test.each([
  ['', 'empty'],
  ['  \u200b ', 'empty'],
  ['张'.repeat(101), 'too_long'],
  ['张?', 'question_mark'],
  ['张\ufffd', 'question_mark'],
  ['张\ud842', 'broken_character'],
  ['张⿰金宏', 'description_character'],
  ['张⺁', 'radical'],
  ['张3', 'strange_character'],
  ['张<b>', 'strange_character'],
  ['张\u0000伟\u202e3', 'strange_character'],
])('%j is refused as %s', (typed, code) => {
  expect(readName(typed)).toMatchObject({ ok: false, code })
})

test('a length is counted in characters: a hundred rare ones fit, two hundred do not', () => {
  expect(readName('𬭎'.repeat(100))).toMatchObject({ ok: true })
  expect(readName('𬭎'.repeat(200))).toMatchObject({ code: 'too_long', facts: { length: 200, max: 100 } })
})

const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom('张', '伟', '𬭎', '⽅', '·', '•', '.', ' ', '\u3000', '\ue863', 'ａ', '金', '\ufe00'),
    maxLength: 12,
  }),
)

test('whatever is typed, what is stored stays the same when it is stored again', () => {
  fc.assert(
    fc.property(anyName, (typed) => {
      const once = normaliseName(typed).name
      expect(normaliseName(once)).toEqual({ name: once, changes: [] })
      const read = readName(typed)
      if (read.ok) {
        expect(readName(read.value)).toEqual(read)
        expect(read.value).not.toMatch(/[\u2e80-\u2fdf\ue000-\uf8ff\s]{2,}|[•．]|\p{Cs}/u)
      }
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['曾祥瑞', 'zeng xiangrui', 'zxr', 'Zeng Xiangrui'],
  ['单宏志', 'shan hongzhi', 'shz', 'Shan Hongzhi'],
  ['仇美玲', 'qiu meiling', 'qml', 'Qiu Meiling'],
  ['区志明', 'ou zhiming', 'ozm', 'Ou Zhiming'],
  ['查文静', 'zha wenjing', 'zwj', 'Zha Wenjing'],
  ['任平', 'ren ping', 'rp', 'Ren Ping'],
  ['尉迟恭', 'yuchi gong', 'ycg', 'Yuchi Gong'],
  ['万俟雪', 'moqi xue', 'mqx', 'Moqi Xue'],
  ['长孙无忌', 'zhangsun wuji', 'zswj', 'Zhangsun Wuji'],
  ['吕布', 'lv bu', 'lb', 'Lyu Bu'],
  ['阿依古丽·买买提', 'ayiguli maimaiti', 'ayglmmt', 'Ayiguli Maimaiti'],
  ['陆𬭎', 'lu hong', 'lh', 'Lu Hong'],
  ['赵䶮', 'zhao yan', 'zy', 'Zhao Yan'],
  ['王㛃', 'wang jie', 'wj', 'Wang Jie'],
  ['John Smith', 'john smith', 'js', 'John Smith'],
])('%s is read %s', (name, reading, initials, nameEn) => {
  expect(proposeReading(name)).toEqual({ reading, initials, nameEn })
})

test('what was typed is kept, what was left empty is proposed', () => {
  const typed = { name: '单宏志', reading: 'dan hongzhi', initials: '', nameEn: '' }
  expect(completeReading(typed)).toEqual({ ...typed, initials: 'shz', nameEn: 'Shan Hongzhi' })
})

test('a proposed reading is always plain letters', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.integer({ min: 0x3400, max: 0x9fff }).map((n) => String.fromCodePoint(n)),
        minLength: 1,
        maxLength: 5,
      }),
      (name) => {
        const { reading, initials } = proposeReading(name)
        expect(reading).toMatch(/^[a-z0-9 ]*$/u)
        expect(initials).toMatch(/^[a-z0-9]*$/u)
      },
    ),
    { numRuns: 500 },
  )
})

test('a code point is named as the standard prints it', () => {
  expect(codePointName('䶮')).toBe('U+4DAE')
  expect(codePointName('𬭎')).toBe('U+2CB4E')
})

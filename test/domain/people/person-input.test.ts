import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskIdNumber, maskPhone } from '#app/domain/people/mask.ts'
import { type PersonTyped, personNotes, readPerson } from '#app/domain/people/person-input.ts'
import { readDay } from '#app/domain/people/read-day.ts'
import { checkCharacter, readIdNumber, readMonth, readPhone } from '#app/domain/people/read-fields.ts'
import { isCivilDay } from '#app/domain/time/day.ts'

const good: PersonTyped = { staffNumber: '30517', name: '王㛃', identityKind: 'institution_technical' }
const problems = (typed: PersonTyped) => {
  const read = readPerson({ ...good, ...typed })
  return 'problems' in read ? read.problems : {}
}

test('a number, a name and a kind are enough; everything else may stay empty', () => {
  expect(readPerson(good)).toMatchObject({ person: { name: '王㛃', reading: '', phone: null, gender: null } })
  const nothing = readPerson({})
  expect('problems' in nothing && nothing.problems).toEqual({
    staffNumber: { code: 'empty', facts: {} },
    name: { code: 'empty', facts: {} },
    identityKind: { code: 'empty', facts: {} },
  })
})

test('all problems come at once, each with the facts that its sentence prints', () => {
  expect(
    problems({
      staffNumber: '工号 1',
      bornMonth: '1990-13',
      gender: '男',
      postGrade: '十'.repeat(41),
      reading: '王洁',
      phone: '1388888',
      duties: 'x\ud800',
    }),
  ).toMatchObject({
    staffNumber: { code: 'staff_number' },
    bornMonth: { code: 'month', facts: { value: '1990-13' } },
    gender: { code: 'not_one_of', facts: { value: '男' } },
    postGrade: { code: 'too_long', facts: { max: 40, length: 41 } },
    reading: { code: 'letters' },
    duties: { code: 'broken_character' },
  })
  expect(problems({ bornMonth: '1990-05', workSince: '1990-05' })).toMatchObject({
    workSince: { code: 'work_before_birth' },
  })
})

test.each([
  ['1990-05', '1990-05'],
  ['1990.5', '1990-05'],
  ['1990/05', '1990-05'],
  ['199005', '1990-05'],
  ['1990年5月', '1990-05'],
  ['１９９０－０５', '1990-05'],
  ['', null],
])('%j is the month %s', (typed, month) => {
  expect(readMonth(typed)).toEqual({ ok: true, value: month })
})

test.each(['90-05', '1990-00', '1990', '2026-11-20', '5/1990', '1890-05'])('%s is no month', (typed) => {
  expect(readMonth(typed)).toMatchObject({ code: 'month', facts: { value: typed } })
})

test.each([
  ['2026-11-20', '2026-11-20'],
  ['2026/11/2', '2026-11-02'],
  ['2026.11.02', '2026-11-02'],
  ['20261102', '2026-11-02'],
  ['2026年11月2日', '2026-11-02'],
])('%s is a day', (typed, day) => {
  expect(readDay(typed)).toEqual({ ok: true, value: day })
})

test.each(['2026-02-30', '02-30', '45231', '26/11/02', '2026-11', '0026-11-02'])('%s is no day', (typed) => {
  expect(readDay(typed)).toMatchObject({ code: 'day' })
})

test.each([
  ['138 8888 8517', '13888888517'],
  ['+86 138-8888-8517', '13888888517'],
  ['008613888888517', '13888888517'],
  ['0871-63112233', '0871-63112233'],
  ['(0871) 6311 2233', '0871-63112233'],
  ['010-65123456-801', '010-65123456-801'],
  ['8016', '8016'],
  ['+852 2345 6789', '+85223456789'],
  ['１３８８８８８８５１７', '13888888517'],
])('%s is a telephone number', (typed, phone) => {
  expect(readPhone(typed)).toEqual({ ok: true, value: phone })
})

test.each(['12', '1388888851', '138888885177', '23888888517', '0871-631', 'abc', '+86 12'])('%s is none', (typed) => {
  expect(readPhone(typed)).toMatchObject({ code: 'phone' })
})

const id = (text: string) => readIdNumber(text, isCivilDay)

test('an identity number is checked, and said to be wrong, never put right', () => {
  expect(id('11010519491231002x')).toEqual({ ok: true, value: '11010519491231002X' })
  expect(id('110105194912310028')).toMatchObject({ code: 'id_check_digit', facts: { last: '8', expected: 'X' } })
  expect(id('110105194913310021')).toMatchObject({ code: 'id_birth', facts: { birth: '1949-13-31' } })
  expect(id('990105194912310021')).toMatchObject({ code: 'id_region', facts: { region: '99' } })
  expect(id('110105491231002')).toMatchObject({ code: 'id_length', facts: { length: 15 } })
  expect(id('E12345678')).toEqual({ ok: true, value: 'E12345678' })
  expect(id('')).toEqual({ ok: true, value: null })
})

test('one digit miscopied is always noticed (ISO 7064 MOD 11-2)', () => {
  const seventeen = fc
    .tuple(
      fc.constantFrom('110105', '530102', '440524'),
      fc.integer({ min: 1950, max: 2008 }),
      fc.integer({ min: 0, max: 999 }),
    )
    .map(([region, year, order]) => `${region}${year}0715${String(order).padStart(3, '0')}`)
  fc.assert(
    fc.property(seventeen, fc.integer({ min: 0, max: 17 }), fc.integer({ min: 1, max: 9 }), (start, at, by) => {
      const whole = start + checkCharacter(start)
      expect(id(whole)).toEqual({ ok: true, value: whole })
      if (whole[at] === 'X') return
      const wrong = `${whole.slice(0, at)}${(Number(whole[at]) + by) % 10}${whole.slice(at + 1)}`
      expect(id(wrong).ok).toBe(false)
    }),
  )
})

test('what does not fit together is said and stored', () => {
  const person = { idNumber: '11010519491231002X', bornMonth: '1950-01', gender: 'male' as const }
  expect(personNotes(person).map((note) => note.code)).toEqual(['born_differs', 'gender_differs'])
  expect(personNotes({ idNumber: 'E12345678', bornMonth: '1950-01', gender: 'male' })).toEqual([])
})

test('a masked number shows its ends only', () => {
  expect(maskPhone('13888888517')).toBe('138****8517')
  expect(maskPhone('8016')).toBe('****')
  expect(maskIdNumber('11010519491231002X')).toBe('1101************2X')
  fc.assert(
    fc.property(fc.stringMatching(/^\d{5,18}$/u), (number) => {
      expect(maskPhone(number)).toHaveLength(number.length)
      expect(maskPhone(number)).not.toBe(number)
    }),
  )
})

test('whatever is typed is answered, and what is read can be read again', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 60 })
  const fields = ['staffNumber', 'name', 'phone', 'idNumber', 'bornMonth', 'title', 'nameEn', 'reading'] as const
  const typed = fc.record(Object.fromEntries(fields.map((field) => [field, anyText])))
  fc.assert(
    fc.property(typed, (one) => {
      const read = readPerson({ ...good, ...one })
      if ('problems' in read) {
        for (const problem of Object.values(read.problems)) expect(problem.code).toMatch(/^[a-z_]+$/u)
        return
      }
      const texts = Object.entries(read.person).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      )
      expect(readPerson(Object.fromEntries(texts))).toEqual({ person: read.person })
    }),
    { numRuns: 150 },
  )
})

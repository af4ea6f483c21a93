import { expect, test } from 'vitest'
import { compareNames, isDottedName, nameSize, plainReading, sortKey, surnameOf } from '#app/domain/people/name.ts'
import { annualFormOf, identityKinds, isIdentityKind } from '#app/domain/people/person.ts'
import { groupsOn, inForceOn, inService } from '#app/domain/people/posting.ts'

test.each([
  ['张伟', '张'],
  ['欧阳若楠', '欧阳'],
  ['尉迟恭', '尉迟'],
  ['单于', '单'],
  ['𬭎明', '𬭎'],
  ['阿依古丽·买买提', ''],
  ['', ''],
  ['  ', ''],
])('the surname of %s is %s', (name, surname) => {
  expect(surnameOf(name)).toBe(surname)
})

test.each([
  ['曾祥瑞', 'ceng xiangrui', 'zeng'],
  ['单宏志', 'dan hongzhi', 'shan'],
  ['查文静', 'cha wenjing', 'zha'],
  ['仇美玲', 'chou meiling', 'qiu'],
  ['区志明', 'qu zhiming', 'ou'],
  ['解放', 'jie fang', 'xie'],
  ['任平', 'rèn píng', 'ren'],
  ['朴正', 'pu zheng', 'piao'],
  ['盖聂', 'gai nie', 'ge'],
  ['尉迟恭', 'wei chi gong', 'yuchi'],
  ['尉迟恭', 'yuchi gong', 'yuchi'],
  ['欧阳若楠', 'ouyang ruonan', 'ouyang'],
  ['欧阳若楠', 'ou yang ruo nan', 'ouyang'],
  ['吕布', 'lǚ bù', 'lv'],
  ['阿依古丽·买买提', 'ayiguli maimaiti', 'ayiguli'],
])('%s stored as "%s" is sorted under %s', (name, reading, surname) => {
  expect(sortKey(name, reading).split(' ')[0]).toBe(surname)
})

test('one name has one key, however its syllables were written', () => {
  expect(sortKey('曾祥瑞', 'Zēng Xiángruì')).toBe(sortKey('曾祥瑞', 'zeng xiang rui'))
  expect(sortKey('欧阳若楠', 'ouyang ruonan')).toBe(sortKey('欧阳若楠', 'ou yang ruo nan'))
  expect(plainReading("Xi'an LÜ")).toBe('xian lv')
})

test('people stand in the order of their surnames, then given names, then characters', () => {
  const people = [
    { name: '张伟', reading: 'zhang wei' },
    { name: '曾祥瑞', reading: 'ceng xiangrui' },
    { name: '阿依古丽·买买提', reading: 'ayiguli maimaiti' },
    { name: '章伟', reading: 'zhang wei' },
    { name: '单宏志', reading: 'dan hongzhi' },
    { name: '张维', reading: 'zhang wei' },
    { name: '陆𬭎', reading: 'lu hong' },
  ]
  const order = [...people].sort(compareNames).map(({ name }) => name)
  expect(order).toEqual(['阿依古丽·买买提', '陆𬭎', '单宏志', '曾祥瑞', '张伟', '张维', '章伟'])
  expect(
    [...people]
      .reverse()
      .sort(compareNames)
      .map(({ name }) => name),
  ).toEqual(order)
})

test('sizes count code points, not code units', () => {
  expect(nameSize('𬭎𬭎𬭎𬭎')).toBe('normal')
  expect(nameSize('欧阳若楠楠')).toBe('long')
  expect(nameSize('阿依古丽·买买提江·吐尔逊')).toBe('very_long')
  expect(nameSize('𬭎'.repeat(100))).toBe('extreme')
  expect(isDottedName('买买提•江')).toBe(true)
})

test('in service from the first to the last day of a posting, both included', () => {
  const postings = [
    { startsOn: '2024-12-01', endsOn: '2026-11-30' },
    { startsOn: '2027-01-04', endsOn: null },
  ]
  const days = ['2024-11-30', '2024-12-01', '2026-11-30', '2026-12-01', '2027-01-03', '2027-01-04', '2040-01-01']
  expect(days.map((day) => inService(postings, day))).toEqual([false, true, true, false, false, true, true])
  expect(inForceOn(postings, '2026-12-15')).toBeNull()
  expect(inForceOn(postings, '2027-02-01')).toBe(postings[1])
})

test('groups of a day, each once and in order', () => {
  const always = { startsOn: '2026-01-01', endsOn: null }
  const memberships = [
    { ...always, group: 'women' },
    { ...always, group: 'front_desk' },
    { ...always, group: 'women' },
    { startsOn: '2026-01-01', endsOn: '2026-03-31', group: 'lunch_duty' },
  ]
  expect(groupsOn(memberships, '2026-04-01')).toEqual(['front_desk', 'women'])
})

test('who gets which annual form', () => {
  expect(identityKinds.map(annualFormOf)).toEqual([
    'civil_servant_register',
    'civil_servant_register',
    'institution_register',
    'institution_register',
    'institution_register',
    'appraisal',
    'appraisal',
    'appraisal',
    'appraisal',
    'appraisal',
  ])
  expect(isIdentityKind('trainee')).toBe(true)
  expect(isIdentityKind('toString')).toBe(false)
})

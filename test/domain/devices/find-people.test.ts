import { expect, test } from 'vitest'
import { findPeople } from '#app/domain/devices/demo-view.ts'

const person = (name: string, reading: string, number: string | null = null) => ({
  id: name,
  name,
  nameEn: reading,
  reading,
  window: number === null ? null : { number, name: '企业开办', nameEn: 'Business start-up' },
  slots: {},
})
const people = [
  person('曾祥瑞', 'zeng xiangrui', 'A05'),
  person('阿依古丽·买买提', 'ayiguli maimaiti', 'E01'),
  person('单宏志', 'shan hong zhi'),
]
const found = (text: string) => findPeople(people, text).map((one) => one.name)

test('everybody without a text', () => {
  expect(found('')).toHaveLength(3)
  expect(found('   ')).toHaveLength(3)
})

test.each([
  ['祥', '曾祥瑞'],
  ['zengxiang', '曾祥瑞'],
  ['Zeng Xiang', '曾祥瑞'],
  ['shz', '单宏志'],
  ['a05', '曾祥瑞'],
  ['阿依古丽·买买提', '阿依古丽·买买提'],
])('%s finds %s', (text, name) => {
  expect(found(text)).toEqual([name])
})

test('a window by its name, and nobody for what is nowhere', () => {
  expect(found('企业开办')).toEqual(['曾祥瑞', '阿依古丽·买买提'])
  expect(found('start-up')).toHaveLength(2)
  expect(found('%')).toEqual([])
})

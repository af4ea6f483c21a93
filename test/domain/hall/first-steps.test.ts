import { expect, test } from 'vitest'
import { firstStepKeys, firstSteps } from '#app/domain/hall/first-steps.ts'

const there = (...keys: readonly string[]) =>
  Object.fromEntries(firstStepKeys.map((key) => [key, keys.includes(key)])) as Parameters<typeof firstSteps>[0]

test('the first thing that is missing comes next, whatever is there after it', () => {
  const states = (...keys: string[]) => firstSteps(there(...keys)).map(({ key, state }) => `${key} ${state}`)
  expect(states().slice(0, 2)).toEqual(['zones next', 'units later'])
  expect(states('zones', 'windows').slice(0, 4)).toEqual(['zones done', 'units next', 'windows done', 'people later'])
})

test('a centre that has everything is shown no way to it', () => {
  expect(firstSteps(there(...firstStepKeys))).toEqual([])
})

import { expect, test } from 'vitest'
import type { DayFacts } from '#app/domain/attendance/day.ts'
import { greet } from '#app/domain/attendance/greeting.ts'
import { at, covered, free, judge, outage, punches } from './support.ts'

/** Greets the last of these punches as the kiosk does, right after it. */
function greeted(times: string[], facts: Partial<DayFacts> = {}): string {
  const given = punches(...times)
  const last = given.at(-1)
  const greeting = greet(judge({ punches: given, asOf: last?.second ?? 0, ...facts }), last?.key ?? '')
  return [greeting.tone, greeting.code, greeting.minutes, greeting.slotId ?? '-'].join(' ')
}

test.each([
  [['08:21:07'], 'ok early 39 am_in'],
  [['09:00:40'], 'ok on_time 0 am_in'],
  [['09:06:14'], 'warn late 6 am_in'],
  [['08:50', '12:01'], 'ok out_ok 0 am_out'],
  [['08:50', '11:40'], 'warn left_early 20 am_out'],
  [['08:50', '11:40', '12:02'], 'ok out_ok 0 am_out'],
  [['08:21:07', '08:21:12'], 'info repeat 0 am_in'],
  [['06:00'], 'info unused 0 -'],
])('%j: %s', (times, expected) => {
  expect(greeted(times)).toBe(expected)
})

test('a repeat says which punch stands', () => {
  const result = judge({ punches: punches('09:06:14', '09:08'), asOf: at('09:08') })
  expect(greet(result, '09:08').facts).toMatchObject({ stands: at('09:06:14'), state: 'late' })
})

test('a punch in no slot says when the next one opens', () => {
  const result = judge({ punches: punches('06:00'), asOf: at('06:00') })
  expect(greet(result, '06:00').facts).toEqual({ at: at('06:00'), next: 'am_in', opens: at('07:30') })
})

test('days off, leave and a silent reader have words of their own', () => {
  expect(greeted(['09:30'], free('rest'))).toBe('info rest_day 0 -')
  expect(greeted(['09:30'], { inService: false })).toBe('info rest_day 0 -')
  expect(greeted(['09:30'], { coverage: [covered('duty_out', '09:00', '12:00')] })).toBe('info covered 0 am_in')
  expect(greeted(['09:21'], { outages: [outage('08:50', '09:20')] })).toBe('info pending 0 am_in')
})

test('an unknown key is greeted without claiming anything', () => {
  expect(greet(judge({}), 'nowhere')).toMatchObject({ code: 'unused', tone: 'info', minutes: 0 })
})

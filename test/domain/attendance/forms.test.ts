import { describe, expect, test } from 'vitest'
import { compileRules } from '#app/domain/attendance/compile.ts'
import { dayEnds } from '#app/domain/attendance/plan.ts'
import { type AttendanceRules, parseAttendanceRules } from '#app/domain/attendance/rules.ts'
import { judge, punches, ruleSet, said, slot } from './support.ts'

/** Forms that a rule set may take, beyond the default profiles. */
const by = (rules: AttendanceRules, ...times: string[]): string => said(judge({ punches: punches(...times) }, rules))

describe('three punches: one at noon ends the morning and begins the afternoon', () => {
  const rules = ruleSet({ am: { start: '09:00', end: '12:00' }, pm: { start: '13:00', end: '17:00' } }, [
    slot('on', 'in', '07:30-11:00', 'am'),
    slot('noon', 'either', '11:30-13:30', 'both'),
    slot('off', 'out', '16:00-20:00', 'pm'),
  ])

  test.each([
    [['08:50', '12:30', '17:00'], 'present | present'],
    [['08:50', '11:50', '17:00'], 'early -10 | present'],
    [['08:50', '13:10', '17:00'], 'present | late 10'],
    [['08:50', '11:50', '12:40', '17:00'], 'present | present'],
    [['08:50', '17:00'], 'missing | missing'],
    [['17:00'], 'absent | missing'],
  ])('%j is %s', (times, expected) => {
    expect(parseAttendanceRules(rules)).toMatchObject({ ok: true })
    expect(by(rules, ...times)).toBe(expected)
  })

  test('where it is missing the morning lacks its end and the afternoon its beginning', () => {
    const missing = { one_boundary: { in: 'late', out: 'early' }, all_of_half: 'absent_half' } as const
    expect(by({ ...rules, missing }, '08:50', '17:00')).toBe('early | late')
  })
})

describe('sign-in and sign-out that both serve the whole day', () => {
  const rules = ruleSet({ am: { start: '09:00', end: '12:00' }, pm: { start: '13:00', end: '17:00' } }, [
    slot('on', 'in', '07:30-12:00', 'both'),
    slot('off', 'out', '12:00-20:00', 'both'),
  ])

  test.each([
    [['09:00', '17:00'], 'present | present'],
    [['09:10', '16:50'], 'late 10 | early -10'],
    [['09:00'], 'present | missing'],
    [['17:00'], 'missing | present'],
    [[], 'absent | absent'],
  ])('%j is %s: one missing punch counts once', (times, expected) => {
    expect(by(rules, ...times)).toBe(expected)
  })
})

describe('a make-up Saturday', () => {
  const slots = [slot('on', 'in', '07:00-11:59', 'am'), slot('off', 'out', '12:00-20:00', 'am')]
  const plan = (id: string, when: object, end: string) => ({ id, when, halves: { am: { start: '09:00', end } }, slots })
  const planOn = (plans: AttendanceRules['plans'], makeup?: number): string | null => {
    const rules = { ...ruleSet({}, []), plans, ...(makeup ? { makeup_weekday: makeup } : {}) }
    expect(parseAttendanceRules(rules)).toMatchObject({ ok: true })
    return judge({ day: '2026-10-10' }, rules).plan
  }
  const friday = plan('friday', { weekdays: [5], workday: true }, '16:00')
  const wednesday = plan('wednesday', { weekdays: [3], workday: true }, '16:30')
  const any = plan('any', { workday: true }, '17:00')

  test('follows the weekday that the document names, though another plan takes any workday', () => {
    expect(planOn([friday, any], 5)).toBe('friday')
    expect(planOn([friday, wednesday, any], 3)).toBe('wednesday')
    expect(planOn([friday, any], 3)).toBe('any')
  })

  test('without that word follows the plan for any workday, else Wednesday', () => {
    expect(planOn([friday, wednesday, any])).toBe('any')
    expect(planOn([plan('rest', { weekdays: [1, 2, 4, 5] }, '17:00'), wednesday])).toBe('wednesday')
  })

  test('follows a plan that names Saturday before anything else', () => {
    expect(planOn([plan('saturday', { weekdays: [6], workday: true }, '12:30'), any], 5)).toBe('saturday')
  })
})

describe('one punch a day proves both halves', () => {
  const rules = ruleSet({ am: { start: '09:00', end: '12:00' }, pm: { start: '13:00', end: '17:00' } }, [
    slot('once', 'in', '07:30-16:00', 'both'),
  ])

  test('late counts for the morning, nothing at all is absent', () => {
    expect(by(rules, '09:04')).toBe('late 4 | present')
    expect(by(rules)).toBe('absent | absent')
  })
})

describe('shared windows at noon', () => {
  const rules = ruleSet(
    { am: { start: '09:00', end: '12:00' }, pm: { start: '13:30', end: '17:00' } },
    [
      slot('am_in', 'in', '07:30-10:00', 'am'),
      slot('am_out', 'out', '11:30-12:30', 'am'),
      slot('pm_in', 'in', '12:20-14:30', 'pm'),
      slot('pm_out', 'out', '16:00-20:00', 'pm'),
    ],
    { overlap: { punch: 'nearest', min_gap_minutes: 3 } },
  )

  test('one punch fills the nearer boundary', () => {
    expect(parseAttendanceRules(rules)).toMatchObject({ ok: true })
    expect(by(rules, '08:50', '12:24:40', '17:00')).toBe('present | missing')
  })

  test('two punches three minutes apart fill both, closer ones are a repeat', () => {
    expect(by(rules, '08:50', '12:22', '12:25', '17:00')).toBe('present | present')
    expect(by(rules, '08:50', '12:22', '12:24:59', '17:00')).toBe('present | missing')
  })
})

describe('grace and rounding', () => {
  const halves = { am: { start: '09:00', end: '12:00' } }
  const slots = [slot('on', 'in', '07:00-11:59', 'am')]
  const late =
    (table: AttendanceRules['late'], more: Partial<AttendanceRules> = {}) =>
    (time: string): [string | null, number] => {
      const { am } = judge({ punches: punches(time) }, ruleSet(halves, slots, { late: table, ...more })).halves
      return [am.mark, am.minutesLate]
    }

  test('grace of more than 5 minutes, counted from the boundary', () => {
    const judged = late({ counts_from: 'boundary', grace: { more_than: 5 } })
    expect([judged('09:05:59'), judged('09:06')]).toEqual([
      ['present', 0],
      ['late', 6],
    ])
  })

  test('the same grace, counted from its end', () => {
    const judged = late({ counts_from: 'grace_end', grace: { more_than: 5 } })
    expect([judged('09:05:59'), judged('09:06')]).toEqual([
      ['present', 0],
      ['late', 1],
    ])
  })

  test('at least 5 includes the fifth minute', () => {
    const judged = late({ grace: { at_least: 5 } })
    expect([judged('09:04'), judged('09:05')]).toEqual([
      ['present', 0],
      ['late', 5],
    ])
  })

  test('minutes rounded up to the hour', () => {
    const judged = late(
      {},
      {
        rounding: {
          tiers: [
            { more_than: 30, up_to: 60, counts: 60 },
            { more_than: 60, counts: 120 },
          ],
        },
      },
    )
    expect([judged('09:30'), judged('09:31'), judged('10:01')]).toEqual([
      ['late', 30],
      ['late', 60],
      ['late', 120],
    ])
  })
})

test('a tier may propose absence for a person to decide, beside or without the score', () => {
  const tiers = [
    { at_least: 1, class: 'minor' },
    { at_least: 30, class: 'long', counts_as: { proposal: 'absent_half' as const } },
  ]
  const rules = ruleSet({ am: { start: '09:00', end: '12:00' } }, [slot('on', 'in', '07:00-11:59', 'am')], {
    late: { tiers },
  })
  const am = (time: string) => judge({ punches: punches(time) }, rules).halves.am
  expect(am('09:30')).toMatchObject({ mark: 'late', grade: 'long', proposal: 'absent_half' })
  expect(am('09:29')).not.toHaveProperty('proposal')
})

describe('what a missing punch means differs', () => {
  const halves = { am: { start: '09:00', end: '12:00' } }
  const slots = [slot('on', 'in', '07:00-10:00', 'am'), slot('off', 'out', '11:00-13:00', 'am')]
  const am = (missing: AttendanceRules['missing'], ...times: string[]): unknown =>
    judge({ punches: punches(...times) }, ruleSet(halves, slots, { missing })).halves.am.mark

  test('no sign-in as late, no sign-out as early', () => {
    const missing = { one_boundary: { in: 'late', out: 'early' }, all_of_half: 'absent_half' } as const
    expect([am(missing, '12:00'), am(missing, '09:00'), am(missing)]).toEqual(['late', 'early', 'absent'])
  })

  test('one missing punch as half a day absent', () => {
    expect(am({ one_boundary: 'absent_half', all_of_half: 'absent_half' }, '09:00')).toBe('absent')
  })
})

describe('night and the day boundary', () => {
  const rules = ruleSet({ am: { start: '09:00', end: '12:00' }, pm: { start: '18:00', end: '01:00' } }, [
    slot('on', 'in', '17:00-19:00', 'pm'),
    slot('off', 'out', '00:30-03:00', 'pm'),
    slot('m', 'in', '08:00-10:00', 'am'),
  ])

  test('a plan may cross midnight', () => {
    expect(parseAttendanceRules(rules)).toMatchObject({ ok: true })
    expect(by(rules, '09:00', '17:50', '25:05')).toBe('present | present')
    expect(by(rules, '09:00', '17:50', '24:40')).toBe('present | early -20')
  })
})

describe('a night that works on past the day boundary', () => {
  const night = {
    id: 'night',
    halves: { am: { start: '22:00', end: '02:00' }, pm: { start: '02:00', end: '06:00' } },
    slots: [slot('on', 'in', '20:00-01:00', 'am'), slot('off', 'out', '05:00-08:00', 'pm')],
  }
  const day = ruleSet({ am: { start: '09:00', end: '12:00' } }, [slot('m', 'in', '07:00-10:00', 'am')])
  const rules: AttendanceRules = { ...day, plans: [...day.plans, night] }
  const rostered = (...times: string[]): string =>
    said(judge({ rosterPlan: 'night', punches: punches(...times) }, rules))

  test('is judged on its own day when the roster names it', () => {
    expect(parseAttendanceRules(rules)).toMatchObject({ ok: true })
    expect(rostered('22:00:59', '30:00')).toBe('present | present')
    expect(rostered('24:10', '29:59:30')).toBe('late 130 | early -1')
  })

  test('keeps its punches until its last window has closed', () => {
    const ends = (plan: string | null | undefined): number => dayEnds(compileRules(rules), plan)
    expect([ends('night'), ends(null), ends(undefined)]).toEqual([32 * 3600 + 60, 28 * 3600, 28 * 3600])
  })

  test('is refused where the rules choose it, and read from any boundary at which nobody works', () => {
    const chosen = (boundary: string): unknown =>
      parseAttendanceRules({ ...day, day_boundary: boundary, plans: [{ ...night, when: { workday: true } }] })
    expect(chosen('12:00')).toMatchObject({ ok: true })
    expect(chosen('04:00')).toMatchObject({
      problems: [
        { path: 'plans[0].slots[1].close', value: '08:00', code: 'past_day_boundary' },
        { path: 'plans[0].halves.pm.end', value: '06:00', code: 'past_day_boundary' },
      ],
    })
  })
})

describe('the sum of a day', () => {
  test('gives the day a class of its own', () => {
    const rules = ruleSet(
      { am: { start: '09:00', end: '12:00' }, pm: { start: '13:00', end: '17:00' } },
      [slot('a', 'in', '07:00-11:59', 'am'), slot('b', 'in', '12:00-16:59', 'pm')],
      { day_sum: { of: ['late', 'early'], more_than: 120, class: 'absent_day' } },
    )
    expect(judge({ punches: punches('10:00', '14:00') }, rules).daySum).toBeUndefined()
    expect(judge({ punches: punches('10:00', '14:01') }, rules).daySum).toMatchObject({
      minutes: 121,
      grade: 'absent_day',
    })
  })
})

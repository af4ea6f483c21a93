import { describe, expect, test } from 'vitest'
import { type AttendanceRules, parseAttendanceRules } from '#app/domain/attendance/rules.ts'
import { judge, punches, ruleSet, said, slot } from './support.ts'

/** Published regulations as documents: each must be accepted, and judge the way its text says. */
const by = (rules: AttendanceRules, ...times: string[]): string => said(judge({ punches: punches(...times) }, rules))

const halfDayFrom30 = {
  tiers: [
    { at_least: 1, class: 'late' },
    { at_least: 30, class: 'half_day_absent', counts_as: { score_absent_halves: 1 } },
  ],
}

describe('two punches from nine to five, without a noon break', () => {
  const rules = ruleSet({ am: { start: '09:00', end: '12:00' }, pm: { start: '12:00', end: '17:00' } }, [
    slot('on', 'in', '07:00-12:00', 'am'),
    slot('off', 'out', '12:00-20:00', 'pm'),
  ])

  test('is accepted and judged', () => {
    expect(parseAttendanceRules(rules)).toMatchObject({ ok: true })
    expect(by(rules, '08:59', '17:00')).toBe('present | present')
    expect(by(rules, '09:20', '16:30')).toBe('late 20 | early -30')
  })
})

describe('four windows that are themselves the rule', () => {
  const rules = ruleSet({ am: { start: '09:00', end: '12:00' }, pm: { start: '13:00', end: '17:00' } }, [
    slot('w1', 'in', '08:20-09:00', 'am', 'window'),
    slot('w2', 'out', '12:00-12:15', 'am', 'window'),
    slot('w3', 'in', '12:20-13:00', 'pm', 'window'),
    slot('w4', 'out', '17:00-18:00', 'pm', 'window'),
  ])

  test('inside is on time to the last second of the window, outside is missing', () => {
    expect(parseAttendanceRules(rules)).toMatchObject({ ok: true })
    expect(by(rules, '09:00:59', '12:15:30', '13:00:59', '17:00')).toBe('present | present')
    expect(by(rules, '09:01', '12:15:30', '13:00', '17:00')).toBe('missing | present')
  })
})

describe('face four times, outside the stated times is late or early', () => {
  const rules = ruleSet({ am: { start: '09:00', end: '12:00' }, pm: { start: '13:30', end: '17:00' } }, [
    slot('in1', 'in', '07:00-11:00', 'am', { to: '08:50' }),
    slot('out1', 'out', '11:00-12:59', 'am', { from: '12:00' }),
    slot('in2', 'in', '13:00-16:00', 'pm', { to: '14:00' }),
    slot('out2', 'out', '16:00-20:00', 'pm', { from: '17:00' }),
  ])

  test('minutes count from the stated time, not from the opening hours', () => {
    expect(parseAttendanceRules(rules)).toMatchObject({ ok: true })
    expect(by(rules, '08:55', '12:00', '14:00', '17:00')).toBe('late 5 | present')
    expect(by(rules, '08:50', '11:55', '14:03', '17:00')).toBe('early -5 | late 3')
  })
})

describe('windows wholly before and after the boundary, half a day from thirty minutes', () => {
  const rules = ruleSet(
    { am: { start: '08:00', end: '11:30' }, pm: { start: '14:30', end: '17:30' } },
    [
      slot('am_in', 'in', '07:00-10:00', 'am'),
      slot('am_out', 'out', '11:30-13:00', 'am'),
      slot('pm_in', 'in', '13:30-16:00', 'pm'),
      slot('pm_out', 'out', '16:30-19:00', 'pm'),
    ],
    { late: halfDayFrom30, early: { tiers: [{ at_least: 1, class: 'early' }] } },
  )

  test('29 minutes are late, 30 count as half a day for the score', () => {
    expect(parseAttendanceRules(rules)).toMatchObject({ ok: true })
    const am = (time: string): unknown => judge({ punches: punches(time, '11:40') }, rules).halves.am
    expect(am('08:29:59')).toMatchObject({ mark: 'late', grade: 'late', minutesLate: 29 })
    expect(am('08:30')).toMatchObject({ mark: 'late', grade: 'half_day_absent', scoreAbsentHalves: 1 })
  })
})

describe('"over 15 minutes is half a day"', () => {
  test('excludes the number', () => {
    const rules = ruleSet({ am: { start: '09:00', end: '12:00' } }, [slot('on', 'in', '07:00-11:00', 'am')], {
      late: {
        tiers: [
          { at_least: 1, class: 'late' },
          { more_than: 15, class: 'half_day_absent' },
        ],
      },
    })
    const grade = (time: string): unknown => judge({ punches: punches(time) }, rules).halves.am.grade
    expect([grade('09:15'), grade('09:16')]).toEqual(['late', 'half_day_absent'])
  })
})

describe('seasons, an early Friday, and a group that starts later on Mondays', () => {
  const slots = [slot('on', 'in', '07:00-12:00', 'am'), slot('off', 'out', '15:00-20:00', 'pm')]
  const winter = { am: { start: '09:00', end: '12:00' }, pm: { start: '13:30', end: '17:00' } }
  const rules: AttendanceRules = {
    ...ruleSet(winter, slots),
    plans: [
      {
        id: 'out_of_town',
        when: { groups: ['out_of_town'], weekdays: [1], workday: true },
        halves: { ...winter, am: { start: '10:00', end: '12:00' } },
        slots,
      },
      {
        id: 'friday',
        when: { months: [10, 4], weekdays: [5], workday: true },
        halves: { ...winter, pm: { start: '13:30', end: '16:30' } },
        slots,
      },
      { id: 'winter', when: { months: [10, 4], weekdays: [1, 2, 3, 4], workday: true }, halves: winter, slots },
      {
        id: 'summer',
        when: { season: ['05-01', '09-30'], workday: true },
        halves: { am: { start: '08:30', end: '12:00' }, pm: { start: '14:30', end: '17:30' } },
        slots,
      },
    ],
  }
  const plan = (day: string, groups: string[] = []): string | null =>
    judge({ day, groups, punches: punches('08:00', '18:00') }, rules).plan

  test('the first plan whose conditions hold is the day’s plan', () => {
    expect(parseAttendanceRules(rules)).toMatchObject({ ok: true })
    expect(plan('2026-11-20')).toBe('friday')
    expect(plan('2026-11-19')).toBe('winter')
    expect(plan('2026-04-30')).toBe('winter')
    expect(plan('2026-05-01')).toBe('summer')
    expect(plan('2026-11-23')).toBe('winter')
    expect(plan('2026-11-23', ['out_of_town'])).toBe('out_of_town')
  })

  test('a make-up Saturday follows the plan of an ordinary weekday, not that of Monday or Friday', () => {
    expect(plan('2026-02-28')).toBe('winter')
    expect(plan('2026-02-28', ['out_of_town'])).toBe('winter')
  })

  test('a plan for days off makes its halves due', () => {
    const halves = { am: { start: '09:00', end: '12:00' } }
    const duty: AttendanceRules = {
      ...rules,
      plans: [
        ...rules.plans,
        {
          id: 'saturday',
          when: { weekdays: [6], workday: false, groups: ['saturday'] },
          halves,
          slots: [slot('on', 'in', '07:00-12:00', 'am')],
        },
      ],
    }
    const rest = { day: '2026-11-21', calendar: { am: 'rest', pm: 'rest' } as const, punches: punches('09:10') }
    expect(said(judge({ ...rest, groups: ['saturday'] }, duty))).toBe('late 10 | rest')
    expect(said(judge(rest, duty))).toBe('rest | rest')
  })

  test('a roster names the plan of a day, or gives the day off', () => {
    const facts = {
      day: '2026-11-21',
      calendar: { am: 'rest', pm: 'rest' } as const,
      punches: punches('08:40', '17:00'),
    }
    expect(judge({ ...facts, rosterPlan: 'summer' }, rules)).toMatchObject({
      plan: 'summer',
      halves: { am: { minutesLate: 10 } },
    })
    expect(said(judge({ rosterPlan: null }, rules))).toBe('rest | rest')
    expect(said(judge({ rosterPlan: 'nowhere' }, rules))).toBe('pending | pending')
  })
})

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

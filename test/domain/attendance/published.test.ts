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

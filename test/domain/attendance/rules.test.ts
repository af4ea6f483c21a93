import { describe, expect, test } from 'vitest'
import { fourPunchProfile, twoPunchProfile } from '#app/domain/attendance/presets.ts'
import type { Problem } from '#app/domain/attendance/problem.ts'
import { type AttendanceRules, parseAttendanceRules, ruleInForce } from '#app/domain/attendance/rules.ts'
import { ruleSet, slot } from './support.ts'

const copy = (): AttendanceRules => structuredClone(fourPunchProfile)

function problems(document: unknown): Problem[] {
  const parsed = parseAttendanceRules(document)
  return parsed.ok ? [] : [...parsed.problems]
}

const found = (document: unknown): string[] => problems(document).map((one) => `${one.path} ${one.code}`)

test.each([
  ['four punches', fourPunchProfile],
  ['two punches', twoPunchProfile],
])('the profile of %s is accepted and reads back as it was written', (_, profile) => {
  const json: unknown = JSON.parse(JSON.stringify(profile))
  const parsed = parseAttendanceRules(json)
  expect(parsed).toEqual({ ok: true, value: json })
  expect(parseAttendanceRules(JSON.parse(JSON.stringify(parsed.ok ? parsed.value : null)))).toEqual(parsed)
})

test('all problems are found at once, each with its path and value', () => {
  const document = copy() as Record<string, unknown> & AttendanceRules
  document.foo = 1
  document.valid_from = '2026-02-30'
  Object.assign(document.plans[0]?.slots[1] ?? {}, { open: '10:30', opne: '11:00' })
  document.late = { grace: { more_then: 5 } as never, tiers: [{ at_least: 10, class: 'serious' }] }
  delete (document as Partial<AttendanceRules>).missing
  expect(problems(document).map(({ path, value, code }) => [path, value, code])).toEqual(
    expect.arrayContaining([
      ['foo', 1, 'unknown_key'],
      ['valid_from', '2026-02-30', 'not_a_day'],
      ['plans[0].slots[1].opne', '11:00', 'unknown_key'],
      ['plans[0].slots[1].open', '10:30', 'slot_overlap'],
      ['late.grace.more_then', 5, 'unknown_key'],
      ['missing', null, 'missing_key'],
    ]),
  )
})

test.each([null, undefined, 7, 'text', [], {}])('%j is refused with problems', (document) => {
  expect(problems(document).length).toBeGreaterThan(0)
})

describe('slots', () => {
  const halves = { am: { start: '09:00', end: '12:00' } }
  const out = slot('b', 'out', '11:00-13:00', 'am')

  test('that receive punches at the same time are a contradiction unless the document says how', () => {
    const slots = [slot('a', 'in', '07:00-11:30', 'am'), out]
    expect(problems(ruleSet(halves, slots))).toEqual([
      {
        path: 'plans[0].slots[1].open',
        value: '11:00',
        code: 'slot_overlap',
        facts: { slot: 'a', other: 'b', from: '11:00', to: '11:30' },
      },
    ])
    expect(found(ruleSet(halves, slots, { overlap: { punch: 'nearest', min_gap_minutes: 3 } }))).toEqual([])
  })

  test('of one kind never share time, and none lies within another', () => {
    const overlap = { overlap: { punch: 'nearest' as const, min_gap_minutes: 3 } }
    const same = [slot('a', 'in', '07:00-10:00', 'am'), slot('b', 'in', '09:30-11:00', 'am')]
    const within = [slot('a', 'in', '07:00-13:00', 'am'), slot('b', 'out', '11:00-12:30', 'am')]
    expect(found(ruleSet(halves, same, overlap))).toEqual(['plans[0].slots[1].open slot_overlap'])
    expect(found(ruleSet(halves, within, overlap))).toEqual(['plans[0].slots[1].open slot_overlap'])
  })

  test('may meet in one minute', () => {
    expect(found(ruleSet(halves, [slot('a', 'in', '07:00-11:00', 'am'), out]))).toEqual([])
  })

  test.each([
    ['close before they open', slot('a', 'in', '10:00-09:00', 'am'), 'close slot_close_before_open'],
    ['reach past the day boundary', slot('a', 'in', '10:00-05:00', 'am'), 'close slot_close_before_open'],
    ['are not on the clock', slot('a', 'in', '10:00-24:00', 'am'), 'close not_a_time'],
    ['lie after all their work', slot('a', 'in', '12:00-13:00', 'am'), 'open slot_outside_half'],
    ['lie before all their work', slot('a', 'out', '07:00-09:00', 'am'), 'open slot_outside_half'],
    ['serve a half that is not there', slot('a', 'in', '07:00-10:00', 'pm'), 'serves slot_unknown_half'],
    ['are neither in nor out', slot('a', 'either', '07:00-10:00', 'am'), 'on_time slot_either_needs_window'],
    [
      'lack the time that fits',
      slot('a', 'in', '07:00-10:00', 'am', { from: '08:00' }),
      'on_time slot_on_time_incomplete',
    ],
    [
      'are on time outside',
      slot('a', 'in', '07:00-10:00', 'am', { to: '10:30' }),
      'on_time slot_on_time_outside_window',
    ],
  ])('that %s are refused', (_, bad, expected) => {
    expect(found(ruleSet(halves, [bad]))).toEqual([`plans[0].slots[0].${expected}`])
  })

  test('that open before the day boundary are refused', () => {
    expect(problems(ruleSet(halves, [slot('a', 'in', '03:30-09:00', 'am')]))).toEqual([
      {
        path: 'plans[0].slots[0].open',
        value: '03:30',
        code: 'past_day_boundary',
        facts: { plan: 'day', boundary: '04:00' },
      },
    ])
  })

  test('need names of their own, and between one and six of them', () => {
    const again = [slot('a', 'in', '07:00-10:00', 'am'), slot('a', 'out', '11:00-13:00', 'am')]
    expect(found(ruleSet(halves, again))).toEqual(['plans[0].slots[1].id duplicate_id'])
    expect(found(ruleSet(halves, []))).toEqual(['plans[0].slots too_small'])
    const seven = Array.from({ length: 7 }, (_, i) => slot(`s${i}`, 'in', `0${i + 1}:00-0${i + 1}:30`, 'am'))
    expect(found(ruleSet(halves, seven))).toContain('plans[0].slots too_big')
  })
})

describe('halves', () => {
  const slots = [slot('a', 'in', '07:00-10:00', 'am')]

  test('end after they start and do not overlap', () => {
    expect(found(ruleSet({ am: { start: '12:00', end: '09:00' } }, slots))).toContain(
      'plans[0].halves.am.end half_end_before_start',
    )
    const halves = { am: { start: '09:00', end: '13:00' }, pm: { start: '12:00', end: '17:00' } }
    expect(found(ruleSet(halves, slots))).toEqual(['plans[0].halves.pm.start halves_overlap'])
    expect(found(ruleSet({}, slots))).toContain('plans[0].halves no_half')
  })

  test('are written as times', () => {
    const wrong = ruleSet({ am: { start: '9:00', end: '25:61' } }, slots)
    expect(found(wrong)).toEqual(['plans[0].halves.am.start not_a_time', 'plans[0].halves.am.end not_a_time'])
  })
})

describe('tiers', () => {
  const late = (table: AttendanceRules['late']): string[] => found({ ...copy(), late: table })

  test('go upwards', () => {
    const tiers = [
      { at_least: 1, class: 'a' },
      { at_least: 30, class: 'b' },
      { more_than: 29, class: 'c' },
    ]
    expect(late({ tiers })).toEqual(['late.tiers[2] tiers_not_ascending'])
  })

  test('leave no minute without a class', () => {
    expect(problems({ ...copy(), late: { tiers: [{ at_least: 10, class: 'a' }] } })).toMatchObject([
      { path: 'late.tiers[0]', code: 'tier_gap', facts: { from: 1, to: 9 } },
    ])
    expect(late({ grace: { more_than: 9 }, tiers: [{ at_least: 10, class: 'a' }] })).toEqual([])
    expect(late({ counts_from: 'grace_end', grace: { more_than: 9 }, tiers: [{ at_least: 10, class: 'a' }] })).toEqual([
      'late.tiers[0] tier_gap',
    ])
  })

  test('that grace swallows are said to be unreachable', () => {
    const tiers = [
      { at_least: 1, class: 'a' },
      { at_least: 5, class: 'b' },
    ]
    expect(late({ grace: { more_than: 5 }, tiers })).toEqual(['late.tiers[0] tier_unreachable'])
  })

  test('say either at_least or more_than', () => {
    expect(late({ tiers: [{ class: 'a' }] })).toEqual(['late.tiers[0] threshold_needs_one'])
    expect(late({ tiers: [{ at_least: 1, more_than: 2, class: 'a' }] })).toEqual(['late.tiers[0] threshold_needs_one'])
    expect(late({ grace: {} })).toEqual(['late.grace threshold_needs_one'])
  })
})

describe('plans', () => {
  const halves = { am: { start: '09:00', end: '12:00' } }
  const slots = [slot('a', 'in', '07:00-10:00', 'am')]
  const plans = (...whens: (AttendanceRules['plans'][number]['when'] | undefined)[]): string[] =>
    found({
      ...ruleSet(halves, slots),
      plans: whens.map((when, i) => ({ id: `p${i}`, ...(when ? { when } : {}), halves, slots })),
    })

  test('that earlier ones take away entirely are unreachable', () => {
    expect(plans({ workday: true }, { weekdays: [5], workday: true })).toEqual(['plans[1].when plan_unreachable'])
    expect(plans(undefined, { groups: ['front_desk'] })).toEqual(['plans[1].when plan_unreachable'])
    expect(plans({ groups: ['front_desk'] }, { groups: ['any'] })).toEqual([])
  })

  test('without conditions may be there for the roster only', () => {
    expect(plans({ workday: true }, undefined, undefined)).toEqual([])
  })

  test('must leave no ordinary workday without one', () => {
    expect(plans({ months: [5, 9] })).toEqual(['plans workday_without_plan'])
    expect(plans({ months: [5, 9] }, { months: [10, 4] })).toEqual([])
    expect(plans({ weekdays: [1, 2, 3, 4] })).toEqual(['plans workday_without_plan'])
    expect(plans({ weekdays: [1, 2, 3, 4, 5] })).toEqual([])
    expect(plans({ season: ['03-01', '02-28'] })).toEqual(['plans workday_without_plan'])
    expect(plans({ groups: ['front_desk'] })).toEqual(['plans workday_without_plan'])
  })

  test('name months or a season, not both', () => {
    expect(plans({ months: [5, 9], season: ['05-01', '09-30'] }, {})).toEqual([
      'plans[0].when.season season_repeats_months',
    ])
    expect(plans({ season: ['02-30', '09-30'] }, {})).toEqual(['plans[0].when.season[0] not_a_month_day'])
  })
})

test('the rule set in force is the latest that has begun', () => {
  const sets = ['2026-07-01', '2026-01-01', '2027-01-01'].map((valid_from) => ({ valid_from, version: valid_from }))
  expect(ruleInForce(sets, '2026-06-30')?.version).toBe('2026-01-01')
  expect(ruleInForce(sets, '2026-07-01')?.version).toBe('2026-07-01')
  expect(ruleInForce(sets, '2030-01-01')?.version).toBe('2027-01-01')
  expect(ruleInForce(sets, '2025-12-31')).toBeNull()
})

test('of two rule sets that begin on one day the later version stands, in any order', () => {
  const sets = ['b', 'a'].map((version) => ({ valid_from: '2026-01-01', version }))
  expect(ruleInForce(sets, '2026-02-01')?.version).toBe('b')
  expect(ruleInForce([...sets].reverse(), '2026-02-01')?.version).toBe('b')
})

test('a wrong word is answered with the words allowed, also where a longer form would do', () => {
  const document = { ...copy(), missing: { one_boundary: 'lat', all_of_half: 'absent_half' } }
  expect(problems(document)).toEqual([
    {
      path: 'missing.one_boundary',
      value: 'lat',
      code: 'not_one_of',
      facts: { allowed: 'missing_punch, late, early, absent_half' },
    },
  ])
  expect(found({ ...copy(), kind: 'leave' })).toEqual(['kind not_yet'])
})

import { describe, expect, test } from 'vitest'
import { countersOf } from '#app/domain/attendance/counters.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import { fourPunchProfile } from '#app/domain/attendance/presets.ts'
import { parseAttendanceRules } from '#app/domain/attendance/rules.ts'
import { covered, friday, punches } from './support.ts'

/** Two days late, one of them also early; a day of training; a day without a punch; a Saturday. */
const facts = [
  { ...friday, day: '2026-10-27', punches: punches('09:06', '12:00', '13:30', '17:00') },
  { ...friday, day: '2026-10-28', punches: punches('09:12', '11:50', '13:30', '17:00') },
  { ...friday, day: '2026-10-29', coverage: [covered('training', '09:00', '17:00')] },
  { ...friday, day: '2026-10-30' },
  { ...friday, day: '2026-10-31', calendar: { am: 'rest', pm: 'rest' } as const },
  { ...friday, day: '2026-11-02', punches: punches('09:01', '12:00', '13:30', '17:00') },
]

const refused = (counter: object): unknown => {
  const parsed = parseAttendanceRules({ ...fourPunchProfile, counters: [counter] })
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path} ${code}`)
}

function counted(counter: object) {
  const parsed = parseAttendanceRules({ ...fourPunchProfile, counters: [counter] })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return countersOf(
    parsed.value,
    facts.map((one) => judgeDay(one, parsed.value)),
  )
}

const both = { id: 'x', counts: [{ mark: 'late' }, { mark: 'early' }], unit: 'times', period: 'month' }

describe('a counter', () => {
  test('counts times by month and lists what it counted', () => {
    const [october, november] = counted(both)
    expect([october?.value, november?.value]).toEqual([3, 1])
    expect(october?.events).toEqual([
      { day: '2026-10-27', half: 'am', rule: 'counters[0].counts[0]', counted: 1 },
      { day: '2026-10-28', half: 'am', rule: 'counters[0].counts[0]', counted: 1 },
      { day: '2026-10-28', half: 'am', rule: 'counters[0].counts[1]', counted: 1 },
    ])
  })

  test.each([
    [{ unit: 'minutes' }, [28, 1]],
    [{ unit: 'days' }, [2, 1]],
    [{ counts: [{ mark: 'absent' }], unit: 'halves' }, [2, 0]],
    [{ counts: [{ mark: 'absent' }], unit: 'days', period: 'year' }, [1]],
    [{ counts: [{ class: 'serious' }] }, [1, 0]],
    [{ counts: [{ coverage: 'training' }], unit: 'halves' }, [2, 0]],
    [{ counts: [{ punch_day: 'am_in' }, { coverage: 'training' }], unit: 'punch_days' }, [3, 1]],
    [{ period: 'week' }, [3, 1]],
    [{ period: { rolling_days: 6 } }, [3]],
  ])('with %j is %j', (more, expected) => {
    expect(counted({ ...both, ...more }).map((one) => one.value)).toEqual(expected)
  })

  test('says which steps of its ladder are reached', () => {
    const ladder = [
      { at_least: 3, measure: { kind: 'notice', to: ['unit'] } },
      { at_least: 3, measure: { kind: 'exclude_from_award', period: 'quarter' } },
      { more_than: 3, measure: { kind: 'proposal', text: 'talk' } },
    ]
    expect(counted({ ...both, ladder })[0]?.reached).toEqual([
      { rule: 'counters[0].ladder[0]', measure: 'notice' },
      { rule: 'counters[0].ladder[1]', measure: 'exclude_from_award' },
    ])
  })

  test.each([
    [{ points: -10 }, -30, 0],
    [{ points: -10, cap: -20 }, -20, 0],
    [{ from_nth: 3, points: -20 }, -20, 0],
    [{ every: 3, counts_as: { score_absent_days: 1 } }, 0, 2],
  ])('does for each %j', (each, points, halves) => {
    expect(counted({ ...both, each })[0]).toMatchObject({ points, scoreAbsentHalves: halves })
  })

  test('says what is lacking of a quota, at most the workdays', () => {
    const quota = { ...both, counts: [{ punch_day: 'am_in' }], unit: 'punch_days', at_least_required: 22 }
    expect(counted(quota)[0]?.short).toBe(20)
    expect(counted({ ...quota, capped_at: 'workdays' })[0]?.short).toBe(2)
  })

  test('names what one person’s days cannot show', () => {
    expect(counted({ ...both, counts: [{ event: 'inspection' }], scope: 'window' })[0]).toMatchObject({
      value: 0,
      notCounted: ['counters[0].scope', 'counters[0].counts[0]'],
    })
  })
})

test('what a counter cannot mean is refused with its path', () => {
  const step = (limit: object): object => ({ ...limit, measure: { kind: 'notice' } })
  expect(refused({ ...both, ladder: [step({ at_least: 5 }), step({ at_least: 3 })] })).toEqual([
    'counters[0].ladder[1] ladder_not_ascending',
  ])
  expect(refused({ ...both, ladder: [step({})] })).toEqual(['counters[0].ladder[0] threshold_needs_one'])
  expect(refused({ ...both, counts: [{ punch_day: 'noon' }] })).toEqual([
    'counters[0].counts[0].punch_day unknown_slot',
  ])
  expect(refused({ ...both, counts: [{ mark: 'absent' }], unit: 'minutes' })).toEqual([
    'counters[0].counts[0] counter_without_minutes',
  ])
  expect(refused({ ...both, each: { from_nth: 4 } })).toEqual(['counters[0].each each_without_effect'])
  expect(refused({ ...both, counts: [{ mark: 'lat' }] })).toEqual(['counters[0].counts[0].mark not_one_of'])
})

test('parts of a regulation that cannot be judged yet are said to be so', () => {
  const parsed = parseAttendanceRules({ ...fourPunchProfile, routes: [], foo: 1 })
  expect(parsed).toMatchObject({
    problems: [
      { path: 'routes', code: 'not_yet' },
      { path: 'foo', code: 'unknown_key' },
    ],
  })
})

import { describe, expect, test } from 'vitest'
import { unenrolledTimes } from '#app/domain/attendance/outage.ts'
import { twoPunchProfile } from '#app/domain/attendance/presets.ts'
import { at, byHand, covered, free, judge, outage, punches, said } from './support.ts'

const day = ['08:21:07', '12:03:00', '13:28:00', '17:01:00']

describe('four punches', () => {
  test.each([
    [day, 'present | present'],
    [['09:00:59', '12:00', '13:30:59', '17:00'], 'present | present'],
    [['09:01', '12:00', '13:30', '17:00'], 'late 1 | present'],
    [['09:06:14', '12:00', '13:41', '17:00'], 'late 6 | late 11'],
    [['08:50', '11:59:30', '13:30', '17:00'], 'early -1 | present'],
    [['08:50', '12:00', '13:30', '16:53:30'], 'present | early -7'],
    [['09:10', '11:50', '13:30', '17:00'], 'late_and_early 10 -10 | present'],
    [['08:50', '13:30', '17:00'], 'missing | present'],
    [['12:00', '13:30', '17:00'], 'missing | present'],
    [['13:30', '17:00'], 'absent | present'],
    [['08:50', '12:00'], 'present | absent'],
    [[], 'absent | absent'],
  ])('%j is %s', (times, expected) => {
    expect(said(judge({ punches: punches(...times) }))).toBe(expected)
  })

  test.each([
    ['09:09', 'minor', undefined],
    ['09:10', 'serious', undefined],
    ['09:29', 'serious', undefined],
    ['09:30', 'half_day_absent', 1],
  ])('late at %s is %s and stays 迟, never 旷', (time, grade, halves) => {
    const am = judge({ punches: punches(time, '12:00', '13:30', '17:00') }).halves.am
    expect([am.mark, am.grade, am.scoreAbsentHalves]).toEqual(['late', grade, halves])
  })

  test('the first punch in and the last punch out count, others are kept with the reason', () => {
    const result = judge({ punches: punches('08:19:36', '08:19:41', '08:50', '11:40', '12:03', '13:20', '17:05') })
    expect(said(result)).toBe('present | present')
    expect(result.slots[0]?.ignored.map(({ punch, why }) => [punch.key, why])).toEqual([
      ['08:19:41', 'repeat'],
      ['08:50', 'later'],
    ])
    expect(result.slots[1]?.ignored.map(({ punch, why }) => [punch.key, why])).toEqual([['11:40', 'earlier']])
    expect(result.halves.am.reasons.map((reason) => reason.code)).toContain('punch_repeat')
  })

  test('a punch in no slot is kept, shown and explained', () => {
    const result = judge({ punches: punches('06:10', ...day, '22:00') })
    expect(result.unused.map((punch) => punch.key)).toEqual(['06:10', '22:00'])
    expect(result.halves.am.reasons).toContainEqual({
      code: 'punch_unused',
      rule: 'plans[0]',
      facts: { at: at('06:10'), source: 'east' },
    })
    expect(said(result)).toBe('present | present')
  })

  test('the reasons name the plan and version, the slot, the tier and the punch', () => {
    const { am } = judge({ punches: punches('09:12:08', '12:00') }).halves
    expect(am.reasons[0]).toEqual({
      code: 'plan',
      rule: 'plans[0]',
      facts: { plan: 'all_year', name: '全年', version: 'four-1' },
    })
    expect(am.reasons[1]).toMatchObject({
      code: 'late',
      rule: 'late.tiers[1]',
      facts: { slot: 'am_in', at: at('09:12:08'), due: at('09:00'), minutes: 12, class: 'serious' },
    })
  })
})

describe('two punches', () => {
  const two = (facts: Parameters<typeof judge>[0]): string => said(judge(facts, twoPunchProfile))

  test.each([
    [['08:50', '17:10'], 'present | present'],
    [['09:05', '17:10'], 'late 5 | present'],
    [['08:50', '16:40'], 'present | early -20'],
    [['08:50'], 'present | missing'],
    [['17:10'], 'missing | present'],
    [[], 'absent | absent'],
  ])('%j is %s', (times, expected) => {
    expect(two({ punches: punches(...times) })).toBe(expected)
  })

  test('with the morning covered, the first and last boundary still due are required', () => {
    const coverage = [covered('annual', '09:00', '12:00')]
    expect(two({ coverage, punches: punches('13:20', '17:00') })).toBe('annual | present')
    expect(two({ coverage, punches: punches('13:42', '17:00') })).toBe('annual | late 12')
    expect(two({ coverage, punches: punches('17:00') })).toBe('annual | missing')
    expect(two({ coverage })).toBe('annual | absent')
  })

  test('with the afternoon covered, leaving is due at noon', () => {
    const coverage = [covered('sick', '13:30', '17:00')]
    expect(two({ coverage, punches: punches('08:50', '12:05') })).toBe('present | sick')
    expect(two({ coverage, punches: punches('08:50', '11:50') })).toBe('early -10 | sick')
    expect(two({ coverage, punches: punches('08:50') })).toBe('missing | sick')
  })

  test('a rest half does the same as a covered one', () => {
    const calendar = { am: 'work', pm: 'rest' } as const
    expect(two({ calendar, punches: punches('08:50', '12:01') })).toBe('present | rest')
  })
})

describe('coverage', () => {
  const rest = ['13:28', '17:01']

  test('covering a half gives its mark whatever was punched', () => {
    const coverage = [covered('duty_out', '09:00', '12:00')]
    expect(said(judge({ coverage, punches: punches(...rest) }))).toBe('duty_out | present')
    expect(said(judge({ coverage, punches: punches('10:40', ...rest) }))).toBe('duty_out | present')
  })

  test('several coverages that join fill a half together; leave goes before official duty', () => {
    const coverage = [covered('duty_out', '09:00', '10:00'), covered('private', '10:00', '12:00')]
    expect(said(judge({ coverage, punches: punches(...rest) }))).toBe('private | present')
  })

  test('covering the start moves the start: arriving is due when the leave ends', () => {
    const coverage = [covered('private', '09:00', '10:30')]
    expect(said(judge({ coverage, punches: punches('10:28', '12:00', ...rest) }))).toBe('private | present')
    const late = judge({ coverage, punches: punches('10:42', '12:00', ...rest) })
    expect(said(late)).toBe('late 12 | present')
    expect(late.slots[0]).toMatchObject({ due: at('10:30'), state: 'late' })
    expect(said(judge({ coverage, punches: punches('12:00', ...rest) }))).toBe('missing | present')
  })

  test('covering the end moves the end: leaving is due when the leave begins', () => {
    const coverage = [covered('private', '16:00', '17:00')]
    expect(said(judge({ coverage, punches: punches('08:50', '12:00', '13:20', '16:01') }))).toBe('present | private')
    expect(said(judge({ coverage, punches: punches('08:50', '12:00', '13:20', '15:50') }))).toBe('present | early -10')
  })

  test('a hole in the middle leaves both boundaries due', () => {
    const coverage = [covered('duty_out', '10:00', '11:00')]
    expect(said(judge({ coverage, punches: punches('08:50', '12:00', ...rest) }))).toBe('duty_out | present')
    expect(said(judge({ coverage, punches: punches('12:00', ...rest) }))).toBe('missing | present')
  })

  test('nursing time moves a boundary and becomes the mark only when it fills the half', () => {
    const hour = [covered('nursing', '16:00', '17:00')]
    expect(said(judge({ coverage: hour, punches: punches('08:50', '12:00', '13:20', '16:01') }))).toBe(
      'present | present',
    )
    const half = [covered('nursing', '13:30', '17:00')]
    expect(said(judge({ coverage: half, punches: punches('08:50', '12:00') }))).toBe('present | nursing')
  })

  test('a wrong mark goes before leave in the same half', () => {
    const coverage = [covered('private', '09:00', '10:00')]
    expect(said(judge({ coverage, punches: punches('10:05', '12:00', ...rest) }))).toBe('late 5 | present')
  })

  test('leave over several days covers the whole day, and a rest day only when it counts calendar days', () => {
    const away = { from: -86_400, to: 3 * 86_400, key: 'long' }
    expect(said(judge({ coverage: [{ kind: 'annual', ...away }] }))).toBe('annual | annual')
    expect(said(judge({ ...free('rest'), coverage: [{ kind: 'annual', ...away }] }))).toBe('rest | rest')
    expect(said(judge({ ...free('holiday'), coverage: [{ kind: 'maternity', ...away }] }))).toBe(
      'maternity | maternity',
    )
  })
})

describe('outage and manual roll', () => {
  test('a due slot without a punch inside an outage is pending, never absent', () => {
    const outages = [outage('08:40', '12:30')]
    expect(said(judge({ outages, punches: punches('13:28', '17:01') }))).toBe('pending | present')
    expect(said(judge({ outages: [outage('08:00', '20:00')] }))).toBe('pending | pending')
  })

  test('a punch that the outage did not hinder is judged', () => {
    expect(
      said(judge({ outages: [outage('09:30', '10:00')], punches: punches('09:06', '12:00', '13:20', '17:00') })),
    ).toBe('late 6 | present')
  })

  test('whoever could press only after the outage over the boundary is not late but pending', () => {
    const result = judge({ outages: [outage('08:50', '09:20')], punches: punches('09:21', '12:00', '13:20', '17:00') })
    expect(said(result)).toBe('pending | present')
    expect(result.halves.am.reasons.map((reason) => reason.code)).toContain('outage_over_boundary')
  })

  test('whoever had no finger enrolled yet is not blamed for a slot that passed before it was', () => {
    const [unknown] = unenrolledTimes([{ from: 9 * 3600 + 1200, to: 86_400 }], { from: 0, to: 86_400 })
    const outages = unknown ? [unknown] : []
    const newcomer = judge({ outages, punches: punches('09:21', '12:00', '13:20', '17:00') })
    expect(said(newcomer)).toBe('pending | present')
    expect(newcomer.halves.am.reasons.map((reason) => reason.code)).toContain('not_enrolled_at_boundary')
    const away = judge({ outages: unenrolledTimes([], { from: 0, to: 86_400 }) })
    expect(said(away)).toBe('pending | pending')
    expect(away.halves.pm.reasons.map((reason) => reason.code)).toContain('not_enrolled')
  })

  test('a roll entry makes it 手工, and late only when somebody saw the arrival', () => {
    const outages = [outage('08:40', '11:30')]
    const rest = punches('12:00', '13:20', '17:00')
    const entry = (...args: Parameters<typeof byHand>): string =>
      said(judge({ outages, punches: rest, manual: [byHand(...args)] }))
    expect(entry('am_in', 'roll', null)).toBe('manual | present')
    expect(entry('am_in', 'roll', '09:20', false)).toBe('manual | present')
    expect(entry('am_in', 'roll', '08:55', true)).toBe('manual | present')
    expect(said(judge({ punches: rest, manual: [byHand('am_in', 'roll', '09:20', true)] }))).toBe('late 20 | present')
  })
})

describe('days on which nothing is due', () => {
  test.each(['rest', 'holiday', 'half_holiday'] as const)('%s', (kind) => {
    const result = judge({ ...free(kind), punches: punches('09:30') })
    expect(said(result)).toBe(`${kind} | ${kind}`)
    expect(result.unused).toHaveLength(1)
  })

  test('half a holiday leaves the other half due', () => {
    const calendar = { am: 'work', pm: 'half_holiday' } as const
    const result = judge({ calendar, punches: punches('08:50', '12:01') })
    expect(said(result)).toBe('present | half_holiday')
    expect(result.slots.map((slot) => slot.state)).toEqual(['on_time', 'on_time', 'not_due', 'not_due'])
  })

  test('outside the posting nothing is expected', () => {
    expect(said(judge({ inService: false, punches: punches('09:30') }))).toBe('not_in_service | not_in_service')
  })

  test('a provisional calendar is said in the reasons', () => {
    expect(judge({ provisional: true }).halves.am.reasons[0]?.code).toBe('calendar_provisional')
  })
})

describe('while the day is running', () => {
  const now = (time: string, ...times: string[]): string => said(judge({ asOf: at(time), punches: punches(...times) }))

  test.each([
    ['08:00', [], 'open | open'],
    ['09:30', [], 'open | open'],
    ['10:00', ['08:50'], 'open | open'],
    ['10:00', ['09:06'], 'late 6 | open'],
    ['11:00:59', [], 'open | open'],
    ['11:01', [], 'missing | open'],
    ['12:20:59', [], 'missing | open'],
    ['12:21', [], 'absent | open'],
    ['11:45', ['08:50', '11:40'], 'open | open'],
    ['12:21', ['08:50', '11:40'], 'early -20 | open'],
    ['12:21', ['08:50', '12:01'], 'present | open'],
    ['20:01', ['08:50', '12:01', '13:20', '17:00'], 'present | present'],
  ])('at %s with %j it says %s', (time, times, expected) => {
    expect(now(time, ...times)).toBe(expected)
  })

  test('slots wait, open and close', () => {
    const states = (time: string): unknown => judge({ asOf: at(time) }).slots.map((slot) => slot.state)
    expect(states('07:00')).toEqual(['waiting', 'waiting', 'waiting', 'waiting'])
    expect(states('09:30')).toEqual(['open', 'waiting', 'waiting', 'waiting'])
    expect(states('15:45')).toEqual(['missing', 'missing', 'missing', 'open'])
  })

  test('a silent reader shows as pending once the boundary has passed', () => {
    const outages = [outage('08:30', '20:00')]
    expect(said(judge({ outages, asOf: at('08:50') }))).toBe('open | open')
    expect(said(judge({ outages, asOf: at('09:10') }))).toBe('pending | open')
  })
})

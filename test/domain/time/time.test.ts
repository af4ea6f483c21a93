import fc from 'fast-check'
import { DateTime } from 'luxon'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { attendanceDayOf } from '#app/domain/time/attendance-day.ts'
import { isClockTime, minuteOfTime, timeOfMinute, timeOfSecond } from '#app/domain/time/clock-time.ts'
import {
  addDays,
  dayFromNumber,
  dayNumber,
  daysBetween,
  daysFrom,
  isCivilDay,
  monthDays,
  weekday,
} from '#app/domain/time/day.ts'
import { addHalfDays, halfDaysBetween, halfDaysOf, rangesOverlap } from '#app/domain/time/half-day.ts'
import { civilOf, instantOf, isZone } from '#app/domain/time/zone.ts'

const anyDay = fc.integer({ min: -200_000, max: 200_000 }).map(dayFromNumber)

test('day arithmetic agrees with Temporal', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (day, n) => {
      const theirs = Temporal.PlainDate.from(day)
      expect(addDays(day, n)).toBe(theirs.add({ days: n }).toString())
      expect(weekday(day)).toBe(theirs.dayOfWeek)
      expect(daysBetween(day, addDays(day, n))).toBe(n)
      expect(dayFromNumber(dayNumber(day))).toBe(day)
      expect(monthDays(day.slice(0, 7))).toHaveLength(theirs.daysInMonth)
    }),
  )
})

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2024-02-29', true],
  ['1900-02-29', false],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-1-1', false],
  ['2026-01-01T00:00', false],
  ['', false],
])('%s is a civil day: %s', (text, expected) => {
  expect(isCivilDay(text)).toBe(expected)
})

test.each(['Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu', 'Europe/Berlin', 'UTC'])(
  'civil time and instants of %s agree with Temporal, whatever the zone of the machine',
  (zone) => {
    fc.assert(
      fc.property(fc.integer({ min: 1_500_000_000_000, max: 2_100_000_000_000 }), (ms) => {
        const theirs = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)
        const ours = civilOf(ms, zone)
        expect(ours.day).toBe(theirs.toPlainDate().toString())
        expect(ours.second).toBe(theirs.hour * 3600 + theirs.minute * 60 + theirs.second)
      }),
    )
  },
)

test('an instant of Shanghai comes back from its day and second, also past midnight', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_577_836_800, max: 2_000_000_000 }), (seconds) => {
      const { day, second } = civilOf(seconds * 1000, 'Asia/Shanghai')
      expect(instantOf(day, second, 'Asia/Shanghai')).toBe(seconds * 1000)
      expect(instantOf(addDays(day, -1), second + 86_400, 'Asia/Shanghai')).toBe(seconds * 1000)
    }),
  )
})

test('the instant of a wall-clock time agrees with luxon in every zone, also where a clock is changed', () => {
  const zones = fc.constantFrom(
    'Asia/Shanghai',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
  )
  const days = fc.integer({ min: 0, max: 30_000 }).map(dayFromNumber)
  const changes = fc.constantFrom('2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-04-05', '1986-05-04')
  const near = fc.tuple(changes, fc.integer({ min: -2, max: 2 })).map(([day, by]) => addDays(day, by))
  fc.assert(
    fc.property(zones, fc.oneof(days, near), fc.integer({ min: 0, max: 150_000 }), (zone, day, second) => {
      const [more, rest] = [Math.floor(second / 86_400), second % 86_400]
      const wall = { hour: Math.floor(rest / 3600), minute: Math.floor(rest / 60) % 60, second: rest % 60 }
      const theirs = DateTime.fromISO(day, { zone })
        .plus({ days: more })
        .set({ ...wall, millisecond: 0 })
      expect(instantOf(day, second, zone)).toBe(theirs.toMillis())
    }),
    { numRuns: 2000 },
  )
})

test('an unknown zone is a fault, not the zone of the machine', () => {
  expect(isZone('Asia/Shanghai')).toBe(true)
  expect(isZone('Mars/Olympus')).toBe(false)
  expect(() => civilOf(0, 'Mars/Olympus')).toThrow('Mars/Olympus')
})

test('before 04:00 a punch belongs to yesterday', () => {
  expect(attendanceDayOf('2026-11-20', 3 * 3600 + 3599, 4 * 3600)).toEqual({ day: '2026-11-19', second: 100_799 })
  expect(attendanceDayOf('2026-11-20', 4 * 3600, 4 * 3600)).toEqual({ day: '2026-11-20', second: 14_400 })
  expect(attendanceDayOf('2026-03-01', 0, 4 * 3600).day).toBe('2026-02-28')
})

test('every second of a civil day lies in exactly one attendance day', () => {
  fc.assert(
    fc.property(anyDay, fc.nat(86_399), fc.nat(43_200), (day, second, boundary) => {
      const found = attendanceDayOf(day, second, boundary)
      expect(found.second).toBeGreaterThanOrEqual(boundary)
      expect(found.second).toBeLessThan(boundary + 86_400)
      expect(daysBetween(found.day, day) * 86_400).toBe(found.second - second)
    }),
  )
})

test('times of day', () => {
  expect(['00:00', '23:59', '24:00', '47:59', '48:00', '9:00', '12:60', '1200'].map(isClockTime)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ])
  expect(minuteOfTime('09:05')).toBe(545)
  expect(timeOfMinute(1510)).toBe('25:10')
  expect(timeOfSecond(32_774)).toBe('09:06:14')
})

test('half-days count, step and overlap', () => {
  const am = { day: '2026-11-20', half: 'am' } as const
  const pm = { day: '2026-11-20', half: 'pm' } as const
  expect(halfDaysBetween(am, pm)).toBe(1)
  expect(addHalfDays(pm, 1)).toEqual({ day: '2026-11-21', half: 'am' })
  expect(addHalfDays(am, -1)).toEqual({ day: '2026-11-19', half: 'pm' })
  expect(halfDaysOf({ from: pm, to: { day: '2026-11-22', half: 'am' } })).toHaveLength(4)
  expect(halfDaysOf({ from: pm, to: am })).toEqual([])
  expect(rangesOverlap({ from: am, to: am }, { from: pm, to: pm })).toBe(false)
  expect(rangesOverlap({ from: am, to: pm }, { from: pm, to: pm })).toBe(true)
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -999, max: 999 }), (day, n) => {
      const from = { day, half: 'am' } as const
      expect(halfDaysBetween(from, addHalfDays(from, n))).toBe(n)
    }),
  )
})

test('a run of days has both ends and is empty backwards', () => {
  expect(daysFrom('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'])
  expect(daysFrom('2026-03-01', '2026-02-27')).toEqual([])
})

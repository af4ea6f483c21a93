import { getLunarDate, getSolarTermsInRange } from 'chinese-days'
import { Temporal } from 'temporal-polyfill/full'
import { expect, test } from 'vitest'
import { civilOfLunar, lunarOf, nextSolarTerm, solarTermsOf } from '#app/domain/calendar/lunar.ts'
import { daysFrom } from '#app/domain/time/day.ts'
import { inUtc } from './oracle.ts'

const span = daysFrom('2024-01-01', '2035-12-31')

test('every day from 2024 to 2035 agrees with a lunar library', () => {
  for (const day of span) {
    const theirs = inUtc(() => getLunarDate(day))
    const ours = lunarOf(day)
    const expected = [theirs.lunarYear, theirs.lunarMon, theirs.isLeap, theirs.lunarDay]
    expect([ours?.year, ours?.month, ours?.leap, ours?.day], day).toEqual(expected)
    expect(ours?.zh.year, day).toBe(theirs.yearCyl)
  }
})

/**
 * Months whose new moon falls minutes from midnight in Beijing (6 February 2027 23:56, 3 February 2030 00:07): the runtime's
 * approximation puts them on the other day, the published almanacs do not.
 */
const nearMidnight = [...daysFrom('2027-02-06', '2027-03-07'), ...daysFrom('2030-02-02', '2030-03-03')]

test('every other day from 2024 to 2035 agrees with the Chinese calendar of Temporal', () => {
  for (const day of span) {
    if (nearMidnight.includes(day)) continue
    const theirs = Temporal.PlainDate.from(day).withCalendar('chinese')
    const ours = lunarOf(day)
    const month = `M${String(ours?.month).padStart(2, '0')}${ours?.leap ? 'L' : ''}`
    expect([ours?.day, month], day).toEqual([theirs.day, theirs.monthCode])
  }
})

test('every solar term from 2024 to 2035 agrees with a lunar library', () => {
  for (let year = 2024; year <= 2035; year++) {
    const all = inUtc(() => getSolarTermsInRange(`${year}-01-01`, `${year}-12-31`))
    const theirs = all.filter((term) => term.index === 1)
    expect(solarTermsOf(year).map(({ day, zh }) => [day, zh])).toEqual(theirs.map(({ date, name }) => [date, name]))
  }
})

test('the kiosk header of 20 November 2026 says tenth month twelfth day, and Minor Snow in two days', () => {
  expect(lunarOf('2026-11-20')?.zh).toEqual({ year: '丙午', month: '十月', day: '十二' })
  expect(nextSolarTerm('2026-11-20')).toMatchObject({ term: { zh: '小雪', day: '2026-11-22' }, inDays: 2 })
  expect(nextSolarTerm('2026-11-22')?.inDays).toBe(0)
})

test('day and month names are written as people write them', () => {
  expect(lunarOf('2025-07-25')?.zh).toEqual({ year: '乙巳', month: '闰六月', day: '初一' })
  expect(lunarOf('2026-02-16')?.zh).toEqual({ year: '乙巳', month: '腊月', day: '廿九' })
  expect(lunarOf('2026-02-26')?.zh.day).toBe('初十')
  expect(lunarOf('2026-03-08')?.zh.day).toBe('二十')
  expect(lunarOf('2026-03-18')?.zh.day).toBe('三十')
})

test('outside the table nothing is claimed', () => {
  expect(lunarOf('2020-01-01')).toBeNull()
  expect(lunarOf('2037-01-01')).toBeNull()
  expect(civilOfLunar(2037, 1, 1)).toBeNull()
  expect(civilOfLunar(2026, 12, 30)).toBeNull()
  expect(solarTermsOf(2040)).toEqual([])
  expect(nextSolarTerm('2036-01-10')).toBeNull()
})

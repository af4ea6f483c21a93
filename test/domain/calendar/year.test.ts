import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { getSolarDateFromLunar } from 'chinese-days'
import { expect, test } from 'vitest'
import type { CalendarLayer } from '#app/domain/calendar/layer.ts'
import { stateNotices } from '#app/domain/calendar/notices.ts'
import { statutoryDays } from '#app/domain/calendar/statutory.ts'
import {
  buildCalendar,
  type CalendarDay,
  calendarDocument,
  dayOf,
  halvesFor,
  isWorkday,
} from '#app/domain/calendar/year.ts'
import { addDays, daysFrom, weekday } from '#app/domain/time/day.ts'
import { inUtc } from './oracle.ts'

const plain = buildCalendar([])

function known(calendar: ReturnType<typeof buildCalendar>, day: string): CalendarDay {
  const found = dayOf(calendar, day)
  if (!found.ok) throw new Error(`${day}: ${found.code}`)
  return found.value
}

const packageData = createRequire(import.meta.url).resolve('chinese-days')
const published = JSON.parse(readFileSync(packageData.replace(/index\..*$/, 'chinese-days.json'), 'utf8')) as {
  holidays: Record<string, string>
  workdays: Record<string, string>
}

test.each([2025, 2026])('every day of %i agrees with the published data', (year) => {
  for (const day of daysFrom(`${year}-01-01`, `${year}-12-31`)) {
    const ours = known(plain, day)
    const works = day in published.workdays || (weekday(day) < 6 && !(day in published.holidays))
    expect(ours.halves.am === 'work', day).toBe(works)
    expect(ours.kind === 'holiday', day).toBe(day in published.holidays)
    expect(ours.kind === 'makeup', day).toBe(day in published.workdays)
    expect(ours.provisional).toBe(false)
  }
})

test('2026 has 33 days off and 6 make-up workdays', () => {
  const days = daysFrom('2026-01-01', '2026-12-31').map((day) => known(plain, day).kind)
  expect(days.filter((kind) => kind === 'holiday')).toHaveLength(33)
  expect(days.filter((kind) => kind === 'makeup')).toHaveLength(6)
})

test('the mid-autumn day inside the 2025 national holiday keeps its own name', () => {
  expect(known(plain, '2025-10-06').name?.zh).toBe('中秋节')
  expect(known(plain, '2025-10-05').name?.zh).toBe('国庆节')
  expect(known(plain, '2025-02-08')).toMatchObject({ kind: 'makeup', name: { en: 'Spring Festival' } })
})

test('the notices are valid stored documents', () => {
  for (const notice of stateNotices) expect(calendarDocument.parse(notice)).toEqual(notice)
})

test('the statutory days of 2027 are the thirteen of the law', () => {
  const expected = '01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03'.split(' ')
  expect([...(statutoryDays(2027)?.keys() ?? [])].map((day) => day.slice(5)).sort()).toEqual(expected)
})

test.each([2025, 2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034, 2035])(
  'the lunar holidays of %i agree with a lunar library',
  (year) => {
    const days = statutoryDays(year)
    const lunar = (month: number, day: number): string =>
      inUtc(
        () => getSolarDateFromLunar(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`).date,
      )
    const merged = /-10-0[123]$/.test(lunar(8, 15))
    expect(days?.size).toBe(merged ? 12 : 13)
    expect(days?.get(lunar(1, 1))).toBe('spring_festival')
    expect(days?.get(addDays(lunar(1, 1), -1))).toBe('spring_festival')
    expect(days?.get(lunar(5, 5))).toBe('dragon_boat')
    expect(days?.get(lunar(8, 15))).toBe('mid_autumn')
  },
)

test('an unannounced year is provisional, with the statutory days and ordinary weekends only', () => {
  expect(known(plain, '2027-02-05')).toMatchObject({ kind: 'holiday', provisional: true, layer: 'statutory' })
  expect(known(plain, '2027-02-09')).toMatchObject({ kind: 'workday', provisional: true })
  expect(known(plain, '2027-01-31')).toMatchObject({ kind: 'rest', provisional: true })
})

test.each(['2024-12-31', '2036-01-01', '2050-06-01', '1999-01-01'])('%s is a refusal, not a workday', (day) => {
  const year = Number(day.slice(0, 4))
  expect(dayOf(plain, day)).toEqual({ ok: false, code: 'calendar_unknown_year', facts: { year } })
  expect(isWorkday(plain, day).ok).toBe(false)
})

const layer = (kind: CalendarLayer['layer'], days: CalendarLayer['days'], year = 2026): CalendarLayer => ({
  year,
  layer: kind,
  title: 'test',
  number: null,
  days,
})

test('the centre stands above local government, and that above the notice', () => {
  const local = layer('local', { '2026-04-09': 'holiday', '2026-05-09': 'rest' })
  const centre = layer('centre', { '2026-04-09': 'workday' })
  const calendar = buildCalendar([centre, local])
  expect(known(calendar, '2026-04-09')).toMatchObject({ kind: 'workday', layer: 'centre' })
  expect(known(calendar, '2026-05-09')).toMatchObject({ kind: 'rest', layer: 'local' })
  expect(known(calendar, '2026-05-05')).toMatchObject({ kind: 'holiday', layer: 'state' })
})

test('a stored notice replaces the built-in one, and makes an unannounced year announced', () => {
  const calendar = buildCalendar([
    layer('state', { '2026-10-01': 'holiday' }),
    layer('state', { '2027-02-05': { kind: 'holiday', name: { zh: '春节', en: 'Spring Festival' } } }, 2027),
  ])
  expect(known(calendar, '2026-10-02').kind).toBe('workday')
  expect(known(calendar, '2027-02-05').provisional).toBe(false)
})

test('a local layer alone does not make an unknown year known', () => {
  expect(dayOf(buildCalendar([layer('local', { '2040-01-02': 'holiday' }, 2040)]), '2040-01-03').ok).toBe(false)
})

test('the centre may close for one half, and work a Saturday morning', () => {
  const calendar = buildCalendar([
    layer('centre', {
      '2026-06-30': { halves: { pm: 'rest' } },
      '2026-11-21': { kind: 'rest', halves: { am: 'work' } },
    }),
  ])
  expect(known(calendar, '2026-06-30').halves).toEqual({ am: 'work', pm: 'rest' })
  expect(known(calendar, '2026-11-21').halves).toEqual({ am: 'work', pm: 'rest' })
})

test('half a day for women on 8 March is theirs alone, and is not moved from a weekend', () => {
  const women = { groups: ['women'], halves: { pm: 'half_holiday' as const } }
  const calendar = buildCalendar([layer('centre', { '2027-03-08': women, '2026-03-08': women }, 2027)])
  expect(halvesFor(known(calendar, '2027-03-08'), ['women'])).toEqual({ am: 'work', pm: 'half_holiday' })
  expect(halvesFor(known(calendar, '2027-03-08'), ['youth'])).toEqual({ am: 'work', pm: 'work' })
  const sunday = buildCalendar([layer('centre', { '2026-03-08': women })])
  expect(halvesFor(known(sunday, '2026-03-08'), ['women'])).toEqual({ am: 'rest', pm: 'rest' })
})

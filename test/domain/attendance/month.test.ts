import { expect, test } from 'vitest'
import { monthTotals } from '#app/domain/attendance/month.ts'
import { covered, free, judge, punches } from './support.ts'

const full = ['08:50', '12:00', '13:20', '17:00']

test('a month adds up in half-days, times and minutes', () => {
  const totals = monthTotals([
    judge({ punches: punches(...full) }),
    judge({ punches: punches('09:12', '12:00', '13:20', '16:50') }),
    judge({ punches: punches('08:50', '12:00') }),
    judge({ punches: punches('13:20', '17:00'), coverage: [covered('annual', '09:00', '12:00')] }),
    judge({ punches: punches('13:20', '17:00'), coverage: [covered('private', '09:00', '12:00')] }),
    judge({ punches: punches('13:20', '17:00'), coverage: [covered('sick', '09:00', '12:00')] }),
    judge({ punches: punches('09:31', '12:00', '13:20') }),
    judge({ ...free('rest') }),
    judge({ asOf: 30_000 }),
  ])
  expect(totals).toMatchObject({
    due: 16,
    notDue: 2,
    attended: 10,
    countedAs: 1,
    bySetting: 1,
    undecided: 2,
    lateTimes: 2,
    lateMinutes: 43,
    earlyTimes: 1,
    earlyMinutes: 10,
    missing: 1,
    absent: 1,
    scoreAbsentHalves: 1,
    rate: 6875,
    grades: { serious: 2, half_day_absent: 1 },
  })
})

test('a month on which nothing was due has no rate', () => {
  expect(monthTotals([judge(free('holiday'))]).rate).toBeNull()
  expect(monthTotals([])).toMatchObject({ due: 0, rate: null, marks: {} })
})

test('halves on a provisional calendar are counted, so that the month is not locked', () => {
  expect(monthTotals([judge({ provisional: true, punches: punches(...full) })]).provisional).toBe(2)
})

import type { CivilDay } from '#app/domain/attendance/day.ts'
import { buildCalendar, type Calendar } from '#app/domain/calendar/year.ts'
import { addDays, daysFrom } from '#app/domain/time/day.ts'
import { type DemoAbsence, type DemoOutage, type DemoPress, demoAbsences, demoDay, isWorkday } from './days.ts'
import { type DemoPerson, demoPeople } from './people.ts'
import { at } from './story.ts'

export type DemoData = {
  readonly seed: string
  readonly from: CivilDay
  readonly today: CivilDay
  readonly calendar: Calendar
  readonly people: readonly DemoPerson[]
  readonly absences: readonly DemoAbsence[]
  readonly outages: readonly DemoOutage[]
  /** Every press of every working day from the first to today, the hours after the demo's now included. */
  readonly presses: readonly DemoPress[]
}

export const demoSeed = 'yunxi'

/** How many days of the past the demo has: a year and a half. */
const past = 548

/**
 * The demo centre 演示中心 of one day: the same day and seed give the same people, punches and absences, to the byte.
 * It reads no clock and asks no database.
 */
export function demoCentre(today: CivilDay, seed: string = demoSeed): DemoData {
  const calendar = buildCalendar([])
  const from = addDays(today, -past)
  const people = demoPeople(seed, today)
  const outages = demoOutages(calendar, today)
  const absences = demoAbsences(seed, people, calendar, { from, to: today, story: today })
  const presses = daysFrom(from, today)
    .filter((day) => isWorkday(calendar, day))
    .flatMap((day) =>
      demoDay(seed, people, absences, day, {
        story: day === today,
        outages: outages.filter((outage) => outage.day === day),
      }),
    )
  return { seed, from, today, calendar, people, absences, outages, presses }
}

/**
 * The west reader was silent on one morning five weeks ago, and a power cut took both of them one afternoon in the spring
 * before: those slots are 待核, nobody is blamed.
 */
function demoOutages(calendar: Calendar, today: CivilDay): DemoOutage[] {
  const cut = {
    day: workdayBefore(calendar, today, 196),
    from: at('16:31'),
    to: at('18:20'),
    reason: '片区停电，全厅断电',
  }
  return [
    { ...cut, reader: 0 },
    { ...cut, reader: 1 },
    {
      day: workdayBefore(calendar, today, 35),
      from: at('08:12'),
      to: at('11:08'),
      reader: 1,
      reason: '西门大厅配电检修，读取器断电',
    },
  ]
}

function workdayBefore(calendar: Calendar, today: CivilDay, days: number): CivilDay {
  let day = addDays(today, -days)
  while (!isWorkday(calendar, day)) day = addDays(day, -1)
  return day
}

export type DemoDays = Pick<DemoData, 'absences' | 'presses'>

/**
 * What happened in the demo centre after a day it was left on: the same presses as if it had been made later,
 * with the new day's story. `people` are those of the day it was made on.
 */
export function demoDays(people: readonly DemoPerson[], from: CivilDay, today: CivilDay, seed = demoSeed): DemoDays {
  const calendar = buildCalendar([])
  const absences = demoAbsences(seed, people, calendar, { from, to: today, story: today })
  const presses = daysFrom(from, today)
    .filter((day) => isWorkday(calendar, day))
    .flatMap((day) => demoDay(seed, people, absences, day, { story: day === today, outages: [] }))
  return { absences, presses }
}

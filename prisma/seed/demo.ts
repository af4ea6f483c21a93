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
  readonly outage: DemoOutage
  /** Every press of every working day from the first to today, the hours after the demo's now included. */
  readonly presses: readonly DemoPress[]
}

export const demoSeed = 'yunxi'

/** How many days of the past the demo has: three months. */
const past = 92

/**
 * The demo centre 演示中心 of one day: the same day and seed give the same people, punches and absences, to the byte.
 * It reads no clock and asks no database.
 */
export function demoCentre(today: CivilDay, seed: string = demoSeed): DemoData {
  const calendar = buildCalendar([])
  const from = addDays(today, -past)
  const people = demoPeople(seed, today)
  const outage = demoOutage(calendar, today)
  const absences = demoAbsences(seed, people, calendar, { from, to: today, story: today })
  const presses = daysFrom(from, today)
    .filter((day) => isWorkday(calendar, day))
    .flatMap((day) =>
      demoDay(seed, people, absences, day, { story: day === today, outage: outage.day === day ? outage : null }),
    )
  return { seed, from, today, calendar, people, absences, outage, presses }
}

/** The west reader was silent on one morning five weeks ago: its people's slots are 待核, nobody is blamed. */
function demoOutage(calendar: Calendar, today: CivilDay): DemoOutage {
  let day = addDays(today, -35)
  while (!isWorkday(calendar, day)) day = addDays(day, -1)
  return { day, from: at('08:12'), to: at('11:08'), reader: 1 }
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
    .flatMap((day) => demoDay(seed, people, absences, day, { story: day === today, outage: null }))
  return { absences, presses }
}

import type { CivilDay } from '#app/domain/attendance/day.ts'
import { type Calendar, dayOf } from '#app/domain/calendar/year.ts'
import { addDays } from '#app/domain/time/day.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'

export type Workdays = (day: CivilDay) => boolean

const zone = 'Asia/Shanghai'
const opens = 8 * 3600
const closes = 17 * 3600 + 1800
const morning = 8 * 3600 + 48 * 60

function duringWork(instantMs: number, workday: Workdays): boolean {
  const civil = civilOf(instantMs, zone)
  return workday(civil.day) && civil.second >= opens && civil.second < closes
}

/** 08:48 of the first workday whose 08:48 is not before the instant: most people have come, the rest are on their way. */
function nextMorning(instantMs: number, workday: Workdays): number {
  let day = civilOf(instantMs, zone).day
  while (!workday(day) || instantOf(day, morning, zone) < instantMs) day = addDays(day, 1)
  return instantOf(day, morning, zone)
}

/**
 * The instant at which the demo stands 演示时钟: the real one while the hall is open, else the next workday's morning;
 * never before the last instant it has shown, because punches are facts and time does not run backwards.
 */
export function demoNow(realMs: number, lastMs: number | null, workday: Workdays): number {
  const wanted = duringWork(realMs, workday) ? realMs : nextMorning(realMs, workday)
  if (lastMs === null || wanted >= lastMs) return wanted
  return duringWork(lastMs, workday) ? lastMs : nextMorning(lastMs, workday)
}

/** Whether the calendar knows the day of an instant and the demo's past before it; it would look for workdays for ever. */
export function isInCalendar(calendar: Calendar, instantMs: number): boolean {
  const day = civilOf(instantMs, zone).day
  return dayOf(calendar, day).ok && dayOf(calendar, addDays(day, -150)).ok
}

/** The civil day of an instant at the demo centre. */
export function demoDay(instantMs: number): CivilDay {
  return civilOf(instantMs, zone).day
}

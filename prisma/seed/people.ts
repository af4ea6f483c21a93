import type { CivilDay } from '#app/domain/attendance/day.ts'
import { addDays } from '#app/domain/time/day.ts'
import { windows } from './hall.ts'
import { seedId } from './ids.ts'
import { randomFor } from './random.ts'
import { type StaffLine, staff, staffNumber } from './staff.ts'

export type DemoPerson = StaffLine & {
  readonly id: string
  readonly staffNumber: string
  /** Number of the person's template on both readers. */
  readonly slot: number
  readonly startsOn: CivilDay
  readonly nearReader: number
  /** Number of the window the person holds, if any. */
  readonly window: string | null
}

/** Joined a month before the demo's day: his first weeks show what "not in service" looks like. */
const newcomer = '田堃'

/** The identity of one finger, as the emulated readers know it. */
export function fingerOf(number: string): string {
  return `finger:${number}:1`
}

/** The sixty people with their numbers, template slots and the day each came to the hall. */
export function demoPeople(seed: string, today: CivilDay): DemoPerson[] {
  return staff.map((line, index) => {
    const number = staffNumber(index)
    const window = windows[index]?.[0] ?? null
    const months = randomFor(seed, 'posting', number).int(5, 22)
    return {
      ...line,
      id: seedId(seed, 'person', number),
      staffNumber: number,
      slot: index + 1,
      startsOn: line.name === newcomer ? addDays(today, -30) : addDays(today, -30 * months),
      nearReader: window ? Number(window >= 'D') : index % 2,
      window,
    }
  })
}

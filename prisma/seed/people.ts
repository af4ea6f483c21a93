import type { CivilDay } from '#app/domain/attendance/day.ts'
import { addDays } from '#app/domain/time/day.ts'
import { windows } from './hall.ts'
import { seedId } from './ids.ts'
import { randomFor } from './random.ts'
import { leftStaff, leftWindows, type StaffLine, staff, staffNumber } from './staff.ts'

export type DemoPerson = StaffLine & {
  readonly id: string
  readonly staffNumber: string
  /** Number of the person's template on both readers. */
  readonly slot: number
  readonly startsOn: CivilDay
  /** Last day of who has gone; null while serving. */
  readonly endsOn: CivilDay | null
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

/** One who has gone is still in the readers: somebody forgot, and the list of such templates has to show it. */
const forgottenTemplate = '穆清'

/** They come on the demo's own day, and nobody has enrolled their fingers yet; two of them have not been asked either. */
const freshPeople: readonly string[] = ['施诗', '陶李', '温馨']
const notAsked: readonly string[] = ['陶李', '温馨']

/** Whether the readers hold, or have held, a person's finger. */
export function wasEnrolled(person: DemoPerson): boolean {
  return !freshPeople.includes(person.name)
}

/** Whether somebody has made the person an account. */
export function hasAccount(person: DemoPerson): boolean {
  return !freshPeople.includes(person.name)
}

/** Whether the person has agreed to it 指纹采集同意. */
export function hasConsented(person: DemoPerson): boolean {
  return !notAsked.includes(person.name)
}

/** Whether the readers hold a person's finger now. */
export function hasTemplate(person: DemoPerson): boolean {
  return wasEnrolled(person) && (person.endsOn === null || person.name === forgottenTemplate)
}

/** The people with their numbers, template slots and the days each came to the hall and, of some, left it. */
export function demoPeople(seed: string, today: CivilDay): DemoPerson[] {
  const serving = staff.map((line, index) => {
    const window = windows[index]?.[0] ?? null
    const months = randomFor(seed, 'posting', staffNumber(index)).int(5, 22)
    const startsOn = addDays(today, -daysAgo(line.name, months))
    return { ...numbered(seed, line, index), startsOn, endsOn: null, window, nearReader: nearest(window, index) }
  })
  return [...serving, ...peopleBefore(seed, serving)]
}

function daysAgo(name: string, months: number): number {
  if (freshPeople.includes(name)) return 0
  return name === newcomer ? 30 : 30 * months
}

/** Each left on the eve of the day on which the present holder of the window came. */
function peopleBefore(seed: string, serving: readonly DemoPerson[]): DemoPerson[] {
  return leftStaff.flatMap((line, place) => {
    const window = leftWindows[place] ?? ''
    const after = serving.find((person) => person.window === window)
    if (!after) return []
    const index = serving.length + place
    const endsOn = addDays(after.startsOn, -1)
    const startsOn = addDays(endsOn, -30 * 14)
    return [{ ...numbered(seed, line, index), startsOn, endsOn, window, nearReader: nearest(window, index) }]
  })
}

function numbered(seed: string, line: StaffLine, index: number) {
  const number = staffNumber(index)
  return { ...line, id: seedId(seed, 'person', number), staffNumber: number, slot: index + 1 }
}

function nearest(window: string | null, index: number): number {
  return window ? Number(window >= 'D') : index % 2
}

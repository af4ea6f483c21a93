import type { CivilDay } from '#app/domain/attendance/day.ts'
import { type Calendar, dayOf } from '#app/domain/calendar/year.ts'
import { daysFrom, monthDays } from '#app/domain/time/day.ts'
import { type Absence, absencesOf } from './absences.ts'
import { type Press, pressesOf, type Span } from './life.ts'
import { type DemoPerson, hasAccount, wasEnrolled } from './people.ts'
import { arrivals, at, away, noShow, returns } from './story.ts'

export type DemoOutage = {
  readonly day: CivilDay
  readonly from: number
  readonly to: number
  readonly reader: number
  readonly reason: string
}
export type DemoAbsence = Absence & { readonly person: DemoPerson; readonly standIn: DemoPerson | null }
export type DemoPress = Press & { readonly person: DemoPerson; readonly day: CivilDay }

/** True when people work on that day; the demo never leaves the years the calendar knows. */
export function isWorkday(calendar: Calendar, day: CivilDay): boolean {
  const known = dayOf(calendar, day)
  return known.ok && (known.value.kind === 'workday' || known.value.kind === 'makeup')
}

/** Whether a person serves in the hall on a day. */
export function serves(person: DemoPerson, day: CivilDay): boolean {
  return person.startsOn <= day && (person.endsOn === null || day <= person.endsOn)
}

/** The absences that fall between two days; on the story's day its own people have only the story's. */
export function demoAbsences(
  seed: string,
  people: readonly DemoPerson[],
  calendar: Calendar,
  range: { from: CivilDay; to: CivilDay; story: CivilDay },
): DemoAbsence[] {
  const months = [...new Set(daysFrom(range.from, range.to).map((day) => day.slice(0, 7)))]
  const workdays = new Set(months.flatMap(monthDays).filter((day) => isWorkday(calendar, day)))
  const ordinary = people.filter(hasAccount).flatMap((person) =>
    months.flatMap((month) => {
      const own = monthDays(month).filter((day) => workdays.has(day) && serves(person, day))
      return absencesOf(seed, person.staffNumber, month, own).map((absence) => ({
        ...absence,
        person,
        standIn: null,
      }))
    }),
  )
  return [
    ...ordinary.filter(
      (absence) => absence.last >= range.from && absence.first <= range.to && !touches(absence, range.story),
    ),
    ...storyAbsences(people, range.story),
  ]
}

/** Lists that meet at their edges may tell of one time twice: of two absences of one person that overlap the first stands. */
export function apart(absences: readonly DemoAbsence[]): DemoAbsence[] {
  const taken = new Map<string, DemoAbsence[]>()
  const before = (a: DemoAbsence, b: DemoAbsence) => a.last < b.first || (a.last === b.first && a.to <= b.from)
  return absences.filter((absence) => {
    const others = taken.get(absence.person.id) ?? []
    if (others.some((other) => !before(other, absence) && !before(absence, other))) return false
    taken.set(absence.person.id, [...others, absence])
    return true
  })
}

/** On the story's day people without a part keep their absence; whoever has a part, or comes at a told time, is there. */
function touches(absence: DemoAbsence, story: CivilDay): boolean {
  if (absence.last < story || absence.first > story) return false
  const { name } = absence.person
  return name in arrivals || name === noShow || away.some((part) => part.name === name)
}

function storyAbsences(people: readonly DemoPerson[], story: CivilDay): DemoAbsence[] {
  const byName = new Map(people.map((person) => [person.name, person]))
  return away.flatMap((part) => {
    const person = byName.get(part.name)
    if (!person) return []
    const standIn = part.standIn ? (byName.get(part.standIn) ?? null) : null
    return [{ ...part, person, standIn, first: story, last: story, from: at(part.from), to: at(part.to) }]
  })
}

function spansOf(absences: readonly DemoAbsence[], person: DemoPerson): Span[] {
  return absences.filter((absence) => absence.person.id === person.id).map(({ from, to }) => ({ from, to }))
}

/** The story tells when somebody comes; what it does not tell stays as on any other day. */
function toldPresses(presses: readonly Press[], person: DemoPerson): Press[] {
  if (person.name === noShow) return []
  const back = returns[person.name]
  const also = back ? [{ second: at(back), reader: person.nearReader }] : []
  const told = arrivals[person.name]
  if (!told) return [...presses, ...also]
  const rest = presses.filter((press) => press.second >= at('11:00'))
  return [{ second: at(told), reader: person.nearReader }, ...rest]
}

/** All presses of one working day, in the order of time. */
export function demoDay(
  seed: string,
  people: readonly DemoPerson[],
  absences: readonly DemoAbsence[],
  day: CivilDay,
  facts: { story: boolean; outages: readonly DemoOutage[] },
): DemoPress[] {
  const today = absences.filter((absence) => absence.first <= day && day <= absence.last)
  return people
    .filter((person) => serves(person, day) && wasEnrolled(person))
    .flatMap((person) => {
      const presses = pressesOf(seed, person, day, spansOf(today, person), facts.outages)
      return (facts.story ? toldPresses(presses, person) : presses).map((press) => ({ ...press, person, day }))
    })
    .sort((a, b) => a.second - b.second || a.person.slot - b.person.slot)
}

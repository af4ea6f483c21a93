import type { CivilDay, Half } from '#app/domain/attendance/day.ts'
import { type Calendar, dayOf } from '#app/domain/calendar/year.ts'
import type { LeaveKind, OnLeave, PersonName } from '#app/domain/leave/view.ts'

export type CalendarCell = { readonly id: string; readonly kind: LeaveKind; readonly asked: boolean } | null

export type CalendarColumn = {
  readonly day: CivilDay
  /** Neither half is worked. */
  readonly rest: boolean
  readonly away: Readonly<Record<Half, number>>
}

export type CalendarRow = {
  readonly person: PersonName
  readonly days: readonly { readonly day: CivilDay; readonly am: CalendarCell; readonly pm: CalendarCell }[]
}

export type MonthOfLeave = {
  readonly columns: readonly CalendarColumn[]
  readonly rows: readonly CalendarRow[]
  /** The year whose rest days nobody knows yet. */
  readonly unknownYear: string | null
}

/** Whether a half-day lies in a leave; days compare as text. */
function covers({ period }: OnLeave, day: CivilDay, half: Half): boolean {
  const at = `${day}${half}`
  return `${period.firstDay}${period.firstHalf}` <= at && at <= `${period.lastDay}${period.lastHalf}`
}

/**
 * The month as people × half-days 休假日历: who is away when, and how many at once. Rest days stay empty. Whose leave is over by
 * `today` comes after those who are away or will be.
 */
export function monthOfLeave(
  days: readonly CivilDay[],
  leaves: readonly OnLeave[],
  calendar: Calendar,
  today: CivilDay = '',
): MonthOfLeave {
  const known = days.map((day) => ({ day, said: dayOf(calendar, day) }))
  const works = (at: number, half: Half): boolean => {
    const said = known[at]?.said
    return !said?.ok || said.value.halves[half] === 'work'
  }
  const over = (one: OnLeave): number => (one.period.lastDay < today ? 1 : 0)
  const ordered = [...leaves].sort((a, b) => over(a) - over(b))
  const people = new Map(ordered.map(({ person }) => [person.id, person]))
  const rows = [...people.values()].map((person): CalendarRow => {
    const own = leaves.filter((one) => one.person.id === person.id)
    const cell = (at: number, day: CivilDay, half: Half): CalendarCell => {
      const found = own.find((one) => covers(one, day, half))
      if (!found || !works(at, half)) return null
      return { id: found.id, kind: found.kind, asked: found.state === 'submitted' }
    }
    return { person, days: days.map((day, at) => ({ day, am: cell(at, day, 'am'), pm: cell(at, day, 'pm') })) }
  })
  const count = (at: number, half: Half) => rows.filter((row) => row.days[at]?.[half]).length
  return {
    columns: days.map((day, at) => ({
      day,
      rest: !works(at, 'am') && !works(at, 'pm'),
      away: { am: count(at, 'am'), pm: count(at, 'pm') },
    })),
    rows,
    unknownYear: known.find(({ said }) => !said.ok)?.day.slice(0, 4) ?? null,
  }
}

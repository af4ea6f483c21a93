import type { CivilDay, Half } from '#app/domain/attendance/day.ts'
import { type Mark, marks } from '#app/domain/attendance/marks.ts'
import { type Calendar, type CalendarDay, dayOf } from '#app/domain/calendar/year.ts'
import { addDays, monthDays, weekday } from '#app/domain/time/day.ts'
import { formatDay, formatNumber } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'

export type HalfLine = {
  readonly day: CivilDay
  readonly half: Half
  readonly mark: Mark | null
  readonly minutesLate: number
  readonly minutesEarly: number
}

export type DayCell = {
  readonly day: CivilDay
  readonly number: number
  readonly am: Mark | null
  readonly pm: Mark | null
  readonly today: boolean
  readonly future: boolean
  readonly rest: boolean
  readonly makeup: boolean
  /** Whether the day has a why to open: it has come, and something was due or happened. */
  readonly asked: boolean
  /** The name of the holiday or the kind of day, for the tooltip. */
  readonly name: string
  /** The name of a holiday, written into the free cell. */
  readonly holiday: string
}

/** Seven places from Monday on; a place before the first or after the last day is empty. */
export type Week = {
  readonly key: string
  readonly days: readonly { readonly key: string; readonly cell: DayCell | null }[]
}

export type TotalLine = { readonly mark: Mark; readonly text: string }

export type MonthView = {
  readonly month: string
  readonly title: string
  readonly titleEn: string
  readonly previous: string
  readonly next: string
  readonly current: boolean
  readonly weeks: readonly Week[]
  readonly present: string
  readonly totals: readonly TotalLine[]
  readonly provisional: boolean
  /** The year whose calendar nobody knows, or null. */
  readonly unknownYear: string | null
}

export type MonthSource = {
  readonly t: T
  readonly month: string
  readonly today: CivilDay
  readonly halves: readonly HalfLine[]
  readonly calendar: Calendar
}

/** A month of one person's marks, morning above, afternoon below, with what they add up to. */
export function monthView(source: MonthSource): MonthView {
  const { t, month, today, halves, calendar } = source
  const days = monthDays(month)
  const first = `${month}-01`
  const known = new Map(days.map((day) => [day, calendarDay(calendar, day)]))
  const cells = days.map((day) => cellOf(source, day, known.get(day) ?? null))
  return {
    month,
    title: formatDay(first, t.locale, 'month'),
    titleEn: formatDay(first, 'en', 'month'),
    previous: addDays(first, -1).slice(0, 7),
    next: addDays(first, 31).slice(0, 7),
    current: today.startsWith(month),
    weeks: weeksOf(cells, weekday(first) - 1),
    present: presentText(t, halves),
    totals: totalLines(t, halves),
    provisional: [...known.values()].some((day) => day?.provisional),
    unknownYear: [...known.values()].every((day) => day === null) ? month.slice(0, 4) : null,
  }
}

function calendarDay(calendar: Calendar, day: CivilDay): CalendarDay | null {
  const found = dayOf(calendar, day)
  return found.ok ? found.value : null
}

function cellOf({ t, today, halves }: MonthSource, day: CivilDay, known: CalendarDay | null): DayCell {
  const of = (half: Half) => halves.find((one) => one.day === day && one.half === half)?.mark ?? null
  const rest = known !== null && known.halves.am !== 'work' && known.halves.pm !== 'work'
  const [am, pm] = [shown(of('am'), rest), shown(of('pm'), rest)]
  return {
    day,
    number: Number(day.slice(8)),
    am,
    pm,
    today: day === today,
    future: day > today,
    rest,
    makeup: known?.kind === 'makeup',
    asked: day <= today && (!rest || am !== null || pm !== null),
    name: nameOf(t, known),
    holiday: known?.name && rest ? nameOf(t, known) : '',
  }
}

/** A rest day is hatched and needs no mark; what somebody earned or took on it is shown. */
function shown(mark: Mark | null, rest: boolean): Mark | null {
  return rest && mark && marks[mark].counts === 'not_due' ? null : mark
}

function nameOf(t: T, known: CalendarDay | null): string {
  if (!known) return ''
  if (known.name) return t.locale === 'en' ? known.name.en : known.name.zh
  return known.kind === 'workday' ? '' : t(`attendance.calendar.${known.kind}`)
}

function weeksOf(cells: readonly DayCell[], lead: number): Week[] {
  const weeks = Math.ceil((lead + cells.length) / 7)
  return Array.from({ length: weeks }, (_, week) => ({
    key: `w${week}`,
    days: Array.from({ length: 7 }, (_none, at) => {
      const cell = cells[week * 7 + at - lead] ?? null
      return { key: cell?.day ?? `w${week}d${at}`, cell }
    }),
  }))
}

function presentText(t: T, halves: readonly HalfLine[]): string {
  const counted = halves.filter(({ mark }) => mark && ['yes', 'deduct'].includes(marks[mark].counts)).length
  return counted === 0 ? '' : t('attendance.me.present_days', { days: halfDays(t, counted) })
}

const unsaid: readonly Mark[] = ['present', 'rest', 'holiday', 'half_holiday', 'not_in_service']
const byTimes: readonly Mark[] = [
  'late',
  'early',
  'late_and_early',
  'missing',
  'pending',
  'manual',
  'absent',
  'overdue',
]

function totalLines(t: T, halves: readonly HalfLine[]): TotalLine[] {
  const found = (Object.keys(marks) as Mark[]).filter((mark) => !unsaid.includes(mark))
  return found.flatMap((mark) => {
    const own = halves.filter((half) => half.mark === mark)
    return own.length === 0 ? [] : [{ mark, text: totalText(t, mark, own) }]
  })
}

function totalText(t: T, mark: Mark, own: readonly HalfLine[]): string {
  if (!byTimes.includes(mark)) return t('attendance.me.days', { count: own.length / 2 })
  const minutes = own.reduce((sum, half) => sum + half.minutesLate + half.minutesEarly, 0)
  const key = minutes > 0 ? 'attendance.me.times_minutes' : 'attendance.me.times'
  return t(key, { count: own.length, minutes })
}

function halfDays(t: T, count: number): string {
  return formatNumber(count / 2, t.locale)
}

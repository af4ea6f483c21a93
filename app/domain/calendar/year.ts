import type { CivilDay, Half, HalfKind } from '#app/domain/attendance/day.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { weekday, yearOf } from '#app/domain/time/day.ts'
import { holidayNames } from './holidays.ts'
import type { CalendarLayer, DayEntry, DayKind } from './layer.ts'
import { stateNotices } from './notices.ts'
import { statutoryDays } from './statutory.ts'

export type { CalendarLayer, DayKind } from './layer.ts'
export { calendarDocument } from './layer.ts'

export type DayName = { readonly zh: string; readonly en: string }
type Halves = Readonly<Record<Half, HalfKind>>

/** Halves that differ for named groups: half a day for women on 8 March, for youth on 4 May. */
export type GroupHalves = {
  readonly groups: readonly string[]
  readonly halves: Readonly<Partial<Record<Half, HalfKind>>>
  readonly name: DayName | null
}

/** What the calendar says of a day, and which layer said it. */
export type CalendarDay = {
  readonly day: CivilDay
  readonly kind: DayKind
  readonly name: DayName | null
  readonly halves: Halves
  readonly provisional: boolean
  readonly layer: CalendarLayer['layer'] | 'statutory' | 'weekday'
  readonly groupHalves: readonly GroupHalves[]
}

type YearLayers = {
  readonly provisional: boolean
  readonly base: ReadonlyMap<CivilDay, { readonly entry: Entry; readonly layer: CalendarDay['layer'] }>
  readonly groups: ReadonlyMap<CivilDay, readonly GroupHalves[]>
}

type Entry = Exclude<DayEntry, string>

/** A centre's calendar: stored layers over the known notices. Years are worked out when first asked for. */
export type Calendar = { readonly layers: readonly CalendarLayer[]; readonly years: Map<number, YearLayers | null> }

/**
 * Puts layers on top of each other 图层: centre > local government > State Council notice > provisional statutory days > weekday. A stored
 * notice replaces the built-in one of its year; of two entries of one layer the later stands. Source: domain study §3.3.
 */
export function buildCalendar(layers: readonly CalendarLayer[]): Calendar {
  return { layers, years: new Map() }
}

const order = ['state', 'local', 'centre'] as const

function yearLayers(calendar: Calendar, year: number): YearLayers | null {
  const known = calendar.years.get(year)
  if (known !== undefined) return known
  const made = stack(calendar.layers, year)
  calendar.years.set(year, made)
  return made
}

function stack(layers: readonly CalendarLayer[], year: number): YearLayers | null {
  const own = layers.filter((layer) => layer.year === year)
  const stored = own.some((layer) => layer.layer === 'state')
  const all = stored ? own : [...stateNotices.filter((layer) => layer.year === year), ...own]
  const announced = all.some((layer) => layer.layer === 'state')
  const statutory = announced ? null : statutoryDays(year)
  if (!announced && !statutory) return null
  const base = new Map<CivilDay, { entry: Entry; layer: CalendarDay['layer'] }>()
  const groups = new Map<CivilDay, GroupHalves[]>()
  for (const [day, holiday] of statutory ?? []) {
    base.set(day, { entry: { kind: 'holiday', name: holidayNames[holiday] }, layer: 'statutory' })
  }
  for (const name of order) {
    for (const layer of all) if (layer.layer === name) lay(layer, base, groups)
  }
  return { provisional: !announced, base, groups }
}

function lay(
  layer: CalendarLayer,
  base: Map<CivilDay, { entry: Entry; layer: CalendarDay['layer'] }>,
  groups: Map<CivilDay, GroupHalves[]>,
): void {
  for (const [day, said] of Object.entries(layer.days)) {
    const entry: Entry = typeof said === 'string' ? { kind: said } : said
    if (entry.groups) {
      const halves = given(entry)
      groups.set(day, [...(groups.get(day) ?? []), { groups: entry.groups, halves, name: entry.name ?? null }])
    } else {
      base.set(day, { entry, layer: layer.layer })
    }
  }
}

const bothHalves: Readonly<Record<DayKind, Halves>> = {
  workday: { am: 'work', pm: 'work' },
  makeup: { am: 'work', pm: 'work' },
  rest: { am: 'rest', pm: 'rest' },
  holiday: { am: 'holiday', pm: 'holiday' },
}

function given(entry: Entry): Partial<Record<Half, HalfKind>> {
  const { am, pm } = entry.halves ?? {}
  const whole = entry.kind ? bothHalves[entry.kind] : {}
  return { ...whole, ...(am ? { am } : {}), ...(pm ? { pm } : {}) }
}

/** What a day is; refused for a year about which nothing is known, never taken for workdays. Source: product principle 7. */
export function dayOf(calendar: Calendar, day: CivilDay): Result<CalendarDay, 'calendar_unknown_year'> {
  const year = yearOf(day)
  const layers = yearLayers(calendar, year)
  if (!layers) return refuse('calendar_unknown_year', { year })
  const found = layers.base.get(day)
  const byWeekday: DayKind = weekday(day) >= 6 ? 'rest' : 'workday'
  const kind = found?.entry.kind ?? byWeekday
  return ok({
    day,
    kind,
    name: found?.entry.name ?? null,
    halves: { ...bothHalves[kind], ...(found ? given(found.entry) : {}) },
    provisional: layers.provisional,
    layer: found?.layer ?? 'weekday',
    groupHalves: layers.groups.get(day) ?? [],
  })
}

/** The halves of a day for somebody who belongs to these groups; a group's half holiday never turns a free half into work. */
export function halvesFor(day: CalendarDay, groups: readonly string[]): Halves {
  const own = day.groupHalves.filter((one) => one.groups.some((group) => group === 'any' || groups.includes(group)))
  if (own.length === 0) return day.halves
  const pick = (half: Half): HalfKind => {
    const said = own.findLast((one) => one.halves[half] !== undefined)?.halves[half]
    return said !== undefined && day.halves[half] === 'work' ? said : day.halves[half]
  }
  return { am: pick('am'), pm: pick('pm') }
}

/** Whether any half of the day is worked by everybody; a refusal for an unknown year. */
export function isWorkday(calendar: Calendar, day: CivilDay): Result<boolean, 'calendar_unknown_year'> {
  const found = dayOf(calendar, day)
  return found.ok ? ok(found.value.halves.am === 'work' || found.value.halves.pm === 'work') : found
}

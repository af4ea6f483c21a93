import { type Mark, marks } from '#app/domain/attendance/marks.ts'
import { personMatches, windowMatches } from '#app/domain/duty/find.ts'
import type { Hall, PersonLine, WindowLine } from '#app/domain/duty/hall.ts'
import type { FeedLine } from '#app/domain/duty/hall-day.ts'
import { runningHalf } from '#app/domain/duty/presence.ts'
import { type HallCount, isStaffed, type WindowNow, type WindowState } from '#app/domain/duty/window.ts'
import { formatDay, formatTime } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { type ActView, actViews } from './acts.ts'
import {
  inLocale,
  lengthSince,
  nameOf,
  noteOf,
  postOf,
  reasonOfAbsence,
  type TextSource,
  textSource,
  time,
} from './texts.ts'

export type Tile = {
  readonly windowId: string
  readonly number: string
  readonly name: string
  readonly state: WindowState
  readonly who: string
  /** True when `who` is a person's name and not a state. */
  readonly isName: boolean
  readonly badge: string
  readonly note: string
  /** Whose day opens on a click; null where the visitor may not ask. */
  readonly why: string | null
  readonly found: boolean
}

export type ZoneView = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly staffed: number
  readonly total: number
  readonly tiles: readonly Tile[]
}

export type LineView = {
  readonly key: string
  readonly time: string
  readonly name: string
  readonly note: string
  readonly mark: Mark | null
  readonly personId: string
}

export type Found = { readonly q: string; readonly windows: number; readonly people: readonly PersonView[] }
export type PersonView = { readonly id: string; readonly name: string; readonly state: string }

export type TodayModel = {
  readonly day: string
  readonly hours: string
  readonly provisional: boolean
  readonly judged: boolean
  /** Every window has somebody now. */
  readonly staffed: boolean
  /** The visitor sees the whole hall, so that nothing to see means that there is nothing. */
  readonly whole: boolean
  readonly now: string
  readonly count: HallCount
  readonly zones: readonly ZoneView[]
  readonly acts: readonly ActView[]
  readonly out: readonly LineView[]
  readonly feed: readonly LineView[]
  readonly found: Found | null
}

export type TodayOptions = {
  readonly t: T
  readonly q: string
  readonly tactful: boolean
  /** May open the readers' page. */
  readonly readers: boolean
  readonly mayAsk: (personId: string) => boolean
  readonly whole: boolean
}

/** The page's words and shapes of one moment; the components only lay them out. */
export function todayModel(hall: Hall, options: TodayOptions): TodayModel {
  const { t, q } = options
  const source = textSource(hall, t, options.tactful)
  const zones = zoneViews(source, options)
  return {
    day: formatDay(hall.day, t.locale),
    hours: hoursText(hall, t),
    provisional: [...hall.days.values()].some((day) => day.facts.provisional),
    judged: hall.days.size > 0 || hall.people.length === 0,
    staffed: isAllStaffed(hall.hall.board.count),
    whole: options.whole,
    now: formatTime(hall.now, 'second'),
    count: hall.hall.board.count,
    zones,
    acts: actViews(source, options.readers),
    out: outViews(source),
    feed: hall.hall.feed.slice(0, 6).map((line) => feedView(source, line)),
    found: q.trim() === '' ? null : foundView(source, zones, q.trim()),
  }
}

/** Whether every window of the hall has somebody now. */
export function isAllStaffed({ staffed, windows }: HallCount): boolean {
  return windows > 0 && staffed === windows
}

/** The half-day that runs or comes next, or why none does; empty where nobody is expected at all. */
export function hoursText(hall: Hall, t: T): string {
  if (hall.days.size === 0) return ''
  const hours = [...hall.days.values()].find((day) => day.hours)?.hours
  if (!hours) return t('attendance.today.rest_day')
  const running = runningHalf(hours, hall.now)
  const times = running ? hours[running.half] : null
  if (!running || !times) return t('attendance.today.after_hours')
  const half = t(`attendance.half.${running.half}`)
  return t('attendance.today.hours', { half, from: formatTime(times.start), to: formatTime(times.end) })
}

/** The zones of the hall with their tiles; zones without a window that may be seen are left out. */
export function zoneViews(source: TextSource, options: TodayOptions): ZoneView[] {
  const now = new Map(source.hall.hall.board.windows.map((window) => [window.windowId, window]))
  return source.hall.zones.flatMap((zone) => {
    const windows = source.hall.windows.filter((window) => window.zoneId === zone.id)
    if (windows.length === 0) return []
    const tiles = windows.flatMap((window) => {
      const state = now.get(window.id)
      return state ? [tileOf(source, window, state, options)] : []
    })
    const staffed = tiles.filter((tile) => isStaffed(tile.state)).length
    return [{ ...zone, name: inLocale(source.t, zone), staffed, total: tiles.length, tiles }]
  })
}

function tileOf(source: TextSource, window: WindowLine, now: WindowNow, { q, mayAsk }: TodayOptions): Tile {
  const empty = now.state === 'void'
  const length = lengthSince(source, now.presence?.since ?? null)
  return {
    windowId: window.id,
    number: window.number,
    name: inLocale(source.t, window),
    state: now.state,
    who: empty ? source.t('attendance.today.tile.void', { length }) : nameOf(source, now.personId),
    isName: !empty && now.personId !== null,
    badge: empty ? '' : postOf(source, now.personId, window, now.post),
    note: noteOf(source, window, now),
    why: now.personId && mayAsk(now.personId) ? now.personId : null,
    found: q.trim() !== '' && tileMatches(source, window, now, q),
  }
}

function tileMatches(source: TextSource, window: WindowLine, now: WindowNow, q: string): boolean {
  if (windowMatches(window, q)) return true
  const posted = source.hall.posts.filter((post) => post.windowId === window.id).map((post) => post.personId)
  return [...posted, now.personId].some((id) => {
    const person = id ? source.people.get(id) : undefined
    return person !== undefined && personMatches(person, q)
  })
}

function foundView(source: TextSource, zones: readonly ZoneView[], q: string): Found {
  const onTiles = new Set(source.hall.posts.map((post) => post.personId))
  const people = source.hall.people.filter((person) => personMatches(person, q) && !onTiles.has(person.id))
  const windows = zones.flatMap((zone) => zone.tiles).filter((tile) => tile.found).length
  return { q, windows, people: people.map((person) => personView(source, person)) }
}

function personView({ hall, t }: TextSource, person: PersonLine): PersonView {
  const state = hall.hall.people.get(person.id)?.state
  return { id: person.id, name: person.name, state: state ? t(`attendance.roll.state_${state}`) : '' }
}

function outViews(source: TextSource): LineView[] {
  return source.hall.hall.out.map((one) => {
    const official = marks[one.kind].family === 'off'
    const hidden = source.tactful && !official
    return {
      key: `${one.personId}${one.from}`,
      time: time(one.to),
      name: nameOf(source, one.personId),
      note: `${windowOf(source, one.personId)} ${reasonOfAbsence(source, one, official)}`.trim(),
      mark: hidden ? null : one.kind,
      personId: one.personId,
    }
  })
}

function feedView(source: TextSource, line: FeedLine): LineView {
  const { t } = source
  const { slot } = line
  const late = slot?.state === 'late' ? t('attendance.today.feed.late', { minutes: slot.minutes }) : ''
  const early = slot?.state === 'early' ? t('attendance.today.feed.early', { minutes: slot.minutes }) : ''
  const unused = slot ? '' : t('attendance.today.feed.unused')
  return {
    key: `${line.personId}${line.second}`,
    time: formatTime(line.second),
    name: nameOf(source, line.personId),
    note: [windowOf(source, line.personId), late, early, unused].filter(Boolean).join(' '),
    mark: feedMark(line),
    personId: line.personId,
  }
}

function feedMark({ slot }: FeedLine): Mark | null {
  if (!slot) return null
  if (slot.state === 'late' || slot.state === 'early' || slot.state === 'pending') return slot.state
  return slot.state === 'on_time' ? 'present' : null
}

/** The number of the window where the person holds the first post, or the back office. */
function windowOf(source: TextSource, personId: string): string {
  const own = source.hall.posts.filter((post) => post.personId === personId)
  const post = own.find((one) => one.post === 'a') ?? own[0]
  const window = source.hall.windows.find((one) => one.id === post?.windowId)
  return window ? window.number : source.t('attendance.today.feed.after')
}

import { lunarOf } from '#app/domain/calendar/lunar.ts'
import type { Hall } from '#app/domain/duty/hall.ts'
import type { HallCount } from '#app/domain/duty/window.ts'
import { formatDay, formatDuration, formatNames, formatTime } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { hoursText, isAllStaffed, type ZoneView, zoneViews } from './model.ts'
import { inLocale, nameOf, type TextSource, textSource } from './texts.ts'

export type WallModel = {
  readonly day: string
  readonly lunar: string
  readonly now: string
  readonly count: HallCount
  readonly empty: number
  readonly zones: readonly ZoneView[]
  readonly lines: readonly string[]
}

/** The board for the hall's own screen 大屏: no kind of leave, nobody's day to open. Source: design guide §1 (tact). */
export function wallModel(hall: Hall, t: T): WallModel {
  const source = textSource(hall, t, true)
  return {
    day: formatDay(hall.day, t.locale),
    lunar: t.locale === 'en' ? '' : lunarDay(hall.day, t),
    now: formatTime(hall.now),
    count: hall.hall.board.count,
    empty: hall.hall.board.windows.filter((window) => window.state === 'void').length,
    zones: zoneViews(source, { t, q: '', tactful: true, readers: false, mayAsk: () => false, whole: true }),
    lines: wallLines(source).slice(0, 3),
  }
}

function wallLines(source: TextSource): string[] {
  const lines = source.hall.hall.acts.flatMap((act) => {
    if (act.kind === 'void') return [voidLine(source, act.windowId, act.minutes, act.standIn?.personId ?? null)]
    return act.kind === 'silent' ? [silentLine(source, act.silence.readerId, act.windowIds)] : []
  })
  if (lines.length > 0) return lines
  const { hall, t } = source
  return [isAllStaffed(hall.hall.board.count) ? t('attendance.wall.calm') : hoursText(hall, t)]
}

function voidLine(source: TextSource, windowId: string, minutes: number, standIn: string | null): string {
  const { t } = source
  const window = numbers(source, [windowId])[0] ?? ''
  const line = t('attendance.wall.void_line', { window, length: formatDuration(minutes, t.locale) })
  if (!standIn) return line
  const cover = t('attendance.wall.void_stand_in', { name: nameOf(source, standIn) })
  return [line, cover].join(t.locale === 'en' ? '; ' : '，')
}

function silentLine(source: TextSource, readerId: string, windowIds: readonly string[]): string {
  const { t } = source
  const found = source.hall.readers.find((one) => one.id === readerId)
  const reader = found ? inLocale(t, found) : ''
  const windows = formatNames(numbers(source, windowIds), t.locale)
  return windows
    ? t('attendance.wall.silent_line', { reader, windows })
    : t('attendance.wall.silent_line_none', { reader })
}

function numbers(source: TextSource, windowIds: readonly string[]): string[] {
  return source.hall.windows.filter((window) => windowIds.includes(window.id)).map((window) => window.number)
}

/** The day in the traditional calendar 农历, as wall calendars print it; empty outside the known years. */
function lunarDay(day: string, t: T): string {
  const lunar = lunarOf(day)
  return lunar ? t('attendance.wall.lunar', { month: lunar.zh.month, day: lunar.zh.day }) : ''
}

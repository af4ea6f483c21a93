import { civilDay, dayNumber, isCivilDay } from '#app/domain/time/day.ts'

/** One record of a time clock as it is stored: whom it knows by which number, when, and what it wrote beside. */
export type TerminalRecord = {
  /** The line it stood in, from 1. */
  readonly line: number
  readonly subject: string
  readonly atMs: number
  /** 0 in, 1 out … 255 unknown; null where the line has none. A hint, never judged by. */
  readonly state: number | null
  readonly verify: number | null
}

export type RecordField = 'line' | 'pin' | 'time'
export type RecordProblemCode = 'unreadable' | 'too_long' | 'too_few' | 'no_pin' | 'bad_pin' | 'no_time' | 'bad_time'

/** A line that is no record: where, which field, what stands there, and by its code what to do about it. */
export type RecordProblem = {
  readonly line: number
  readonly field: RecordField
  readonly code: RecordProblemCode
  readonly value: string
}

export type RawFields = {
  readonly pin: string
  readonly time: string
  readonly state: string | undefined
  readonly verify: string | undefined
}

/** No terminal writes longer lines than this about a punch; what is longer is something else. */
export const longestLine = 400

const pinPattern = /^[A-Za-z0-9_.-]{1,24}$/

/** Whether a text can be a number under which a terminal knows somebody 工号 (PIN): letters and digits, 24 at most. */
export function isPin(text: string): boolean {
  return pinPattern.test(text)
}

const written = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?: +|T)(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?$/
const compact = /^(\d{4})(\d{2})(\d{2})(?: |T)?(\d{2})(\d{2})(\d{2})$/
const epoch = /^\d{9,10}$/

/**
 * The instant of a time as a terminal writes it: its own wall time, so many minutes ahead of UTC, to the second; or seconds
 * since 1970, which are UTC by themselves. Null when it is neither, or no day of the calendar. Source: time-clock formats.
 */
export function readTerminalTime(text: string, utcOffsetMinutes: number): number | null {
  const trimmed = text.trim()
  if (epoch.test(trimmed)) return Number(trimmed) * 1000
  const found = written.exec(trimmed)
  if (found !== null) {
    const [, year, , month, day, hour, minute, second] = found
    return instant([year, month, day, hour, minute, second ?? '0'], utcOffsetMinutes)
  }
  const parts = compact.exec(trimmed)
  return parts === null ? null : instant(parts.slice(1), utcOffsetMinutes)
}

function instant(parts: readonly (string | undefined)[], utcOffsetMinutes: number): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number)
  const civil = civilDay(year, month, day)
  // Years outside are no clock that ran wrong but no year at all.
  const plausible = isCivilDay(civil) && year >= 1970 && year < 2200 && hour < 24 && minute < 60 && second < 60
  if (!plausible) return null
  return (dayNumber(civil) * 86_400 + hour * 3600 + minute * 60 + second - utcOffsetMinutes * 60) * 1000
}

/** A small number as terminals write states and ways of knowing; null when it is none: a hint is no reason to lose a punch. */
function hint(text: string | undefined): number | null {
  const trimmed = text?.trim() ?? ''
  return /^\d{1,3}$/.test(trimmed) && Number(trimmed) <= 255 ? Number(trimmed) : null
}

/** A record from its fields, or what is wrong with them 一行记录: the number and the time must be right, the rest are hints. */
export function readRecord(
  line: number,
  fields: RawFields,
  utcOffsetMinutes: number,
): { readonly record: TerminalRecord } | { readonly problem: RecordProblem } {
  const pin = fields.pin.trim()
  const time = fields.time.trim()
  if (pin === '') return { problem: problemAt(line, 'pin', 'no_pin', fields.pin) }
  if (!isPin(pin)) return { problem: problemAt(line, 'pin', 'bad_pin', pin) }
  if (time === '') return { problem: problemAt(line, 'time', 'no_time', fields.time) }
  const atMs = readTerminalTime(time, utcOffsetMinutes)
  if (atMs === null) return { problem: problemAt(line, 'time', 'bad_time', time) }
  return { record: { line, subject: pin, atMs, state: hint(fields.state), verify: hint(fields.verify) } }
}

/** A problem with what stands there, cut to what fits on a page. */
export function problemAt(line: number, field: RecordField, code: RecordProblemCode, value: string): RecordProblem {
  return { line, field, code, value: [...value].slice(0, 60).join('') }
}

/** The line's number and time split off from a shape in which the time stands in one field or in two. */
export function joinTime(fields: readonly string[]): readonly string[] {
  const [pin = '', day = '', time = '', ...rest] = fields
  const apart = /^\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s*$/.test(day) && /^\s*\d{1,2}:\d{1,2}(:\d{1,2})?\s*$/.test(time)
  return apart ? [pin, `${day.trim()} ${time.trim()}`, ...rest] : fields
}

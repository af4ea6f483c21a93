import type { CivilDay, Second } from '#app/domain/attendance/day.ts'
import type { Locale } from '#app/i18n/catalogue.ts'

/** day: 11月20日 周五; full: 2026年11月20日 周五; short: 11-20; month: 2026年11月; weekday: 周五 */
export type DayStyle = 'day' | 'full' | 'short' | 'month' | 'weekday'

const formats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const found = formats.get(key)
  if (found) return found
  const fresh = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', options)
  formats.set(key, fresh)
  return fresh
}

/** A civil day has no zone: it is printed as that day of UTC so that no machine's own zone can move it. */
function dayParts(day: CivilDay): { year: number; month: number; date: number; at: number } {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return { year, month, date, at: Date.UTC(year, month - 1, date) }
}

/** A civil day as a reader of the language writes it. */
export function formatDay(day: CivilDay, locale: Locale, style: DayStyle = 'day'): string {
  const { year, month, date, at } = dayParts(day)
  const utc = { timeZone: 'UTC' } as const
  const weekday = dateFormat(locale, { ...utc, weekday: 'short' }).format(at)
  if (style === 'weekday') return weekday
  if (style === 'short') return locale === 'en' ? `${date} ${monthName(at)}` : `${pad(month)}-${pad(date)}`
  const zh = locale === 'zh-CN'
  if (style === 'month') return dateFormat(locale, { ...utc, year: 'numeric', month: 'long' }).format(at)
  const plain = dateFormat(locale, { ...utc, month: zh ? 'long' : 'short', day: 'numeric' }).format(at)
  if (zh) return style === 'full' ? `${year}年${plain} ${weekday}` : `${plain} ${weekday}`
  return style === 'full' ? `${weekday} ${plain} ${year}` : `${weekday} ${plain}`
}

function monthName(at: number): string {
  return dateFormat('en', { timeZone: 'UTC', month: 'short' }).format(at)
}

/** Second of the day as 08:19 or 08:19:36. What follows midnight keeps counting from 00:00 and is marked +1. */
export function formatTime(second: Second, precision: 'minute' | 'second' = 'minute'): string {
  const nextDay = second >= 86_400
  const rest = nextDay ? second - 86_400 : second
  const text = `${pad(Math.floor(rest / 3600))}:${pad(Math.floor(rest / 60) % 60)}`
  return (precision === 'second' ? `${text}:${pad(rest % 60)}` : text) + (nextDay ? '+1' : '')
}

/** time: 08:19; second: 08:19:36; day_time: 11-20 08:19; full: 2026-11-20 08:19:36 */
export type InstantStyle = 'time' | 'second' | 'day_time' | 'full'

/** A stored instant in the centre's zone. */
export function formatInstant(ms: number, zone: string, locale: Locale, style: InstantStyle = 'day_time'): string {
  const parts = instantParts(ms, zone)
  if (style === 'time') return parts.time.slice(0, 5)
  if (style === 'second') return parts.time
  if (style === 'full') return `${parts.day} ${parts.time}`
  return `${formatDay(parts.day, locale, 'short')} ${parts.time.slice(0, 5)}`
}

function instantParts(ms: number, zone: string): { day: CivilDay; time: string } {
  const options: Intl.DateTimeFormatOptions = {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }
  const found: Record<string, string> = {}
  for (const { type, value } of dateFormat('en', options).formatToParts(ms)) found[type] = value
  return {
    day: `${found.year}-${found.month}-${found.day}`,
    time: `${found.hour}:${found.minute}:${found.second}`,
  }
}

/** Whole numbers and decimals with the separators of the language. */
export function formatNumber(value: number, locale: Locale, digits?: number): string {
  const options = digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return new Intl.NumberFormat(locale, options).format(value)
}

/** Minutes as a length of time: 39 分钟, 1 小时 5 分; 39 min, 1 h 5 min. */
export function formatDuration(minutes: number, locale: Locale): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const zh = locale === 'zh-CN'
  if (hours === 0) return zh ? `${rest} 分钟` : `${rest} min`
  if (rest === 0) return zh ? `${hours} 小时` : `${hours} h`
  return zh ? `${hours} 小时 ${rest} 分` : `${hours} h ${rest} min`
}

/** A list of names: 李喆、萧翊; Li Zhe, Xiao Yi. Never cut short. */
export function formatNames(names: readonly string[], locale: Locale): string {
  return names.join(nameSeparator(locale))
}

/** What stands between the names of a list, for lists whose names are links. */
export function nameSeparator(locale: Locale): string {
  return locale === 'zh-CN' ? '、' : ', '
}

/** Several things to say of one, each with its own commas perhaps. */
export function formatClauses(clauses: readonly string[], locale: Locale): string {
  return clauses.join(locale === 'zh-CN' ? '；' : '; ')
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}

import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { Locale } from '#app/i18n/catalogue.ts'

/** A day in full, for a screen that is read from afar: month, day and weekday; English also with the year. */
export function longDay(day: CivilDay, locale: Locale): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  const at = Date.UTC(year, month - 1, date)
  const say = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...options, timeZone: 'UTC' }).format(at)
  const weekday = say({ weekday: 'long' })
  if (locale === 'en') return `${weekday} ${say({ day: 'numeric', month: 'long', year: 'numeric' })}`
  return `${say({ month: 'long', day: 'numeric' })} ${weekday}`
}

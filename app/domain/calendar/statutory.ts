import { addDays, civilDay } from '#app/domain/time/day.ts'
import type { Holiday } from './holidays.ts'
import { civilOfLunar, solarTermsOf } from './lunar.ts'

const clearAndBright = 6
/** The law as it stands has been in force since this year; earlier ones had eleven days. */
const inForceFrom = 2025

/**
 * The 13 statutory days of a year 法定节假日, as far as the lunar table reaches; null beyond. When Mid-autumn falls into the National
 * Day (2028, 2031) only 12 dates remain. Days exchanged for weekends are the
 * State Council's to announce and are not guessed. Source: 全国年节及纪念日放假办法 (2024-11-10) art. 2, domain study §3.2.
 */
export function statutoryDays(year: number): ReadonlyMap<string, Holiday> | null {
  if (year < inForceFrom) return null
  const newYear = civilOfLunar(year, 1, 1)
  const dragonBoat = civilOfLunar(year, 5, 5)
  const midAutumn = civilOfLunar(year, 8, 15)
  const tombSweeping = solarTermsOf(year)[clearAndBright]?.day
  if (!newYear || !dragonBoat || !midAutumn || !tombSweeping) return null
  return new Map<string, Holiday>([
    [civilDay(year, 1, 1), 'new_year'],
    [addDays(newYear, -1), 'spring_festival'],
    [newYear, 'spring_festival'],
    [addDays(newYear, 1), 'spring_festival'],
    [addDays(newYear, 2), 'spring_festival'],
    [tombSweeping, 'tomb_sweeping'],
    [civilDay(year, 5, 1), 'labour_day'],
    [civilDay(year, 5, 2), 'labour_day'],
    [dragonBoat, 'dragon_boat'],
    [civilDay(year, 10, 1), 'national_day'],
    [civilDay(year, 10, 2), 'national_day'],
    [civilDay(year, 10, 3), 'national_day'],
    [midAutumn, 'mid_autumn'],
  ])
}

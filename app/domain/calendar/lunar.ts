import { addDays, civilDay, daysBetween, yearOf } from '#app/domain/time/day.ts'
import { lunarYears, solarTermDays } from './lunar-data.ts'

/** A day of the Chinese calendar 农历. `zh` is how it is written; `stemBranch` counts the cycle of sixty from 甲子 = 0. */
export type LunarDay = {
  readonly year: number
  readonly month: number
  readonly leap: boolean
  readonly day: number
  readonly stemBranch: number
  readonly zh: { readonly year: string; readonly month: string; readonly day: string }
}

/** A solar term 节气 with its day. */
export type SolarTerm = { readonly day: string; readonly index: number; readonly zh: string; readonly en: string }

const stems = '甲乙丙丁戊己庚辛壬癸'
const branches = '子丑寅卯辰巳午未申酉戌亥'
const monthNames = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊']
const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

const terms: readonly (readonly [zh: string, en: string])[] = [
  ['小寒', 'Minor Cold'],
  ['大寒', 'Major Cold'],
  ['立春', 'Start of Spring'],
  ['雨水', 'Rain Water'],
  ['惊蛰', 'Awakening of Insects'],
  ['春分', 'Spring Equinox'],
  ['清明', 'Clear and Bright'],
  ['谷雨', 'Grain Rain'],
  ['立夏', 'Start of Summer'],
  ['小满', 'Grain Buds'],
  ['芒种', 'Grain in Ear'],
  ['夏至', 'Summer Solstice'],
  ['小暑', 'Minor Heat'],
  ['大暑', 'Major Heat'],
  ['立秋', 'Start of Autumn'],
  ['处暑', 'End of Heat'],
  ['白露', 'White Dew'],
  ['秋分', 'Autumn Equinox'],
  ['寒露', 'Cold Dew'],
  ['霜降', 'Frost Descent'],
  ['立冬', 'Start of Winter'],
  ['小雪', 'Minor Snow'],
  ['大雪', 'Major Snow'],
  ['冬至', 'Winter Solstice'],
]

type Month = { readonly month: number; readonly leap: boolean; readonly days: number }

function monthsOf(leapMonth: number, longMonths: string): Month[] {
  return [...longMonths].map((long, i) => {
    const after = leapMonth > 0 && i >= leapMonth
    return { month: after ? i : i + 1, leap: after && i === leapMonth, days: long === '1' ? 30 : 29 }
  })
}

/** The Chinese calendar's name of a civil day; null outside the table. */
export function lunarOf(day: string): LunarDay | null {
  const found = lunarYears.findLast(([, first]) => first <= day)
  if (!found) return null
  const [year, first, leapMonth, longMonths] = found
  let rest = daysBetween(first, day)
  for (const month of monthsOf(leapMonth, longMonths)) {
    if (rest < month.days) return named(year, month, rest + 1)
    rest -= month.days
  }
  return null
}

function named(year: number, month: Month, day: number): LunarDay {
  const stemBranch = (year - 4) % 60
  return {
    year,
    month: month.month,
    leap: month.leap,
    day,
    stemBranch,
    zh: {
      year: `${stems[stemBranch % 10]}${branches[stemBranch % 12]}`,
      month: `${month.leap ? '闰' : ''}${monthNames[month.month - 1]}月`,
      day: dayName(day),
    },
  }
}

function dayName(day: number): string {
  if (day === 20) return '二十'
  if (day === 30) return '三十'
  const tens = ['初', '十', '廿'][Math.floor((day - 1) / 10)] ?? ''
  return day === 10 ? '初十' : `${tens}${digits[day % 10]}`
}

/** The civil day of a day of an ordinary (not leap) lunar month; null outside the table. */
export function civilOfLunar(year: number, month: number, day: number): string | null {
  const found = lunarYears.find(([number]) => number === year)
  if (!found) return null
  const [, first, leapMonth, longMonths] = found
  let before = 0
  for (const one of monthsOf(leapMonth, longMonths)) {
    if (one.month === month && !one.leap) return day <= one.days ? addDays(first, before + day - 1) : null
    before += one.days
  }
  return null
}

/** The 24 solar terms of a civil year in order; empty outside the table. */
export function solarTermsOf(year: number): SolarTerm[] {
  const days = solarTermDays.find(([number]) => number === year)?.[1].split(' ') ?? []
  return days.map((day, index) => {
    const [zh, en] = terms[index] as readonly [string, string]
    return { day: civilDay(year, Math.floor(index / 2) + 1, Number(day)), index, zh, en }
  })
}

/** The solar term on a day or the next one after it, and in how many days it comes; null outside the table. */
export function nextSolarTerm(day: string): { readonly term: SolarTerm; readonly inDays: number } | null {
  const year = yearOf(day)
  const term = [...solarTermsOf(year), ...solarTermsOf(year + 1)].find((one) => one.day >= day)
  return term ? { term, inDays: daysBetween(day, term.day) } : null
}

/** Times of day: minutes and seconds since 00:00 of the attendance day; what follows midnight counts on past 24:00. */
export const secondsInDay = 86_400
export const minutesInDay = 1_440

const pattern = /^([01]\d|2[0-3]):([0-5]\d)$/

/** True for "HH:MM" from 00:00 to 23:59. */
export function isClockTime(text: string): boolean {
  return pattern.test(text)
}

/** Minutes since 00:00 of "HH:MM". */
export function minuteOfTime(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
}

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`)

/** "HH:MM" of a minute; past midnight it counts on ("25:10"). */
export function timeOfMinute(minute: number): string {
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** "HH:MM:SS" of a second; past midnight it counts on. */
export function timeOfSecond(second: number): string {
  return `${timeOfMinute(Math.floor(second / 60))}:${two(second % 60)}`
}

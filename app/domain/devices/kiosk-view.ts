import type { CivilDay, Second } from '#app/domain/attendance/day.ts'
import { isUnread, type KioskGreeting, type SlotWindow } from './greeting.ts'
import type { ReaderBadge } from './reader-state.ts'

export type KioskReader = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly place: string
  readonly placeEn: string
  readonly badge: ReaderBadge
  /** Second of the day since which it is in this state; null when it was on an earlier day or is not known. */
  readonly since: Second | null
  readonly queue: number
  readonly offsetMs: number | null
  readonly seen: Second | null
}

export type KioskDayKind = 'workday' | 'makeup' | 'rest' | 'holiday' | 'unknown'

export type KioskLunar = {
  readonly zh: { readonly year: string; readonly month: string; readonly day: string }
  readonly year: number
  readonly month: number
  readonly leap: boolean
  readonly date: number
  readonly term: { readonly name: string; readonly nameEn: string; readonly inDays: number } | null
}

/** Everything the screen draws, complete in one answer. */
export type KioskView = {
  readonly centre: { readonly name: string; readonly nameEn: string }
  readonly day: CivilDay
  readonly second: Second
  readonly dayKind: KioskDayKind
  readonly lunar: KioskLunar | null
  readonly readers: readonly KioskReader[]
  /** A reader that works, to send people to when theirs does not. */
  readonly other: KioskReader | null
  readonly slot: SlotWindow | null
  readonly present: number
  readonly inService: number
  readonly recent: readonly KioskGreeting[]
}

/** How long a greeting stays before the screen is idle again. Source: design guide §7 (returns to idle after 8 s). */
export const greetingLastsMs = 8_000
/** Pixels move this often against burn-in 防烧屏. Source: design guide §7 (2 px every 10 min). */
export const shiftEverySeconds = 600
/** Punches on the screen's list. Source: design 01. */
export const recentPunches = 8

/** Where in the cycle of four places the screen stands now, 0 to 3. Source: design guide §7. */
export function burnInStep(second: Second): 0 | 1 | 2 | 3 {
  return (Math.floor(second / shiftEverySeconds) % 4) as 0 | 1 | 2 | 3
}

/** The list after one more greeting: newest first, each punch once, no more than fit. Failed reads are not punches. */
export function withGreeting(recent: readonly KioskGreeting[], greeting: KioskGreeting): readonly KioskGreeting[] {
  if (isUnread(greeting.code)) return recent
  const others = recent.filter((one) => one.key !== greeting.key)
  return [greeting, ...others].sort((a, b) => b.second - a.second).slice(0, recentPunches)
}

/**
 * Whether a greeting takes the screen now. The judged one follows what was only received, by the same key: it takes that one's
 * place, but not the place of somebody who has come since. Source: product (greeting in two steps).
 */
export function takesScreen(
  shown: KioskGreeting | null,
  heard: ReadonlySet<string>,
  next: Pick<KioskGreeting, 'key'>,
): boolean {
  return shown === null || shown.key === next.key || !heard.has(next.key)
}

export type SlotProgress = {
  readonly filled: number
  readonly dueAt: number
  readonly minutes: number
  readonly past: boolean
}

/** How far a slot's window has run, in thousandths, and the whole minutes to or past its boundary. Source: design 01. */
export function slotProgress(slot: SlotWindow, second: Second): SlotProgress {
  const length = Math.max(slot.close - slot.open, 1)
  const share = (at: number) => Math.round(Math.min(Math.max((at - slot.open) / length, 0), 1) * 1000)
  const past = second >= slot.due
  const minutes = past ? Math.floor((second - slot.due) / 60) : Math.ceil((slot.due - second) / 60)
  return { filled: share(second), dueAt: share(slot.due), minutes, past }
}

export type SlotMoment = 'before' | 'open' | 'none'

/** Whether the shown slot is still to open, open now, or there is none left. Source: design 01. */
export function slotMoment(slot: SlotWindow | null, second: Second): SlotMoment {
  if (slot === null || second > slot.close) return 'none'
  return second < slot.open ? 'before' : 'open'
}

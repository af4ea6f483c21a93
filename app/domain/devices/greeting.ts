import type { CoverageFact, DayResult, Half, Second, SlotResult } from '#app/domain/attendance/day.ts'
import type { Greeting } from '#app/domain/attendance/greeting.ts'
import { type MarkFamily, marks } from '#app/domain/attendance/marks.ts'

/** Fingers that gave no punch: not known to the reader, not seen clearly, not taken away again. */
export const unreadCodes = ['not_recognised', 'poor_image', 'finger_held'] as const
export type UnreadCode = (typeof unreadCodes)[number]

/** Whether what a reader reported is answered on the screen, because somebody stands there and waits. Source: devices contract. */
export function isUnread(kind: unknown): kind is UnreadCode {
  return unreadCodes.some((code) => code === kind)
}

/** A card or a number at the screen: waiting for the duty officer, confirmed by him, or not. */
export const claimCodes = ['claimed', 'claim_confirmed', 'claim_refused'] as const
export type ClaimCode = (typeof claimCodes)[number]

/** What the screen says beyond a judged punch: not yet judged, nobody's finger, a doubtful time, a claim, a finger not read. */
export type KioskCode = Greeting['code'] | 'received' | 'parked' | 'quarantined' | ClaimCode | UnreadCode
export type KioskTone = 'ok' | 'warn' | 'bad' | 'wait' | 'info'
export type KioskSign =
  | 'ok'
  | 'late'
  | 'early'
  | 'repeat'
  | 'noted'
  | 'official'
  | 'leave'
  | 'pending'
  | 'rest'
  | 'unread'
  | 'lift'
  | 'manual'
export type SlotLabel = 'am_in' | 'am_out' | 'pm_in' | 'pm_out' | 'am_either' | 'pm_either' | 'noon'

export type KioskPerson = {
  readonly name: string
  readonly nameEn: string
  /** How the name is read, for the spoken greeting of a name that a voice may not know. */
  readonly reading?: string
  readonly window: { readonly number: string; readonly name: string; readonly nameEn: string } | null
  readonly post: string | null
}

/** A greeting complete in itself, so that the screen needs no second request. Carries no leave kind, score or photo. */
export type KioskGreeting = {
  readonly key: string
  readonly code: KioskCode
  readonly tone: KioskTone
  readonly sign: KioskSign
  /** Seconds of the civil day at which the finger was read. */
  readonly second: Second
  readonly slot: SlotLabel | null
  readonly due: Second | null
  readonly minutes: number
  /** For a repeat: the second of the punch that stands. */
  readonly stands: Second | null
  readonly subject: string
  readonly person: KioskPerson | null
  readonly partner: { readonly post: string; readonly name: string; readonly nameEn: string } | null
  /** For a finger that was not read: how many times in a row. */
  readonly attempt: number
}

/** The name of a slot 时段 by what it proves, whatever its id is in the rule set. */
export function slotLabel(slot: Pick<SlotResult, 'kind' | 'serves'>): SlotLabel {
  const half = slot.serves[0]
  if (slot.serves.length !== 1 || half === undefined) return 'noon'
  return `${half}_${slot.kind}` as const satisfies SlotLabel
}

/** Official duty may be named in the hall, the kind of a leave may not 只显示请假. Source: design principle 9. */
export function coverSign(coverage: readonly CoverageFact[], second: Second): 'official' | 'leave' | null {
  const found = coverage.find((one) => one.from <= second && second < one.to)
  if (found === undefined) return null
  const family: MarkFamily = marks[found.kind].family
  return family === 'off' ? 'official' : 'leave'
}

const signs: Readonly<Record<KioskCode, KioskSign>> = {
  early: 'ok',
  on_time: 'ok',
  late: 'late',
  left_early: 'early',
  out_ok: 'ok',
  repeat: 'repeat',
  unused: 'noted',
  covered: 'leave',
  pending: 'pending',
  rest_day: 'rest',
  received: 'pending',
  parked: 'unread',
  quarantined: 'pending',
  claimed: 'pending',
  claim_confirmed: 'manual',
  claim_refused: 'unread',
  not_recognised: 'unread',
  poor_image: 'unread',
  finger_held: 'lift',
}

const tones: Readonly<Record<Greeting['tone'], KioskTone>> = { ok: 'ok', warn: 'warn', info: 'info' }

export type JudgedPunch = {
  readonly key: string
  readonly subject: string
  readonly second: Second
  readonly result: DayResult
  readonly greeting: Greeting
  readonly coverage: readonly CoverageFact[]
  readonly person: KioskPerson
  readonly partner: KioskGreeting['partner']
}

/**
 * A judged punch as the screen shows it: a repeat is not an accusation, approved time away shows as 公 or 假, the A/B
 * partner is named when already here. Source: design 01 and principle 9, product (greeting).
 */
export function judgedGreeting(punch: JudgedPunch): KioskGreeting {
  const { greeting } = punch
  const slot = punch.result.slots.find((one) => one.id === greeting.slotId) ?? null
  const cover = greeting.code === 'covered' ? coverSign(punch.coverage, punch.second) : null
  return {
    key: punch.key,
    code: greeting.code,
    tone: tones[greeting.tone],
    sign: cover ?? signs[greeting.code],
    second: punch.second,
    slot: slot === null ? null : slotLabel(slot),
    due: slot?.due ?? null,
    minutes: greeting.minutes,
    stands: typeof greeting.facts.stands === 'number' ? greeting.facts.stands : null,
    subject: punch.subject,
    person: punch.person,
    partner: punch.partner,
    attempt: 0,
  }
}

type PlainPunch = {
  readonly key: string
  readonly subject: string
  readonly second: Second
  readonly person: KioskPerson | null
  readonly attempt?: number
}

const plainTones = {
  received: 'wait',
  parked: 'bad',
  quarantined: 'warn',
  claimed: 'wait',
  claim_confirmed: 'ok',
  claim_refused: 'bad',
  not_recognised: 'bad',
  poor_image: 'bad',
  finger_held: 'warn',
} as const

/** What the screen says when there is nothing judged: received, a slot nobody owns, a doubtful time, a claim, a finger not read. */
export function plainGreeting(code: keyof typeof plainTones, punch: PlainPunch): KioskGreeting {
  return {
    key: punch.key,
    code,
    tone: plainTones[code],
    sign: signs[code],
    second: punch.second,
    slot: null,
    due: null,
    minutes: 0,
    stands: null,
    subject: punch.subject,
    person: punch.person,
    partner: null,
    attempt: punch.attempt ?? 0,
  }
}

export type SlotWindow = {
  readonly label: SlotLabel
  readonly kind: SlotResult['kind']
  readonly half: Half
  readonly open: Second
  readonly due: Second
  readonly close: Second
}

/**
 * The slot that the idle screen shows: the one whose window is open, else the next one today, else none.
 * Source: design 01 (上午签到 07:30 … 上班 09:00).
 */
export function currentSlot(slots: readonly SlotResult[], second: Second): SlotWindow | null {
  const due = slots.filter((slot) => slot.state !== 'not_due')
  const open = due.find((slot) => slot.open <= second && second <= slot.close)
  const slot = open ?? due.find((one) => one.open > second)
  if (slot === undefined) return null
  const half = slot.serves[0] ?? 'am'
  return { label: slotLabel(slot), kind: slot.kind, half, open: slot.open, due: slot.due, close: slot.close }
}

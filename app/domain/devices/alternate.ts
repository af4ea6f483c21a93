import type { CivilDay } from '#app/domain/attendance/day.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { addDays, isCivilDay } from '#app/domain/time/day.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import type { DeviceRules } from './device-rules.ts'

/** Ways to register at a kiosk without a finger 替代方式. */
export const wayKinds = ['card', 'pin'] as const
export type WayKind = (typeof wayKinds)[number]

/** Why somebody has one: only as much as is needed, so that nobody writes down a person's health. Source: PIPL 6 (least data). */
export const wayReasons = ['unwilling', 'unreadable', 'injured', 'awaiting', 'other'] as const

export type Span = { readonly startsMs: number; readonly endsMs: number | null }

/** Longest "other" reason, in characters. */
const longestReason = 60

/**
 * A card's number as readers type it and people copy it: spaces and dashes do not count, nor do the frame signs that some
 * readers send. Null when it is no card number: 4 to 24 digits or letters.
 */
export function cardNumber(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/^[;%]|\?$/g, '')
    .replace(/[\s-]/g, '')
  return /^[0-9A-Z]{4,24}$/.test(plain) ? plain : null
}

/** Whether a PIN would be guessed first: one digit over and over, or digits in a row. */
export function isEasyPin(pin: string): boolean {
  const digits = [...pin].map(Number)
  const steps = new Set(digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0)))
  return steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 9)
}

export type WayForm = {
  readonly kind: string
  readonly card: string
  readonly reason: string
  readonly other: string
  readonly from: string
  readonly to: string
}

export type NewWay = Span & { readonly kind: WayKind; readonly card: string | null; readonly reason: string }

export type WayProblem =
  | 'kind_missing'
  | 'card_missing'
  | 'reason_missing'
  | 'other_missing'
  | 'other_long'
  | 'from_malformed'
  | 'from_past'
  | 'to_malformed'
  | 'to_before_from'

export type WayProblems = Readonly<Partial<Record<keyof WayForm, WayProblem>>>

/**
 * Reads the form on which a way is given: all problems at once, by field. Without a first day it begins now; the last day is
 * its last whole day.
 */
export function readWay(
  form: WayForm,
  nowMs: number,
  zone: string,
): { readonly way: NewWay | null; readonly problems: WayProblems } {
  const kind = wayKinds.find((one) => one === form.kind)
  const reason = reasonOf(form)
  const span = spanOf(form, nowMs, zone)
  const card = cardNumber(form.card)
  const problems: WayProblems = {
    ...(kind === undefined ? { kind: 'kind_missing' as const } : {}),
    ...(kind === 'card' && card === null ? { card: 'card_missing' as const } : {}),
    ...(reason.ok ? {} : { [reason.code === 'reason_missing' ? 'reason' : 'other']: reason.code }),
    ...(span.ok ? {} : { [span.code.startsWith('from') ? 'from' : 'to']: span.code }),
  }
  if (kind === undefined || !reason.ok || !span.ok || Object.keys(problems).length > 0) return { way: null, problems }
  return { way: { kind, card: kind === 'card' ? card : null, reason: reason.value, ...span.value }, problems }
}

function reasonOf({ reason, other }: WayForm): Result<string, 'reason_missing' | 'other_missing' | 'other_long'> {
  const known = wayReasons.find((one) => one === reason)
  if (known === undefined) return refuse('reason_missing')
  if (known !== 'other') return ok(known)
  const text = other.normalize('NFC').trim()
  if (text === '') return refuse('other_missing')
  return [...text].length > longestReason ? refuse('other_long') : ok(text)
}

function spanOf(
  { from, to }: WayForm,
  nowMs: number,
  zone: string,
): Result<Span, 'from_malformed' | 'from_past' | 'to_malformed' | 'to_before_from'> {
  const today: CivilDay = civilOf(nowMs, zone).day
  const first = from.trim() === '' ? today : from.trim()
  const last = to.trim()
  if (!isCivilDay(first)) return refuse('from_malformed')
  if (first < today) return refuse('from_past')
  if (last !== '' && !isCivilDay(last)) return refuse('to_malformed')
  if (last !== '' && last < first) return refuse('to_before_from')
  const startsMs = first === today ? nowMs : instantOf(first, 0, zone)
  return ok({ startsMs, endsMs: last === '' ? null : instantOf(addDays(last, 1), 0, zone) })
}

/** Whether an instant lies in a span; its end is outside. */
export function covers({ startsMs, endsMs }: Span, atMs: number): boolean {
  return startsMs <= atMs && (endsMs === null || atMs < endsMs)
}

export type WayState = 'coming' | 'in_force' | 'ended'

/** Where a way stands: still to come, in force, or over. */
export function wayState(span: Span, nowMs: number): WayState {
  if (covers(span, nowMs)) return 'in_force'
  return span.startsMs > nowMs ? 'coming' : 'ended'
}

export type Tries = { readonly failed: number; readonly failedMs: number | null }
type TryRules = DeviceRules['alternate']

/** Until when a way takes nothing because of wrong PINs 锁定; null when it takes one now. */
export function lockedUntil({ failed, failedMs }: Tries, rules: TryRules, nowMs: number): number | null {
  if (failed < rules.attempts || failedMs === null) return null
  const until = failedMs + rules.lock_minutes * 60_000
  return nowMs < until ? until : null
}

/** The tries of a way after one more wrong PIN; after a lock has passed they count from the start again. */
export function afterWrong(tries: Tries, rules: TryRules, nowMs: number): Tries {
  return { failed: tries.failed >= rules.attempts ? 1 : tries.failed + 1, failedMs: nowMs }
}

/** A second claim of one person within this time is the first one again (proposed by us). */
export const sameClaimMs = 60_000

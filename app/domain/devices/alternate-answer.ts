import type { KioskGreeting } from './greeting.ts'

/** What a kiosk answers to a card or a number. `refused` says nothing about which numbers exist. */
export type ClaimAnswer = {
  readonly code: 'claimed' | 'already' | 'refused' | 'missing' | 'unreachable'
  readonly greeting: KioskGreeting | null
  /** Wrong tries in a row before a way pauses, and for how many minutes. */
  readonly attempts: number
  readonly minutes: number
}

/** What a kiosk asks for beside its view: whether it may speak, and today's claims made at it, newest first. */
export type KioskState = { readonly speaks: boolean; readonly claims: readonly KioskGreeting[] }

export const silentState: KioskState = { speaks: false, claims: [] }

/** Claims that still wait for the duty officer. */
export function waitingClaims(claims: readonly KioskGreeting[]): readonly KioskGreeting[] {
  return claims.filter((one) => one.code === 'claimed')
}

/** The claims that were ruled since the screen asked last: what it tells whoever still stands there. */
export function ruledSince(before: readonly KioskGreeting[], now: readonly KioskGreeting[]): readonly KioskGreeting[] {
  const waited = new Set(waitingClaims(before).map((one) => one.key))
  return now.filter((one) => one.code !== 'claimed' && waited.has(one.key))
}

export type Typed = { readonly text: string; readonly lastMs: number }
export const nothingTyped: Typed = { text: '', lastMs: Number.NEGATIVE_INFINITY }

/** Card readers type faster than people; outside a field nobody else types, so a number may also be typed slowly there. */
const gapMs = { field: 60, page: 1_500 } as const
const shortest = 4

/**
 * Tells a card reader's typing (keyboard wedge 键盘口读卡器) from a person's, key by key: a number and Enter, each key soon after
 * the one before. Answers what is typed so far and the whole number once Enter has ended it.
 */
export function typedOn(
  before: Typed,
  key: { readonly key: string; readonly atMs: number; readonly inField: boolean },
): { readonly typed: Typed; readonly card: string | null } {
  const soon = key.atMs - before.lastMs <= (key.inField ? gapMs.field : gapMs.page)
  if (key.key === 'Enter') {
    const card = soon && before.text.length >= shortest ? before.text : null
    return { typed: nothingTyped, card }
  }
  if (key.key.length !== 1) return { typed: before, card: null }
  return { typed: { text: soon ? before.text + key.key : key.key, lastMs: key.atMs }, card: null }
}

import type { DueDay, DueSlot } from './coverage.ts'
import type { PunchFact, SlotResult } from './day.ts'

/** Punches by slot, in time order, and those that no slot received. */
export type Assignment = { readonly held: readonly PunchFact[][]; readonly unused: readonly PunchFact[] }

/** Puts punches into one order and drops rows delivered twice, so that arrival never matters. Source: product principle 1. */
export function inOrder(punches: readonly PunchFact[]): readonly PunchFact[] {
  let sorted = true
  for (let i = 1; i < punches.length && sorted; i++) {
    sorted = compare(punches[i - 1] as PunchFact, punches[i] as PunchFact) < 0
  }
  if (sorted) return punches
  return [...punches].sort(compare).filter((punch, i, all) => i === 0 || compare(all[i - 1] as PunchFact, punch) !== 0)
}

function compare(a: PunchFact, b: PunchFact): number {
  if (a.second !== b.second) return a.second - b.second
  if (a.source !== b.source) return a.source < b.source ? -1 : 1
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}

/**
 * Assigns punches to slots: the window that holds it receives a punch; of two windows the one whose boundary is nearer; two
 * punches far enough apart in a shared window fill both slots. Source: domain study §1.3.4, rules.md §1.
 */
export function assign(day: DueDay, punches: readonly PunchFact[], pairGap: number): Assignment {
  const held: PunchFact[][] = day.slots.map(() => [])
  const unused: PunchFact[] = []
  for (const punch of punches) {
    const at = receiver(day.slots, punch.second)
    if (at < 0) unused.push(punch)
    else held[at]?.push(punch)
  }
  if (day.overlapping && uneven(held)) fillBoth(day.slots, held, pairGap)
  return { held, unused }
}

/** Index of the slot that receives a punch; covered slots only take what no due slot wants; -1 for none. */
function receiver(slots: readonly DueSlot[], second: number): number {
  const minute = Math.floor(second / 60)
  let best = -1
  let idle = -1
  let bestDistance = Number.POSITIVE_INFINITY
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as DueSlot
    if (minute < slot.open || minute > slot.close) continue
    if (slot.halves.length === 0) {
      if (idle < 0) idle = i
      continue
    }
    const distance = distanceTo(slot, second)
    if (distance < bestDistance) {
      best = i
      bestDistance = distance
    }
  }
  return best >= 0 ? best : idle
}

function distanceTo(slot: DueSlot, second: number): number {
  const [start, end] = slot.near
  return Math.max(0, start * 60 - second, second - end * 60)
}

/** Only when one slot is empty while another has several punches can anything change hands. */
function uneven(held: readonly PunchFact[][]): boolean {
  let empty = false
  let several = false
  for (const punches of held) {
    if (punches.length === 0) empty = true
    else if (punches.length > 1) several = true
  }
  return empty && several
}

function fillBoth(slots: readonly DueSlot[], held: readonly PunchFact[][], pairGap: number): void {
  const due = slots
    .map((slot, i) => ({ slot, punches: held[i] as PunchFact[] }))
    .filter(({ slot }) => slot.halves.length > 0)
    .sort((a, b) => a.slot.near[0] - b.slot.near[0])
  for (const [i, before] of due.entries()) {
    for (const after of due.slice(i + 1)) {
      if (before.punches.length === 0) giveFirst(before.slot, before.punches, after.punches, pairGap)
      else if (after.punches.length === 0) giveLast(after.slot, before.punches, after.punches, pairGap)
    }
  }
}

const holds = (slot: DueSlot, punch: PunchFact): boolean => {
  const minute = Math.floor(punch.second / 60)
  return minute >= slot.open && minute <= slot.close
}

/** Two punches are two when they are far enough apart, or when the one that stays could not have gone to the other slot. */
function apart(slot: DueSlot, stays: PunchFact, goes: PunchFact, pairGap: number): boolean {
  return Math.abs(stays.second - goes.second) >= pairGap || !holds(slot, stays)
}

function giveFirst(slot: DueSlot, to: PunchFact[], from: PunchFact[], pairGap: number): void {
  const [first] = from
  const last = from[from.length - 1]
  if (!first || !last || !holds(slot, first) || !apart(slot, last, first, pairGap)) return
  from.shift()
  to.push(first)
}

function giveLast(slot: DueSlot, from: PunchFact[], to: PunchFact[], pairGap: number): void {
  const [first] = from
  const last = from[from.length - 1]
  if (!first || !last || !holds(slot, last) || !apart(slot, first, last, pairGap)) return
  from.pop()
  to.push(last)
}

/** The punch that counts in a slot: the first for in, the last for out, the one nearest to being on time for either. */
export function chosenAt(slot: DueSlot, held: readonly PunchFact[]): number {
  if (slot.slot.kind === 'in') return 0
  if (slot.slot.kind === 'out') return held.length - 1
  let best = 0
  let bestMinutes = Number.POSITIVE_INFINITY
  for (const [i, punch] of held.entries()) {
    const minute = Math.floor(punch.second / 60)
    const off = Math.max(0, slot.from === null ? 0 : slot.from - minute, slot.to === null ? 0 : minute - slot.to)
    if (off < bestMinutes) {
      best = i
      bestMinutes = off
    }
  }
  return best
}

const none: SlotResult['ignored'] = []

/** The other punches of a slot with the reason why they do not count: repeats within seconds, later ones, earlier ones. */
export function ignoredBeside(held: readonly PunchFact[], chosen: number, dedupe: number): SlotResult['ignored'] {
  if (held.length < 2) return none
  const used = held[chosen] as PunchFact
  return held
    .filter((_, i) => i !== chosen)
    .map((punch) => ({
      punch,
      why: Math.abs(punch.second - used.second) <= dedupe ? 'repeat' : punch.second > used.second ? 'later' : 'earlier',
    }))
}

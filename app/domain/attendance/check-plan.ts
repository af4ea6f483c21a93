import { minutesInDay, timeOfMinute } from '#app/domain/time/clock-time.ts'
import type { Half } from './day.ts'
import { type PlanClock as At, planClock } from './plan-clock.ts'
import type { Problem } from './problem.ts'
import type { PlanRule, SlotRule } from './rules.ts'

type Setting = { readonly boundary: number; readonly nearest: boolean }
type Window = { readonly slot: SlotRule; readonly path: string; readonly open: number; readonly close: number }

/** Contradictions inside one day plan: halves, slots, windows. Source: rules.md §1. */
export function checkPlan(plan: PlanRule, path: string, setting: Setting): Problem[] {
  const at = planClock(plan, setting.boundary)
  const windows = plan.slots.map((slot, i) => ({
    slot,
    path: `${path}.slots[${i}]`,
    open: at(slot.open),
    close: at(slot.close),
  }))
  return [
    ...halfProblems(plan, path, at),
    ...seasonProblems(plan, path),
    ...sameIds(windows),
    ...windows.flatMap((window) => [
      ...windowProblems(window),
      ...servesProblems(window, plan, at),
      ...onTimeProblems(window, at),
    ]),
    ...overlapProblems(windows, setting.nearest),
    ...boundaryProblems(plan, windows, path, at, setting.boundary),
  ]
}

function halfProblems(plan: PlanRule, path: string, at: At): Problem[] {
  const problems: Problem[] = []
  const { am, pm } = plan.halves
  if (!am && !pm) problems.push({ path: `${path}.halves`, value: plan.halves, code: 'no_half', facts: {} })
  for (const [name, half] of Object.entries({ am, pm })) {
    if (!half || at(half.start) < at(half.end)) continue
    const facts = { start: half.start, end: half.end }
    problems.push({ path: `${path}.halves.${name}.end`, value: half.end, code: 'half_end_before_start', facts })
  }
  if (am && pm && at(pm.start) < at(am.end)) {
    const facts = { am_end: am.end, pm_start: pm.start }
    problems.push({ path: `${path}.halves.pm.start`, value: pm.start, code: 'halves_overlap', facts })
  }
  return problems
}

function seasonProblems(plan: PlanRule, path: string): Problem[] {
  if (!plan.when?.months || !plan.when.season) return []
  return [{ path: `${path}.when.season`, value: plan.when.season, code: 'season_repeats_months', facts: {} }]
}

function sameIds(windows: readonly Window[]): Problem[] {
  const seen = new Set<string>()
  return windows.flatMap(({ slot, path }): Problem[] => {
    const again = seen.has(slot.id)
    seen.add(slot.id)
    return again ? [{ path: `${path}.id`, value: slot.id, code: 'duplicate_id', facts: { id: slot.id } }] : []
  })
}

function windowProblems({ slot, path, open, close }: Window): Problem[] {
  if (close >= open) return []
  const facts = { slot: slot.id, open: slot.open, close: slot.close }
  return [{ path: `${path}.close`, value: slot.close, code: 'slot_close_before_open', facts }]
}

/**
 * Punches at the day boundary would be given to the wrong day. Only a plan without `when`, which the roster names day by day, may
 * work on past it: its punches stay with its own day.
 */
function boundaryProblems(
  plan: PlanRule,
  windows: readonly Window[],
  path: string,
  at: At,
  boundary: number,
): Problem[] {
  const spans = windows.map((w) => ({ from: w.slot.open, open: w.open, to: w.slot.close, close: w.close + 1 }))
  const named = windows.map((w) => ({ first: `${w.path}.open`, last: `${w.path}.close` }))
  for (const half of ['am', 'pm'] as const) {
    const times = plan.halves[half]
    if (!times) continue
    spans.push({ from: times.start, open: at(times.start), to: times.end, close: at(times.end) })
    named.push({ first: `${path}.halves.${half}.start`, last: `${path}.halves.${half}.end` })
  }
  const latest = plan.when === undefined ? Number.POSITIVE_INFINITY : boundary + minutesInDay
  const facts = { plan: plan.id, boundary: timeOfMinute(boundary) }
  return spans.flatMap(({ from, open, to, close }, i): Problem[] => {
    if (open >= close) return []
    if (open < boundary) return [{ path: named[i]?.first ?? path, value: from, code: 'past_day_boundary', facts }]
    return close > latest ? [{ path: named[i]?.last ?? path, value: to, code: 'past_day_boundary', facts }] : []
  })
}

function servesProblems(window: Window, plan: PlanRule, at: At): Problem[] {
  const { slot, path } = window
  const unknown = slot.serves.filter((half) => !plan.halves[half])
  if (unknown.length > 0) {
    const facts = { slot: slot.id, half: unknown.join(', ') }
    return [{ path: `${path}.serves`, value: slot.serves, code: 'slot_unknown_half', facts }]
  }
  const problems: Problem[] = []
  if (outside(window, plan, at)) {
    const facts = { slot: slot.id, open: slot.open, close: slot.close }
    problems.push({ path: `${path}.open`, value: slot.open, code: 'slot_outside_half', facts })
  }
  const lone = slot.kind === 'either' && slot.serves.length === 1
  if (lone && (slot.on_time === undefined || slot.on_time === 'boundary')) {
    const facts = { slot: slot.id }
    problems.push({ path: `${path}.on_time`, value: slot.on_time ?? null, code: 'slot_either_needs_window', facts })
  }
  return problems
}

/** An in window that opens after its work has ended, or an out window that closes before its work begins, proves nothing. */
function outside(window: Window, plan: PlanRule, at: At): boolean {
  if (window.close < window.open) return false
  const served = window.slot.serves.map((half: Half) => plan.halves[half]).filter((half) => half !== undefined)
  const start = Math.min(...served.map((half) => at(half.start)))
  const end = Math.max(...served.map((half) => at(half.end)))
  if (window.slot.kind === 'in') return window.open >= end
  if (window.slot.kind === 'out') return window.close <= start
  return window.open >= end || window.close <= start
}

function onTimeProblems(window: Window, at: At): Problem[] {
  const { slot, path } = window
  const rule = slot.on_time
  if (typeof rule !== 'object') return []
  const given = { from: rule.from !== undefined, to: rule.to !== undefined }
  const found = (code: 'slot_on_time_incomplete' | 'slot_on_time_outside_window'): Problem[] => [
    { path: `${path}.on_time`, value: rule, code, facts: { slot: slot.id } },
  ]
  if (!fits[slot.kind](given.from, given.to)) return found('slot_on_time_incomplete')
  const from = rule.from === undefined ? window.open : at(rule.from)
  const to = rule.to === undefined ? window.close : at(rule.to)
  return window.open <= from && from <= to && to <= window.close ? [] : found('slot_on_time_outside_window')
}

/** An in slot says until when a punch is on time, an out slot from when on, `either` one of them or both. */
const fits: Record<SlotRule['kind'], (from: boolean, to: boolean) => boolean> = {
  in: (from, to) => to && !from,
  out: (from, to) => from && !to,
  either: (from, to) => from || to,
}

/**
 * Windows may meet in one minute; more is a contradiction unless the document says how a punch in both is read (`overlap`), and
 * two windows of one kind never share time.
 */
function overlapProblems(windows: readonly Window[], nearest: boolean): Problem[] {
  return windows.flatMap((b, i) =>
    windows
      .slice(0, i)
      .filter((a) => a.close > b.open && b.close > a.open && !(nearest && mayShare(a, b)))
      .map((a): Problem => {
        const facts = { slot: a.slot.id, other: b.slot.id, from: laterOf(a, b), to: soonerOf(a, b) }
        return { path: `${b.path}.open`, value: b.slot.open, code: 'slot_overlap', facts }
      }),
  )
}

function mayShare(a: Window, b: Window): boolean {
  const nested = (a.open <= b.open && a.close >= b.close) || (b.open <= a.open && b.close >= a.close)
  return a.slot.kind !== b.slot.kind && !nested
}

const laterOf = (a: Window, b: Window): string => (a.open > b.open ? a.slot.open : b.slot.open)
const soonerOf = (a: Window, b: Window): string => (a.close < b.close ? a.slot.close : b.slot.close)

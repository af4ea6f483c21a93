import type { CompiledPlan, CompiledSlot, Times } from './compile.ts'
import type { CoverageFact, Half } from './day.ts'
import type { CoverageKind, Mark } from './marks.ts'
import { marks } from './marks.ts'

/** What is left of a half to work: its times after coverage, or why nothing is due. */
export type Remaining = Times | 'covered' | 'off' | 'no_half'

/** One slot as it is due today, after calendar and coverage have moved or removed its boundaries. Times are minutes. */
export type DueSlot = {
  readonly slot: CompiledSlot
  readonly open: number
  readonly close: number
  readonly from: number | null
  readonly to: number | null
  /** The boundary shown, and measured to when two windows hold one punch. */
  readonly near: readonly [number, number]
  readonly lateHalf: Half | null
  readonly earlyHalf: Half | null
  /** Halves that this slot has to prove today; none when it is covered or not due. */
  readonly halves: readonly Half[]
  readonly moved: boolean
  readonly covered: boolean
  /** The latest close among the due windows that share minutes with this one (`shared`): until then a punch may change hands. */
  readonly settledAt: number
  readonly shared: readonly Times[]
}

export type DueDay = {
  readonly plan: CompiledPlan
  readonly remaining: Readonly<Record<Half, Remaining>>
  readonly slots: readonly DueSlot[]
  readonly overlapping: boolean
}

const both = ['am', 'pm'] as const
const ordinary = new WeakMap<CompiledPlan, DueDay>()

/** What is due under a plan when the whole day is worked and nothing is covered; kept, because nearly every day is like this. */
export function ordinaryDay(plan: CompiledPlan): DueDay {
  const known = ordinary.get(plan)
  if (known) return known
  const day = dueDay(plan, { am: true, pm: true }, [])
  ordinary.set(plan, day)
  return day
}

/**
 * What is due on a day: coverage that fills a half removes it, coverage that touches its start or end moves that boundary, a
 * hole in the middle leaves both boundaries due. A boundary whose half is gone moves on to the next due moment when no other
 * slot proves that one (two-punch centres). Source: domain study §1.3.2, decisions 8, complaints W1.
 */
export function dueDay(plan: CompiledPlan, work: Record<Half, boolean>, coverage: readonly CoverageFact[]): DueDay {
  const remaining = {
    am: remainingOf(plan.halves.am, work.am, coverage),
    pm: remainingOf(plan.halves.pm, work.pm, coverage),
  }
  const slots = plan.slots.map((slot) => dueSlot(slot, plan, remaining))
  const settled = slots.map((slot) => settle(slot, slots))
  return { plan, remaining, slots: settled, overlapping: settled.some((slot) => slot.shared.length > 0) }
}

function remainingOf(times: Times | undefined, work: boolean, coverage: readonly CoverageFact[]): Remaining {
  if (!times) return 'no_half'
  if (!work) return 'off'
  if (coverage.length === 0) return times
  const covers = coverage
    .map((c) => ({ from: Math.floor(c.from / 60), to: Math.ceil(c.to / 60) }))
    .sort((a, b) => a.from - b.from)
  let { start, end } = times
  for (const c of covers) if (c.from <= start && c.to > start) start = c.to
  for (const c of covers.sort((a, b) => b.to - a.to)) if (c.to >= end && c.from < end) end = c.from
  return start >= end ? 'covered' : { start, end }
}

const isDue = (rest: Remaining): rest is Times => typeof rest === 'object'

/** How today's work moves one slot: which halves its boundaries fall in, and by how many minutes they moved. */
type Shift = {
  readonly lateHalf: Half | null
  readonly earlyHalf: Half | null
  readonly begin: Times | null
  readonly finish: Times | null
  readonly later: number
  readonly sooner: number
  /** How far a moved window may reach: the half as planned, so that more coverage never takes a window away. */
  readonly latest: number
  readonly earliest: number
}

function shiftOf(slot: CompiledSlot, plan: CompiledPlan, remaining: Record<Half, Remaining>): Shift {
  const lateHalf = startChain(slot, plan).find((half) => isDue(remaining[half])) ?? null
  const earlyHalf = endChain(slot, plan).find((half) => isDue(remaining[half])) ?? null
  const begin = lateHalf && (remaining[lateHalf] as Times)
  const finish = earlyHalf && (remaining[earlyHalf] as Times)
  const later = begin ? Math.max(0, begin.start - slot.start) : 0
  const sooner = finish ? Math.max(0, slot.end - finish.end) : 0
  const latest = (lateHalf && plan.halves[lateHalf]?.end) ?? slot.close
  const earliest = (earlyHalf && plan.halves[earlyHalf]?.start) ?? slot.open
  return { lateHalf, earlyHalf, begin, finish, later, sooner, latest, earliest }
}

function dueSlot(slot: CompiledSlot, plan: CompiledPlan, remaining: Record<Half, Remaining>): DueSlot {
  const shift = shiftOf(slot, plan, remaining)
  const { lateHalf, earlyHalf } = shift
  const { from, to } = boundaries(slot, shift)
  const proved = (half: Half): boolean => half === lateHalf || half === earlyHalf || slot.serves.includes(half)
  return {
    slot,
    ...movedWindow(slot, shift),
    from,
    to,
    near: nearTo(slot, from, to, shift.later, shift.sooner),
    lateHalf,
    earlyHalf,
    halves: both.filter((half) => isDue(remaining[half]) && proved(half)),
    moved: shift.later > 0 || shift.sooner > 0,
    covered: slot.serves.some((half) => remaining[half] === 'covered'),
    settledAt: slot.close,
    shared: [],
  }
}

/** A moved boundary is never before coverage ends, nor after it begins. Where that half is gone, nothing counts minutes. */
function boundaries(slot: CompiledSlot, shift: Shift): { from: number | null; to: number | null } {
  const { begin, finish, later, sooner } = shift
  const to = begin === null || slot.to === null ? null : later > 0 ? Math.max(slot.to + later, begin.start) : slot.to
  const from =
    finish === null || slot.from === null ? null : sooner > 0 ? Math.min(slot.from - sooner, finish.end) : slot.from
  return { from, to }
}

/**
 * The window follows its boundary: what was open stays open, and a punch is received later (or sooner) by as much as the
 * boundary moved, as far as work lasts. Where the boundary went over to the other half, the whole window goes along.
 */
function movedWindow(slot: CompiledSlot, shift: Shift): { open: number; close: number } {
  const { begin, finish, later, sooner } = shift
  const entered = slot.kind === 'in' && shift.lateHalf !== slot.serves[0]
  const left = slot.kind === 'out' && shift.earlyHalf !== slot.serves[slot.serves.length - 1]
  const close = begin && later > 0 ? Math.max(slot.close, Math.min(slot.close + later, shift.latest)) : slot.close
  const open = finish && sooner > 0 ? Math.min(slot.open, Math.max(slot.open - sooner, shift.earliest)) : slot.open
  return {
    open: begin && later > 0 && entered ? slot.open + later : open,
    close: finish && sooner > 0 && left ? slot.close - sooner : close,
  }
}

function nearTo(
  slot: CompiledSlot,
  from: number | null,
  to: number | null,
  later: number,
  sooner: number,
): readonly [number, number] {
  const start = to ?? slot.start + later
  const end = from ?? slot.end - sooner
  if (slot.kind === 'in') return [start, start]
  if (slot.kind === 'out') return [end, end]
  return slot.serves.length === 2 ? [Math.min(start, end), Math.max(start, end)] : [slot.open, slot.close]
}

/** Halves whose beginning this slot can prove, in order: its own, then following ones that no other slot begins. */
function startChain(slot: CompiledSlot, plan: CompiledPlan): readonly Half[] {
  if (slot.kind === 'out') return []
  if (slot.kind === 'either') return slot.serves.length === 2 ? ['pm'] : []
  return both.filter((half) => slot.serves.includes(half) || (after(half, slot) && !begins(plan, half)))
}

function endChain(slot: CompiledSlot, plan: CompiledPlan): readonly Half[] {
  if (slot.kind === 'in') return []
  if (slot.kind === 'either') return slot.serves.length === 2 ? ['am'] : []
  const chain = both.filter((half) => slot.serves.includes(half) || (!after(half, slot) && !ends(plan, half)))
  return chain.reverse()
}

const after = (half: Half, slot: CompiledSlot): boolean => half === 'pm' && slot.serves[0] === 'am'

function begins(plan: CompiledPlan, half: Half): boolean {
  return plan.slots.some((slot) =>
    slot.kind === 'in' ? slot.serves[0] === half : slot.kind === 'either' && slot.serves.length === 2 && half === 'pm',
  )
}

function ends(plan: CompiledPlan, half: Half): boolean {
  return plan.slots.some((slot) =>
    slot.kind === 'out'
      ? slot.serves[slot.serves.length - 1] === half
      : slot.kind === 'either' && slot.serves.length === 2 && half === 'am',
  )
}

function settle(slot: DueSlot, all: readonly DueSlot[]): DueSlot {
  if (slot.halves.length === 0) return slot
  const shared = all.filter((o) => o !== slot && o.halves.length > 0 && o.open <= slot.close && slot.open <= o.close)
  return {
    ...slot,
    settledAt: Math.max(slot.close, ...shared.map((other) => other.close)),
    shared: shared.map((o) => ({ start: Math.max(o.open, slot.open), end: Math.min(o.close, slot.close) })),
  }
}

/** Leave kinds that run on through rest days (calendar days count), as the month sheet shows them. Source: design guide §3. */
const countsRestDays: ReadonlySet<Mark> = new Set<Mark>(['maternity', 'home_visit'])

/** Kinds that only move the boundaries of a half unless they fill it 哺乳, 产检. Source: decisions 10. */
const onlyWhenFilled: ReadonlySet<Mark> = new Set<Mark>(['nursing', 'prenatal'])

/** Order when several coverages meet in one half: leave, then time off in lieu, then official. Source: decisions 9. */
function rank(kind: CoverageKind): number {
  const family = marks[kind].family
  return family === 'off' ? 1 : family === 'lieu' ? 2 : 3
}

const shared = (c: CoverageFact, times: Times): number =>
  Math.min(c.to, times.end * 60) - Math.max(c.from, times.start * 60)

/** The coverages that touch a half, the one that gives its mark first. */
export function touching(coverage: readonly CoverageFact[], times: Times): CoverageFact[] {
  return coverage
    .filter((c) => shared(c, times) > 0)
    .sort(
      (a, b) =>
        rank(b.kind) - rank(a.kind) ||
        shared(b, times) - shared(a, times) ||
        a.from - b.from ||
        (a.key < b.key ? -1 : 1),
    )
}

/** The mark that coverage gives to a half that was worked for the rest; null when it only moved the boundaries. */
export function partMark(touched: readonly CoverageFact[]): CoverageKind | null {
  return touched.find((c) => !onlyWhenFilled.has(c.kind))?.kind ?? null
}

/** The leave that fills a half on which nothing is due, when its kind counts calendar days. */
export function restDayLeave(coverage: readonly CoverageFact[], times: Times): CoverageFact | null {
  return touching(coverage, times).find((c) => countsRestDays.has(c.kind)) ?? null
}

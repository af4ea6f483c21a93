import type { CompiledRules } from './compile.ts'
import type { DueSlot } from './coverage.ts'
import {
  type DayFacts,
  doubtfulPunch,
  type ManualFact,
  notEnrolled,
  type OutageFact,
  type PunchFact,
  type Reason,
  type SlotResult,
  type SlotState,
} from './day.ts'
import { type Graded, gradeMinutes } from './grade.ts'
import { doubtWithin, outageOver, outageWithin } from './outage.ts'
import { chosenAt, ignoredBeside } from './slots.ts'

/** A judged slot with what the halves need of it. */
export type SlotOutcome = {
  readonly due: DueSlot
  readonly result: SlotResult
  readonly late: Graded | null
  readonly early: Graded | null
  readonly reasons: readonly Reason[]
  /** False while a later punch of the running day can still change it. */
  readonly decided: boolean
}

type Verdict = Pick<SlotOutcome, 'late' | 'early'> & { readonly state: SlotState; readonly why: Reason }

/** What judging a slot needs besides its punches. `now` is the last second for which the facts are known. */
export type SlotContext = { readonly facts: DayFacts; readonly rules: CompiledRules; readonly now: number }

/** Judges one slot by the punches it holds. Source: rules.md §1, §2; decisions 5, 6, 9. */
export function judgeSlot(due: DueSlot, held: readonly PunchFact[], context: SlotContext): SlotOutcome {
  const manual = due.halves.length > 0 ? manualOf(due, context.facts.manual) : null
  const at = held.length === 0 ? -1 : chosenAt(due, held)
  const punch = held[at] ?? null
  const verdict = verdictOf(due, punch, manual, context)
  const ignored = ignoredBeside(held, at, context.rules.dedupe)
  const closed = context.now >= due.settledAt * 60 + 60
  return {
    due,
    result: slotResult(due, verdict, punch, manual, ignored),
    late: verdict.late,
    early: verdict.early,
    reasons: reasonsOf(due, verdict, punch, ignored, context.rules),
    decided: closed || manual !== null || due.halves.length === 0 || standsAlready(due, punch, verdict),
  }
}

/** The first punch of an in slot stands whatever follows, unless a neighbouring window could still claim it. */
function standsAlready(due: DueSlot, punch: PunchFact | null, verdict: Verdict): boolean {
  if (!punch || due.slot.kind === 'out' || isShared(due, punch)) return false
  return due.slot.kind === 'in' || verdict.state === 'on_time'
}

/** True when a neighbouring window could have received the punch as well. */
function isShared(due: DueSlot, punch: PunchFact): boolean {
  if (due.shared.length === 0) return false
  const minute = Math.floor(punch.second / 60)
  return due.shared.some((zone) => zone.start <= minute && minute <= zone.end)
}

function manualOf(due: DueSlot, manual: readonly ManualFact[] | undefined): ManualFact | null {
  if (!manual) return null
  const own = manual.filter((entry) => entry.slot === due.slot.id)
  return own.sort((a, b) => (a.key < b.key ? -1 : 1))[0] ?? null
}

function verdictOf(due: DueSlot, punch: PunchFact | null, manual: ManualFact | null, context: SlotContext): Verdict {
  if (due.halves.length === 0) return idle(due)
  if (manual) return byHand(due, manual, context)
  return punch ? byTime(due, punch.second, punch.source, context) : withoutPunch(due, context)
}

function idle(due: DueSlot): Verdict {
  const state = due.covered ? 'covered' : 'not_due'
  const why = { code: due.covered ? 'slot_covered' : 'slot_not_due', rule: due.slot.path, facts: { slot: due.slot.id } }
  return { state, late: null, early: null, why }
}

/** A roll entry or correction stands for the punch; its time is judged only when somebody saw it. Source: decisions 38. */
function byHand(due: DueSlot, manual: ManualFact, context: SlotContext): Verdict {
  const verdict = manual.second !== null && manual.witnessed ? byTime(due, manual.second, manual.by, context) : null
  if (verdict?.state === 'late' || verdict?.state === 'early') return verdict
  const facts = { slot: due.slot.id, by: manual.by, key: manual.key }
  return { state: 'on_time', late: null, early: null, why: { code: 'slot_manual', rule: due.slot.path, facts } }
}

function byTime(due: DueSlot, second: number, source: string, context: SlotContext): Verdict {
  const minute = Math.floor(second / 60)
  if (due.to !== null && minute > due.to) return offBoundary(due, second, source, due.to, context, true)
  if (due.from !== null && minute < due.from) return offBoundary(due, second, source, due.from, context, false)
  const facts = { slot: due.slot.id, source, at: second, due: dueSecond(due) }
  return { state: 'on_time', late: null, early: null, why: { code: 'slot_on_time', rule: due.slot.path, facts } }
}

function offBoundary(
  due: DueSlot,
  second: number,
  source: string,
  boundary: number,
  context: SlotContext,
  late: boolean,
): Verdict {
  const table = late ? context.rules.late : context.rules.early
  const minutes = Math.abs(Math.floor(second / 60) - boundary)
  const base = { slot: due.slot.id, source, at: second, due: boundary * 60, minutes }
  const graded = gradeMinutes(table, minutes, context.rules.rounding)
  if (!graded) {
    const why = { code: late ? 'late_within_grace' : 'early_within_grace', rule: table.gracePath, facts: base }
    return { state: 'on_time', late: null, early: null, why }
  }
  const { outages } = context.facts
  const outage = outageOver(outages, boundary) ?? doubtBeside(due, second, outages, late)
  if (outage) {
    const why = {
      code: outageCode(outage, 'outage_over_boundary'),
      rule: due.slot.path,
      facts: { ...base, ...outageFacts(outage) },
    }
    return { state: 'pending', late: null, early: null, why }
  }
  const rule = graded.path ?? due.slot.path
  const facts = { ...base, counted: graded.minutes, class: graded.class ?? '', at_least: graded.atLeast }
  return late
    ? { state: 'late', late: graded, early: null, why: { code: 'late', rule, facts } }
    : { state: 'early', late: null, early: graded, why: { code: 'early', rule, facts } }
}

/** A punch in doubt that would stand instead of the one that counts: an earlier sign-in, a later sign-out. */
function doubtBeside(due: DueSlot, second: number, outages: readonly OutageFact[], late: boolean): OutageFact | null {
  return late ? doubtWithin(outages, due.open * 60, second) : doubtWithin(outages, second + 1, due.close * 60 + 60)
}

function withoutPunch(due: DueSlot, context: SlotContext): Verdict {
  const { now, facts } = context
  const opens = due.open * 60
  const closes = due.close * 60 + 60
  const base = { slot: due.slot.id, open: opens, close: due.close * 60, due: dueSecond(due) }
  const tells = now > opens && (now >= closes || now >= dueSecond(due))
  const outage = tells ? outageWithin(facts.outages, opens, Math.min(closes, now + 1)) : null
  if (outage) {
    const why = { code: outageCode(outage, 'outage'), rule: due.slot.path, facts: { ...base, ...outageFacts(outage) } }
    return { state: 'pending', late: null, early: null, why }
  }
  const state = now >= closes ? 'missing' : now >= opens ? 'open' : 'waiting'
  return { state, late: null, early: null, why: { code: `slot_${state}`, rule: due.slot.path, facts: base } }
}

/** A person without a finger at any reader, or whose punch waits for a ruling, is told so; otherwise it was the machine. */
function outageCode(outage: OutageFact, code: 'outage' | 'outage_over_boundary'): string {
  if (outage.source === doubtfulPunch) return code === 'outage' ? 'doubtful' : 'doubtful_beside'
  if (outage.source !== notEnrolled) return code
  return code === 'outage' ? 'not_enrolled' : 'not_enrolled_at_boundary'
}

function outageFacts(outage: OutageFact): Reason['facts'] {
  return { reader: outage.source, outage_from: outage.from, outage_to: outage.to, outage: outage.key }
}

const dueSecond = (due: DueSlot): number => (due.slot.kind === 'in' ? due.near[1] : due.near[0]) * 60

function slotResult(
  due: DueSlot,
  verdict: Verdict,
  punch: PunchFact | null,
  manual: ManualFact | null,
  ignored: SlotResult['ignored'],
): SlotResult {
  const result: SlotResult = {
    id: due.slot.id,
    kind: due.slot.kind,
    serves: due.halves.length > 0 ? due.halves : due.slot.serves,
    open: due.open * 60,
    close: due.close * 60,
    due: dueSecond(due),
    state: verdict.state,
    minutes: verdict.late?.minutes ?? verdict.early?.minutes ?? 0,
    punch,
    ignored,
  }
  return manual ? { ...result, manual: manual.key } : result
}

function reasonsOf(
  due: DueSlot,
  verdict: Verdict,
  punch: PunchFact | null,
  ignored: SlotResult['ignored'],
  rules: CompiledRules,
): readonly Reason[] {
  const between = punch !== null && isShared(due, punch)
  if (!due.moved && !between && ignored.length === 0) return [verdict.why]
  const reasons: Reason[] = []
  if (due.moved) {
    reasons.push({ code: 'boundary_moved', rule: due.slot.path, facts: { slot: due.slot.id, due: dueSecond(due) } })
  }
  if (between) {
    reasons.push({ code: 'nearest_slot', rule: due.slot.path, facts: { slot: due.slot.id, at: punch.second } })
  }
  reasons.push(verdict.why)
  for (const { punch: other, why } of ignored) {
    const facts = { slot: due.slot.id, at: other.second, source: other.source, used: punch?.second ?? 0 }
    reasons.push({ code: `punch_${why}`, rule: why === 'repeat' ? rules.dedupePath : due.slot.path, facts })
  }
  return reasons
}

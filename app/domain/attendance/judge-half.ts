import type { CompiledPlan, CompiledRules, Times } from './compile.ts'
import { type DueDay, type DueSlot, partMark, restDayLeave, touching } from './coverage.ts'
import type { CoverageFact, DayFacts, Half, HalfResult, PunchFact, Reason } from './day.ts'
import type { Graded } from './grade.ts'
import type { SlotOutcome } from './judge-slot.ts'
import type { Mark } from './marks.ts'
import type { MissingVerdict } from './rules.ts'

type Context = { readonly facts: DayFacts; readonly rules: CompiledRules; readonly now: number }

const noon = 43_200
/** The half of a day without a plan: before and after noon, in minutes. */
const plainHalves: Readonly<Record<Half, Times>> = { am: { start: 0, end: 720 }, pm: { start: 720, end: 1440 } }

/** Judges one half-day from its slots. Order when several marks meet: 待核 > 旷 > 缺 > 迟/早 > leave > official > √. Source: decisions 9. */
export function judgeHalf(
  half: Half,
  due: DueDay,
  outcomes: readonly SlotOutcome[],
  unused: readonly PunchFact[],
  context: Context,
): HalfResult {
  const remaining = due.remaining[half]
  const { facts } = context
  if (remaining === 'off') return notDue(half, facts, due.plan, unused)
  if (remaining === 'no_half') {
    return settled(half, 'rest', [due.plan.reason, ...unusedIn(half, due.plan, unused)])
  }
  const times = due.plan.halves[half] as Times
  const touched = facts.coverage.length === 0 ? [] : touching(facts.coverage, times)
  const reasons: Reason[] = facts.provisional ? [provisional, due.plan.reason] : [due.plan.reason]
  for (const c of touched) reasons.push(coverageReason(c, remaining === 'covered'))
  if (remaining === 'covered') {
    reasons.push(...unusedIn(half, due.plan, unused))
    return settled(half, touched[0]?.kind ?? 'other_leave', reasons)
  }
  const own = ownOf(half, outcomes)
  for (const outcome of own) for (const reason of outcome.reasons) reasons.push(reason)
  reasons.push(...unusedIn(half, due.plan, unused))
  return own.length === 0
    ? unproved(half, remaining, reasons, touched, context)
    : compose(half, own, outcomes, reasons, touched, context.rules)
}

/**
 * The slots that a half is judged by. A slot that serves both halves answers for the boundary it stands at: the sign-in for the
 * morning, the sign-out for the afternoon; for the other half only where that one has no slot of its own.
 */
function ownOf(half: Half, outcomes: readonly SlotOutcome[]): readonly SlotOutcome[] {
  const serving = outcomes.filter((outcome) => outcome.due.halves.includes(half))
  const own = serving.filter(({ due }) => boundaryIn(due, half) !== 'elsewhere')
  return own.length > 0 ? own : serving
}

/** Which boundary of a half a slot stands at; `elsewhere` when its boundaries lie in the other half. */
function boundaryIn(due: DueSlot, half: Half): 'in' | 'out' | 'elsewhere' {
  if (due.lateHalf === half) return 'in'
  if (due.earlyHalf === half) return 'out'
  return due.lateHalf === null && due.earlyHalf === null ? 'in' : 'elsewhere'
}

/** A half on which nothing is due: not in service, day off, or no plan that says what was due. */
export function idleHalf(
  half: Half,
  facts: DayFacts,
  plan: CompiledPlan | null,
  trouble: Reason | null,
  unused: readonly PunchFact[],
): HalfResult {
  if (!facts.inService) {
    const reason = { code: 'not_in_service', rule: null, facts: { day: facts.day } }
    return settled(half, 'not_in_service', [reason, ...unusedIn(half, plan, unused)])
  }
  if (trouble) return settled(half, 'pending', [trouble, ...unusedIn(half, plan, unused)])
  if (facts.rosterPlan === null) {
    const reason = { code: 'rostered_off', rule: null, facts: { day: facts.day } }
    return settled(half, 'rest', [reason, ...unusedIn(half, plan, unused)])
  }
  return notDue(half, facts, plan, unused)
}

function notDue(half: Half, facts: DayFacts, plan: CompiledPlan | null, unused: readonly PunchFact[]): HalfResult {
  const kind = facts.calendar[half]
  const leave =
    facts.coverage.length === 0 ? null : restDayLeave(facts.coverage, plan?.halves[half] ?? plainHalves[half])
  const reasons: Reason[] = [{ code: `calendar_${kind}`, rule: null, facts: { day: facts.day } }]
  if (facts.provisional) reasons.unshift(provisional)
  if (leave) reasons.push(coverageReason(leave, true))
  reasons.push(...unusedIn(half, plan, unused))
  return settled(half, leave ? leave.kind : kind === 'work' ? 'rest' : kind, reasons)
}

const provisional: Reason = { code: 'calendar_provisional', rule: null, facts: {} }

function settled(half: Half, mark: Mark, reasons: readonly Reason[]): HalfResult {
  return { half, mark, minutesLate: 0, minutesEarly: 0, grade: null, final: true, reasons }
}

function coverageReason(c: CoverageFact, whole: boolean): Reason {
  const facts = { kind: c.kind, from: c.from, to: c.to, key: c.key }
  return { code: whole ? 'covered' : 'covered_in_part', rule: null, facts }
}

const nothing: readonly Reason[] = []

function unusedIn(half: Half, plan: CompiledPlan | null, unused: readonly PunchFact[]): readonly Reason[] {
  if (unused.length === 0) return nothing
  const split = plan?.halves.pm && plan.halves.am ? plan.halves.am.end * 60 : noon
  return unused
    .filter((punch) => (half === 'am') === punch.second < split)
    .map((punch) => ({
      code: 'punch_unused',
      rule: plan ? plan.path : null,
      facts: { at: punch.second, source: punch.source },
    }))
}

/** No slot serves this half: it is not proved by punches and counts as worked. Source: rules.md §1. */
function unproved(
  half: Half,
  times: Times,
  reasons: readonly Reason[],
  touched: readonly CoverageFact[],
  context: Context,
): HalfResult {
  const final = context.now >= times.end * 60
  const mark = final ? (partMark(touched) ?? 'present') : null
  const why = { code: 'not_proved', rule: null, facts: { half } }
  return { half, mark, minutesLate: 0, minutesEarly: 0, grade: null, final, reasons: [...reasons, why] }
}

/** What the slots of a half add up to. */
type Tally = {
  pending: boolean
  absent: boolean
  missing: boolean
  late: boolean
  early: boolean
  manual: boolean
  final: boolean
  minutesLate: number
  minutesEarly: number
  worst: Graded | null
}

function compose(
  half: Half,
  own: readonly SlotOutcome[],
  all: readonly SlotOutcome[],
  reasons: Reason[],
  touched: readonly CoverageFact[],
  rules: CompiledRules,
): HalfResult {
  const tally = tallyOf(half, own)
  weighMissing(half, tally, own, all, reasons, rules)
  const wrong = wrongMark(tally)
  const mark = wrong ?? (tally.final ? (partMark(touched) ?? (tally.manual ? 'manual' : 'present')) : null)
  const result: HalfResult = {
    half,
    mark,
    minutesLate: tally.minutesLate,
    minutesEarly: tally.minutesEarly,
    grade: tally.worst?.class ?? null,
    final: tally.final,
    reasons,
  }
  const { scoreAbsentHalves: absent = 0, proposal = null } = tally.worst ?? {}
  if (absent === 0 && proposal === null) return result
  return { ...result, ...(absent > 0 ? { scoreAbsentHalves: absent } : {}), ...(proposal ? { proposal } : {}) }
}

function tallyOf(half: Half, own: readonly SlotOutcome[]): Tally {
  const tally: Tally = {
    pending: false,
    absent: false,
    missing: false,
    late: false,
    early: false,
    manual: false,
    final: true,
    minutesLate: 0,
    minutesEarly: 0,
    worst: null,
  }
  for (const outcome of own) addSlot(tally, half, outcome)
  return tally
}

function addSlot(tally: Tally, half: Half, outcome: SlotOutcome): void {
  if (outcome.result.state === 'pending') tally.pending = true
  if (outcome.result.manual !== undefined) tally.manual = true
  if (!outcome.decided) {
    tally.final = false
    return
  }
  if (outcome.late && outcome.due.lateHalf === half) {
    tally.late = true
    tally.minutesLate += outcome.late.minutes
    tally.worst = worse(tally.worst, outcome.late)
  }
  if (outcome.early && outcome.due.earlyHalf === half) {
    tally.early = true
    tally.minutesEarly += outcome.early.minutes
    tally.worst = worse(tally.worst, outcome.early)
  }
}

function worse(a: Graded | null, b: Graded): Graded {
  if (a === null) return b
  const order = b.scoreAbsentHalves - a.scoreAbsentHalves || b.atLeast - a.atLeast
  return order > 0 ? b : a
}

/**
 * Turns missing punches into what the document says of them. A half proved by one slot only is wholly missing when the whole day
 * has no punch (`lone_slot: day`), else one boundary of the day is missing. Source: rules.md §2, domain study §1.3.5.
 */
function weighMissing(
  half: Half,
  tally: Tally,
  own: readonly SlotOutcome[],
  all: readonly SlotOutcome[],
  reasons: Reason[],
  rules: CompiledRules,
): void {
  const missing = own.filter((outcome) => outcome.result.state === 'missing')
  if (missing.length === 0) return
  const { missing: rule } = rules
  if (missing.length === own.length && !excused(own, all, rule.loneSlot, tally)) {
    apply(tally, rule.all)
    reasons.push({ code: 'missing_all', rule: 'missing.all_of_half', facts: { verdict: rule.all, slots: own.length } })
    return
  }
  for (const outcome of missing) {
    const out = boundaryIn(outcome.due, half) === 'out'
    const verdict = out ? rule.out : rule.in
    apply(tally, verdict)
    const facts = { verdict, slot: outcome.due.slot.id }
    reasons.push({ code: 'missing_one', rule: out ? rule.outPath : rule.inPath, facts })
  }
}

/** Whether a half's only slot is missing on a day that has, or may still have, other proof. */
function excused(
  own: readonly SlotOutcome[],
  all: readonly SlotOutcome[],
  loneSlot: 'day' | 'half',
  tally: Tally,
): boolean {
  if (own.length > 1 || loneSlot === 'half') return false
  const others = all.filter((outcome) => outcome.due.halves.length > 0 && outcome !== own[0])
  if (others.every((outcome) => outcome.result.state === 'missing')) return false
  if (others.every((outcome) => !proves(outcome)))
    tally.final = others.every((outcome) => outcome.decided) && tally.final
  return true
}

const proves = (outcome: SlotOutcome): boolean => outcome.result.punch !== null || outcome.result.manual !== undefined

function apply(tally: Tally, verdict: MissingVerdict): void {
  if (verdict === 'absent_half') tally.absent = true
  else if (verdict === 'late') tally.late = true
  else if (verdict === 'early') tally.early = true
  else tally.missing = true
}

function wrongMark(tally: Tally): Mark | null {
  if (tally.pending) return 'pending'
  if (tally.absent) return 'absent'
  if (tally.missing) return 'missing'
  if (tally.late) return tally.early ? 'late_and_early' : 'late'
  return tally.early ? 'early' : null
}

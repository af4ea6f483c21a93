import { minuteOfTime } from '#app/domain/time/clock-time.ts'
import type { AbsenceProposal, Half, Reason } from './day.ts'
import { type PlanClock, planClock, planEnds } from './plan-clock.ts'
import type { AttendanceRules, GradingRule, MissingVerdict, PlanRule, SlotRule, TierRule } from './rules.ts'
import { lowest } from './threshold.ts'

/** A rule-set document made ready for counting: times as minutes of the attendance day, thresholds as "at least". */
export type CompiledRules = {
  readonly version: string
  readonly boundary: number
  readonly makeupWeekday: number | null
  readonly plans: readonly CompiledPlan[]
  readonly pairGap: number
  readonly dedupe: number
  readonly dedupePath: string | null
  readonly late: CompiledTable
  readonly early: CompiledTable
  readonly missing: CompiledMissing
  readonly rounding: readonly { readonly atLeast: number; readonly upTo: number; readonly counts: number }[]
  readonly daySum: CompiledDaySum | null
}

export type CompiledDaySum = {
  readonly late: boolean
  readonly early: boolean
  readonly atLeast: number
  readonly class: string
}

export type CompiledMissing = {
  readonly in: MissingVerdict
  readonly out: MissingVerdict
  readonly inPath: string
  readonly outPath: string
  readonly all: MissingVerdict
  readonly loneSlot: 'day' | 'half'
}

export type CompiledTable = {
  /** Minutes below this are forgiven. */
  readonly from: number
  /** Subtracted from the minutes before they are graded and reported. */
  readonly less: number
  readonly path: string | null
  readonly gracePath: string | null
  readonly tiers: readonly {
    readonly atLeast: number
    readonly class: string
    readonly scoreAbsentHalves: number
    readonly proposal: AbsenceProposal | null
    readonly path: string
  }[]
}

export type Times = { readonly start: number; readonly end: number }

export type CompiledPlan = {
  readonly id: string
  readonly path: string
  readonly when: NonNullable<PlanRule['when']>
  readonly halves: Readonly<Partial<Record<Half, Times>>>
  readonly slots: readonly CompiledSlot[]
  /** The minute after its last half and window. */
  readonly ends: number
  readonly reason: Reason
}

export type CompiledSlot = {
  readonly id: string
  readonly path: string
  readonly kind: SlotRule['kind']
  readonly serves: readonly Half[]
  readonly open: number
  readonly close: number
  /** Boundary shown and measured to when two windows hold one punch. */
  readonly start: number
  readonly end: number
  /** Before `from` is early, after `to` is late; null where the window alone is the rule. */
  readonly from: number | null
  readonly to: number | null
}

const cache = new WeakMap<AttendanceRules, CompiledRules>()

/** Compiles a rule set once; the same document object gives the same compiled rules. */
export function compileRules(rules: AttendanceRules): CompiledRules {
  const known = cache.get(rules)
  if (known) return known
  const compiled = compile(rules)
  cache.set(rules, compiled)
  return compiled
}

function compile(rules: AttendanceRules): CompiledRules {
  const boundary = minuteOfTime(rules.day_boundary)
  return {
    version: rules.version,
    boundary,
    makeupWeekday: rules.makeup_weekday ?? null,
    plans: rules.plans.map((plan, index) => compilePlan(plan, index, rules, boundary)),
    pairGap: (rules.overlap?.min_gap_minutes ?? 3) * 60,
    dedupe: rules.dedupe?.seconds ?? 0,
    dedupePath: rules.dedupe ? 'dedupe.seconds' : null,
    late: compileTable(rules.late, 'late'),
    early: compileTable(rules.early, 'early'),
    missing: compileMissing(rules.missing),
    rounding: compileRounding(rules),
    daySum: compileDaySum(rules),
  }
}

function compilePlan(plan: PlanRule, index: number, rules: AttendanceRules, boundary: number): CompiledPlan {
  const at = planClock(plan, boundary)
  const halves: Partial<Record<Half, Times>> = {}
  for (const half of ['am', 'pm'] as const) {
    const times = plan.halves[half]
    if (!times) continue
    halves[half] = { start: at(times.start), end: at(times.end) }
  }
  const path = `plans[${index}]`
  return {
    id: plan.id,
    path,
    when: plan.when ?? {},
    halves,
    slots: plan.slots.map((slot, i) => compileSlot(slot, `${path}.slots[${i}]`, halves, at)),
    ends: planEnds(plan, at),
    reason: { code: 'plan', rule: path, facts: { plan: plan.id, name: plan.name ?? plan.id, version: rules.version } },
  }
}

function compileSlot(slot: SlotRule, path: string, halves: CompiledPlan['halves'], at: PlanClock): CompiledSlot {
  const serves = (['am', 'pm'] as const).filter((half) => slot.serves.includes(half))
  const open = at(slot.open)
  const close = at(slot.close)
  const first = halves[serves[0] ?? 'am']
  const last = halves[serves[serves.length - 1] ?? 'am']
  const noon = slot.kind === 'either' && serves.length === 2
  const start = (noon ? last?.start : first?.start) ?? open
  const end = (noon ? first?.end : last?.end) ?? close
  return { id: slot.id, path, kind: slot.kind, serves, open, close, start, end, ...onTime(slot, start, end, at) }
}

type OnTime = Pick<CompiledSlot, 'from' | 'to'>

/** Where minutes start to count. A slot of kind `either` that serves one half has no boundary: being there is the proof. */
function onTime(slot: SlotRule, start: number, end: number, at: PlanClock): OnTime {
  const rule = slot.on_time ?? 'boundary'
  const lone = slot.kind === 'either' && slot.serves.length === 1
  if (rule === 'window' || (rule === 'boundary' && lone)) return { from: null, to: null }
  const given = rule === 'boundary' ? { from: end, to: start } : namedTimes(rule, at)
  return { from: slot.kind === 'in' ? null : given.from, to: slot.kind === 'out' ? null : given.to }
}

function namedTimes(rule: { from?: string | undefined; to?: string | undefined }, at: PlanClock): OnTime {
  return {
    from: rule.from === undefined ? null : at(rule.from),
    to: rule.to === undefined ? null : at(rule.to),
  }
}

function compileTable(table: GradingRule | undefined, path: string): CompiledTable {
  const from = Math.max(1, table?.grace ? lowest(table.grace) : 1)
  return {
    from,
    less: table?.counts_from === 'grace_end' ? from - 1 : 0,
    path: table ? path : null,
    gracePath: table?.grace ? `${path}.grace` : null,
    tiers: (table?.tiers ?? []).map((tier, i) => compileTier(tier, `${path}.tiers[${i}]`)),
  }
}

function compileTier(tier: TierRule, path: string): CompiledTable['tiers'][number] {
  return {
    atLeast: lowest(tier),
    class: tier.class,
    scoreAbsentHalves: tier.counts_as?.score_absent_halves ?? 0,
    proposal: tier.counts_as?.proposal ?? null,
    path,
  }
}

function compileMissing(missing: AttendanceRules['missing']): CompiledMissing {
  const one = missing.one_boundary
  const apart = typeof one !== 'string'
  return {
    in: apart ? one.in : one,
    out: apart ? one.out : one,
    inPath: apart ? 'missing.one_boundary.in' : 'missing.one_boundary',
    outPath: apart ? 'missing.one_boundary.out' : 'missing.one_boundary',
    all: missing.all_of_half,
    loneSlot: missing.lone_slot ?? 'day',
  }
}

function compileRounding(rules: AttendanceRules): CompiledRules['rounding'] {
  if (!rules.rounding || 'unit' in rules.rounding) return []
  return rules.rounding.tiers.map((tier) => ({
    atLeast: lowest(tier),
    upTo: tier.up_to ?? Number.MAX_SAFE_INTEGER,
    counts: tier.counts,
  }))
}

function compileDaySum(rules: AttendanceRules): CompiledDaySum | null {
  const sum = rules.day_sum
  if (!sum) return null
  return {
    late: sum.of.includes('late'),
    early: sum.of.includes('early'),
    atLeast: lowest(sum),
    class: sum.class,
  }
}

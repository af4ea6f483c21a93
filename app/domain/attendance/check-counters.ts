import type { CounterRule } from './counter-rules.ts'
import type { Problem } from './problem.ts'
import type { PlanRule } from './rules.ts'
import { lowest, oneLimit } from './threshold.ts'

/** Contradictions inside the counters: ladders that go down, units that do not fit, slots that no plan has. Source: rules.md §3. */
export function checkCounters(counters: readonly CounterRule[], plans: readonly PlanRule[] | null): Problem[] {
  const slots = plans && new Set(plans.flatMap((plan) => plan.slots.map((slot) => slot.id)))
  return counters.flatMap((rule, i) => {
    const path = `counters[${i}]`
    const twice = counters.findIndex(({ id }) => id === rule.id) < i
    return [
      ...(twice ? [{ path: `${path}.id`, value: rule.id, code: 'duplicate_id' as const, facts: { id: rule.id } }] : []),
      ...ladderProblems(rule, `${path}.ladder`),
      ...thingProblems(rule, path, slots),
      ...eachProblems(rule, `${path}.each`),
    ]
  })
}

function ladderProblems(rule: CounterRule, path: string): Problem[] {
  const steps = rule.ladder ?? []
  const limits = steps.flatMap((step, i) => oneLimit(step, `${path}[${i}]`))
  if (limits.length > 0) return limits
  return steps.flatMap((step, i): Problem[] => {
    const before = steps[i - 1]
    if (!before || lowest(step) >= lowest(before)) return []
    const facts = { at: lowest(step), before: lowest(before) }
    return [{ path: `${path}[${i}]`, value: step, code: 'ladder_not_ascending', facts }]
  })
}

function thingProblems(rule: CounterRule, path: string, slots: ReadonlySet<string> | null): Problem[] {
  return rule.counts.flatMap((thing, i): Problem[] => {
    const at = `${path}.counts[${i}]`
    if ('punch_day' in thing && slots && !slots.has(thing.punch_day)) {
      return [
        { path: `${at}.punch_day`, value: thing.punch_day, code: 'unknown_slot', facts: { slot: thing.punch_day } },
      ]
    }
    const timed = 'class' in thing || ('mark' in thing && (thing.mark === 'late' || thing.mark === 'early'))
    return rule.unit === 'minutes' && !timed
      ? [{ path: at, value: thing, code: 'counter_without_minutes', facts: { counter: rule.id } }]
      : []
  })
}

function eachProblems(rule: CounterRule, path: string): Problem[] {
  const { each } = rule
  if (!each || each.points !== undefined || each.counts_as !== undefined) return []
  return [{ path, value: each, code: 'each_without_effect', facts: { counter: rule.id } }]
}

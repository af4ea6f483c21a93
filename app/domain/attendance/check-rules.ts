import { isClockTime, minuteOfTime } from '#app/domain/time/clock-time.ts'
import { checkCounters } from './check-counters.ts'
import { checkPlan } from './check-plan.ts'
import { checkReach } from './check-reach.ts'
import { type Problem, valueAt } from './problem.ts'
import type { AttendanceRules, GradingRule, PlanRule, sections } from './rules.ts'
import { lowest, oneLimit } from './threshold.ts'

/**
 * What a document's shape cannot show: gaps and contradictions. Each section is checked as soon as its own shape is right, so that
 * one wrong key somewhere hides nothing elsewhere. Source: rules.md, opening and §9.
 */
export function contradictions(json: unknown, shapes: Sections): Problem[] {
  const plans = checkedPlans(json, shapes)
  return [
    ...plans.problems,
    ...tableProblems(section(json, shapes, 'late'), 'late'),
    ...tableProblems(section(json, shapes, 'early'), 'early'),
    ...postProblems(section(json, shapes, 'out_of_post')),
    ...sumProblems(section(json, shapes, 'day_sum')),
    ...roundingProblems(section(json, shapes, 'rounding')),
    ...checkCounters(section(json, shapes, 'counters') ?? [], plans.all),
    ...(plans.all ? checkReach(plans.all, section(json, shapes, 'makeup_weekday') ?? null) : []),
  ]
}

type Sections = typeof sections

/** One section's value when its shape is right. */
function section<K extends keyof Sections>(json: unknown, shapes: Sections, key: K): AttendanceRules[K] | undefined {
  const parsed = shapes[key].safeParse(valueAt(json, [key]))
  return parsed.success ? (parsed.data as AttendanceRules[K]) : undefined
}

function checkedPlans(json: unknown, shapes: Sections): { problems: Problem[]; all: PlanRule[] | null } {
  const listed = valueAt(json, ['plans'])
  if (!Array.isArray(listed)) return { problems: [], all: null }
  const boundaryText = valueAt(json, ['day_boundary'])
  const boundary = typeof boundaryText === 'string' && isClockTime(boundaryText) ? minuteOfTime(boundaryText) : 0
  const nearest = valueAt(json, ['overlap']) !== undefined
  const problems: Problem[] = []
  const good: PlanRule[] = []
  const ids = new Set<string>()
  for (const [i, item] of listed.entries()) {
    const parsed = shapes.plans.element.safeParse(item)
    if (!parsed.success) continue
    const path = `plans[${i}]`
    if (ids.has(parsed.data.id)) problems.push(duplicate(`${path}.id`, parsed.data.id))
    ids.add(parsed.data.id)
    problems.push(...checkPlan(parsed.data, path, { boundary, nearest }))
    good.push(parsed.data)
  }
  return { problems, all: good.length === listed.length && good.length > 0 ? good : null }
}

function duplicate(path: string, id: string): Problem {
  return { path, value: id, code: 'duplicate_id', facts: { id } }
}

function tableProblems(table: GradingRule | undefined, key: 'late' | 'early'): Problem[] {
  const grace = table?.grace ? oneLimit(table.grace, `${key}.grace`) : []
  if (!table?.tiers || grace.length > 0) return grace
  const from = Math.max(1, table.grace ? lowest(table.grace) : 1)
  const first = table.counts_from === 'grace_end' ? 1 : from
  return tierProblems(table.tiers, `${key}.tiers`, first)
}

function tierProblems(tiers: NonNullable<GradingRule['tiers']>, path: string, first: number): Problem[] {
  const limits = tiers.flatMap((tier, i) => oneLimit(tier, `${path}[${i}]`))
  if (limits.length > 0) return limits
  const problems: Problem[] = []
  for (const [i, tier] of tiers.entries()) {
    const at = lowest(tier)
    const before = tiers[i - 1]
    const after = tiers[i + 1]
    if (before && at <= lowest(before)) {
      problems.push({
        path: `${path}[${i}]`,
        value: tier,
        code: 'tiers_not_ascending',
        facts: { at, before: lowest(before) },
      })
    } else if (after && lowest(after) > at && lowest(after) <= first) {
      problems.push({ path: `${path}[${i}]`, value: tier, code: 'tier_unreachable', facts: { first } })
    }
  }
  const [start] = tiers
  if (start && lowest(start) > first) {
    const facts = { from: first, to: lowest(start) - 1 }
    problems.push({ path: `${path}[0]`, value: start, code: 'tier_gap', facts })
  }
  return problems
}

function postProblems(post: AttendanceRules['out_of_post']): Problem[] {
  if (!post?.tiers) return []
  const first = post.tiers[0] ? lowest(post.tiers[0]) : 1
  return tierProblems(post.tiers, 'out_of_post.tiers', first)
}

function sumProblems(sum: AttendanceRules['day_sum']): Problem[] {
  return sum ? oneLimit(sum, 'day_sum') : []
}

function roundingProblems(rounding: AttendanceRules['rounding']): Problem[] {
  if (!rounding || 'unit' in rounding) return []
  const limits = rounding.tiers.flatMap((tier, i) => oneLimit(tier, `rounding.tiers[${i}]`))
  if (limits.length > 0) return limits
  return rounding.tiers.flatMap((tier, i): Problem[] => {
    const before = rounding.tiers[i - 1]
    const floor = before ? (before.up_to ?? Number.MAX_SAFE_INTEGER) : 0
    const wrong = lowest(tier) <= floor || (tier.up_to !== undefined && tier.up_to < lowest(tier))
    return wrong
      ? [{ path: `rounding.tiers[${i}]`, value: tier, code: 'rounding_not_ascending', facts: { at: lowest(tier) } }]
      : []
  })
}

import { civilDay, lengthOfMonth } from '#app/domain/time/day.ts'
import { type DayTraits, planFor } from './plan.ts'
import type { Problem } from './problem.ts'
import type { PlanRule } from './rules.ts'

/**
 * Plans that no day ever reaches because earlier ones take them all (one without `when` may be there for the roster), and ordinary workdays that no plan takes 没有安排的工作日.
 * Source: rules.md §1 ("the first plan whose `when` holds is the day's plan").
 */
export function checkReach(plans: readonly PlanRule[], makeupWeekday: number | null): Problem[] {
  const reached = new Set<PlanRule>()
  const uncovered: DayTraits[] = []
  for (const one of cases(plans)) {
    const plan = planFor(plans, one, makeupWeekday)
    if (plan) reached.add(plan)
    else if (one.workday && one.groups.length === 0) uncovered.push(one)
  }
  const problems = plans.flatMap((plan, i): Problem[] =>
    reached.has(plan) || plan.when === undefined
      ? []
      : [{ path: `plans[${i}].when`, value: plan.when ?? null, code: 'plan_unreachable', facts: { plan: plan.id } }],
  )
  return uncovered.length > 0 ? [...problems, withoutPlan(uncovered)] : problems
}

function withoutPlan(uncovered: readonly DayTraits[]): Problem {
  const [first] = uncovered
  const date = civilDay(2024, first?.month ?? 1, first?.date ?? 1).slice(5)
  const weekdays = [...new Set(uncovered.map((one) => one.weekday))].sort().join(', ')
  return {
    path: 'plans',
    value: date,
    code: 'workday_without_plan',
    facts: { date, weekdays, cases: uncovered.length },
  }
}

/** Every date of a leap year with every weekday, on and off, for everybody and each named group: enough to meet each plan once. */
function* cases(plans: readonly PlanRule[]): Generator<DayTraits> {
  const named = [...new Set(plans.flatMap((plan) => plan.when?.groups ?? []))].filter((group) => group !== 'any')
  const memberships = [[], ...named.map((group) => [group]), named]
  for (let month = 1; month <= 12; month++) {
    for (let date = 1; date <= lengthOfMonth(2024, month); date++) {
      for (let weekday = 1; weekday <= 7; weekday++) {
        for (const groups of memberships) {
          yield { month, date, weekday, workday: true, groups }
          yield { month, date, weekday, workday: false, groups }
        }
      }
    }
  }
}

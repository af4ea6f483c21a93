import type { RouteRule } from './rules.ts'
import { type Applicant, applicants, type LeaveKind, leaveKinds } from './view.ts'

/** Lengths that a route table has to answer for, in half-days. */
export const longestHalves = 800

export type RouteProblem = {
  readonly path: string
  readonly value: unknown
  readonly code:
    | 'route_gap'
    | 'route_overlap'
    | 'route_empty'
    | 'route_two_lower_limits'
    | 'route_begins_with_filing'
    | 'party_twice'
    | 'duplicate_id'
  readonly facts: Readonly<Record<string, string | number>>
}

type Span = { readonly index: number; readonly from: number; readonly to: number }

/** The lengths a route decides, in half-days, both included 以上, 超过, 以内. */
export function spanOf(when: RouteRule['when']): { from: number; to: number } {
  const from = when.more_than_half_days === undefined ? (when.at_least_half_days ?? 1) : when.more_than_half_days + 1
  return { from: Math.max(1, from), to: when.up_to_half_days ?? longestHalves }
}

/** Whether a route speaks of these people and kinds, whatever the length. */
export function speaksOf(
  when: RouteRule['when'],
  asked: { readonly kind: LeaveKind; readonly applicant: Applicant; readonly singlePerson: boolean },
): boolean {
  if (when.types && !when.types.includes(asked.kind)) return false
  if (when.applicant && !when.applicant.includes(asked.applicant)) return false
  return when.window === undefined || when.window.single_person === asked.singlePerson
}

/**
 * Proves that every kind, length of 1 to 800 half-days, applicant and window has exactly one route, and says where not: "one day
 * or less" and "two days or more" leave 1½ days open. Source: rules.md §5.
 */
export function checkRoutes(routes: readonly RouteRule[]): RouteProblem[] {
  return [...routes.flatMap(routeProblems), ...duplicateIds(routes), ...coverProblems(routes)]
}

function routeProblems(route: RouteRule, index: number): RouteProblem[] {
  const path = `routes[${index}]`
  const problems: RouteProblem[] = []
  const { from, to } = spanOf(route.when)
  if (route.when.more_than_half_days !== undefined && route.when.at_least_half_days !== undefined) {
    problems.push({ path: `${path}.when`, value: route.when, code: 'route_two_lower_limits', facts: {} })
  }
  if (from > to) problems.push({ path: `${path}.when`, value: route.when, code: 'route_empty', facts: { from, to } })
  const [first] = route.steps
  if (first && 'file_with' in first) {
    problems.push({ path: `${path}.steps[0]`, value: first, code: 'route_begins_with_filing', facts: {} })
  }
  return [...problems, ...route.steps.flatMap((step, i) => partyTwice(step, `${path}.steps[${i}]`))]
}

function partyTwice(step: RouteRule['steps'][number], path: string): RouteProblem[] {
  const listed = ('by' in step ? step.by : 'all_of' in step ? step.all_of : step.file_with).map((one) =>
    JSON.stringify(one),
  )
  return new Set(listed).size === listed.length ? [] : [{ path, value: step, code: 'party_twice', facts: {} }]
}

function duplicateIds(routes: readonly RouteRule[]): RouteProblem[] {
  return routes.flatMap((route, index) => {
    const before = route.id === undefined ? -1 : routes.findIndex((other) => other.id === route.id)
    return before === -1 || before === index
      ? []
      : [{ path: `routes[${index}].id`, value: route.id, code: 'duplicate_id', facts: { id: route.id ?? '' } } as const]
  })
}

type Found = { readonly problem: RouteProblem; readonly kinds: Set<string>; readonly applicants: Set<string> }

/** One problem for each hole or double, whatever number of kinds and applicants it concerns. */
function coverProblems(routes: readonly RouteRule[]): RouteProblem[] {
  const found = new Map<string, Found>()
  for (const kind of leaveKinds) {
    for (const applicant of applicants) {
      for (const singlePerson of [false, true]) {
        const asked = { kind, applicant, singlePerson }
        for (const problem of holesOf(routes, asked)) note(found, problem, asked)
      }
    }
  }
  return [...found.values()].map(({ problem, kinds, applicants: who }) => ({
    ...problem,
    facts: { ...problem.facts, types: [...kinds].join(', '), applicants: [...who].join(', ') },
  }))
}

function note(found: Map<string, Found>, problem: RouteProblem, asked: { kind: string; applicant: string }): void {
  const key = JSON.stringify([problem.path, problem.code, problem.facts])
  const known = found.get(key) ?? { problem, kinds: new Set<string>(), applicants: new Set<string>() }
  known.kinds.add(asked.kind)
  known.applicants.add(asked.applicant)
  found.set(key, known)
}

function holesOf(routes: readonly RouteRule[], asked: Parameters<typeof speaksOf>[1]): RouteProblem[] {
  const spans = routes
    .flatMap((route, index): Span[] => {
      const span = spanOf(route.when)
      return speaksOf(route.when, asked) && span.from <= span.to ? [{ index, ...span }] : []
    })
    .sort((a, b) => a.from - b.from || a.index - b.index)
  const problems: RouteProblem[] = []
  let reached = 0
  let last: Span | null = null
  for (const span of spans) {
    if (span.from > reached + 1) problems.push(gap(reached + 1, span.from - 1))
    if (last && span.from <= reached) problems.push(doubled(routes, last, span, Math.min(reached, span.to)))
    if (span.to > reached) {
      reached = span.to
      last = span
    }
  }
  return reached < longestHalves ? [...problems, gap(reached + 1, longestHalves)] : problems
}

function gap(from: number, to: number): RouteProblem {
  return { path: 'routes', value: null, code: 'route_gap', facts: { from, to } }
}

function doubled(routes: readonly RouteRule[], a: Span, b: Span, to: number): RouteProblem {
  const [first, second] = a.index < b.index ? [a, b] : [b, a]
  const facts = { from: b.from, to, other: `routes[${first.index}]` }
  return { path: `routes[${second.index}].when`, value: routes[second.index]?.when, code: 'route_overlap', facts }
}

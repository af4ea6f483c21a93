import type { Role } from '#app/domain/access/roles.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { longestHalves, spanOf, speaksOf } from './check-routes.ts'
import type { LeaveRules, PartyRule, RouteRule, StepRule } from './rules.ts'
import type { Applicant, LeaveKind, Party, RouteStep } from './view.ts'

export type RouteQuestion = {
  readonly kind: LeaveKind
  /** Half-days as the kind is counted, with those of the requests it continues 续假. */
  readonly halves: number
  readonly applicant: Applicant
  readonly singlePerson?: boolean
}

export type ChosenRoute = {
  readonly steps: readonly RouteStep[]
  /** Path of the route in the document, for "why". */
  readonly path: string
  readonly ifAbsent: 'next' | 'refuse'
  readonly before: RouteRule['before'] | null
}

export type RouteRefusal = 'leave_too_long' | 'nothing_counted' | 'no_route'

/** Who decides on a request of this kind and length 审批权限. Source: rules.md §5; domain study §1.2 leave_authority. */
export function routeFor(rules: LeaveRules, asked: RouteQuestion): Result<ChosenRoute, RouteRefusal> {
  const { kind, halves, applicant, singlePerson = false } = asked
  if (halves < 1) return refuse('nothing_counted', { kind })
  if (halves > longestHalves) return refuse('leave_too_long', { halves, max: longestHalves })
  const index = rules.routes.findIndex(({ when }) => {
    const { from, to } = spanOf(when)
    return from <= halves && halves <= to && speaksOf(when, { kind, applicant, singlePerson })
  })
  const route = rules.routes[index]
  if (!route) return refuse('no_route', { kind, halves, applicant })
  return ok({
    steps: stepsOf(route.steps),
    path: `routes[${index}]`,
    ifAbsent: route.if_absent ?? 'refuse',
    before: route.before ?? null,
  })
}

/** Steps that only tell somebody 备案 belong to the step before them: they wait for nobody. */
function stepsOf(listed: readonly StepRule[]): RouteStep[] {
  const steps: RouteStep[] = []
  for (const one of listed) {
    if ('file_with' in one) {
      const before = steps.pop()
      if (before) steps.push({ ...before, told: [...before.told, ...one.file_with] })
    } else {
      steps.push(asked(one))
    }
  }
  return steps
}

function asked(step: Exclude<StepRule, { file_with: unknown }>): RouteStep {
  const all = 'all_of' in step
  const parties = (all ? step.all_of : step.by).map(partyOf)
  return {
    parties,
    mode: all ? 'all' : 'any',
    order: all ? (step.order ?? 'any') : 'any',
    side: step.side ?? (parties.every(isOutside) ? 'unit' : 'centre'),
    told: [],
  }
}

function partyOf(rule: PartyRule): Party {
  return typeof rule === 'string' ? rule : `external:${rule.external}`
}

/** Somebody without an account, named in the rules as `external`. */
export function isExternal(party: string): party is `external:${string}` {
  return party.startsWith('external:')
}

const isOutside = (party: Party): boolean => isExternal(party) || party === 'unit_contact' || party === 'unit_leader'

/**
 * Parties whose word HR may record from the paper 纸质审批代录: who has no account, the dispatching unit and the centre's
 * leader, who sign by hand. The chief representative, the duty officer and HR itself decide here.
 */
export function mayBeOnPaper(party: Party): boolean {
  return isOutside(party) || party === 'leader'
}

export type Passed = {
  readonly steps: readonly RouteStep[]
  /** Parties whose place nobody holds and who were passed over. */
  readonly passed: readonly Party[]
}

/**
 * The route with the places that nobody holds passed over, where the rules say so and a later step still decides: the last word is
 * never skipped, and a party whose word can come on paper stays, as long as somebody (`paperKept`) may record it. Source: domain study §1.2 if_absent_approver.
 */
export function passOver(
  route: Pick<ChosenRoute, 'steps' | 'ifAbsent'>,
  held: (party: Party) => boolean,
  paperKept = true,
): Result<Passed, 'no_decider'> {
  const passed: Party[] = []
  const steps: RouteStep[] = []
  for (const [index, step] of route.steps.entries()) {
    const kept = step.parties.filter((party) => held(party) || (paperKept && mayBeOnPaper(party)))
    const missing = step.parties.filter((party) => !kept.includes(party))
    const [lost] = missing
    const others = kept.length > 0 && step.mode === 'any'
    const last = index === route.steps.length - 1
    if (lost !== undefined && !others && (last || route.ifAbsent === 'refuse'))
      return refuse('no_decider', { party: lost })
    passed.push(...(others ? [] : missing))
    if (kept.length > 0) steps.push({ ...step, parties: kept })
    else carryTold(steps, step)
  }
  return ok({ steps, passed })
}

/** Whoever was to be told at a step that fell away is told at the one before it. */
function carryTold(steps: RouteStep[], step: RouteStep): void {
  const before = steps.pop()
  if (before) steps.push({ ...before, told: [...new Set([...before.told, ...step.told])] })
}

/** Whether a step waits for paper only 等纸质意见: of several who might decide it nobody, of a joint step somebody is without account. */
export function waitsForPaper(
  step: RouteStep | undefined,
  given: readonly Party[],
  held: (party: Party) => boolean,
): boolean {
  const awaited = awaitedOf(step, given)
  const onPaper = (party: Party) => mayBeOnPaper(party) && !held(party)
  return step?.mode === 'all' ? awaited.some(onPaper) : awaited.length > 0 && awaited.every(onPaper)
}

/** The parties of a step whose word is awaited now, given those who have approved it. */
export function awaitedOf(step: RouteStep | undefined, given: readonly Party[]): readonly Party[] {
  if (!step) return []
  if (step.mode === 'any') return step.parties.some((party) => given.includes(party)) ? [] : step.parties
  const open = step.parties.filter((party) => !given.includes(party))
  return step.order === 'listed' ? open.slice(0, 1) : open
}

export type Decider = {
  readonly role: Role
  /** The person whose leave it is, in whatever role they ask. */
  readonly isApplicant: boolean
  /** The party whose paper HR holds; left out when the visitor speaks for the own role. */
  readonly forParty?: Party | null
}

export type MayNot = 'own_request' | 'not_your_step' | 'already_decided' | 'not_on_paper'

/**
 * Whose word a visitor may give at a step: the own role's while it is awaited, or, as HR, that of a party on paper. Nobody decides
 * on the own leave, whichever role he acts in. Source: domain study §1.4; rules.md §5.
 */
export function mayDecide(
  route: readonly RouteStep[],
  step: number,
  given: readonly Party[],
  who: Decider,
): Result<Party, MayNot> {
  if (who.isApplicant) return refuse('own_request')
  const due = route[step]
  const awaited = awaitedOf(due, given)
  const party = who.forParty ?? who.role
  if (party !== who.role && (who.role !== 'hr' || !mayBeOnPaper(party))) return refuse('not_on_paper', { party })
  if (awaited.includes(party)) return ok(party)
  return given.includes(party) ? refuse('already_decided', { party }) : refuse('not_your_step', { party })
}

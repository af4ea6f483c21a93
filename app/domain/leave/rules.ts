import { z } from 'zod'
import { type Problem, shapeProblems, withoutUnknownKeys } from '#app/domain/attendance/problem.ts'
import { basis, clause, identifier } from '#app/domain/attendance/words.ts'
import { type Refusal, refuse } from '#app/domain/result.ts'
import { isCivilDay } from '#app/domain/time/day.ts'
import { checkRoutes, type RouteProblem } from './check-routes.ts'
import { applicants, leaveKinds } from './view.ts'

/**
 * The leave rule-set document 请假规则: how each kind is counted and who decides, as data. JSON in snake_case, unknown keys are
 * refused, and parsing changes nothing. Source: rules.md §5, §7; decisions 16.
 */
const civilDay = z.string().refine(isCivilDay, { params: { code: 'not_a_day' } })
const halfDays = z.int().min(0).max(800)

/** Roles that may be asked for their word; whoever has no account is named as `external`. */
export const deciders = ['chief_representative', 'duty_officer', 'hr', 'leader', 'unit_contact', 'unit_leader'] as const

const party = z.union([z.enum(deciders), z.strictObject({ external: z.string().trim().min(1).max(40) })])
const parties = z.array(party).min(1).max(6)
const side = z.enum(['centre', 'unit']).optional()

const kind = z.strictObject({
  count: z.enum(['working', 'calendar']),
  unit: z.enum(['half_day', 'day']),
  /** The longest single request, in half-days as counted; left out where the law names no end. */
  at_most_half_days: z.int().min(1).max(800).optional(),
  basis,
  clause,
})

const step = z.union([
  z.strictObject({ by: parties, side, basis, clause }),
  z.strictObject({ all_of: parties, order: z.enum(['any', 'listed']).optional(), side, basis, clause }),
  z.strictObject({
    file_with: z
      .array(z.enum([...deciders, 'inspector']))
      .min(1)
      .max(6),
    basis,
    clause,
  }),
])

const when = z.strictObject({
  types: z.array(z.enum(leaveKinds)).min(1).optional(),
  more_than_half_days: halfDays.optional(),
  at_least_half_days: halfDays.optional(),
  up_to_half_days: halfDays.optional(),
  applicant: z.array(z.enum(applicants)).min(1).optional(),
  window: z.strictObject({ single_person: z.boolean() }).optional(),
  basis,
  clause,
})

const route = z.strictObject({
  id: identifier.optional(),
  for: z.literal('leave'),
  when,
  steps: z.array(step).min(1).max(8),
  before: z
    .strictObject({
      lead: z.strictObject({ workdays: z.int().min(1).max(60) }),
      refuse: z.boolean(),
      warn: z.boolean(),
      basis,
      clause,
    })
    .optional(),
  if_absent: z.enum(['next', 'refuse']).optional(),
  basis,
  clause,
})

/** Sections by name, so that the routes can be checked when another section is wrong. */
export const leaveSections = {
  kind: z.literal('leave'),
  version: z.string().min(1).max(40),
  valid_from: civilDay,
  name: z.string().min(1).max(80),
  source: z.strictObject({
    title: z.string().min(1).max(200),
    number: z.string().max(80).nullable(),
    date: civilDay.nullable(),
    basis,
  }),
  basis,
  kinds: z.record(z.enum(leaveKinds), kind),
  /** Extensions 续假: whether requests of one kind that follow each other without a working half-day between are one length. */
  chain_total: z.boolean(),
  stand_in: z.strictObject({ single_person_window: z.enum(['required', 'optional']), basis, clause }),
  routes: z.array(route).min(1).max(200),
} as const

/** The document's shape; gaps and overlaps of the routes are in `check-routes.ts`. */
export const leaveRules = z.strictObject(leaveSections)

export type LeaveRules = z.infer<typeof leaveRules>
export type RouteRule = LeaveRules['routes'][number]
export type StepRule = RouteRule['steps'][number]
export type PartyRule = z.infer<typeof party>

export type LeaveProblem = Problem | RouteProblem

/** A document that may be used, or everything that is wrong with it. */
export type ParsedLeaveRules =
  | { readonly ok: true; readonly value: LeaveRules }
  | (Refusal<'rules_invalid'> & { readonly problems: readonly LeaveProblem[] })

/**
 * Reads a leave rule set and collects all its problems at once: wrong shape, unknown keys, and every (kind, length, applicant,
 * window) that no route or more than one decides. Source: rules.md §5 ("saving a route table proves …").
 */
export function parseLeaveRules(json: unknown): ParsedLeaveRules {
  const parsed = leaveRules.safeParse(json)
  const shape = parsed.success ? [] : shapeProblems(parsed.error, json)
  const routes = leaveSections.routes.safeParse(routesOf(withoutUnknownKeys(json, shape)))
  const problems = [...shape, ...(routes.success ? checkRoutes(routes.data) : [])]
  if (parsed.success && problems.length === 0) return { ok: true, value: parsed.data }
  return { ...refuse('rules_invalid', { problems: problems.length }), problems }
}

function routesOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>).routes : undefined
}

import { z } from 'zod'
import { type Refusal, refuse } from '#app/domain/result.ts'
import { isClockTime } from '#app/domain/time/clock-time.ts'
import { isCivilDay, lengthOfMonth } from '#app/domain/time/day.ts'
import { contradictions } from './check-rules.ts'
import { counter } from './counter-rules.ts'
import { type Problem, shapeProblems, withoutUnknownKeys } from './problem.ts'
import { basis, clause, identifier } from './words.ts'

/**
 * The attendance rule-set document 考勤规则: a centre's regulation as data. Everything here is JSON in snake_case, nothing is
 * code, unknown keys are refused, and parsing changes nothing: a document that was accepted reads back as it was written.
 * Source: rules.md §1–§3; decisions 16.
 */
const time = z.string().refine(isClockTime, { params: { code: 'not_a_time' } })
const civilDay = z.string().refine(isCivilDay, { params: { code: 'not_a_day' } })
const monthDay = z.string().refine(isMonthDay, { params: { code: 'not_a_month_day' } })
const minutes = z.int().min(0).max(1440)

function isMonthDay(text: string): boolean {
  const match = /^(\d{2})-(\d{2})$/.exec(text)
  return match !== null && Number(match[2]) >= 1 && Number(match[2]) <= lengthOfMonth(2024, Number(match[1]))
}

const half = z.enum(['am', 'pm'])

/** "以上" includes the number (`at_least`), "超过" does not (`more_than`). Source: rules.md, opening. */
const threshold = z.strictObject({ at_least: minutes.optional(), more_than: minutes.optional(), basis, clause })

const tier = z.strictObject({
  at_least: minutes.optional(),
  more_than: minutes.optional(),
  class: identifier,
  name: z.string().max(40).optional(),
  counts_as: z
    .strictObject({
      score_absent_halves: z.int().min(1).max(2).optional(),
      proposal: z.enum(['absent_half', 'absent_day']).optional(),
      basis,
      clause,
    })
    .optional(),
  basis,
  clause,
})

const gradingTable = z.strictObject({
  counts_from: z.enum(['boundary', 'grace_end']).optional(),
  grace: threshold.optional(),
  tiers: z.array(tier).max(20).optional(),
  basis,
  clause,
})

const slot = z.strictObject({
  id: identifier,
  name: z.string().max(40).optional(),
  kind: z.enum(['in', 'out', 'either']),
  serves: z.array(half).min(1).max(2),
  open: time,
  close: time,
  on_time: z
    .union([
      z.enum(['boundary', 'window']),
      z.strictObject({ from: time.optional(), to: time.optional(), basis, clause }),
    ])
    .optional(),
  basis,
  clause,
})

const halfTimes = z.strictObject({ start: time, end: time, basis, clause })

const when = z.strictObject({
  months: z.array(z.int().min(1).max(12)).min(1).max(12).optional(),
  season: z.tuple([monthDay, monthDay]).optional(),
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
  groups: z.array(identifier).min(1).max(50).optional(),
  workday: z.boolean().optional(),
  basis,
  clause,
})

const plan = z.strictObject({
  id: identifier,
  name: z.string().max(40).optional(),
  when: when.optional(),
  halves: z.strictObject({ am: halfTimes.optional(), pm: halfTimes.optional(), basis, clause }),
  slots: z.array(slot).min(1).max(6),
  basis,
  clause,
})

const missingVerdict = z.enum(['missing_punch', 'late', 'early', 'absent_half'])

const missing = z.strictObject({
  one_boundary: z.union([missingVerdict, z.strictObject({ in: missingVerdict, out: missingVerdict, basis, clause })]),
  all_of_half: missingVerdict,
  lone_slot: z.enum(['day', 'half']).optional(),
  basis,
  clause,
})

const roundingTier = z.strictObject({
  at_least: minutes.optional(),
  more_than: minutes.optional(),
  up_to: minutes.optional(),
  counts: minutes,
  basis,
  clause,
})

const rounding = z.union([
  z.strictObject({ unit: z.literal('minute'), basis, clause }),
  z.strictObject({ tiers: z.array(roundingTier).min(1).max(20), basis, clause }),
])

const daySum = z.strictObject({
  of: z
    .array(z.enum(['late', 'early']))
    .min(1)
    .max(2),
  at_least: minutes.optional(),
  more_than: minutes.optional(),
  class: identifier,
  basis,
  clause,
})

/** Sections by name, so that each can be checked by itself when another one is wrong. */
export const sections = {
  kind: z.literal('attendance').optional(),
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
  day_boundary: time,
  makeup_weekday: z.int().min(1).max(5).optional(),
  plans: z.array(plan).min(1).max(40),
  overlap: z.strictObject({ punch: z.literal('nearest'), min_gap_minutes: minutes, basis, clause }).optional(),
  dedupe: z.strictObject({ seconds: z.int().min(0).max(3600), basis, clause }).optional(),
  late: gradingTable.optional(),
  early: gradingTable.optional(),
  missing,
  rounding: rounding.optional(),
  out_of_post: z
    .strictObject({ register_at_least: minutes.optional(), tiers: z.array(tier).max(20).optional(), basis, clause })
    .optional(),
  day_sum: daySum.optional(),
  counters: z.array(counter).max(100).optional(),
} as const

/** The document's shape. What the shape cannot say (gaps, overlaps, order) is in `check-rules.ts`. */
export const attendanceRules = z.strictObject(sections)

export type AttendanceRules = z.infer<typeof attendanceRules>
export type PlanRule = AttendanceRules['plans'][number]
export type SlotRule = PlanRule['slots'][number]
export type GradingRule = NonNullable<AttendanceRules['late']>
export type TierRule = NonNullable<GradingRule['tiers']>[number]
export type MissingVerdict = z.infer<typeof missingVerdict>

/** Picks the rule set in force on a day: the latest `valid_from` not after it; null before the first. Source: rules.md, opening. */
export function ruleInForce<T extends { readonly valid_from: string; readonly version: string }>(
  sets: readonly T[],
  day: string,
): T | null {
  let best: T | null = null
  for (const set of sets) {
    if (set.valid_from > day) continue
    const order = best === null ? 1 : compare(set.valid_from, best.valid_from) || compare(set.version, best.version)
    if (order > 0) best = set
  }
  return best
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A document that may be used, or everything that is wrong with it. */
export type ParsedRules =
  | { readonly ok: true; readonly value: AttendanceRules }
  | (Refusal<'rules_invalid'> & { readonly problems: readonly Problem[] })

/**
 * Reads a rule-set document and collects all its problems at once: wrong shape, unknown keys, gaps and contradictions, each with
 * its path and the value that stands there. Source: rules.md, opening ("found when the document is saved").
 */
export function parseAttendanceRules(json: unknown): ParsedRules {
  const parsed = attendanceRules.safeParse(json)
  const shape = parsed.success ? [] : shapeProblems(parsed.error, json)
  const problems = [...shape, ...contradictions(withoutUnknownKeys(json, shape), sections)]
  if (parsed.success && problems.length === 0) return { ok: true, value: parsed.data }
  return { ...refuse('rules_invalid', { problems: problems.length }), problems }
}

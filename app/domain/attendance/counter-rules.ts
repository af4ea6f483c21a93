import { z } from 'zod'
import { coverageKinds, type Mark, marks } from './marks.ts'
import { basis, clause, identifier } from './words.ts'

/** The part of a rule set that counts over a period and says what follows 计数与阶梯. Source: rules.md §3. */
const mark = z.enum(Object.keys(marks) as [Mark, ...Mark[]])
const spans = z.enum(['day', 'week', 'month', 'quarter', 'year'])
const number = z.int().min(0).max(100_000)

/** One thing that a counter counts; exactly one key. Several things are several entries. */
const counted = z.union([
  z.strictObject({ mark }),
  z.strictObject({ class: identifier }),
  z.strictObject({ coverage: z.enum(coverageKinds) }),
  z.strictObject({ punch_day: identifier }),
  z.strictObject({ event: z.string().min(1).max(80) }),
])

const step = z.strictObject({
  at_least: number.optional(),
  more_than: number.optional(),
  measure: z.strictObject({
    kind: identifier,
    to: z.array(identifier).min(1).max(20).optional(),
    period: spans.optional(),
    text: z.string().max(200).optional(),
  }),
  basis,
  clause,
})

const each = z.strictObject({
  from_nth: z.int().min(1).max(1000).optional(),
  every: z.int().min(1).max(100_000).optional(),
  points: z.int().min(-100_000).max(100_000).optional(),
  cap: z.int().min(-100_000).max(100_000).optional(),
  counts_as: z
    .strictObject({ score_absent_halves: number.optional(), score_absent_days: number.optional() })
    .optional(),
  basis,
  clause,
})

export const counter = z.strictObject({
  id: identifier,
  name: z.string().max(40).optional(),
  counts: z.array(counted).min(1).max(40),
  unit: z.enum(['times', 'minutes', 'halves', 'days', 'present_days', 'punch_days']),
  period: z.union([spans, z.strictObject({ rolling_days: z.int().min(1).max(366) })]),
  scope: z.enum(['person', 'window', 'unit']).optional(),
  ladder: z.array(step).min(1).max(40).optional(),
  each: each.optional(),
  at_least_required: number.optional(),
  capped_at: z.literal('workdays').optional(),
  basis,
  clause,
})

export type CounterRule = z.infer<typeof counter>
export type CountedRule = CounterRule['counts'][number]

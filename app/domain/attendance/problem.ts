import type { z } from 'zod'

/** One thing wrong with a document: where, what stands there, and which rule it breaks; the catalogues make the sentence. */
export type Problem = {
  readonly path: string
  readonly value: unknown
  readonly code: ProblemCode
  readonly facts: Readonly<Record<string, string | number>>
}

export const problemCodes = [
  'wrong_type',
  'missing_key',
  'unknown_key',
  'not_yet',
  'too_small',
  'too_big',
  'not_one_of',
  'not_an_identifier',
  'not_a_time',
  'not_a_day',
  'not_a_month_day',
  'no_form_fits',
  'duplicate_id',
  'no_half',
  'half_end_before_start',
  'halves_overlap',
  'slot_close_before_open',
  'past_day_boundary',
  'slot_outside_half',
  'slot_unknown_half',
  'slot_overlap',
  'slot_on_time_incomplete',
  'slot_on_time_outside_window',
  'slot_either_needs_window',
  'threshold_needs_one',
  'tiers_not_ascending',
  'tier_gap',
  'tier_unreachable',
  'rounding_not_ascending',
  'season_repeats_months',
  'plan_unreachable',
  'workday_without_plan',
  'ladder_not_ascending',
  'unknown_slot',
  'counter_without_minutes',
  'each_without_effect',
  'day_of_other_year',
] as const

export type ProblemCode = (typeof problemCodes)[number]

/** A path as the reasons print it: plans[0].slots[1].open. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  )
}

/** The value at a path of a JSON document; undefined when nothing is there. */
export function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    json,
  )
}

/** The document without the keys that nobody knows, so that what is right around them can still be checked. */
export function withoutUnknownKeys(json: unknown, problems: readonly Problem[]): unknown {
  const unknown = new Set(
    problems.filter((one) => one.code === 'unknown_key' || one.code === 'not_yet').map((one) => one.path),
  )
  return unknown.size === 0 ? json : pruned(json, [], unknown)
}

function pruned(value: unknown, path: readonly PropertyKey[], unknown: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item, i) => pruned(item, [...path, i], unknown))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => !unknown.has(pathText([...path, key])))
  return Object.fromEntries(kept.map(([key, item]) => [key, pruned(item, [...path, key], unknown)]))
}

/** The schema's complaints in our words, one for each unknown key. */
export function shapeProblems(error: z.ZodError, json: unknown): Problem[] {
  return error.issues.flatMap((issue) => problemsOf(issue, json))
}

/** Parts of a regulation that have a form but no judge yet: money lines, routes, deadlines, leave kinds, scoring. Source: rules.md §4–§8. */
const later: ReadonlySet<string> = new Set(
  'money allowance base lines routes deadlines leave kinds scoring scheme composite ranking quota'.split(' '),
)

type Issue = z.core.$ZodIssue

function problemsOf(issue: Issue, json: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = [...issue.path, key]
      const code = path.length === 1 && later.has(key) ? 'not_yet' : 'unknown_key'
      return { path: pathText(path), value: valueAt(json, path), code, facts: { key } }
    })
  }
  const inner = issue.code === 'invalid_union' ? closestForm(issue, json) : null
  if (inner) return inner
  const value = issue.code === 'invalid_key' ? issue.path[issue.path.length - 1] : valueAt(json, issue.path)
  return [{ path: pathText(issue.path), value: value ?? null, ...codeOf(issue, value) }]
}

/** Where a value may have several forms, the complaints of the form that it resembles most. */
function closestForm(issue: Extract<Issue, { code: 'invalid_union' }>, json: unknown): Problem[] | null {
  const value = valueAt(json, issue.path)
  if (typeof value !== 'object' || value === null) return null
  const forms = issue.errors
    .filter((form) => form.some((one) => one.path.length > 0 || one.code === 'unrecognized_keys'))
    .sort((a, b) => a.length - b.length)
  const best = forms[0]
  if (!best) return null
  return best.flatMap((one) => problemsOf({ ...one, path: [...issue.path, ...one.path] } as Issue, json))
}

function codeOf(issue: Issue, value: unknown): Pick<Problem, 'code' | 'facts'> {
  if (value === undefined) return { code: 'missing_key', facts: {} }
  switch (issue.code) {
    case 'too_small':
      return { code: 'too_small', facts: { minimum: Number(issue.minimum) } }
    case 'too_big':
      return { code: 'too_big', facts: { maximum: Number(issue.maximum) } }
    case 'invalid_value':
      if (issue.path.join() === 'kind' && later.has(String(value)))
        return { code: 'not_yet', facts: { key: String(value) } }
      return { code: 'not_one_of', facts: { allowed: issue.values.map(String).join(', ') } }
    case 'invalid_format':
      return { code: 'not_an_identifier', facts: {} }
    case 'invalid_union':
      return wordOf(issue)
    case 'invalid_key':
      return issue.issues[0] ? codeOf(issue.issues[0] as Issue, value) : unfit
    case 'custom':
      return { code: (issue.params?.code as ProblemCode | undefined) ?? 'no_form_fits', facts: {} }
    case 'invalid_type':
      return { code: 'wrong_type', facts: { expected: issue.expected } }
    default:
      return unfit
  }
}

const unfit = { code: 'no_form_fits', facts: {} } as const

/** Where a word was written that is none of those that several forms allow: all of them. */
function wordOf(issue: Extract<Issue, { code: 'invalid_union' }>): Pick<Problem, 'code' | 'facts'> {
  const words = issue.errors.flat().flatMap((one) => (one.code === 'invalid_value' ? one.values.map(String) : []))
  return words.length > 0 ? { code: 'not_one_of', facts: { allowed: [...new Set(words)].join(', ') } } : unfit
}

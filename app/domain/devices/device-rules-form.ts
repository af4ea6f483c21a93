import { type DeviceRules, deviceRules } from './device-rules.ts'

export const deviceRuleValues = deviceRules.omit({
  kind: true,
  version: true,
  name: true,
  source: true,
  valid_from: true,
})
export type DeviceRuleValues = Pick<
  DeviceRules,
  'clock' | 'silence' | 'queue' | 'copy_templates' | 'speak_greetings' | 'alternate'
>

/** The whole numbers of the document, in the order of the page. */
export const numberPaths = [
  'clock.warn_seconds',
  'clock.quarantine_seconds',
  'clock.future_seconds',
  'silence.busy_minutes',
  'silence.usual_punches',
  'queue.punches',
  'queue.minutes',
  'alternate.attempts',
  'alternate.lock_minutes',
] as const
export const switchPaths = ['copy_templates', 'speak_greetings'] as const

export type NumberPath = (typeof numberPaths)[number]
export type SwitchPath = (typeof switchPaths)[number]
export type RulePath = NumberPath | SwitchPath

export type RuleProblem = {
  readonly path: RulePath | 'name'
  readonly code: 'not_a_number' | 'too_small' | 'too_big' | 'below_warning' | 'name_length'
  readonly limit: number
}

export type TypedRules = Readonly<Record<string, string>>

export type ReadRules =
  | { readonly ok: true; readonly value: DeviceRuleValues }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] }

/** The rules for readers as typed into the form, or everything that is wrong with them, each with its field. Source: decisions 16. */
export function readRules(typed: TypedRules): ReadRules {
  const number = (path: NumberPath) => numberOf(typed[path] ?? '')
  const values = {
    clock: {
      warn_seconds: number('clock.warn_seconds'),
      quarantine_seconds: number('clock.quarantine_seconds'),
      future_seconds: number('clock.future_seconds'),
    },
    silence: { busy_minutes: number('silence.busy_minutes'), usual_punches: number('silence.usual_punches') },
    queue: { punches: number('queue.punches'), minutes: number('queue.minutes') },
    copy_templates: typed.copy_templates === 'on',
    speak_greetings: typed.speak_greetings === 'on',
    alternate: { attempts: number('alternate.attempts'), lock_minutes: number('alternate.lock_minutes') },
  }
  const read = deviceRuleValues.safeParse(values)
  if (!read.success) return { ok: false, problems: read.error.issues.map(problemOf) }
  const { warn_seconds, quarantine_seconds } = read.data.clock
  if (quarantine_seconds > warn_seconds) return { ok: true, value: read.data }
  return { ok: false, problems: [{ path: 'clock.quarantine_seconds', code: 'below_warning', limit: warn_seconds }] }
}

/** Only whole numbers in plain digits, full-width ones as well: "1e3" and "" are none. */
function numberOf(text: string): number {
  const plain = text.normalize('NFKC').trim()
  return /^\d{1,9}$/.test(plain) ? Number(plain) : Number.NaN
}

type Issue = { readonly path: readonly PropertyKey[]; readonly code: string }

function problemOf(issue: Issue): RuleProblem {
  const path = issue.path.join('.') as RulePath
  if (issue.code === 'too_small') return { path, code: 'too_small', limit: limitOf(issue, 'minimum') }
  if (issue.code === 'too_big') return { path, code: 'too_big', limit: limitOf(issue, 'maximum') }
  return { path, code: 'not_a_number', limit: 0 }
}

function limitOf(issue: Issue, name: 'minimum' | 'maximum'): number {
  return Number((issue as unknown as Readonly<Record<string, unknown>>)[name] ?? 0)
}

/** One value of a document by its path, as the form shows it. */
export function valueAt(values: DeviceRuleValues, path: RulePath): number | boolean {
  const [first = '', second] = path.split('.')
  const part = (values as unknown as Readonly<Record<string, unknown>>)[first]
  return (second === undefined ? part : (part as Readonly<Record<string, unknown>>)[second]) as number | boolean
}

export type RuleChange = {
  readonly path: RulePath
  readonly before: number | boolean
  readonly after: number | boolean
}

/** What differs between two documents 改动, in the order of the page. */
export function changesBetween(before: DeviceRuleValues, after: DeviceRuleValues): readonly RuleChange[] {
  return [...numberPaths, ...switchPaths]
    .map((path) => ({ path, before: valueAt(before, path), after: valueAt(after, path) }))
    .filter((one) => one.before !== one.after)
}

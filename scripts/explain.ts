/**
 * Explains days: JSON in, JSON out, for auditors and for comparing with another calculation. No database, no clock.
 *
 *   npx tsx scripts/explain.ts [--lang zh-CN|en] [input.json]      or      … < input.json
 *
 * Input: {
 *   version: 1, zone: "Asia/Shanghai",
 *   rule_sets: [attendance documents],          the one in force is the latest valid_from not after the day
 *   calendar: [{ year, layer: "centre" | "local" | "state", title, number: string | null, issued_on?,
 *                days: { "2026-10-01": "holiday" | "rest" | "workday" | "makeup"
 *                        | { kind?, name?: { zh, en }, halves?: { am?, pm? }, groups?: [name] } } }],
 *     optional: the notices of 2025 and 2026 are known; a stored "state" layer replaces the known one of its year;
 *     later years are provisional statutory days; a year about which nothing is known is refused
 *   people: [{ id, postings?: [{ from, to? }] (left out: in service), groups?: [{ group, from, to? }],
 *     roster?: [{ date, plan: id | null }], coverage?: [{ kind, from, to, id? }], outages?: [{ source, from, to, id? }],
 *     corrections?: [{ date, slot, by?: "correction" | "roll", at?, witnessed?, id? }],
 *     punches?: [{ at: "2026-10-15T09:12:08", source, seq }] }],
 *   days: { from, to }, as_of?: moment up to which facts are known (left out: everything is known)
 * }
 * Moments are wall-clock times of the zone, or instants with Z or an offset.
 * Output: { people: [{ id, days: [{ date, plan, rule_version, halves: [{ half, mark, minutes_late, minutes_early, slots, reasons:
 * [{ code, rule, facts }], … }], unused, day_sum }], totals, counters: [{ id, from, to, value, events, reached, points, … }] }] }
 * with sorted keys and exit status 0, or exit status 1 with [{ path, value, message }] on standard error. The counters are those
 * of the rule set in force on the last day; what they count outside the punches is named in not_counted.
 */
import { readFileSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { countersOf } from '#app/domain/attendance/counters.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import { pathText, shapeProblems } from '#app/domain/attendance/problem.ts'
import { type AttendanceRules, parseAttendanceRules, ruleInForce } from '#app/domain/attendance/rules.ts'
import { buildCalendar, type Calendar, dayOf } from '#app/domain/calendar/year.ts'
import { addDays, daysBetween, daysFrom } from '#app/domain/time/day.ts'
import { factsOf, inOrder, readyPerson } from './explain/facts.ts'
import { type ExplainInput, explainInput } from './explain/input.ts'
import { personOut, sortedJson } from './explain/output.ts'
import { type Complaint, complaint, printed } from './explain/problems.ts'

const mostDays = 3_700

/** The answer as text, or everything that is wrong with the input. */
export function explain(text: string): { ok: true; output: string } | { ok: false; complaints: Complaint[] } {
  const json = read(text)
  if (!json.ok) return json
  const parsed = explainInput.safeParse(json.value)
  const shape = parsed.success ? [] : shapeProblems(parsed.error, json.value)
  const sets = ruleSets(json.value)
  const complaints = [...shape.map((p) => complaint(p.path, p.value, p.code, p.facts)), ...sets.complaints]
  if (!parsed.success || complaints.length > 0) return { ok: false, complaints }
  const calendar = buildCalendar(parsed.data.calendar ?? [])
  const refused = contradictions(parsed.data, sets.rules, calendar)
  if (refused.length > 0) return { ok: false, complaints: refused }
  return { ok: true, output: sortedJson({ people: answers(parsed.data, sets.rules, calendar) }) }
}

function read(text: string): { ok: true; value: unknown } | { ok: false; complaints: Complaint[] } {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ok: false, complaints: [complaint('', null, 'not_json', { reason })] }
  }
}

function ruleSets(json: unknown): { rules: AttendanceRules[]; complaints: Complaint[] } {
  const listed = typeof json === 'object' && json !== null && 'rule_sets' in json ? json.rule_sets : []
  const rules: AttendanceRules[] = []
  const complaints: Complaint[] = []
  for (const [i, document] of (Array.isArray(listed) ? listed : []).entries()) {
    const parsed = parseAttendanceRules(document)
    if (parsed.ok) rules.push(parsed.value)
    else {
      const at = pathText(['rule_sets', i])
      complaints.push(
        ...parsed.problems.map((p) => complaint(p.path ? `${at}.${p.path}` : at, p.value, p.code, p.facts)),
      )
    }
  }
  return { rules, complaints }
}

function contradictions(input: ExplainInput, rules: readonly AttendanceRules[], calendar: Calendar): Complaint[] {
  const { from, to } = input.days
  const length = daysBetween(from, to) + 1
  if (length < 1) return [complaint('days.to', to, 'days_reversed')]
  if (length > mostDays) return [complaint('days.to', to, 'too_many_days', { most: mostDays })]
  return [
    ...yearProblems(daysFrom(from, to), calendar),
    ...(ruleInForce(rules, from) ? [] : [complaint('rule_sets', null, 'no_rules_in_force', { day: from })]),
    ...twice(
      rules,
      (i) => `rule_sets[${i}].version`,
      (set) => `${set.valid_from} ${set.version}`,
    ),
    ...twice(
      input.people,
      (i) => `people[${i}].id`,
      (person) => person.id,
    ),
    ...input.people.flatMap((person, i) => [
      ...spanProblems(person.coverage, `people[${i}].coverage`, input.zone),
      ...spanProblems(person.outages, `people[${i}].outages`, input.zone),
      ...rosterProblems(person.roster, `people[${i}].roster`, rules),
      ...correctionProblems(person.corrections, `people[${i}].corrections`, rules),
    ]),
  ]
}

function twice<T>(items: readonly T[], path: (i: number) => string, key: (item: T) => string): Complaint[] {
  const seen = new Set<string>()
  return items.flatMap((item, i) => {
    const id = key(item)
    const again = seen.has(id)
    seen.add(id)
    return again ? [complaint(path(i), id, 'duplicate_id', { id })] : []
  })
}

function yearProblems(days: readonly string[], calendar: Calendar): Complaint[] {
  const firsts = days.filter((day, i) => i === 0 || day.endsWith('-01-01'))
  return firsts.flatMap((day) => {
    const found = dayOf(calendar, day)
    return found.ok ? [] : [complaint('calendar', found.facts.year, found.code, found.facts)]
  })
}

function spanProblems(
  spans: readonly { from: string; to: string }[] | undefined,
  path: string,
  zone: string,
): Complaint[] {
  return (spans ?? []).flatMap((span, i) => {
    return inOrder(span.from, span.to, zone) ? [] : [complaint(`${path}[${i}].to`, span.to, 'ends_before_it_begins')]
  })
}

function rosterProblems(
  roster: readonly { date: string; plan: string | null }[] | undefined,
  path: string,
  rules: readonly AttendanceRules[],
): Complaint[] {
  const unknown = (roster ?? []).flatMap(({ date, plan }, i) => {
    const known = plan === null || ruleInForce(rules, date)?.plans.some(({ id }) => id === plan)
    return known ? [] : [complaint(`${path}[${i}].plan`, plan, 'unknown_plan', { plan: plan ?? '' })]
  })
  return [
    ...unknown,
    ...twice(
      roster ?? [],
      (i) => `${path}[${i}].date`,
      ({ date }) => date,
    ),
  ]
}

function correctionProblems(
  corrections: readonly { date: string; slot: string }[] | undefined,
  path: string,
  rules: readonly AttendanceRules[],
): Complaint[] {
  return (corrections ?? []).flatMap(({ date, slot }, i) => {
    const plans = ruleInForce(rules, date)?.plans ?? []
    const known = plans.some((plan) => plan.slots.some(({ id }) => id === slot))
    return known ? [] : [complaint(`${path}[${i}].slot`, slot, 'unknown_slot', { slot })]
  })
}

function answers(input: ExplainInput, rules: readonly AttendanceRules[], calendar: Calendar): unknown[] {
  const days = daysFrom(input.days.from, input.days.to)
  return input.people.map((person) => {
    const ready = readyPerson(person, input.zone)
    const results = days.flatMap((day) => {
      const found = dayOf(calendar, day)
      const inForce = ruleInForce(rules, day)
      if (!found.ok || !inForce) return []
      const rulesBefore = ruleInForce(rules, addDays(day, -1))
      const question = { day, zone: input.zone, rules: inForce, rulesBefore, calendar: found.value, asOf: input.as_of }
      return [judgeDay(factsOf(ready, question), inForce)]
    })
    const last = ruleInForce(rules, input.days.to)
    return personOut(person.id, results, last ? countersOf(last, results) : [])
  })
}

function input(file: string | undefined): { ok: true; text: string } | { ok: false; complaints: Complaint[] } {
  try {
    return { ok: true, text: readFileSync(file ?? 0, 'utf8') }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ok: false, complaints: [complaint('', file ?? null, 'not_readable', { reason })] }
  }
}

function main(): void {
  const options = { lang: { type: 'string', default: 'en' } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const given = input(positionals[0])
  const result = given.ok ? explain(given.text) : given
  if (result.ok) process.stdout.write(result.output)
  else {
    const locale = values.lang.startsWith('zh') ? 'zh-CN' : 'en'
    process.stderr.write(sortedJson(result.complaints.map((one) => printed(one, locale))))
    process.exitCode = 1
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) main()

import type { CounterResult } from '#app/domain/attendance/counters.ts'
import type { DayResult, Half, PunchFact, Reason, SlotResult } from '#app/domain/attendance/day.ts'
import { type MonthTotals, monthTotals } from '#app/domain/attendance/month.ts'
import { timeOfSecond } from '#app/domain/time/clock-time.ts'

/** Facts that are seconds of the day; printed as clock times. */
const clockFacts = new Set(['at', 'due', 'open', 'close', 'from', 'to', 'used', 'outage_from', 'outage_to'])

function reasonOut(reason: Reason): unknown {
  const facts = Object.entries(reason.facts).map(([key, value]) => [
    key,
    clockFacts.has(key) && typeof value === 'number' ? clock(value) : value,
  ])
  return { code: reason.code, rule: reason.rule, facts: Object.fromEntries(facts) }
}

/** Before 00:00 of the day a time has a sign: coverage and outages may begin days earlier. */
const clock = (second: number): string => (second < 0 ? `-${timeOfSecond(-second)}` : timeOfSecond(second))

function punchOut(punch: PunchFact): unknown {
  return { at: clock(punch.second), source: punch.source, key: punch.key }
}

function slotOut(slot: SlotResult): unknown {
  return {
    id: slot.id,
    kind: slot.kind,
    serves: slot.serves,
    state: slot.state,
    open: clock(slot.open),
    close: clock(slot.close),
    due: clock(slot.due),
    minutes: slot.minutes,
    punch: slot.punch ? punchOut(slot.punch) : null,
    manual: slot.manual ?? null,
    ignored: slot.ignored.map(({ punch, why }) => ({ punch: punchOut(punch), why })),
  }
}

function halfOut(result: DayResult, half: Half): unknown {
  const found = result.halves[half]
  return {
    half,
    mark: found.mark,
    minutes_late: found.minutesLate,
    minutes_early: found.minutesEarly,
    grade: found.grade,
    score_absent_halves: found.scoreAbsentHalves ?? 0,
    proposal: found.proposal ?? null,
    final: found.final,
    slots: result.slots.filter((slot) => slot.serves.includes(half)).map(slotOut),
    reasons: found.reasons.map(reasonOut),
  }
}

function dayOut(result: DayResult): unknown {
  return {
    date: result.day,
    plan: result.plan,
    rule_version: result.ruleVersion,
    halves: [halfOut(result, 'am'), halfOut(result, 'pm')],
    day_sum: result.daySum
      ? { minutes: result.daySum.minutes, grade: result.daySum.grade, reason: reasonOut(result.daySum.reason) }
      : null,
    unused: result.unused.map(punchOut),
  }
}

function totalsOut(totals: MonthTotals): unknown {
  return {
    due: totals.due,
    attended: totals.attended,
    counted_as: totals.countedAs,
    by_setting: totals.bySetting,
    undecided: totals.undecided,
    not_due: totals.notDue,
    late: totals.lateTimes,
    late_minutes: totals.lateMinutes,
    early: totals.earlyTimes,
    early_minutes: totals.earlyMinutes,
    missing: totals.missing,
    absent: totals.absent,
    score_absent_halves: totals.scoreAbsentHalves,
    grades: totals.grades,
    provisional: totals.provisional,
    rate: totals.rate,
    marks: totals.marks,
  }
}

function counterOut(counter: CounterResult): unknown {
  return {
    id: counter.id,
    from: counter.from,
    to: counter.to,
    value: counter.value,
    events: counter.events.map(({ day, half, rule, counted }) => ({ date: day, half, rule, counted })),
    reached: counter.reached,
    points: counter.points,
    score_absent_halves: counter.scoreAbsentHalves,
    short: counter.short,
    not_counted: counter.notCounted,
  }
}

/** One person of the answer: every day with its halves and reasons, what they add up to, and the document's counters. */
export function personOut(id: string, results: readonly DayResult[], counters: readonly CounterResult[]): unknown {
  const totals = totalsOut(monthTotals(results))
  return { id, days: results.map(dayOut), totals, counters: counters.map(counterOut) }
}

/** JSON with sorted keys, so that equal answers are equal bytes. */
export function sortedJson(value: unknown): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

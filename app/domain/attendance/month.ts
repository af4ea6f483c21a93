import type { DayResult, HalfResult } from './day.ts'
import { type AttendanceEffect, type Mark, type MarkFamily, marks } from './marks.ts'

/** A month's (or any span's) totals in half-days, times and minutes 月度统计. */
export type MonthTotals = {
  /** Halves on which something was due 应出勤. */
  readonly due: number
  /** Halves worked, with or without a deduction 实出勤. */
  readonly attended: number
  /** Halves that count as attendance without being worked here 视同出勤: official duty and the leaves the law counts. */
  readonly countedAs: number
  /** Leave whose effect the centre decides (sick, other). */
  readonly bySetting: number
  /** Waiting for facts, for a person, or for the day to end. */
  readonly undecided: number
  readonly notDue: number
  readonly lateTimes: number
  readonly lateMinutes: number
  readonly earlyTimes: number
  readonly earlyMinutes: number
  readonly missing: number
  readonly absent: number
  /** Halves that tiers count as absent for the score; never statutory absence 旷工. */
  readonly scoreAbsentHalves: number
  /** (attended + countedAs) / due in hundredths of a percent, rounded down; null when nothing was due. */
  readonly rate: number | null
  /** Halves by mark and times by class of tier. */
  readonly marks: Readonly<Partial<Record<Mark, number>>>
  readonly grades: Readonly<Record<string, number>>
  /** Halves whose day stands on a calendar without notice: the month cannot be locked. */
  readonly provisional: number
}

const worked: ReadonlySet<MarkFamily> = new Set(['ok', 'man', 'late', 'early', 'both', 'miss'])

type Counts = { -readonly [K in keyof MonthTotals]: MonthTotals[K] } & {
  marks: Partial<Record<Mark, number>>
  grades: Record<string, number>
}

/** Adds up results; each total is the sum of its cells and of nothing else. Source: domain study §1.3.9, complaints 42. */
export function monthTotals(results: readonly DayResult[]): MonthTotals {
  const counts: Counts = {
    due: 0,
    attended: 0,
    countedAs: 0,
    bySetting: 0,
    undecided: 0,
    notDue: 0,
    lateTimes: 0,
    lateMinutes: 0,
    earlyTimes: 0,
    earlyMinutes: 0,
    missing: 0,
    absent: 0,
    scoreAbsentHalves: 0,
    rate: null,
    marks: {},
    grades: {},
    provisional: 0,
  }
  for (const result of results) {
    addHalf(counts, result.halves.am)
    addHalf(counts, result.halves.pm)
  }
  counts.rate = counts.due === 0 ? null : Math.floor(((counts.attended + counts.countedAs) * 10_000) / counts.due)
  return counts
}

function addHalf(counts: Counts, half: HalfResult): void {
  const { mark } = half
  const effect: AttendanceEffect = mark === null ? 'undecided' : marks[mark].counts
  if (mark !== null) counts.marks[mark] = (counts.marks[mark] ?? 0) + 1
  if (effect === 'not_due') counts.notDue += 1
  else counts.due += 1
  if (mark !== null && worked.has(marks[mark].family) && effect !== 'undecided') counts.attended += 1
  else if (effect === 'yes') counts.countedAs += 1
  else if (effect === 'setting') counts.bySetting += 1
  else if (effect === 'undecided') counts.undecided += 1
  addMinutes(counts, half)
}

/** Whether a half-day is one time late, one time early 迟到次数, 早退次数: by its minutes or by its mark. */
export function timesOf({ mark, minutesLate, minutesEarly }: HalfResult): { late: boolean; early: boolean } {
  const both = mark === 'late_and_early'
  return { late: minutesLate > 0 || mark === 'late' || both, early: minutesEarly > 0 || mark === 'early' || both }
}

function addMinutes(counts: Counts, half: HalfResult): void {
  const { mark } = half
  const times = timesOf(half)
  if (times.late) counts.lateTimes += 1
  if (times.early) counts.earlyTimes += 1
  counts.lateMinutes += half.minutesLate
  counts.earlyMinutes += half.minutesEarly
  if (mark === 'missing') counts.missing += 1
  if (mark === 'absent') counts.absent += 1
  counts.scoreAbsentHalves += half.scoreAbsentHalves ?? 0
  if (half.grade !== null) counts.grades[half.grade] = (counts.grades[half.grade] ?? 0) + 1
  if (half.reasons.some((reason) => reason.code === 'calendar_provisional')) counts.provisional += 1
}

import type { CivilDay } from '#app/domain/attendance/day.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { addDays } from '#app/domain/time/day.ts'
import type { DaySpan } from './posting.ts'

const forEver = '9999-12-31'

/** The last day of a span, as a day that can be compared. */
function lastOf(span: DaySpan): string {
  return span.endsOn ?? forEver
}

/** True when two spans share a day; both ends belong to them. */
export function overlaps(a: DaySpan, b: DaySpan): boolean {
  return a.startsOn <= lastOf(b) && b.startsOn <= lastOf(a)
}

/** The first of the others that shares a day with a span, by their beginnings; null when none does. */
export function overlapOf<T extends DaySpan>(span: DaySpan, others: readonly T[]): T | null {
  return [...others].sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1)).find((other) => overlaps(span, other)) ?? null
}

/** True when every day of `inner` lies in one of the `outer` spans, which may follow each other without a gap. */
export function coveredBy(inner: DaySpan, outer: readonly DaySpan[]): boolean {
  let next: string | null = inner.startsOn
  for (const span of [...outer].sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1))) {
    if (next === null || next < span.startsOn || next > lastOf(span)) continue
    if (lastOf(span) >= lastOf(inner)) return true
    next = span.endsOn === null ? null : addDays(span.endsOn, 1)
  }
  return false
}

/** Begun before it ends. */
export function inOrder<T extends DaySpan>(span: T): Result<T, 'ends_before_start'> {
  if (span.endsOn === null || span.endsOn >= span.startsOn) return ok(span)
  return refuse('ends_before_start', { startsOn: span.startsOn, endsOn: span.endsOn })
}

/** The days that belong to one of two spans and not to the other: those whose results a change of dates touches. */
export function touchedSpans(before: DaySpan | null, after: DaySpan | null): DaySpan[] {
  if (!before || !after) return [before ?? after].filter((span): span is DaySpan => span !== null)
  if (!overlaps(before, after)) return [before, after]
  const spans: DaySpan[] = []
  if (before.startsOn !== after.startsOn) {
    const [first, second] = [before.startsOn, after.startsOn].sort() as [CivilDay, CivilDay]
    spans.push({ startsOn: first, endsOn: addDays(second, -1) })
  }
  if (before.endsOn !== after.endsOn) {
    const [first, second] = [lastOf(before), lastOf(after)].sort() as [CivilDay, CivilDay]
    spans.push({ startsOn: addDays(first, 1), endsOn: second === forEver ? null : second })
  }
  return spans
}

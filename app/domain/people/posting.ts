/** A span of days, both ends included; open while `endsOn` is null. */
export type DaySpan = { readonly startsOn: string; readonly endsOn: string | null }

/** True when a span holds a day. */
export function spanHolds(span: DaySpan, day: string): boolean {
  return span.startsOn <= day && (span.endsOn === null || day <= span.endsOn)
}

/** In service 进驻: from the first to the last day of any posting; nothing is expected outside. Source: domain study §1.3.1. */
export function inService(postings: readonly DaySpan[], day: string): boolean {
  return postings.some((posting) => spanHolds(posting, day))
}

/** The effective-dated entry in force on a day; null when none is. They never overlap, so order does not matter. */
export function inForceOn<T extends DaySpan>(spans: readonly T[], day: string): T | null {
  return spans.find((span) => spanHolds(span, day)) ?? null
}

/** The named groups a person belongs to on a day, each once, in order of name. Source: rules.md §1 `groups`. */
export function groupsOn(memberships: readonly (DaySpan & { readonly group: string })[], day: string): string[] {
  return [...new Set(memberships.filter((one) => spanHolds(one, day)).map((one) => one.group))].sort()
}

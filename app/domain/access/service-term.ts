import type { CivilDay } from '#app/domain/attendance/day.ts'

/** One posting 派驻 as far as signing in goes: first and last day, both inclusive. */
export type Term = { readonly startsOn: CivilDay; readonly endsOn: CivilDay | null }

function runs(term: Term, day: CivilDay): boolean {
  return term.startsOn <= day && (term.endsOn === null || day <= term.endsOn)
}

/**
 * Whether a person's roles work on a day 授权随派驻终止: once a posting has begun, only while one runs, so that the day
 * after the last one nothing works any more, nor between two. Who was never posted, or whose first day is yet to come,
 * is held back by nothing (GB/T 22239-2019: accounts of people who left are disabled the same day).
 */
export function rolesHold(terms: readonly Term[], day: CivilDay): boolean {
  const begun = terms.filter((term) => term.startsOn <= day)
  return begun.length === 0 || begun.some((term) => runs(term, day))
}

/** The last day of the posting that ended last before a day; null when none did. */
export function lastServed(terms: readonly Term[], day: CivilDay): CivilDay | null {
  const ends = terms.map((term) => term.endsOn).filter((end): end is CivilDay => end !== null && end < day)
  return ends.sort().at(-1) ?? null
}

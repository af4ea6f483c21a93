import type { CivilDay } from '#app/domain/attendance/day.ts'

export type LeavingFacts = {
  readonly postings: readonly { readonly endsOn: CivilDay | null }[]
  /** Readers that still hold a template of the person, or were not proved to have lost it. */
  readonly readers: number
  /** The account as far as it is known; null for who may not see it. */
  readonly account: { readonly state: string; readonly waiting: readonly string[] } | null
}

export type Leaving = {
  readonly lastDay: CivilDay
  /** Whether the last day is over. */
  readonly over: boolean
  readonly readers: number
  readonly account: 'open' | 'asked' | 'settled'
}

const settled: readonly string[] = ['none', 'waiting', 'disabled']

/**
 * What is still to do for a person whose last posting has an end 离开手续: templates are deleted from the readers and the
 * account is disabled (PIPL art. 47: what is no longer needed is deleted; GB/T 22239-2019 8.1.4.2: accounts of people who
 * left). Null while any posting goes on, and when nothing is left to do.
 */
export function leavingOf({ postings, readers, account }: LeavingFacts, day: CivilDay): Leaving | null {
  const ends = postings.map((one) => one.endsOn)
  if (ends.length === 0 || ends.includes(null)) return null
  const lastDay = ends.filter((end) => end !== null).sort()[ends.length - 1] ?? day
  const state = account === null || settled.includes(account.state) ? 'settled' : accountLeft(account.waiting)
  return readers === 0 && state === 'settled' ? null : { lastDay, over: lastDay < day, readers, account: state }
}

function accountLeft(waiting: readonly string[]): 'open' | 'asked' {
  return waiting.includes('disable') ? 'asked' : 'open'
}

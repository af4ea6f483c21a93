import type { DaySpan } from '#app/domain/people/posting.ts'
import { dayNumber } from '#app/domain/time/day.ts'
import type { AssessmentMode } from './register-words.ts'

/** Half a year 半年: who was here for less is assessed by the unit, on the centre's appraisal. Source: domain study §2.3, §2.5 E01. */
const halfYearDays = 182

/** Days of a year within the postings, an open posting counted to the year's end; postings of one person never overlap. */
export function daysHere(postings: readonly DaySpan[], year: number): number {
  const [first, last] = [dayNumber(`${year}-01-01`), dayNumber(`${year}-12-31`)]
  return postings.reduce((sum, { startsOn, endsOn }) => {
    const from = Math.max(first, dayNumber(startsOn))
    const to = endsOn === null ? last : Math.min(last, dayNumber(endsOn))
    return sum + Math.max(0, to - from + 1)
  }, 0)
}

type Posting = DaySpan & { readonly mode: AssessmentMode | null; readonly unitMode: AssessmentMode }

/** The mode of one person for one year: the posting's own, else the unit's, by the last posting of the year; under half a year, c. */
export function modeOf(postings: readonly Posting[], year: number): AssessmentMode | null {
  const mine = postings.filter((one) => daysHere([one], year) > 0).sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1))
  const last = mine.at(-1)
  if (!last) return null
  if (daysHere(mine, year) < halfYearDays) return 'c'
  return last.mode ?? last.unitMode
}

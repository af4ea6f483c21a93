import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DaySpan } from '#app/domain/people/posting.ts'
import { checkInside, checkPost, checkPosting, checkWindow, endingWith } from '#app/domain/people/posting-rules.ts'
import { coveredBy, overlapOf, overlaps, touchedSpans } from '#app/domain/people/span.ts'
import { addDays, daysFrom } from '#app/domain/time/day.ts'

const first = '2026-01-01'
const day = (n: number) => addDays(first, n)
const horizon = 40
const span: fc.Arbitrary<DaySpan> = fc
  .tuple(fc.integer({ min: 0, max: 25 }), fc.option(fc.integer({ min: 0, max: 10 })))
  .map(([start, length]) => ({ startsOn: day(start), endsOn: length === null ? null : day(start + length) }))

/** The days of a span up to the horizon, one by one: what the rules must agree with. */
const daysOf = (one: DaySpan | null) => (one ? daysFrom(one.startsOn, one.endsOn ?? day(horizon)) : [])

test('two spans overlap exactly when they share a day', () => {
  fc.assert(
    fc.property(span, span, (a, b) => {
      const shared = daysOf(a).some((one) => daysOf(b).includes(one))
      expect(overlaps(a, b)).toBe(shared)
      expect(overlaps(b, a)).toBe(shared)
      expect(overlapOf(a, [b])).toBe(shared ? b : null)
    }),
  )
})

test('a span is covered exactly when each of its days is', () => {
  fc.assert(
    fc.property(span, fc.array(span, { maxLength: 4 }), (inner, outer) => {
      const days = new Set(outer.flatMap(daysOf))
      expect(coveredBy(inner, outer)).toBe(daysOf(inner).every((one) => days.has(one)))
    }),
    { numRuns: 1000 },
  )
})

test('a change of dates touches exactly the days that are in one span and not in the other', () => {
  fc.assert(
    fc.property(fc.option(span), fc.option(span), (before, after) => {
      const [left, right] = [daysOf(before), daysOf(after)]
      const expected = [...left.filter((one) => !right.includes(one)), ...right.filter((one) => !left.includes(one))]
      const touched = touchedSpans(before, after).flatMap(daysOf)
      expect([...touched].sort()).toEqual([...expected].sort())
    }),
    { numRuns: 1000 },
  )
})

test('postings that were let in one after the other never overlap', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (asked) => {
      const stored: { id: string; unit: string; startsOn: string; endsOn: string | null }[] = []
      for (const [index, one] of asked.entries()) {
        const draft = { ...one, id: `${index}`, dueOn: null }
        if (checkPosting(draft, stored, []).ok) stored.push({ ...one, id: `${index}`, unit: 'u' })
        else expect(stored.some((other) => overlaps(one, other))).toBe(true)
      }
      const days = stored.flatMap(daysOf)
      expect(new Set(days).size).toBe(days.length)
    }),
  )
})

test('an edited posting may keep its own dates and may not lose what lies in it', () => {
  const mine = { id: 'p', unit: '市监', startsOn: day(0), endsOn: null }
  const held = [{ id: 'h', what: 'A01', startsOn: day(3), endsOn: null }]
  expect(checkPosting({ ...mine, dueOn: null }, [mine], held).ok).toBe(true)
  expect(checkPosting({ ...mine, endsOn: day(9), dueOn: null }, [mine], held)).toMatchObject({
    code: 'posts_outside',
    facts: { what: 'A01', endsOn: '' },
  })
})

test('a post follows its posting through a change of units without a gap, and not across a gap', () => {
  const [a, b] = [
    { startsOn: day(0), endsOn: day(9) },
    { startsOn: day(10), endsOn: null },
  ]
  expect(checkInside({ startsOn: day(5), endsOn: null }, [b, a]).ok).toBe(true)
  const late = { startsOn: day(11), endsOn: null }
  expect(checkInside({ startsOn: day(5), endsOn: day(12) }, [a, late])).toMatchObject({
    code: 'outside_posting',
    facts: { endsOn: day(9) },
  })
  expect(checkInside({ startsOn: day(10), endsOn: null }, [a, late])).toMatchObject({ code: 'no_posting' })
})

test('a person’s second post at a window is refused, at another window it is not; B posts share a window', () => {
  const postings = [{ startsOn: day(0), endsOn: null }]
  const window = { number: 'A01', opensOn: day(0), closesOn: null }
  const own = [{ id: 'x', what: 'A01', startsOn: day(0), endsOn: day(4) }]
  const holder = [{ id: 'y', name: '陆𬭎', staffNumber: '1', startsOn: day(0), endsOn: null }]
  const draft = { post: 'b', windowId: 'w', startsOn: day(4), endsOn: null }
  expect(checkPost(draft, postings, window, own, holder)).toMatchObject({ code: 'post_overlaps' })
  expect(checkPost({ ...draft, startsOn: day(5) }, postings, window, own, holder).ok).toBe(true)
  expect(checkPost({ ...draft, startsOn: day(5), post: 'a' }, postings, window, own, holder)).toMatchObject({
    code: 'a_post_taken_open',
  })
  expect(checkPost({ ...draft, id: 'x', startsOn: day(0) }, postings, window, own, holder).ok).toBe(true)
})

test('with a posting end those that would go on; those that have ended stay, those to come are named', () => {
  const posting = { startsOn: day(0), endsOn: null }
  const one = (id: string, from: number, to: number | null) => ({
    id,
    what: id,
    startsOn: day(from),
    endsOn: to === null ? null : day(to),
  })
  const held = [one('over', 0, 5), one('open', 2, null), one('longer', 2, 20), one('later', 11, null)]
  const { end, later } = endingWith(held, posting, day(10))
  expect(end.map(({ id }) => id)).toEqual(['open', 'longer'])
  expect(later.map(({ id }) => id)).toEqual(['later'])
})

test('a post before its window opens is told the day, and the end only where there is one', () => {
  const span = { startsOn: '2026-09-01', endsOn: null }
  const window = { number: 'A01', opensOn: '2026-11-22', closesOn: null }
  expect(checkWindow(span, window)).toMatchObject({
    code: 'window_not_open_open',
    facts: { window: 'A01', opensOn: '2026-11-22' },
  })
  expect(checkWindow(span, { ...window, closesOn: '2026-12-31' })).toMatchObject({
    code: 'window_not_open',
    facts: { window: 'A01', opensOn: '2026-11-22', closesOn: '2026-12-31' },
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CoverageFact, DayFacts, DayResult, PunchFact } from '#app/domain/attendance/day.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import { coverageKinds, type Mark, marks } from '#app/domain/attendance/marks.ts'
import { monthTotals } from '#app/domain/attendance/month.ts'
import { fourPunchProfile, twoPunchProfile } from '#app/domain/attendance/presets.ts'
import { friday } from './support.ts'

const profiles = fc.constantFrom(fourPunchProfile, twoPunchProfile)

const second = fc.oneof(
  fc.integer({ min: 14_400, max: 100_000 }),
  fc.constantFrom(32_400, 43_200, 48_600, 61_200).chain((due) => fc.integer({ min: due - 2400, max: due + 2400 })),
)

const punch: fc.Arbitrary<PunchFact> = fc.record({
  second,
  source: fc.constantFrom('east', 'west'),
  key: fc.integer({ min: 0, max: 999 }).map(String),
})

const halfHour = fc.integer({ min: 16, max: 36 }).map((n) => n * 1800)

const coverage: fc.Arbitrary<CoverageFact> = fc
  .tuple(fc.constantFrom(...coverageKinds), halfHour, fc.integer({ min: 1, max: 12 }), fc.nat(99))
  .map(([kind, from, length, key]) => ({ kind, from, to: from + length * 1800, key: String(key) }))

const outage = fc
  .tuple(second, fc.integer({ min: 60, max: 20_000 }), fc.nat(99))
  .map(([from, length, key]) => ({ source: 'east', from, to: from + length, key: String(key) }))

const facts: fc.Arbitrary<DayFacts> = fc
  .record({
    punches: fc.array(punch, { maxLength: 8 }),
    coverage: fc.array(coverage, { maxLength: 2 }),
    outages: fc.array(outage, { maxLength: 2 }),
    calendar: fc.constantFrom(
      { am: 'work', pm: 'work' } as const,
      { am: 'work', pm: 'rest' } as const,
      { am: 'half_holiday', pm: 'work' } as const,
      { am: 'rest', pm: 'rest' } as const,
    ),
    asOf: fc.option(fc.integer({ min: 14_400, max: 100_800 })),
  })
  .map((some) => ({ ...friday, ...some }))

test('any order and repetition of the punches gives the same bytes', () => {
  fc.assert(
    fc.property(facts, profiles, fc.infiniteStream(fc.nat()), (given, rules, choices) => {
      const shuffled = [...given.punches, ...given.punches]
        .map((one) => ({ one, rank: choices.next().value as number }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ one }) => ({ ...one }))
      const once = JSON.stringify(judgeDay(given, rules))
      expect(JSON.stringify(judgeDay({ ...given, punches: shuffled }, rules))).toBe(once)
    }),
    { numRuns: 500 },
  )
})

/**
 * How bad a half is; pending is nobody's fault. Minutes that count as half a day are as bad as a missing punch: when leave
 * moves a boundary, one and the same punch may be the early leaving of one reading and the second arrival of the other.
 * Source: decisions 9.
 */
const badness = ({ mark, grade }: Pick<DayResult['halves']['am'], 'mark' | 'grade'>): number => {
  if (grade === 'half_day_absent' && mark !== 'absent') return 3
  const order: Partial<Record<Mark, number>> = { absent: 4, missing: 3, late_and_early: 2, late: 1, early: 1 }
  return mark === null ? 0 : (order[mark] ?? 0)
}

test('adding coverage never makes a half worse where each half has its own slots', () => {
  fc.assert(
    fc.property(facts, coverage, (given, more) => {
      const before = judgeDay({ ...given, asOf: null, outages: [] }, fourPunchProfile)
      const after = judgeDay(
        { ...given, asOf: null, outages: [], coverage: [...given.coverage, more] },
        fourPunchProfile,
      )
      for (const half of ['am', 'pm'] as const) {
        expect(badness(after.halves[half])).toBeLessThanOrEqual(badness(before.halves[half]))
      }
    }),
    { numRuns: 3000 },
  )
})

test('coming later never means fewer minutes late, leaving later never more minutes early', () => {
  fc.assert(
    fc.property(fc.integer({ min: 27_000, max: 39_599 }), fc.nat(3600), fc.nat(3600), (arrival, wait, stay) => {
      const one = (second: number, key: string): PunchFact => ({ second, source: 'east', key })
      const day = (arrive: number, leave: number): DayResult =>
        judgeDay({ ...friday, punches: [one(arrive, 'a'), one(leave, 'b')] }, fourPunchProfile)
      const later = Math.min(39_599, arrival + wait)
      const late = (second: number): number => day(second, 43_200).halves.am.minutesLate
      const early = (second: number): number => day(30_000, second).halves.am.minutesEarly
      expect(late(later)).toBeGreaterThanOrEqual(late(arrival))
      expect(early(39_660 + stay)).toBeGreaterThanOrEqual(early(39_660 + stay + 60))
    }),
  )
})

test('as time goes on nothing final changes', () => {
  fc.assert(
    fc.property(facts, profiles, fc.nat(100_800), fc.nat(86_400), (given, rules, early, more) => {
      const upTo = (asOf: number): DayResult =>
        judgeDay({ ...given, asOf, punches: given.punches.filter((one) => one.second <= asOf) }, rules)
      const [before, after] = [upTo(early), upTo(early + more)]
      for (const half of ['am', 'pm'] as const) {
        if (!before.halves[half].final) continue
        expect(after.halves[half]).toMatchObject({ final: true, mark: before.halves[half].mark })
        expect(after.halves[half].minutesLate).toBe(before.halves[half].minutesLate)
      }
    }),
    { numRuns: 2000 },
  )
})

test('nobody is absent before the last slot of the half has closed', () => {
  fc.assert(
    fc.property(facts, profiles, fc.nat(100_800), (given, rules, asOf) => {
      const result = judgeDay({ ...given, asOf, punches: [] }, rules)
      for (const half of ['am', 'pm'] as const) {
        if (result.halves[half].mark !== 'absent') continue
        const closes = result.slots.filter((slot) => slot.serves.includes(half)).map((slot) => slot.close + 60)
        expect(asOf).toBeGreaterThanOrEqual(Math.max(...closes))
      }
    }),
    { numRuns: 1000 },
  )
})

test('when the day is over every half is final and has a mark and reasons', () => {
  fc.assert(
    fc.property(facts, profiles, (given, rules) => {
      const result = judgeDay({ ...given, asOf: null }, rules)
      for (const half of [result.halves.am, result.halves.pm]) {
        expect(half.final).toBe(true)
        expect(half.mark).not.toBeNull()
        expect(half.reasons.length).toBeGreaterThan(0)
      }
    }),
  )
})

test('every punch is used, ignored with a reason, or unused: none is lost', () => {
  fc.assert(
    fc.property(facts, profiles, (given, rules) => {
      const result = judgeDay(given, rules)
      const told = [
        ...result.unused,
        ...result.slots.flatMap((slot) => [...(slot.punch ? [slot.punch] : []), ...slot.ignored.map((i) => i.punch)]),
      ]
      const distinct = new Set(given.punches.map((one) => JSON.stringify(one)))
      expect(new Set(told.map((one) => JSON.stringify(one)))).toEqual(distinct)
      expect(told).toHaveLength(distinct.size)
    }),
  )
})

/** The value at "late.tiers[1]" of a document. */
function resolve(document: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
}

test("every reason's rule is a path that stands in the document", () => {
  fc.assert(
    fc.property(facts, profiles, (given, rules) => {
      const result = judgeDay(given, rules)
      for (const reason of [...result.halves.am.reasons, ...result.halves.pm.reasons]) {
        if (reason.rule !== null) expect(resolve(rules, reason.rule), reason.rule).toBeDefined()
      }
    }),
  )
})

test('all numbers are integers', () => {
  fc.assert(
    fc.property(facts, profiles, (given, rules) => {
      JSON.stringify(judgeDay(given, rules), (_, value) => {
        if (typeof value === 'number') expect(Number.isInteger(value)).toBe(true)
        return value
      })
    }),
  )
})

test('totals are the sum of their cells', () => {
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 12 }), profiles, (days, rules) => {
      const results = days.map((one) => judgeDay(one, rules))
      const cells = results.flatMap((result) => [result.halves.am, result.halves.pm])
      const totals = monthTotals(results)
      const sum = (of: (cell: (typeof cells)[number]) => number): number => cells.reduce((n, cell) => n + of(cell), 0)
      expect(totals.due + totals.notDue).toBe(cells.length)
      expect(totals.lateMinutes).toBe(sum((cell) => cell.minutesLate))
      expect(totals.earlyMinutes).toBe(sum((cell) => cell.minutesEarly))
      expect(Object.values(totals.marks).reduce((n, count) => n + count, 0)).toBe(sum((cell) => (cell.mark ? 1 : 0)))
      expect(totals.attended + totals.countedAs + totals.bySetting + totals.undecided).toBe(
        totals.due - sum((cell) => (cell.mark !== null && marks[cell.mark].counts === 'no' ? 1 : 0)),
      )
    }),
  )
})

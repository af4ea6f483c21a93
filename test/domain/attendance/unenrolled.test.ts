import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { notEnrolled } from '#app/domain/attendance/day.ts'
import { unenrolledTimes } from '#app/domain/attendance/outage.ts'

const day = { from: 14_400, to: 100_800 }
const times = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 110_000 }), fc.integer({ min: 1, max: 60_000 })).map(([from, length]) => ({
    from,
    to: from + length,
  })),
  { maxLength: 5 },
)

describe('times without an enrolled finger', () => {
  test('are exactly the seconds of the day that no enrolment holds', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: day.from, max: day.to - 1 }), (enrolled, second) => {
        const known = enrolled.some(({ from, to }) => from <= second && second < to)
        const gap = unenrolledTimes(enrolled, day).some(({ from, to }) => from <= second && second < to)
        expect(gap).toBe(!known)
      }),
    )
  })

  test('are the whole day of somebody whom no reader knows, and none of somebody whom one always knew', () => {
    expect(unenrolledTimes([], day)).toEqual([{ source: notEnrolled, key: notEnrolled, ...day }])
    expect(unenrolledTimes([{ from: 0, to: 200_000 }], day)).toEqual([])
  })
})

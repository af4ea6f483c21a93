import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  common,
  countOf,
  type Numbers,
  portion,
  skipped,
  without,
  withoutAll,
} from '#app/domain/devices/spool-ranges.ts'

const numbers = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 30 }))
  .map(([first, more]): Numbers => ({ first, last: first + more }))

function each({ first, last }: Numbers): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

const all = (ranges: readonly Numbers[]) => ranges.flatMap(each)

describe('numbers of a spool', () => {
  test('what remains is exactly what was not taken, in order, in as few pieces as there are', () => {
    fc.assert(
      fc.property(numbers, fc.array(numbers, { maxLength: 6 }), (range, taken) => {
        const gone = new Set(all(taken))
        const left = withoutAll(range, taken)
        expect(all(left)).toEqual(each(range).filter((number) => !gone.has(number)))
        left.forEach((piece, index) => {
          const next = left[index + 1]
          if (next) expect(next.first).toBeGreaterThan(piece.last + 1)
        })
      }),
    )
  })

  test('what two ranges share and what one leaves of the other are together that other', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const shared = common(a, b)
        const parts = [...without(a, b), ...(shared ? [shared] : [])]
        expect(all(parts).sort((x, y) => x - y)).toEqual(each(a))
        expect(parts.reduce((sum, part) => sum + countOf(part), 0)).toBe(countOf(a))
      }),
    )
  })

  test('a batch skips what lies between the highest number stored and its first', () => {
    expect(skipped(7, 8)).toBeNull()
    expect(skipped(7, 3)).toBeNull()
    expect(skipped(0, 1)).toBeNull()
    expect(skipped(7, 10)).toEqual({ first: 8, last: 9 })
  })

  test('a portion is a beginning of what there is, bounded in ranges and in numbers', () => {
    fc.assert(
      fc.property(fc.array(numbers, { maxLength: 8 }), fc.nat(5), fc.nat(80), (ranges, most, count) => {
        const taken = portion(ranges, most, count)
        expect(taken.length).toBeLessThanOrEqual(most)
        expect(all(taken)).toEqual(all(ranges.slice(0, most)).slice(0, count))
      }),
    )
  })
})

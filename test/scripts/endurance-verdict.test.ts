import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstDifference, type Matched } from '../../scripts/endurance/compare.ts'

const lit = (slot: number): Matched => ({ slot, lit: true })
const dark = (slot: number): Matched => ({ slot, lit: false })
const anyMatched = fc.array(fc.record({ slot: fc.integer({ min: 1, max: 3 }), lit: fc.boolean() }), { maxLength: 40 })

describe('the verdict over one reader', () => {
  it('takes every ledger that holds all lit matches and any of the dark ones, in order', () => {
    fc.assert(
      fc.property(anyMatched, fc.infiniteStream(fc.boolean()), (matched, chances) => {
        const rows = matched.filter((match) => match.lit || chances.next().value).map(({ slot }) => slot)
        expect(firstDifference(matched, rows)).toBeNull()
      }),
    )
  })

  it('refuses a ledger from which a lit match is missing', () => {
    expect(firstDifference([lit(1), lit(2)], [1])).toContain('match 2 (slot 2)')
    expect(firstDifference([dark(1), lit(1)], [])).toContain('match 2 (slot 1)')
  })

  it('refuses a row too many, whatever its slot', () => {
    expect(firstDifference([lit(1)], [1, 1])).toContain('2 rows')
    expect(firstDifference([lit(1), dark(2)], [1, 2, 2])).toContain('3 rows')
    expect(firstDifference([], [7])).toContain('1 rows')
  })

  it('refuses an order that never was', () => {
    expect(firstDifference([lit(1), lit(2)], [2, 1])).not.toBeNull()
  })
})

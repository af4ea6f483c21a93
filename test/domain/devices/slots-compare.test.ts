import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slotsOfRanges } from '#app/domain/devices/enrol-slots.ts'
import { compareSlots, rangesOfSlots, type SlotHolding } from '#app/domain/devices/slots-compare.ts'

const slot = fc.integer({ min: 0, max: 200 })
const slots = fc.uniqueArray(slot, { maxLength: 60 })
const readMs = 1000
const holding = fc
  .record({
    slot,
    startsMs: fc.integer({ min: 0, max: 2000 }),
    lasts: fc.option(fc.integer({ min: 1, max: 1500 })),
    proved: fc.boolean(),
  })
  .map(({ slot, startsMs, lasts, proved }): SlotHolding => {
    const endsMs = lasts === null ? null : startsMs + lasts
    return { slot, startsMs, endsMs, proved: proved && endsMs !== null }
  })

describe('an index table as text', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(slots, (some) => {
        expect(slotsOfRanges(rangesOfSlots(some))).toEqual([...some].sort((a, b) => a - b))
      }),
    )
  })

  it('joins runs and says a single slot once', () => {
    expect(rangesOfSlots([7, 0, 1, 2, 3, 3])).toBe('0-3,7')
    expect(rangesOfSlots([])).toBe('')
  })
})

describe('a module compared with the database', () => {
  it('puts every slot of the module into exactly one heap and never one twice', () => {
    fc.assert(
      fc.property(slots, fc.array(holding, { maxLength: 60 }), (taken, holdings) => {
        const { matched, left, unknown, missing } = compareSlots(taken, holdings, readMs)
        expect([...matched, ...left, ...unknown].sort((a, b) => a - b)).toEqual([...taken].sort((a, b) => a - b))
        expect(missing.filter((one) => taken.includes(one))).toEqual([])
        expect(new Set(missing).size).toBe(missing.length)
      }),
    )
  })

  it('calls a slot missing only when somebody holds it now and held it when the table was read', () => {
    fc.assert(
      fc.property(slots, fc.array(holding, { maxLength: 60 }), (taken, holdings) => {
        for (const one of compareSlots(taken, holdings, readMs).missing) {
          expect(holdings.some((held) => held.slot === one && held.endsMs === null && held.startsMs <= readMs)).toBe(
            true,
          )
        }
      }),
    )
  })

  it('finds nothing wrong when the module holds exactly what the database says', () => {
    fc.assert(
      fc.property(slots, (some) => {
        const holdings = some.map((one) => ({ slot: one, startsMs: 0, endsMs: null, proved: false }))
        const { matched, left, unknown, missing } = compareSlots(some, holdings, readMs)
        expect([left, unknown, missing]).toEqual([[], [], []])
        expect(matched.length).toBe(some.length)
      }),
    )
  })

  it('tells a template that outlived its enrolment from one nobody ever enrolled', () => {
    const ended = { slot: 3, startsMs: 0, endsMs: 500, proved: false }
    expect(compareSlots([3, 4], [ended], readMs)).toMatchObject({ left: [3], unknown: [4] })
    expect(compareSlots([3], [{ ...ended, proved: true }], readMs)).toMatchObject({ left: [], unknown: [3] })
  })

  it('does not miss what was enrolled after the table was read', () => {
    const later = { slot: 5, startsMs: 1500, endsMs: null, proved: false }
    expect(compareSlots([], [later], readMs).missing).toEqual([])
    expect(compareSlots([5], [later], readMs).matched).toEqual([5])
  })
})

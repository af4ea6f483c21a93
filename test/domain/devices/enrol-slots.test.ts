import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareTable } from '#app/domain/devices/enrol-list.ts'
import {
  chooseSlot,
  type SlotFacts,
  slotRestsMs,
  slotsOfRanges,
  type UsedSlot,
} from '#app/domain/devices/enrol-slots.ts'
import { rangesOf } from '#devices/driver/slots.ts'

const nowMs = Date.parse('2026-11-20T02:00:00.000Z')

const used: fc.Arbitrary<UsedSlot> = fc.record({
  slot: fc.integer({ min: 0, max: 19 }),
  endsAtMs: fc.option(fc.integer({ min: nowMs - 3 * slotRestsMs, max: nowMs + 1000 })),
  deleted: fc.boolean(),
})
const slots = fc.uniqueArray(fc.integer({ min: 0, max: 19 }))
const facts: fc.Arbitrary<SlotFacts> = fc.record({
  capacity: fc.integer({ min: 1, max: 20 }),
  taken: fc.option(slots),
  used: fc.array(used, { maxLength: 30 }),
  unclaimed: slots,
  nowMs: fc.constant(nowMs),
})

test('a chosen slot is never one that the module, an enrolment or history still needs', () => {
  fc.assert(
    fc.property(facts, (known) => {
      const chosen = chooseSlot(known)
      if (!chosen.ok) return
      const slot = chosen.value
      expect(slot).toBeLessThan(known.capacity)
      expect(known.taken ?? []).not.toContain(slot)
      expect(known.unclaimed).not.toContain(slot)
      for (const one of known.used.filter((other) => other.slot === slot)) {
        expect(one.endsAtMs).not.toBeNull()
        expect(one.endsAtMs ?? nowMs).toBeLessThanOrEqual(nowMs - slotRestsMs)
        // Without proof of deletion only an index table that shows it empty will do.
        expect(one.deleted || known.taken !== null).toBe(true)
      }
    }),
  )
})

test('a reader is full only when every slot is held', () => {
  const full = { capacity: 3, taken: [0, 1], used: [{ slot: 2, endsAtMs: null, deleted: false }], unclaimed: [], nowMs }
  expect(chooseSlot(full)).toMatchObject({ ok: false, code: 'reader_full' })
  expect(chooseSlot({ ...full, taken: [0] })).toMatchObject({ ok: true, value: 1 })
})

test('slots nobody had come first, then the one whose last person is gone longest', () => {
  const long = nowMs - 3 * slotRestsMs
  const gone = (slot: number, endsAtMs: number) => ({ slot, endsAtMs, deleted: true })
  const base = { capacity: 4, taken: null, unclaimed: [], nowMs }
  expect(chooseSlot({ ...base, used: [gone(1, long), gone(2, long)] })).toMatchObject({ value: 3 })
  const all = [gone(0, long + 2), gone(1, long + 1), gone(2, long), gone(3, long + 3)]
  expect(chooseSlot({ ...base, used: all })).toMatchObject({ value: 2 })
})

test('the index table is written and read back without loss', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 1023 })), (taken) => {
      const sorted = [...taken].sort((a, b) => a - b)
      expect(slotsOfRanges(rangesOf(sorted))).toEqual(sorted)
    }),
  )
  expect(slotsOfRanges('')).toEqual([])
  expect(slotsOfRanges('nonsense,3,9-7')).toEqual([3])
})

test('register and index table are compared both ways; a template still owed to its last person is not nobody’s', () => {
  const used = [
    { slot: 1, endsAtMs: null, deleted: false },
    { slot: 2, endsAtMs: nowMs, deleted: false },
    { slot: 3, endsAtMs: nowMs, deleted: true },
    { slot: 4, endsAtMs: null, deleted: false },
  ]
  expect(compareTable([1, 2, 3, 9], used)).toEqual({ unowned: [3, 9], missing: [4] })
})

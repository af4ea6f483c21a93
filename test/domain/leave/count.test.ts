import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { CivilDay, Half, HalfKind } from '#app/domain/attendance/day.ts'
import { buildCalendar, dayOf, halvesFor } from '#app/domain/calendar/year.ts'
import { checkPeriod, countLeave } from '#app/domain/leave/count.ts'
import { freePieces, type Stretch } from '#app/domain/leave/pieces.ts'
import type { LeavePeriod } from '#app/domain/leave/view.ts'
import { addDays } from '#app/domain/time/day.ts'
import { addHalfDays, halfDaysOf } from '#app/domain/time/half-day.ts'

const calendar = buildCalendar([])

function halvesIn(groups: readonly string[] = []): (day: CivilDay) => Readonly<Record<Half, HalfKind>> {
  return (day) => {
    const found = dayOf(calendar, day)
    if (!found.ok) throw new Error(found.code)
    return halvesFor(found.value, groups)
  }
}

const period = (firstDay: string, firstHalf: Half, lastDay: string, lastHalf: Half): LeavePeriod => ({
  firstDay,
  firstHalf,
  lastDay,
  lastHalf,
})

const counted = (asked: LeavePeriod) => {
  const { workingHalves, calendarHalves } = countLeave(asked, halvesIn())
  return [workingHalves, calendarHalves]
}

describe('counting half-days', () => {
  it.each([
    ['one morning', period('2026-11-24', 'am', '2026-11-24', 'am'), [1, 1]],
    ['a whole day', period('2026-11-24', 'am', '2026-11-24', 'pm'), [2, 2]],
    ['the mockup: Thursday afternoon to the next Wednesday', period('2026-11-26', 'pm', '2026-12-02', 'pm'), [9, 13]],
    ['Friday afternoon to Monday morning', period('2026-11-27', 'pm', '2026-11-30', 'am'), [2, 6]],
    ['a weekend', period('2026-11-28', 'am', '2026-11-29', 'pm'), [0, 4]],
    ['National Day and what is worked around it', period('2026-09-30', 'am', '2026-10-08', 'pm'), [4, 18]],
    ['a Saturday worked in exchange', period('2026-10-10', 'am', '2026-10-10', 'pm'), [2, 2]],
  ])('%s', (_name, asked, expected) => {
    expect(counted(asked)).toEqual(expected)
  })

  it('leaves halves outside the period empty and names what the others are', () => {
    const { days } = countLeave(period('2026-11-27', 'pm', '2026-11-28', 'am'), halvesIn())
    expect(days).toEqual([
      { day: '2026-11-27', am: null, pm: 'work' },
      { day: '2026-11-28', am: 'rest', pm: null },
    ])
  })

  it.each([
    ['ends_before_start', period('2026-11-25', 'am', '2026-11-24', 'pm')],
    ['ends_before_start', period('2026-11-24', 'pm', '2026-11-24', 'am')],
    ['not_a_day', period('2026-02-30', 'am', '2026-03-02', 'pm')],
    ['too_long', period('2024-01-01', 'am', '2026-12-31', 'pm')],
  ])('%s', (code, asked) => {
    expect(checkPeriod(asked)).toMatchObject({ ok: false, code })
  })
})

const half = fc.constantFrom<Half>('am', 'pm')
const anyPeriod = fc
  .tuple(fc.integer({ min: 0, max: 600 }), half, fc.integer({ min: 0, max: 120 }))
  .map(([offset, firstHalf, length]): LeavePeriod => {
    const from = { day: addDays('2025-01-02', offset), half: firstHalf }
    const to = addHalfDays(from, length)
    return { firstDay: from.day, firstHalf, lastDay: to.day, lastHalf: to.half }
  })

const kinds = fc.array(fc.constantFrom<HalfKind>('work', 'rest', 'holiday', 'half_holiday'), {
  minLength: 7,
  maxLength: 14,
})

test('the strip holds exactly the counted halves, and work is never more than all', () => {
  fc.assert(
    fc.property(anyPeriod, kinds, (asked, pattern) => {
      const at = (day: CivilDay, which: 0 | 1) => pattern[(Number(day.slice(8)) * 2 + which) % pattern.length] ?? 'work'
      const count = countLeave(asked, (day) => ({ am: at(day, 0), pm: at(day, 1) }))
      const cells = count.days.flatMap(({ am, pm }) => [am, pm]).filter((cell) => cell !== null)
      expect(cells).toHaveLength(count.calendarHalves)
      expect(cells.filter((cell) => cell === 'work')).toHaveLength(count.workingHalves)
      expect(count.workingHalves).toBeLessThanOrEqual(count.calendarHalves)
    }),
  )
})

test('a period cut in two counts as much as the whole, wherever it is cut', () => {
  fc.assert(
    fc.property(anyPeriod, fc.nat(200), (asked, cut) => {
      const from = { day: asked.firstDay, half: asked.firstHalf }
      const all = halfDaysOf({ from, to: { day: asked.lastDay, half: asked.lastHalf } })
      fc.pre(all.length > 1)
      const at = cut % (all.length - 1)
      const [end, begin] = [all[at], all[at + 1]]
      if (!end || !begin) return
      const whole = countLeave(asked, halvesIn())
      const first = countLeave({ ...asked, lastDay: end.day, lastHalf: end.half }, halvesIn())
      const second = countLeave({ ...asked, firstDay: begin.day, firstHalf: begin.half }, halvesIn())
      expect(first.workingHalves + second.workingHalves).toBe(whole.workingHalves)
      expect(first.calendarHalves + second.calendarHalves).toBe(whole.calendarHalves)
    }),
  )
})

const stretch = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 40 }))
  .map(([from, length]): Stretch => ({ from, to: from + length }))

test('the pieces of a leave fill it around what is taken, touch nothing of it and never meet', () => {
  fc.assert(
    fc.property(stretch, fc.array(stretch, { maxLength: 6 }), (whole, taken) => {
      const pieces = freePieces(whole, taken)
      for (let at = whole.from - 2; at < whole.to + 2; at += 1) {
        const inside = at >= whole.from && at < whole.to
        const free = inside && !taken.some((one) => one.from <= at && at < one.to)
        expect(pieces.filter((one) => one.from <= at && at < one.to)).toHaveLength(free ? 1 : 0)
      }
    }),
  )
})

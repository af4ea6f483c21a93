import { describe, expect, test } from 'vitest'
import { barSteps, dayBars, downBar, usualTally } from '#app/domain/devices/day-bars.ts'

const stepAt = (hour: number, minute = 0) => hour * 6 + minute / 10

describe('bars of a reader', () => {
  test('none without punches, and none outside of the shown hours', () => {
    expect(dayBars(new Map(), new Map())).toEqual([])
    expect(dayBars(new Map([[stepAt(6, 50), 9]]), new Map([[stepAt(20), 9]]))).toEqual([])
    expect(
      dayBars(
        new Map([
          [stepAt(7), 1],
          [stepAt(19, 50), 1],
        ]),
        new Map(),
      ),
    ).toMatchObject([{ step: 0 }, { step: barSteps - 1 }])
  })

  test('usual stands behind today, each in the order of the day', () => {
    const today = new Map([
      [stepAt(9), 2],
      [stepAt(8), 2],
    ])
    expect(dayBars(today, new Map([[stepAt(12), 2]]))).toEqual([
      { step: 30, height: 50, kind: 'usual' },
      { step: 6, height: 50, kind: 'today' },
      { step: 12, height: 50, kind: 'today' },
    ])
  })

  test('a rush is cut at the top and a single punch stays visible', () => {
    const today = new Map([
      [stepAt(8), 1],
      [stepAt(9), 300],
    ])
    expect(dayBars(today, new Map([[stepAt(12), 100]])).map((bar) => bar.height)).toEqual([37, 8, 100])
    expect(dayBars(new Map([[stepAt(8), 0]]), new Map())).toEqual([])
  })
})

describe('an outage on the bar', () => {
  const hour = 3_600_000
  test('is cut to the shown hours, and absent outside of them', () => {
    expect(downBar(8 * hour, 9 * hour, 0)).toEqual({ from: 6, to: 12 })
    expect(downBar(-hour, 30 * hour, 0)).toEqual({ from: 0, to: barSteps })
    expect(downBar(0, 7 * hour, 0)).toBeNull()
    expect(downBar(20 * hour, 24 * hour, 0)).toBeNull()
  })
  test('of a second keeps a width', () => {
    expect(downBar(8 * hour, 8 * hour + 1000, 0)).toEqual({ from: 6, to: 6.1 })
  })
})

describe('what is usual', () => {
  const at = (day: number, step: number) => day * 144 + step
  test('is nothing without earlier days; today does not count', () => {
    expect(usualTally(new Map(), 7)).toEqual({ steps: new Map(), total: 0 })
    expect(usualTally(new Map([[at(7, 50), 4]]), 7)).toEqual({ steps: new Map(), total: 0 })
  })
  test('is the mean of the days with punches, not of all days', () => {
    const tally = new Map([
      [at(1, 50), 4],
      [at(4, 50), 2],
      [at(4, 60), 6],
    ])
    expect(usualTally(tally, 7)).toEqual({
      steps: new Map([
        [50, 3],
        [60, 3],
      ]),
      total: 6,
    })
  })
  test('looks at the last five such days', () => {
    const days = [0, 1, 2, 3, 4, 5]
    const tally = new Map(days.map((day) => [at(day, 50), day === 0 ? 1000 : 10]))
    expect(usualTally(tally, 6)).toEqual({ steps: new Map([[50, 10]]), total: 10 })
  })
})
